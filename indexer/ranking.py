"""How well works answer: a sum of named parts, so that every rank can be explained.

docs/explanation/relevance.md says what each part is for; benchmarks/ranking.py measures what they are worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.corefile import KINDS, Core, Ints
from indexer.engines import Reader
from indexer.evaluate import words_of
from indexer.pairs import as_units
from indexer.postings import firsts
from indexer.query import Term
from indexer.scan import Found, apart, merged
from reports.report import Kind

Values = NDArray[np.float64]

# BM25 (Robertson and Zaragoza 2009) over phrases as typed. Gentler to long texts than is usual: reports are long.
_K1, _B = 2.0, 0.5
_PHRASE, _TITLE, _COVERED, _WHOLE, _NEAR = 2.0, 4.0, 8.0, 12.0, 4.0
_NEAR_CHARS = 10
_TERMS_RANKED = 8
# A law is called by its name without these words.
_UNSAID = as_units("中华人民共和国")
# What reports on a report is less than the report.
_LESSER = {Kind.NEWS: -2.0, Kind.EXPLAINER: -2.0, Kind.OTHER: -2.0}


class Part(StrEnum):
    """What a score is made of; the value is its name in an explanation."""

    WORDS = "words"
    PHRASE = "phrase"
    TITLE = "title"
    COVERED = "covered"
    WHOLE = "whole"
    NEAR = "near"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Scored:
    """Of works by number: the parts of their scores, which lie beside `numbers`."""

    numbers: Ints
    parts: dict[Part, Values]

    @property
    def total(self) -> Values:
        """The scores."""
        return np.asarray(np.sum(list(self.parts.values()), axis=0), np.float64)


class Ranker:
    """Scores works of one core; costs what the places of a question's terms cost."""

    def __init__(
        self,
        core: Core,
        reader: Reader,
        words: Callable[[str], Iterator[str]],
    ) -> None:
        self._core, self._reader, self._words = core, reader, words

    def score(self, where: Mapping[Term, Found], numbers: Ints) -> Scored:
        """Scores of the works of these numbers, sorted, each once, by where a question's terms stand as typed.

        Without terms all are alike but for their kind.
        """
        terms = tuple(where)[:_TERMS_RANKED]
        found = [where[term] for term in terms]
        titled, covered = self._titles(found, numbers)
        parts = {
            Part.WORDS: self._bare_words(terms, numbers),
            Part.PHRASE: _PHRASE * sum((self._phrase(each, numbers) for each in found), np.zeros(len(numbers))),
            Part.TITLE: _TITLE * titled / max(len(found), 1),
            Part.COVERED: _COVERED * covered,
            Part.WHOLE: _WHOLE * (covered == 1),
            Part.NEAR: _NEAR * self._near(found, numbers),
            Part.KIND: self._lesser[self._core.kind[numbers]],
        }
        return Scored(numbers, parts)

    def _bare_words(self, terms: tuple[Term, ...], numbers: Ints) -> Values:
        """The engine's score of bare terms where all their words are. Of a phrase the single words say nothing more."""
        asked = dict.fromkeys(words_of(term, self._words) for term in terms if not term.quoted)
        values = np.zeros(len(numbers))
        for words in filter(None, asked):
            found, scores = self._reader.matching(words)
            values += _spread(found, scores.astype(np.float64), numbers)
        return values

    def _phrase(self, found: Found, numbers: Ints) -> Values:
        """BM25 of a term as typed: how often for its length each text holds it, and how few hold it."""
        places = apart(found.where(found.starts >= self._core.row_text_start[found.rows]))
        works, counts = self._by_work(places.rows)
        chars = self._core.chars[works]
        idf = np.log1p((self._core.works - works.size + 0.5) / (works.size + 0.5))
        values = idf * counts * (_K1 + 1) / (counts + _K1 * (1 - _B + _B * chars / self._mean_chars))
        return _spread(works, values, numbers)

    def _by_work(self, rows: Ints) -> tuple[Ints, Ints]:
        """The works of these rows, and how often each stands here in the first of its rows that does."""
        first = firsts(rows)
        counts, works = np.diff(first, append=rows.size), self._core.row_work[rows[first]]
        once = firsts(works)
        return works[once], counts[once]

    def _best(self, rows: Ints, values: Values, numbers: Ints) -> Values:
        """The highest value any place in a work's rows has, as they lie beside `numbers`."""
        works = self._core.row_work[rows]
        first = firsts(works)
        return (
            _spread(works[first], np.maximum.reduceat(values, first), numbers) if first.size else np.zeros(len(numbers))
        )

    def _titles(self, found: list[Found], numbers: Ints) -> tuple[Values, Values]:
        """How many of the terms stand in each work's title, and what share of it they are, in its best form."""
        core, held = self._core, np.zeros(len(numbers))
        within = [each.where(each.stops <= core.row_title_stop[each.rows]) for each in found]
        for each in within:
            held += self._best(each.rows, np.ones(each.rows.size), numbers)
        if not any(each.rows.size for each in within):
            return held, np.zeros(len(numbers))
        places = apart(merged(within))
        first = firsts(places.rows)
        rows, covered = places.rows[first], np.add.reduceat(places.stops - places.starts, first)
        share = covered / (core.row_title_stop[rows] - core.row_start[rows] - self._unsaid(rows, places.starts[first]))
        return held, self._best(rows, share, numbers)

    def _unsaid(self, rows: Ints, first: Ints) -> Ints:
        """The characters of each row's title that stand before the first term and are left out when one names a law."""
        begin, unsaid = self._core.row_start[rows], np.zeros(rows.size, np.int64)
        after = np.flatnonzero(first - begin == _UNSAID.size)
        same = (self._core.forms[begin[after][:, None] + np.arange(_UNSAID.size)] == _UNSAID).all(axis=1)
        unsaid[after[same]] = _UNSAID.size
        return unsaid

    def _near(self, found: list[Found], numbers: Ints) -> Values:
        """How near terms that were typed side by side stand to each other at their nearest: 1 for side by side."""
        values = np.zeros(len(numbers))
        for one, other in pairwise(found):
            best = np.zeros(len(numbers))
            for rows, gaps in (_gaps(one, other), _gaps(other, one)):
                nearness = 1 / (1 + gaps / _NEAR_CHARS)
                best = np.maximum(best, self._best(rows, nearness, numbers))
            values += best
        return values / max(len(found) - 1, 1)

    @cached_property
    def _mean_chars(self) -> float:
        return max(float(self._core.chars.mean()), 1.0) if self._core.works else 1.0

    @cached_property
    def _lesser(self) -> Values:
        return np.array([_LESSER.get(kind, 0.0) for kind in KINDS])


def _spread(works: Ints, values: Values, numbers: Ints) -> Values:
    """The values of works, as they lie beside `numbers`; both are sorted."""
    spread = np.zeros(len(numbers))
    at = np.searchsorted(numbers, works)
    inside = at < len(numbers)
    inside[inside] = numbers[at[inside]] == works[inside]
    spread[at[inside]] = values[inside]
    return spread


def _gaps(one: Found, other: Found) -> tuple[Ints, Ints]:
    """For each place of `one` with a place of `other` behind it in the same row: the row, and what is between."""
    at = np.searchsorted(other.starts, one.stops)
    followed = np.flatnonzero(at < len(other.starts))
    followed = followed[other.rows[at[followed]] == one.rows[followed]]
    return one.rows[followed], other.starts[at[followed]] - one.stops[followed]
