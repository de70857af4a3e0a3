"""Who reports, as arrays: everyone whose reports a comparison holds, and whoever a source names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from compare.asking import Asked, YearBy
from compare.scope import Ground
from indexer.corefile import BODIES, KINDS, UNKNOWN_REGION, UNKNOWN_YEAR, Ints
from reports.fold import fold
from reports.report import Body

Mask = NDArray[np.bool_]
NEVER = -1
_LATEST = np.iinfo(np.int64).max
_GOVERNMENT = BODIES.index(Body.GOVERNMENT)


class ReporterTable:
    """A row each: numbers of the kind, body, division (in `Ground.codes`) and name (in `Ground.issuers`).

    `first` and `last`: the years its first and last held report is of, NEVER where none is held.
    """

    def __init__(self, ground: Ground, asked: Asked) -> None:
        self._ground, self._asked = ground, asked
        works, years = self._held_ever()
        names = np.zeros(len(works), np.int64)
        core = asked.searcher.core
        if (core.body[works] != _GOVERNMENT).any():
            names = ground.issuers.reporter[works]
        named = np.array(list(self._named()), np.int64).reshape(-1, 4)
        shape = (len(KINDS), len(BODIES), max(len(ground.codes), 1), 1 + max([0, *names.tolist(), *named[:, 3]]))
        # Whoever is no government and has no name is nobody of whom a next report could be expected.
        somebody = (names > 0) | (core.body[works] == _GOVERNMENT)
        columns = (core.kind[works], core.body[works], core.region[works], names)
        keys = np.ravel_multi_index(tuple(each[somebody] for each in columns), shape)
        held, self._rows = np.unique(keys, return_inverse=True)
        self._years = years[somebody]
        further = np.setdiff1d(np.ravel_multi_index(tuple(named.T), shape), held)
        self.kind, self.body, self.region, self.name = np.unravel_index(np.concatenate([held, further]), shape)
        self.first, self.last = np.full(len(self.kind), _LATEST), np.full(len(self.kind), NEVER)
        np.minimum.at(self.first, self._rows, self._years)
        np.maximum.at(self.last, self._rows, self._years)
        self.first[self.first == _LATEST] = NEVER

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year with a report held; None without any."""
        return (int(self._years.min()), int(self._years.max())) if self._years.size else None

    def held(self, years: range) -> Mask:
        """By row and year, whether a report is held."""
        held = np.zeros((len(self.kind), len(years)), bool)
        inside = (self._years >= years.start) & (self._years < years.stop)
        held[self._rows[inside], self._years[inside] - years.start] = True
        return held

    def _held_ever(self) -> tuple[Ints, Ints]:
        """The works the filters would hold of any year and topic, where division and year are known; their years."""
        query, searcher = self._asked.query, self._asked.searcher
        anytime = [replace(each, years=frozenset(), topics=frozenset()) for each in (query.filters, query.chosen)]
        works = searcher.counting.tally(replace(query, root=None, filters=anytime[0], chosen=anytime[1])).works
        years = searcher.core.year[works]
        if self._asked.comparison.year_by is YearBy.COVERED:
            # A report whose year reviewed is unknown is held all the same: nothing is missing in its own year.
            years = np.where(years == UNKNOWN_YEAR, self._ground.searcher.core.year[works], years)
        known = (years != UNKNOWN_YEAR) & (searcher.core.region[works] != UNKNOWN_REGION)
        return works[known], years[known]

    def _named(self) -> Iterator[tuple[int, int, int, int]]:
        """Those that a source names and the filters let through."""
        ground, both = self._ground, (self._asked.query.filters, self._asked.query.chosen)
        for reporter in ground.named:
            wanted = all(
                (not filters.kinds or reporter.kind in filters.kinds)
                and (not filters.bodies or reporter.body in filters.bodies)
                and ground.within(reporter.region_code, filters.regions)
                for filters in both
            )
            if wanted and self._asked.issuer in fold(reporter.name):
                name = ground.reporter_number(reporter.name)
                yield (
                    KINDS.index(reporter.kind),
                    BODIES.index(reporter.body),
                    ground.number_of[reporter.region_code],
                    name,
                )
