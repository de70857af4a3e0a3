"""Filters and facet counts as array operations over a core."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from typing import Literal

import numpy as np

from indexer.answer import Facets, FacetValue
from indexer.corefile import BODIES, KINDS, UNKNOWN_REGION, UNKNOWN_YEAR, Core, Ints
from indexer.evaluate import Mask
from indexer.query import ONLY, UNKNOWN, Filters, Query
from indexer.region_tree import RegionTree
from reports.regions import Regions

FacetName = Literal["regions", "years", "topics", "kinds", "bodies"]
UNKNOWN_LABEL = "未知"


class FacetCounter:
    """Applies filters to a core's works and counts what each further choice would give."""

    def __init__(self, core: Core, regions: Regions) -> None:
        self.core, self.regions = core, regions
        self._tree = RegionTree(core.region_codes, regions)
        bits = [(core.topics & (1 << bit)) != 0 for bit in range(len(core.topic_names))]
        self._topic_bits = np.packbits([*bits, core.topics == 0], axis=1)

    def over(self, core: Core) -> FacetCounter:
        """The same over a core of the same works and divisions."""
        other = copy(self)
        other.core = core
        return other

    def mask(self, filters: Filters) -> Mask:
        """Works that every filter lets through."""
        mask = np.ones(self.core.works, bool)
        if filters.regions:
            mask &= self._in_regions(filters.regions)
        if filters.years:
            mask &= np.isin(self.core.year, [UNKNOWN_YEAR if year is None else year for year in filters.years])
        if filters.topics:
            mask &= self._with_topics(filters.topics)
        if filters.kinds:
            mask &= np.isin(self.core.kind, [KINDS.index(kind) for kind in filters.kinds])
        if filters.bodies:
            mask &= np.isin(self.core.body, [BODIES.index(body) for body in filters.bodies])
        return mask

    def held(self, query: Query) -> Mask:
        """Works that all of a question's filters let through, those in its text and those beside it."""
        return self.mask(query.filters) & self.mask(query.chosen) & (not query.nothing)

    def _in_regions(self, codes: frozenset[str]) -> Mask:
        themselves = {code.removeprefix(ONLY) for code in codes if code.startswith(ONLY)}
        others = (code for code in codes if code != UNKNOWN and not code.startswith(ONLY))
        wanted = themselves.union(*map(self.regions.below, others))
        numbers = [number for number, code in enumerate(self.core.region_codes) if code in wanted]
        if UNKNOWN in codes:
            numbers.append(UNKNOWN_REGION)
        return np.isin(self.core.region, numbers)

    def _with_topics(self, topics: frozenset[str]) -> Mask:
        names = self.core.topic_names
        bits = sum(1 << names.index(topic) for topic in topics if topic in names)
        mask: Mask = (self.core.topics & bits) != 0
        return mask | (self.core.topics == 0) if UNKNOWN in topics else mask

    def count(self, matched: Mask, chosen: Filters) -> Facets:
        """Counts among `matched` works; a facet's counts ignore what is chosen in that facet itself."""
        narrowed = np.flatnonzero(matched & self.mask(chosen))

        def others(name: FacetName) -> Ints:
            if not getattr(chosen, name):
                return narrowed
            return np.flatnonzero(matched & self.mask(replace(chosen, **{name: frozenset()})))

        return Facets(
            region=self._regions(others("regions"), chosen.regions),
            year=self._years(others("years"), chosen.years),
            topic=self._topics(others("topics"), chosen.topics),
            kind=_named(KINDS, self.core.kind[others("kinds")], chosen.kinds),
            body=_named(BODIES, self.core.body[others("bodies")], chosen.bodies),
        )

    def _regions(self, works: Ints, chosen: frozenset[str]) -> tuple[FacetValue, ...]:
        unknown, *own = np.bincount(self.core.region[works] + 1, minlength=len(self.core.region_codes) + 1).tolist()
        values = self._tree.count(own, chosen)
        if unknown or UNKNOWN in chosen:
            values.append(FacetValue(UNKNOWN, UNKNOWN_LABEL, unknown, UNKNOWN in chosen, None, 0))
        return tuple(values)

    def _years(self, works: Ints, chosen: frozenset[int | None]) -> tuple[FacetValue, ...]:
        counts = dict.fromkeys((UNKNOWN_YEAR if year is None else year for year in chosen), 0)
        years = self.core.year[works]
        first = int(years.min(initial=0))
        found = np.bincount(years - first)
        counts |= {first + int(at): int(found[at]) for at in np.flatnonzero(found)}
        return tuple(
            FacetValue(UNKNOWN, UNKNOWN_LABEL, counts[year], None in chosen)
            if year == UNKNOWN_YEAR
            else FacetValue(str(year), str(year), counts[year], year in chosen)
            for year in sorted(counts, reverse=True)
        )

    def _topics(self, works: Ints, chosen: frozenset[str]) -> tuple[FacetValue, ...]:
        mask = np.zeros(self.core.works, bool)
        mask[works] = True
        counts = np.bitwise_count(self._topic_bits & np.packbits(mask)).sum(axis=1, dtype=np.int64).tolist()
        named = zip((*self.core.topic_names, UNKNOWN), (*self.core.topic_names, UNKNOWN_LABEL), counts, strict=True)
        return _worth_showing(FacetValue(value, label, count, value in chosen) for value, label, count in named)


def _named(names: Sequence[str], numbers: Ints, chosen: frozenset[str]) -> tuple[FacetValue, ...]:
    counts = np.bincount(numbers, minlength=len(names)).tolist()
    return _worth_showing(
        FacetValue(str(name), str(name), count, name in chosen) for name, count in zip(names, counts, strict=True)
    )


def _worth_showing(values: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    return tuple(value for value in values if value.count or value.selected)
