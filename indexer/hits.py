"""A matching work made presentable: its title, its place, and the pieces of text that made it a hit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.answer import Hit, Snippet
from indexer.evaluate import positive_terms
from indexer.marks import Span, Words, snippets, text_marks, title_marks
from indexer.query import Node, Term
from reports.errors import SearchIndexError
from reports.fold import fold
from reports.reading import Fate
from reports.regions import Regions
from reports.report import Report

Marked = tuple[Report, tuple[Span, ...]]


class Reports(Protocol):
    """Where published texts are read: the corpus."""

    def get(self, report_id: str) -> Report | None:
        """The report of that id."""

    def get_many(self, ids: Iterable[str]) -> Iterator[Report]:
        """The reports of these ids, in that order; absent ones are left out."""

    def copies(self, report_id: str) -> tuple[Report, ...]:
        """Its further copies."""

    def fates(self, ids: Sequence[str]) -> Mapping[str, Fate]:
        """What became of them, where anything did."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What the search counted of a work."""

    copies: int
    occurrences: int | None
    exact: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """Takes published texts from the corpus; `reports` gives each thread its own connection."""

    reports: Callable[[], Reports]
    regions: Regions
    words: Words

    def hits(self, measured: Mapping[str, Measures], root: Node | None) -> tuple[Hit, ...]:
        """The works of these ids as hits, in order. Raises SearchIndexError if the corpus no longer holds one."""
        store, terms = self.reports(), tuple(positive_terms(root))
        held = list(store.get_many(measured))
        if gone := measured.keys() - {report.id for report in held}:
            raise SearchIndexError(f"the corpus has no report {min(gone)}; run `zhengbao build`")
        fates = store.fates(tuple(measured))
        return tuple(self._hit(each, terms, measured[each.id], fates.get(each.id, Fate())) for each in held)

    def _hit(self, report: Report, terms: tuple[Term, ...], measures: Measures, fate: Fate) -> Hit:
        code = report.region_code
        return Hit(
            id=report.id,
            title=Snippet(report.title, title_marks(report, terms, self.words)),
            url=report.url,
            region_code=code,
            region=self.regions.full_name(code) if code and self.regions.get(code) else None,
            place=report.place,
            issuer=report.issuer,
            body=report.body,
            year=report.year,
            kind=report.kind,
            published=report.published,
            copies=measures.copies,
            occurrences=measures.occurrences,
            exact=measures.exact,
            snippets=self._snippets(report, terms, measures.copies),
            withdrawn=fate.withdrawn,
            versions=fate.versions,
        )

    def _snippets(self, report: Report, terms: tuple[Term, ...], copies: int) -> tuple[Snippet, ...]:
        """From the report itself, or from the copy that alone has the words."""
        for each, marks in self._marked(report, terms, copies):
            if marks:
                return snippets(each.text, _beyond_title(each, marks))
        return snippets(report.text, ())

    def _marked(self, report: Report, terms: tuple[Term, ...], copies: int) -> Iterator[Marked]:
        yield report, text_marks(report, terms, self.words)
        if copies and terms:
            for each in self.reports().copies(report.id):
                yield each, text_marks(each, terms, self.words)


def _beyond_title(report: Report, marks: tuple[Span, ...]) -> tuple[Span, ...]:
    """The marks that the title, with which many texts begin, does not show already; all if there are no others."""
    first_line = report.text.partition("\n")[0]
    within = len(first_line) if fold(first_line) == fold(report.title) else 0
    return tuple(mark for mark in marks if mark[0] >= within) or marks
