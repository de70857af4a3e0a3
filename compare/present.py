"""A view for a program and for a terminal: the same tables as its files."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from compare.asking import Asked
from compare.sheet import Cell, Format, Sheet, to_json, value_of

_WIDEST = 44
_GAP = "  "


def view_json(view: str, asked: Asked, sheets: Sequence[Sheet]) -> dict[str, object]:
    """{"view", "query", "understood", "heading", "notes", "coverage", "tables"}: every table by its name."""
    held = asked.coverage
    return {
        "view": view,
        "query": asked.comparison.text,
        "understood": asked.understood,
        "heading": asked.heading,
        "notes": list(asked.notes),
        "coverage": {
            "works": held.works,
            "chars": held.chars,
            "regions": held.regions,
            "first_year": held.first_year,
            "last_year": held.last_year,
        },
        "tables": [{"name": sheet.name, **to_json(sheet)} for sheet in sheets],
    }


def table_lines(sheet: Sheet) -> Iterator[str]:
    """A table in columns of plain text, with its title, notes and footnotes; long cells are shortened."""
    yield sheet.title
    rows = [[_text(cell, column.format) for cell, column in zip(row, sheet.columns, strict=True)] for row in sheet.rows]
    heads = [column.heading for column in sheet.columns]
    filled = [at for at in range(len(heads)) if not rows or any(row[at] for row in rows)]
    widths = {at: min(_WIDEST, max(_width(row[at]) for row in (heads, *rows))) for at in filled}
    numbers = {at for at in filled if sheet.columns[at].format is not Format.TEXT}
    yield ""
    for row in (heads, *rows):
        yield _GAP.join(_cell(row[at], widths[at], right=at in numbers) for at in filled).rstrip()
    yield ""
    yield from _said(sheet)


def _said(sheet: Sheet) -> Iterable[str]:
    yield from (f"{note.label}：{note.text}" for note in sheet.notes)
    yield from (f"注：{text}" for text in sheet.footnotes)


def _text(cell: Cell, shown: Format) -> str:
    value = value_of(cell)
    if value is None:
        return ""
    if isinstance(value, int | float) and shown is Format.RATE:
        return f"{value:.2f}"
    if isinstance(value, int | float) and shown is Format.SHARE:
        return f"{value:.1%}"
    if isinstance(value, int) and shown is Format.WHOLE:
        return f"{value:,}"
    return " ".join(str(value).split()) if not str(value).startswith("　") else str(value)


def _cell(text: str, width: int, *, right: bool) -> str:
    text = _shortened(text, width)
    space = " " * (width - _width(text))
    return space + text if right else text + space


def _shortened(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    while text and _width(text) > width - 2:
        text = text[:-1]
    return text + "…"


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
