"""What a report's top-level parts are, and what each is for."""

from __future__ import annotations

import re

from reports.heading_lines import Heading
from reports.headings import top_headings
from reports.report import Kind, Section, SectionKind
from reports.wording import kind_named

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
# Their “问题”, “任务” or “目标” are not a year's account.
_WITHOUT_ACCOUNT = frozenset({Kind.POLICY, Kind.LAW, Kind.EXPLAINER, Kind.STATISTICS})


def sections_of(text: str, kind: Kind) -> tuple[Section, ...]:
    """The sections of a report, in order, covering the text; a text without headings is one, unrecognised."""
    headings = top_headings(text)
    if not headings:
        return (Section("", SectionKind.UNRECOGNISED, 0, len(text)),) if text else ()
    lead = (Section("", SectionKind.LEAD, 0, headings[0].start),) if headings[0].start else ()
    stops = [heading.start for heading in headings[1:]] + [len(text)]
    kinds = _kinds(headings, kind)
    return lead + tuple(
        Section(heading.text, named, heading.start, stop)
        for heading, named, stop in zip(headings, kinds, stops, strict=True)
    )


def _kinds(headings: tuple[Heading, ...], kind: Kind) -> list[SectionKind]:
    if kind in _WITHOUT_ACCOUNT:
        return [SectionKind.UNRECOGNISED] * len(headings)
    kinds: list[SectionKind] = []
    reviewed: int | None = None
    for heading in headings:
        named = kind_named(heading.text)
        years = [int(year) for year in _YEAR.findall(heading.text)]
        if years and _looks_ahead(named, min(years), reviewed, kinds):
            named = SectionKind.PLANS
        reviewed = reviewed or max(years, default=None)
        kinds.append(named or SectionKind.UNRECOGNISED)
    return kinds


def _looks_ahead(named: SectionKind | None, year: int, reviewed: int | None, before: list[SectionKind]) -> bool:
    """Whether a heading is of a later year than the first one: “三、2022年主要工作” after “一、2021年工作情况”.

    Where the review names no year (“一、工作回顾”), any year named after it is the coming one.
    """
    if named not in (None, SectionKind.ACHIEVEMENTS):
        return False
    if reviewed is not None:
        return year > reviewed
    return named is None and SectionKind.ACHIEVEMENTS in before
