"""The region facet: counts rolled up the tree of divisions."""

from __future__ import annotations

import numpy as np

from indexer.answer import FacetValue
from indexer.corefile import Ints
from reports.regions import Regions


class RegionTree:
    """The divisions a core's works belong to and all above them, in preorder.

    `codes` are the core's, by number. A code no table knows stands alone, under its own name.
    """

    def __init__(self, codes: tuple[str, ...], regions: Regions) -> None:
        self._regions = regions
        self._lines = [self._line(code) for code in codes]
        nodes = {code for line in self._lines for code in line}
        self._nodes = sorted(nodes, key=lambda code: self._line(code)[::-1])
        self._facts = {code: self._read(code) for code in self._nodes}
        place = {code: place for place, code in enumerate(self._nodes)}
        steps = [(number, place[code]) for number, line in enumerate(self._lines) for code in line]
        self._numbers, self._above = np.array(steps, np.int64).reshape(-1, 2).T

    def count(self, numbers: Ints, chosen: frozenset[str]) -> list[FacetValue]:
        """Every division that has works among `numbers`, or is chosen; each counts all below it."""
        own = np.bincount(numbers, minlength=len(self._lines))
        counts = np.bincount(self._above, own[self._numbers], minlength=len(self._nodes)).astype(np.int64)
        shown = {self._nodes[place]: int(counts[place]) for place in np.flatnonzero(counts)}
        absent = {code: 0 for code in chosen if code not in shown and self._regions.get(code)}
        values = [self._value(code, count, code in chosen) for code, count in shown.items()]
        if not absent:
            return values
        values += [self._value(code, 0, True) for code in absent]
        return sorted(values, key=lambda value: self._line(value.value)[::-1])

    def _value(self, code: str, count: int, selected: bool) -> FacetValue:
        label, parent, level = self._facts.get(code) or self._read(code)
        return FacetValue(code, label, count, selected, parent, level)

    def _read(self, code: str) -> tuple[str, str | None, int]:
        """Its name, what it lies in, its level."""
        region, line = self._regions.get(code), self._line(code)
        parent = line[1] if len(line) > 1 else None
        return (region.name, parent, region.level) if region else (code, None, 0)

    def _line(self, code: str) -> tuple[str, ...]:
        return self._regions.ancestors(code) if self._regions.get(code) else (code,)
