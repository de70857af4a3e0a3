"""The parts of a report's sections: what stands under one （一） heading."""

from __future__ import annotations

from dataclasses import dataclass

from reports.headings import sub_headings
from reports.report import Section, SectionKind


@dataclass(frozen=True, slots=True)
class Part:
    """`text[start:stop]`, with the heading it stands under and the kind of its section.

    What stands before the first （一） of a section, and a section without any, is a part under the
    section's own heading. The parts of a report cover its sections, in order.
    """

    heading: str
    section: SectionKind
    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.stop:
            raise ValueError(f"part {self.heading!r} spans {self.start}..{self.stop}")


def parts_of(text: str, sections: tuple[Section, ...]) -> tuple[Part, ...]:
    """The parts of all sections."""
    return tuple(part for section in sections for part in _parts(text, section))


def _parts(text: str, section: Section) -> list[Part]:
    if section.start == section.stop:
        return []
    body = text.find(section.heading, section.start, section.stop) + len(section.heading)
    subs = sub_headings(text, max(body, section.start), section.stop)
    headings = [section.heading, *(sub.text for sub in subs)]
    edges = [section.start, *(sub.start for sub in subs), section.stop]
    # A section without a heading may begin with a sub-heading: no empty part before it.
    spans = zip(headings, edges, edges[1:], strict=False)
    return [Part(heading, section.kind, start, stop) for heading, start, stop in spans if start < stop]
