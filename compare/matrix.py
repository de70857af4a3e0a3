"""地区×年份对照表, and its kin: one question counted by two things at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from compare.asking import Asked, Comparison
from compare.blanks import Missing, missing
from compare.cells import Cell, Measure
from compare.counts import Counts, counted, stacked
from compare.narrowing import narrowed
from compare.rows import Head, plain_heads
from compare.scales import Axis, KindScale, RegionScale, Scale, TopicScale, YearScale
from compare.scope import Ground
from compare.typed import within
from indexer.corefile import Ints
from indexer.counting import Tally
from indexer.evaluate import positive_terms
from indexer.filters import SECTION_NAMES
from indexer.query import Scope
from reports.errors import QueryError
from reports.regions import Regions
from reports.report import SectionKind

__all__ = ["SHAPES", "Axis", "Counts", "Matrix", "matrix"]

SHAPES = (
    (Axis.REGION, Axis.YEAR),
    (Axis.REGION, Axis.TOPIC),
    (Axis.REGION, Axis.KIND),
    (Axis.TOPIC, Axis.YEAR),
    (Axis.SECTION, Axis.YEAR),
)
"""What `matrix` makes, rows first; Axis.PHRASE by Axis.YEAR is compare.wordlist's."""


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """A table. Row or column number -1 is the total's. No row holds nothing, misses nothing and was not chosen.

    `scales` and `kept` tell where a work counts: the axes with all their slots (None: not by works), the slots shown.
    """

    asked: Asked
    rows_by: Axis
    columns_by: Axis
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    counts: Counts
    scales: tuple[Scale | None, Scale]
    kept: tuple[Ints, Ints]
    regions: Regions

    def cell(self, row: int, column: int) -> Cell:
        """One cell."""
        return self.counts.cell(row, column)

    def highest(self, measure: Measure) -> list[float]:
        """The highest value of each row, totals left out; 0 where there is none."""
        values = np.nan_to_num(self.counts.values(measure)[:-1, :-1])
        highest: list[float] = values.max(axis=1, initial=0).tolist()
        return highest

    def behind(self, row: int, column: int) -> Comparison:
        """The comparison whose reports are those of a cell: what a figure leads back to."""
        axes = ((self.rows_by, self.rows, row), (self.columns_by, self.columns, column))
        return narrowed(self.asked, self.regions, {axis: heads[at].key for axis, heads, at in axes if at >= 0})

    def place(self, work: int, section: SectionKind | None = None) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The rows (of divisions: its own first, then those above) and columns that a work of the core counts in.

        Totals are not among them. Where rows are sections, the row is that of `section`.
        """
        if self.rows_by is Axis.SECTION:
            rows = [number for number, head in enumerate(self.rows) if head.key == section]
        else:
            rows = [above for row in self._numbers(0, work) for above in _upward(self.rows, row)]
        return tuple(rows), tuple(self._numbers(1, work))

    def _numbers(self, side: int, work: int) -> list[int]:
        scale, kept = self.scales[side], self.kept[side]
        if scale is None:
            return []
        # What is left out of a tree of rows counts in the row before it.
        slots = scale.side(np.array([work])).slots
        return [at for at in (np.searchsorted(kept, slots, side="right") - 1).tolist() if at >= 0]


def matrix(ground: Ground, asked: Asked, rows_by: Axis, columns_by: Axis) -> Matrix:
    """The table of one question. Raises QueryError for a pair that is none of SHAPES.

    Costs what counting the question costs; for sections once for each of them.
    """
    if (rows_by, columns_by) not in SHAPES:
        raise QueryError("没有这样的表：行与列只能是" + "、".join(f"{row}×{column}" for row, column in SHAPES))
    tally, lacking = asked.searcher.counting.tally(asked.query), missing(ground, asked)
    columns = _scale(columns_by, ground, asked, tally, lacking)
    if rows_by is Axis.SECTION:
        return _by_section(ground.regions, asked, tally, lacking, columns)
    rows = _scale(rows_by, ground, asked, tally, lacking)
    counts = counted(rows, columns, tally, lacking, uncounted=asked.uncounted)
    filled = counts.filled
    (row_heads, row_slots), (column_heads, column_slots) = rows.heads(filled[0]), columns.heads(filled[1])
    shown = counts.kept(row_slots, column_slots)
    scales, slots = (rows, columns), (row_slots, column_slots)
    return Matrix(asked, rows_by, columns_by, row_heads, column_heads, shown, scales, slots, ground.regions)


def _scale(axis: Axis, ground: Ground, asked: Asked, tally: Tally, lacking: Missing) -> Scale:
    match axis:
        case Axis.REGION:
            return RegionScale(ground, asked)
        case Axis.TOPIC:
            return TopicScale(ground, tally.works, asked.comparison.chosen.topics)
        case Axis.KIND:
            return KindScale(asked.searcher.core)
        case Axis.YEAR | Axis.SECTION | Axis.PHRASE:
            return YearScale(asked, tally.works, lacking)


def _by_section(regions: Regions, asked: Asked, tally: Tally, lacking: Missing, columns: Scale) -> Matrix:
    places = {(each.scope, each.sections) for each in positive_terms(asked.query.root)}
    if places - {(Scope.ANYWHERE, asked.comparison.sections)}:
        raise QueryError("检索式里已经限定了章节或标题，不能再按章节分行")
    wanted = [kind for kind in SectionKind if kind in (asked.comparison.sections or SectionKind)]
    counting, root = asked.searcher.counting, asked.query.root
    tallies = [counting.tally(replace(asked.query, root=root and within(root, kind))) for kind in wanted]
    shown = [(kind, each) for kind, each in zip(wanted, tallies, strict=True) if each.chars.any()]
    counts = stacked(columns, [*(each for _, each in shown), tally], lacking)
    heads, slots = columns.heads(counts.filled[1])
    rows = plain_heads([(kind.value, SECTION_NAMES[kind][0]) for kind, _ in shown])
    kept = counts.kept(np.arange(len(rows)), slots)
    at = (np.arange(len(rows)), slots)
    return Matrix(asked, Axis.SECTION, Axis.YEAR, rows, heads, kept, (None, columns), at, regions)


def _upward(rows: tuple[Head, ...], number: int) -> Iterator[int]:
    at: int | None = number
    while at is not None:
        yield at
        at = rows[at].parent
