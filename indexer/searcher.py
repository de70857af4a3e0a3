"""A question in, an answer out: the core decides, the engine ranks, the corpus shows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np

from indexer.answer import LAST_PAGE, PAGE_SIZE, Answer, Hit, Sort
from indexer.corefile import Core, Ints
from indexer.counting import Counting
from indexer.engines import Reader
from indexer.evaluate import Evaluator, Mask, Matched
from indexer.explain import Explanation, Witness
from indexer.facets import FacetCounter
from indexer.filters import Vocabulary
from indexer.hits import Measures, Reports, Shelf
from indexer.query import Query
from indexer.ranking import Ranker
from indexer.restate import restate
from reports.regions import Regions


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
        self._ranker = Ranker(core, reader, words, self._evaluator.places)
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
        order = self._order(query, matched, selected, sort)
        shown = order[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        return Answer(
            query=query.text,
            understood=restate(query, self.vocabulary),
            notes=query.notes,
            total=len(order),
            exact=int(np.count_nonzero(selected & matched.exact)),
            occurrences=None if matched.occurrences is None else int(matched.occurrences[selected].sum()),
            held=int(np.count_nonzero(held)),
            page=page,
            pages=min(max(1, -(-len(order) // PAGE_SIZE)), LAST_PAGE),
            hits=tuple(self._hit(number, query, matched) for number in shown.tolist()),
            facets=self._facets.count(matched.all & fixed, query.chosen),
            took_ms=round((time.perf_counter() - began) * 1000, 1),
        )

    def every(self, query: Query) -> tuple[str, ...]:
        """The id of every work that matches, newest year first."""
        held = self._facets.mask(query.filters) & self._facets.mask(query.chosen) & (not query.nothing)
        return tuple(self.core.ids[number] for number in np.flatnonzero(self._evaluator.match(query.root).all & held))

    def ranked(self, query: Query) -> tuple[str, ...]:
        """The id of every work that matches, the one that answers best first."""
        held = self._facets.mask(query.filters) & self._facets.mask(query.chosen) & (not query.nothing)
        matched = self._evaluator.match(query.root)
        return tuple(self.core.ids[n] for n in self._order(query, matched, matched.all & held, Sort.RELEVANCE))

    def explain(self, query: Query, report_id: str) -> Explanation | None:
        """Whether and why a report answers a question; None if the index has no report of that id."""
        if report_id not in self.core.row_ids:
            return None
        number = int(self.core.row_work[self.core.row_ids.index(report_id)])
        held = self._facets.mask(query.filters) & self._facets.mask(query.chosen) & (not query.nothing)
        matched = self._evaluator.match(query.root)
        order = self._order(query, matched, matched.all & held, Sort.RELEVANCE)
        at = np.flatnonzero(order == number)
        scored = self._ranker.score(query.root, np.array([number]))
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

    def _hit(self, number: int, query: Query, matched: Matched) -> Hit:
        occurrences = None if matched.occurrences is None else int(matched.occurrences[number])
        measures = Measures(int(self.core.copies[number]), occurrences, bool(matched.exact[number]))
        return self._shelf.hit(self.core.ids[number], query.root, measures)

    def _order(self, query: Query, matched: Matched, selected: Mask, sort: Sort) -> Ints:
        """Numbers of the selected works as they are to be shown; works are numbered in the order that breaks ties."""
        numbers = np.flatnonzero(selected)
        year, published = self.core.year[numbers], self.core.published[numbers]
        match sort:
            case Sort.RELEVANCE:
                keys = [-self._ranker.score(query.root, numbers).total, ~matched.exact[numbers]]
            case Sort.OCCURRENCES:
                keys = [] if matched.occurrences is None else [-matched.occurrences[numbers]]
            case Sort.NEWEST:
                keys = [-published, -year]
            case Sort.OLDEST:
                keys = [published, np.where(year < 0, np.iinfo(np.int64).max, year)]
        return numbers[np.lexsort((numbers, *keys))]


def _vocabulary(regions: Regions, topics: tuple[str, ...]) -> Vocabulary:
    def named(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(region.code for region in regions.named(name)))

    def label(code: str) -> str | None:
        return regions.full_name(code) if regions.get(code) else None

    return Vocabulary(topics, named, label)
