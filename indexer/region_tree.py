"""The region facet: counts rolled up the tree of divisions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.answer import FacetValue
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
        self._facts = [self._read(code) for code in self._nodes]
        place = {code: place for place, code in enumerate(self._nodes)}
        steps = [(number, place[code]) for number, line in enumerate(self._lines) for code in line]
        self._numbers, self._above = np.array(steps, np.int64).reshape(-1, 2).T

    def count(self, own: Sequence[int], chosen: frozenset[str]) -> list[FacetValue]:
        """Every division that has works, or is chosen; `own` are those of each by number, to which all below count."""
        counts = np.bincount(self._above, np.array(own)[self._numbers], minlength=len(self._nodes)).astype(np.int64)
        places = np.flatnonzero(counts)
        shown = {self._nodes[place] for place in places.tolist()}
        absent = {code for code in chosen if code not in shown and self._regions.get(code)}
        values = [
            FacetValue(code, label, count, code in chosen, parent, level)
            for (code, label, parent, level), count in zip(
                map(self._facts.__getitem__, places.tolist()), counts[places].tolist(), strict=True
            )
        ]
        if not absent:
            return values
        values += [
            FacetValue(code, label, 0, True, parent, level) for code, label, parent, level in map(self._read, absent)
        ]
        return sorted(values, key=lambda value: self._line(value.value)[::-1])

    def _read(self, code: str) -> tuple[str, str, str | None, int]:
        """Its code, its name, what it lies in, its level."""
        region, line = self._regions.get(code), self._line(code)
        parent = line[1] if len(line) > 1 else None
        return (code, region.name, parent, region.level) if region else (code, code, None, 0)

    def _line(self, code: str) -> tuple[str, ...]:
        return self._regions.ancestors(code) if self._regions.get(code) else (code,)
