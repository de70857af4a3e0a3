"""Spots as published: each with its context, its section, its sentence, and the report it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from compare.figures import figures_after
from compare.permalink import Addresses, Passage
from compare.sentences import Span, sentence_at
from indexer.corefile import UNKNOWN_REGION, UNKNOWN_YEAR, Core, Ints
from indexer.counting import Spots
from indexer.evaluate import positive_terms
from indexer.query import Query
from indexer.searcher import Searcher
from reports.fold import fold, second_form
from reports.regions import Regions
from reports.report import Report, SectionKind


@dataclass(frozen=True, slots=True)
class Line:
    """One spot as published: the characters before and behind the phrase, of its paragraph.

    `year` (the one compared by) and `region_code` are the work's; title, address, issuer and date are of the report
    the text stands in, which may be a copy. `start` and `stop` are the phrase's place in that text; `cut` says on which
    sides the paragraph goes on. `section` is None where the report has no sections; `heading` is the section's, "" for
    the lead. `sentence` is the one the phrase begins in, `mark` the phrase's place in it. `figure` follows it, or "".
    """

    report_id: str
    title: str
    url: str | None
    year: int | None
    region_code: str | None
    region: str
    place: str | None
    issuer: str | None
    published: date | None
    section: SectionKind | None
    heading: str
    left: str
    phrase: str
    right: str
    cut: tuple[bool, bool]
    start: int
    stop: int
    sentence: str
    mark: Span
    passage: Passage
    figure: str


def pick(spots: Spots, numbers: Ints) -> Spots:
    """Some of the spots, in the order of their numbers."""
    return Spots(spots.works[numbers], spots.rows[numbers], spots.starts[numbers], spots.stops[numbers])


class Lines:
    """Reads spots of one question from the corpus, each report once."""

    def __init__(self, searcher: Searcher, regions: Regions, query: Query, context_chars: int) -> None:
        self._core, self._counting, self._regions, self._chars = (
            searcher.core,
            searcher.counting,
            regions,
            context_chars,
        )
        self._phrases = frozenset(term.folded for term in positive_terms(query.root))

    def read(self, spots: Spots) -> list[Line | None]:
        """A line for each spot, in their order; None where the corpus no longer has the report as it was indexed."""
        rows: dict[int, list[int]] = {}
        for number, row in enumerate(spots.rows.tolist()):
            rows.setdefault(row, []).append(number)
        lines: list[Line | None] = [None] * len(spots.rows)
        for numbers in rows.values():
            for number, line in self._row(spots, sorted(numbers, key=spots.starts.__getitem__)):
                lines[number] = line
        return lines

    def _row(self, spots: Spots, numbers: list[int]) -> Iterator[tuple[int, Line]]:
        """The lines of one report; `numbers` in the order of its text."""
        published = self._counting.published(spots, numbers[0])
        if published is None:
            return
        report, first = published
        addresses, begins = Addresses(report), int(spots.starts[numbers[0]])
        bounds = [(int(spots.starts[n]) - begins, int(spots.stops[n]) - begins) for n in numbers]
        for number, span in zip(numbers, _spans(addresses.offsets, first[0], bounds), strict=True):
            if span and self._still(report.text[slice(*span)]):
                yield number, self._line(report, addresses, span, int(spots.works[number]))

    def _still(self, published: str) -> bool:
        """Whether what stands there is what was found: the report may have changed since the index was built."""
        folded = fold(published)
        return folded in self._phrases or second_form(folded) in self._phrases

    def _line(self, report: Report, addresses: Addresses, span: Span, work: int) -> Line:
        text, chars, (start, stop) = report.text, self._chars, span
        year, code = when_and_where(self._core, work)
        begins = text.rfind("\n", 0, start) + 1
        ends = text.find("\n", stop) % (len(text) + 1)  # -1, none, is the end
        sentence = sentence_at(text, start)
        section = next((each for each in report.sections if each.start <= start < each.stop), None)
        return Line(
            report_id=report.id,
            title=report.title,
            url=report.url,
            year=year,
            region_code=code,
            region=self._regions.full_name(code, year) if code else "",
            place=report.place,
            issuer=report.issuer,
            published=report.published,
            section=section.kind if section else None,
            heading=section.heading if section else "",
            left=text[max(begins, start - chars) : start],
            phrase=text[start:stop],
            right=text[stop : min(ends, stop + chars)],
            cut=(begins < start - chars, stop + chars < ends),
            start=start,
            stop=stop,
            sentence=text[slice(*sentence)],
            mark=(start - sentence[0], min(stop, sentence[1]) - sentence[0]),
            passage=addresses.at(start),
            figure="、".join(figure.shown for figure in figures_after(text, stop)),
        )


def when_and_where(core: Core, work: int) -> tuple[int | None, str | None]:
    """Year, of the years compared by, and region of a work: the text may be that of a copy, of which less is known."""
    year, region = int(core.year[work]), int(core.region[work])
    code = None if region == UNKNOWN_REGION else core.region_codes[region]
    return None if year == UNKNOWN_YEAR else year, code


def _spans(offsets: Ints, first: int, bounds: Sequence[tuple[int, int]]) -> Iterator[Span | None]:
    """Places in a published text. `bounds`: characters of the matching form behind the place `first` of the text."""
    begins = int(offsets.searchsorted(first))
    for start, stop in bounds:
        last = begins + stop - 1
        yield (int(offsets[begins + start]), int(offsets[last]) + 1) if last < len(offsets) else None
