"""The axes of a table, each with all its slots: where works count, where missing reports do, what is shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from compare.asking import Asked
from compare.axes import Side
from compare.blanks import Missing
from compare.rows import Head, plain_heads
from compare.scope import Ground
from indexer.corefile import KINDS, UNKNOWN_YEAR, Core, Ints
from indexer.query import ONLY, UNKNOWN

UNKNOWN_YEAR_NAME, UNKNOWN_TOPIC_NAME = "年份不详", "未标主题"
MOST_YEARS = 100
"""Years asked for that nothing is held of and nothing missing are columns only if no more are asked for."""


class Axis(StrEnum):
    """What rows or columns are."""

    REGION = "region"
    YEAR = "year"
    TOPIC = "topic"
    KIND = "kind"
    SECTION = "section"
    PHRASE = "phrase"


class Scale(Protocol):
    """One axis over the works of a core."""

    @property
    def size(self) -> int:
        """How many slots there are."""
        ...

    def side(self, works: Ints) -> Side:
        """Where works count."""
        ...

    def lacking(self, missing: Missing) -> Ints | None:
        """Where missing reports would count; None: they might in any slot."""
        ...

    def pooled(self, counts: Ints) -> Ints:
        """Counts, a row a slot, with those below each slot in them."""
        ...

    def heads(self, filled: NDArray[np.bool_]) -> tuple[tuple[Head, ...], Ints]:
        """What is shown where these slots hold or miss something, with the slots' numbers, ascending."""
        ...


class _Flat:
    """Slots with nothing below them, in order, the last for what is unknown."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self._named = tuple(named)

    @property
    def size(self) -> int:
        """See Scale."""
        return len(self._named)

    def pooled(self, counts: Ints) -> Ints:
        """See Scale."""
        return counts

    def heads(self, filled: NDArray[np.bool_]) -> tuple[tuple[Head, ...], Ints]:
        """See Scale."""
        kept = np.flatnonzero(filled)
        return plain_heads([self._named[at] for at in kept.tolist()]), kept


class YearScale(_Flat):
    """Every year from the first held, missing or asked for to the last, then the unknown one."""

    def __init__(self, asked: Asked, works: Ints, missing: Missing) -> None:
        self.years = years = _span(asked, works, missing)
        super().__init__([*((f"{year:04}", f"{year:04}") for year in years), (UNKNOWN, UNKNOWN_YEAR_NAME)])
        self._core = asked.searcher.core
        wanted = [each.years for each in (asked.query.filters, asked.query.chosen) if each.years]
        self._wanted = np.array([*(all(year in each for each in wanted) for year in years), True])

    def side(self, works: Ints) -> Side:
        """See Scale."""
        return Side(self.slots(self._core.year[works]), self.size)

    def slots(self, years: Ints) -> Ints:
        """The slots of years."""
        return np.where(years == UNKNOWN_YEAR, len(self.years), years - self.years.start)

    def lacking(self, missing: Missing) -> Ints | None:
        """See Scale."""
        return self.slots(missing.year)

    def heads(self, filled: NDArray[np.bool_]) -> tuple[tuple[Head, ...], Ints]:
        """All years, so that a gap is seen, or those asked for; the unknown one only where it holds something."""
        return super().heads(self._wanted & np.append(np.ones(len(self.years), bool), filled[-1]))


class KindScale(_Flat):
    """Kinds of reports, in the order of the nouns."""

    def __init__(self, core: Core) -> None:
        super().__init__([(kind.value, kind.value) for kind in KINDS])
        self._core = core

    def side(self, works: Ints) -> Side:
        """See Scale."""
        return Side(self._core.kind[works], self.size)

    def lacking(self, missing: Missing) -> Ints | None:
        """See Scale."""
        return missing.kind


class TopicScale(_Flat):
    """Topics, or those of them that are asked for; a work counts in each it has. Shown are those of `works`."""

    def __init__(self, ground: Ground, works: Ints, wanted: frozenset[str]) -> None:
        names, topics = ground.searcher.core.topic_names, ground.searcher.core.topics[works]
        super().__init__([*((name, name) for name in names), (UNKNOWN, UNKNOWN_TOPIC_NAME)])
        self._pairs, self._works = ground.topic_pairs, ground.searcher.core.works
        self._wanted = np.array([not wanted or key in wanted for key, _ in self._named])
        bits = int(np.bitwise_or.reduce(topics)) if topics.size else 0
        self._held = np.array([*(bool(bits & 1 << bit) for bit in range(len(names))), (topics == 0).any()])

    def side(self, works: Ints) -> Side:
        """See Scale."""
        pair_works, topics = self._pairs
        place = np.full(self._works, -1)
        place[works] = np.arange(len(works))
        at = place[pair_works]
        keep = (at >= 0) & self._wanted[topics]
        return Side(topics[keep], self.size, at[keep])

    def lacking(self, missing: Missing) -> Ints | None:  # noqa: ARG002
        """See Scale."""
        return None

    def heads(self, filled: NDArray[np.bool_]) -> tuple[tuple[Head, ...], Ints]:
        """See Scale."""
        return super().heads(filled & self._wanted & self._held)


class RegionScale:
    """The tree of divisions; those asked for are shown whatever they hold."""

    def __init__(self, ground: Ground, asked: Asked) -> None:
        chosen = tuple(_divisions_asked_for(ground, asked))
        self._core = asked.searcher.core
        self._tree = tree = ground.tree_with(each.removeprefix(ONLY) for each in chosen)
        marks = np.zeros(tree.size, np.int64)
        marks[[tree.row_of(each) for each in chosen]] = 1
        self._chosen = tree.pooled(marks) > 0

    @property
    def size(self) -> int:
        """See Scale."""
        return self._tree.size

    def side(self, works: Ints) -> Side:
        """See Scale."""
        return Side(self._tree.of(self._core.region[works]), self.size)

    def lacking(self, missing: Missing) -> Ints | None:
        """See Scale."""
        return self._tree.of(missing.region)

    def pooled(self, counts: Ints) -> Ints:
        """See Scale."""
        return self._tree.pooled(counts)

    def heads(self, filled: NDArray[np.bool_]) -> tuple[tuple[Head, ...], Ints]:
        """See Scale."""
        return self._tree.heads(filled | self._chosen)


def _span(asked: Asked, works: Ints, missing: Missing) -> range:
    """From the first year held, missing or asked for to the last."""
    years = asked.searcher.core.year[works]
    known = np.concatenate([years[years != UNKNOWN_YEAR], missing.year])
    wanted = (each.years for each in (asked.query.filters, asked.query.chosen) if each.years)
    asked_for = {year for each in wanted for year in each if year is not None}
    ends = {int(known.min()), int(known.max())} if known.size else set[int]()
    if asked_for and max(ends | asked_for) - min(ends | asked_for) < MOST_YEARS:
        ends |= asked_for
    return range(min(ends), max(ends) + 1) if ends else range(0)


def _divisions_asked_for(ground: Ground, asked: Asked) -> Iterator[str]:
    """Values of the filter of regions that name what there is today; what lies below a division is not asked for."""
    filters, chosen = asked.query.filters.regions, asked.query.chosen.regions
    for value in sorted(chosen or filters):
        code = value.removeprefix(ONLY)
        region = ground.regions.get(code)
        if region and region.until is None and (not chosen or ground.within(code, filters)):
            yield value
