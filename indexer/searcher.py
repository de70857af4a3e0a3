"""A question in, an answer out: the core decides, the engine ranks, the corpus shows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.answer import LAST_PAGE, PAGE_SIZE, Answer, Hit, Sort
from indexer.corefile import Core, Ints
from indexer.engines import Reader
from indexer.evaluate import Evaluator, Mask, Matched, positive_terms
from indexer.facets import FacetCounter
from indexer.filters import Vocabulary
from indexer.hits import Measures, Reports, Shelf
from indexer.query import Query
from indexer.restate import restate
from reports.regions import Regions

_TITLE_BONUS = 6.0
_WORDS_RANKED = 32


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
        self._facets = FacetCounter(core, regions)
        self._shelf = Shelf(reports, regions, words)

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
                keys = [-self._relevance(query, matched)[numbers], ~matched.exact[numbers]]
            case Sort.OCCURRENCES:
                keys = [] if matched.occurrences is None else [-matched.occurrences[numbers]]
            case Sort.NEWEST:
                keys = [-published, -year]
            case Sort.OLDEST:
                keys = [published, np.where(year < 0, np.iinfo(np.int64).max, year)]
        return numbers[np.lexsort((numbers, *keys))]

    def _relevance(self, query: Query, matched: Matched) -> NDArray[np.float64]:
        """How well works answer: the engine's score of bare words; the phrases themselves by how often and how densely
        they stand in the text, and whether in the title. A quoted phrase's single words say nothing more."""
        terms = tuple(positive_terms(query.root))
        words = dict.fromkeys(word for term in terms if not term.quoted for word in self.words(term.folded))
        scores = self._reader.scores(tuple(words)[:_WORDS_RANKED]).astype(np.float64)
        for term in terms:
            scores[self._evaluator.in_title(term)] += _TITLE_BONUS
        if matched.occurrences is not None:
            per_10k = matched.occurrences * 10_000 / np.maximum(self.core.chars, 500)
            scores += np.log1p(matched.occurrences) + 0.5 * np.log1p(per_10k)
        return scores


def _vocabulary(regions: Regions, topics: tuple[str, ...]) -> Vocabulary:
    def named(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(region.code for region in regions.named(name)))

    def label(code: str) -> str | None:
        return regions.full_name(code) if regions.get(code) else None

    return Vocabulary(topics, named, label)
