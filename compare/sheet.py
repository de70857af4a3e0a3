"""One neutral value that every view turns into before it is written to a file."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reports.errors import QueryError

MOST_ROWS = 100_000
"""So many rows at most in one export: what has more is refused, not cut."""

Value = str | int | float | Decimal | date | None
"""What a cell holds. None is an empty cell; 未收录 and — are words like others."""


class Format(StrEnum):
    """How numbers of a column are shown where the file can say it."""

    TEXT = "text"
    WHOLE = "whole"
    RATE = "rate"
    SHARE = "share"
    YEAR = "year"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Linked:
    """A cell's value with the address it leads to; a link only if that is one of the web."""

    value: Value
    url: str | None


Cell = Value | Linked


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """`width` in characters of Latin script; a Chinese one takes two."""

    heading: str
    format: Format = Format.TEXT
    width: int = 12


@dataclass(frozen=True, slots=True)
class Note:
    """What one must know to publish a figure: a label (检索, 收录, 口径 …) and a sentence."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to take away; every row has a cell for each column.

    `notes` say query, filters, coverage, date and version; `footnotes` stand under the table; the first `frozen`
    columns stay in view beside the headings. Raises QueryError for more than MOST_ROWS rows, naming the limit.
    """

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[tuple[Cell, ...]]
    notes: tuple[Note, ...] = ()
    footnotes: tuple[str, ...] = ()
    frozen: int = 0

    def __post_init__(self) -> None:
        if len(self.rows) > MOST_ROWS:
            raise QueryError(f"这份表有 {len(self.rows)} 行，一次最多导出 {MOST_ROWS} 行；请缩小地区或年份")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.name}: a row has not {len(self.columns)} cells")


def value_of(cell: Cell) -> Value:
    """What a cell shows; a number that is none (not finite) is empty."""
    value = cell.value if isinstance(cell, Linked) else cell
    return None if isinstance(value, float) and not math.isfinite(value) else value


def link_of(cell: Cell) -> str:
    """The web address a cell leads to, or ""."""
    url = (cell.url or "") if isinstance(cell, Linked) else ""
    return url if url.lower().startswith(("http://", "https://")) else ""


def to_json(sheet: Sheet) -> dict[str, object]:
    """{"title", "notes": [{"label", "text"}], "columns": [{"heading", "format"}], "rows": [[…]], "footnotes": […]}.

    A cell with a link is {"value", "url"}, a date is ISO, a Decimal a number.
    """
    return {
        "title": sheet.title,
        "notes": [{"label": note.label, "text": note.text} for note in sheet.notes],
        "columns": [{"heading": column.heading, "format": column.format.value} for column in sheet.columns],
        "rows": [[_json_cell(cell) for cell in row] for row in sheet.rows],
        "footnotes": list(sheet.footnotes),
    }


def _json_cell(cell: Cell) -> object:
    value = value_of(cell)
    if isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    link = link_of(cell)
    return {"value": value, "url": link} if link else value
