"""A question in, an answer out: the core decides, the engine ranks, the corpus shows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.answer import LAST_PAGE, PAGE_SIZE, Answer, Sort
from indexer.corefile import Core, Ints
from indexer.counting import Counting
from indexer.engines import Reader
from indexer.evaluate import Evaluator, Matched
from indexer.explain import Explanation, Witness
from indexer.facets import FacetCounter
from indexer.filters import Vocabulary
from indexer.hits import Measures, Reports, Shelf
from indexer.query import Query
from indexer.ranking import Ranker
from indexer.restate import restate
from reports.regions import Regions

Ranks = NDArray[np.float64] | Ints
# More than any score: what has the words as typed comes before what has them scattered.
_AS_TYPED = 1e6
_DAYS, _NO_YEAR = 10**7, 10**5


class Searcher:
    """Answers questions over one opened index; safe to share between threads."""

    def __init__(
        self,
        core: Core,
        reader: Reader,
        words: Callable[[str], Iterator[str]],
        regions: Regions,
        reports: Callable[[], Reports],
    ) -> None:
        self.core, self._reader, self.words = core, reader, words
        self.vocabulary = _vocabulary(regions, core.topic_names)
        self._evaluator = Evaluator(core, reader, words)
        self._ranker = Ranker(core, reader, words)
        self._witness = Witness(core, reader, self._evaluator, words)
        self._facets = FacetCounter(core, regions)
        self._shelf = Shelf(reports, regions, words)
        self.counting = Counting(core, self._evaluator, self._facets, reports)

    def search(self, query: Query, *, sort: Sort = Sort.RELEVANCE, page: int = 1) -> Answer:
        """One page of the works that match, with every total and facet count."""
        began = time.perf_counter()
        fixed = self._facets.mask(query.filters) & (not query.nothing)
        held = fixed & self._facets.mask(query.chosen)
        matched = self._evaluator.match(query.root)
        selected = matched.all & held
        numbers = np.flatnonzero(selected)
        shown = self._order(matched, numbers, sort, page * PAGE_SIZE)[(page - 1) * PAGE_SIZE :]
        return Answer(
            query=query.text,
            understood=restate(query, self.vocabulary),
            notes=query.notes,
            total=numbers.size,
            exact=int(np.count_nonzero(matched.exact[numbers])),
            occurrences=None if matched.occurrences is None else int(matched.occurrences[numbers].sum()),
            held=int(np.count_nonzero(held)),
            page=page,
            pages=min(max(1, -(-numbers.size // PAGE_SIZE)), LAST_PAGE),
            hits=self._shelf.hits({self.core.ids[n]: self._measures(n, matched) for n in shown.tolist()}, query.root),
            facets=self._facets.count(matched.all & fixed, query.chosen),
            took_ms=round((time.perf_counter() - began) * 1000, 1),
        )

    def every(self, query: Query) -> tuple[str, ...]:
        """The id of every work that matches, newest year first."""
        held = self._facets.held(query)
        return tuple(self.core.ids[number] for number in np.flatnonzero(self._evaluator.match(query.root).all & held))

    def ranked(self, query: Query) -> tuple[str, ...]:
        """The id of every work that matches, the one that answers best first."""
        held = self._facets.held(query)
        matched = self._evaluator.match(query.root)
        return tuple(self.core.ids[n] for n in self._order(matched, np.flatnonzero(matched.all & held), Sort.RELEVANCE))

    def explain(self, query: Query, report_id: str) -> Explanation | None:
        """Whether and why a report answers a question; None if the index has no report of that id."""
        if report_id not in self.core.row_ids:
            return None
        number = int(self.core.row_work[self.core.row_ids.index(report_id)])
        held = self._facets.held(query)
        matched = self._evaluator.match(query.root)
        order = self._order(matched, np.flatnonzero(matched.all & held), Sort.RELEVANCE)
        at = np.flatnonzero(order == number)
        scored = self._ranker.score(matched.found, np.array([number]))
        return Explanation(
            id=self.core.ids[number],
            understood=restate(query, self.vocabulary),
            matches=bool(at.size),
            held=bool(held[number]),
            exact=bool(at.size and matched.exact[number]),
            rank=int(at[0]) + 1 if at.size else None,
            total=len(order),
            score=float(scored.total[0]),
            parts=tuple((part, float(values[0])) for part, values in scored.parts.items()),
            terms=self._witness.terms(query.root, number),
        )

    def _measures(self, number: int, matched: Matched) -> Measures:
        occurrences = None if matched.occurrences is None else int(matched.occurrences[number])
        return Measures(int(self.core.copies[number]), occurrences, bool(matched.exact[number]))

    def _order(self, matched: Matched, numbers: Ints, sort: Sort, first: int | None = None) -> Ints:
        """Numbers of selected works as they are to be shown, or the first so many of them.

        Works are numbered in the order that breaks ties.
        """
        rank = self._rank(matched, numbers, sort)
        if first is not None and first < numbers.size:
            near = np.flatnonzero(rank <= np.partition(rank, first - 1)[first - 1])
            numbers, rank = numbers[near], rank[near]
        return numbers[np.argsort(rank, kind="stable")][:first]

    def _rank(self, matched: Matched, numbers: Ints, sort: Sort) -> Ranks:
        """A number for each work, that of the first the lowest."""
        year, published = self.core.year[numbers], self.core.published[numbers]
        match sort:
            case Sort.RELEVANCE:
                return -self._ranker.score(matched.found, numbers).total - _AS_TYPED * matched.exact[numbers]
            case Sort.OCCURRENCES:
                return np.zeros(numbers.size) if matched.occurrences is None else -matched.occurrences[numbers]
            case Sort.NEWEST:
                return -year * _DAYS - published
            case Sort.OLDEST:
                return np.where(year < 0, _NO_YEAR, year) * _DAYS + np.where(published > 0, published, _DAYS - 1)


def _vocabulary(regions: Regions, topics: tuple[str, ...]) -> Vocabulary:
    def named(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(region.code for region in regions.named(name)))

    def label(code: str) -> str | None:
        return regions.full_name(code) if regions.get(code) else None

    return Vocabulary(topics, named, label)
