"""A table as shaded cells on paper: what a matrix looks like when it leaves the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from webapp.charts import shortened, text_px

CELL_PX, ROW_PX, TOP, FOOT = 62, 28, 34, 8
WIDEST_NAME = 190.0
INDENT_PX = 13
SHADES = 5
FILLS = ("none", "#e0e8e5", "#bfcec9", "#93aba4", "#3f534e", "#17211f")
INKS = ("#17211f", "#17211f", "#17211f", "#0d1413", "#ffffff", "#ffffff")


class Fill(StrEnum):
    """What a cell is: a figure, or one of the blanks."""

    FIGURE = "figure"
    MISSING = "missing"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Box:
    """A cell to draw: its words and, of 0 to 5, its shade."""

    words: str
    shade: int = 0
    fill: Fill = Fill.FIGURE
    href: str | None = None


@dataclass(frozen=True, slots=True)
class BoxRow:
    """A row to draw; `level` indents its name."""

    name: str
    level: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell on paper."""

    x: float
    y: float
    words: str
    paper: str
    ink: str
    fill: Fill
    href: str | None


@dataclass(frozen=True, slots=True)
class Label:
    """A heading on paper."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class CellChart:
    """A drawn table."""

    title: str
    desc: str
    width: float
    height: float
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]
    cells: tuple[Placed, ...]
    cell_px: float = CELL_PX
    row_px: float = ROW_PX


def cell_chart(title: str, desc: str, columns: Sequence[str], rows: Sequence[BoxRow]) -> CellChart:
    """Every row and column given; as wide as they need."""
    names = [INDENT_PX * row.level + text_px(row.name) for row in rows]
    left = min(WIDEST_NAME, max(names, default=0)) + 16
    cell = max(CELL_PX, *(min(150.0, text_px(each) + 12) for each in (*columns, "")), _widest(rows) + 10)
    heads = tuple(
        Label(left + cell * (number + 0.5), TOP - 12, shortened(column, cell - 4))
        for number, column in enumerate(columns)
    )
    sides = tuple(
        Label(4.0 + INDENT_PX * row.level, _y(number) + ROW_PX * 0.66, shortened(row.name, WIDEST_NAME))
        for number, row in enumerate(rows)
    )
    cells = tuple(
        _placed(box, round(left + cell * across, 1), _y(down))
        for down, row in enumerate(rows)
        for across, box in enumerate(row.boxes)
    )
    return CellChart(
        title, desc, left + cell * len(columns) + 8, _y(len(rows)) + FOOT, heads, sides, cells, cell_px=cell
    )


def shade_of(value: float, highest: float) -> int:
    """0 for nothing, else 1 to 5 by the share of the highest value, finer at the low end.

    >>> [shade_of(value, 100) for value in (0, 1, 10, 30, 60, 100)]
    [0, 1, 2, 3, 4, 5]
    """
    if value <= 0 or highest <= 0:
        return 0
    return 1 + sum(value / highest >= least for least in (0.08, 0.25, 0.5, 0.8))


def _widest(rows: Sequence[BoxRow]) -> float:
    return min(150.0, max((text_px(box.words) for row in rows for box in row.boxes), default=0))


def _y(row: int) -> float:
    return TOP + ROW_PX * float(row)


def _placed(box: Box, x: float, y: float) -> Placed:
    return Placed(x, y, box.words, FILLS[box.shade], INKS[box.shade], box.fill, box.href)
