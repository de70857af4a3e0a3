"""A sheet as CSV: UTF-8 with BOM, CRLF, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator

from compare.sheet import Cell, Sheet, link_of, value_of

_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def csv_lines(sheet: Sheet, *, notes: bool = True) -> Iterator[bytes]:
    """The file in pieces: headings, rows, and with `notes` a blank line, the notes and the footnotes.

    A column of which some cell has a link is followed by one of its links. A text that begins like a formula gets an
    apostrophe before it; numbers stay numbers.
    """
    linked = [any(link_of(row[at]) for row in sheet.rows) for at in range(len(sheet.columns))]
    yield codecs.BOM_UTF8
    headings = ((column.heading, [f"{column.heading}链接"][: linked[at]]) for at, column in enumerate(sheet.columns))
    yield _line([text for heading, further in headings for text in (heading, *further)])
    for row in sheet.rows:
        yield _line(value for at, cell in enumerate(row) for value in _values(cell, linked[at]))
    if notes:
        yield b"\r\n"
        yield from (_line([note.label, note.text]) for note in sheet.notes)
        yield from (_line(["注", text]) for text in sheet.footnotes)


def _values(cell: Cell, linked: bool) -> tuple[object, ...]:
    return (value_of(cell), link_of(cell)) if linked else (value_of(cell),)


def _line(values: Iterable[object]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_safe(value) for value in values])
    return out.getvalue().encode("utf-8", "replace")


def _safe(value: object) -> object:
    """OWASP's rule for CSV injection, with the full-width signs that spreadsheets of East Asia take for the same."""
    if not isinstance(value, str):
        return value
    text = value.replace("\0", "")
    return f"'{text}" if text.lstrip(" \u3000\ufeff").startswith(_FORMULA) else text
