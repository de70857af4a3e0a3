"""The numbers of a table: counted from the works of a tally, totals from the works again and never from ratios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from compare.axes import Side, grid, line
from compare.blanks import Missing
from compare.cells import PER_CHARS, Cell, Measure
from compare.scales import Scale
from indexer.corefile import Ints
from indexer.counting import Tally


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """One number a cell, rows by columns; one row and one column more, the last, for totals (pooled, works once).

    `uncounted`: as of every Cell.
    """

    held: Ints
    matching: Ints
    occurrences: Ints
    chars: Ints
    missing: Ints
    uncounted: bool = field(default=False, kw_only=True)

    def cell(self, row: int, column: int) -> Cell:
        """One cell; -1 is the total's row or column."""
        return Cell(*[int(grid[row, column]) for grid in self.grids], uncounted=self.uncounted)

    @property
    def grids(self) -> tuple[Ints, ...]:
        """All of them, in the order of a Cell."""
        return self.held, self.matching, self.occurrences, self.chars, self.missing

    def values(self, measure: Measure) -> NDArray[np.float64]:
        """What `Cell.value` gives of every cell, NaN for its None."""
        counted: NDArray[np.float64] = np.full(self.held.shape, np.nan)
        over, under = {
            Measure.OCCURRENCES: (self.occurrences, np.ones_like(self.held)),
            Measure.RATE: (self.occurrences * PER_CHARS, self.chars),
            Measure.SHARE: (self.matching, self.held),
            Measure.FIGURES: (self.held, np.zeros_like(self.held)),
        }[measure]
        if self.uncounted and measure is not Measure.SHARE:
            return counted
        looked_through = (self.held > 0) & ((self.chars > 0) | (self.matching > 0))
        np.divide(over, under, out=counted, where=looked_through & (under > 0))
        return counted

    @property
    def filled(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which rows and which columns hold or miss something, by their totals."""
        sums = self.held + self.missing
        return sums[:-1, -1] > 0, sums[-1, :-1] > 0

    def kept(self, rows: Ints, columns: Ints) -> Counts:
        """These rows and columns, and the totals."""
        at = np.ix_(np.append(rows, -1), np.append(columns, -1))
        return Counts(*(each[at] for each in self.grids), uncounted=self.uncounted)


def counted(rows: Scale, columns: Scale, tally: Tally, missing: Missing, *, uncounted: bool = False) -> Counts:
    """Of every slot of two axes, with what lies below each row in it."""
    sides = rows.side(tally.works), columns.side(tally.works)
    weights = _weights(tally)
    inner = grid(*sides, weights)
    grids = [
        _framed(*each)
        for each in zip(inner, line(sides[0], weights), line(sides[1], weights), map(np.sum, weights), strict=True)
    ]
    grids.append(_lacking(rows, columns, missing))
    for each in grids:
        each[:-1] = rows.pooled(each[:-1])
    return Counts(*grids, uncounted=uncounted)


def stacked(columns: Scale, tallies: Sequence[Tally], missing: Missing, *, uncounted: bool = False) -> Counts:
    """A row for each tally, the last of them the total's, over one axis that no work falls on twice."""
    grids = [np.zeros((len(tallies), columns.size + 1), np.int64) for _ in range(4)]
    for number, tally in enumerate(tallies):
        weights = _weights(tally)
        for each, sums, total in zip(grids, line(columns.side(tally.works), weights), weights, strict=True):
            each[number, :-1], each[number, -1] = sums, total.sum()
    slots = columns.lacking(missing)
    assert slots is not None
    absent = np.append(np.bincount(slots, minlength=columns.size), len(slots))
    grids.append(np.tile(absent, (len(tallies), 1)))
    return Counts(*grids, uncounted=uncounted)


def _weights(tally: Tally) -> tuple[Ints, ...]:
    """By work, in the order of Counts."""
    return np.ones(len(tally.works), np.int64), tally.matched.astype(np.int64), tally.occurrences, tally.chars


def _framed(inner: Ints, across: Ints, along: Ints, total: int | np.int64) -> Ints:
    framed = np.empty((len(across) + 1, len(along) + 1), np.int64)
    framed[:-1, :-1], framed[:-1, -1], framed[-1, :-1], framed[-1, -1] = inner, across, along, total
    return framed


def _lacking(rows: Scale, columns: Scale, missing: Missing) -> Ints:
    """A missing report of which an axis tells nothing (its topics) may be missing from any slot of it."""
    across, along = rows.lacking(missing), columns.lacking(missing)
    ones = np.ones(len(missing.year), np.int64)
    if across is not None and along is not None:
        sides = Side(across, rows.size), Side(along, columns.size)
        return _framed(grid(*sides, [ones])[0], line(sides[0], [ones])[0], line(sides[1], [ones])[0], len(ones))
    everywhere = np.full((rows.size + 1, columns.size + 1), len(ones), np.int64)
    if across is not None:
        everywhere[:-1] = np.bincount(across, minlength=rows.size)[:, None]
    if along is not None:
        everywhere[:, :-1] = np.bincount(along, minlength=columns.size)
    return everywhere
