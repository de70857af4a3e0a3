"""Sheets as an XLSX workbook: a tab for each, and 说明 that says what they were made of."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from compare.sheet import Cell, Format, Sheet, Value, link_of, value_of

ABOUT = "说明"
_NUMBERS = {
    Format.WHOLE: "#,##0",
    Format.RATE: "0.00",
    Format.SHARE: "0.0%",
    Format.YEAR: "0",
    Format.DATE: "yyyy-mm-dd",
}
_NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]']")
_LONGEST_NAME, _LONGEST_TEXT, _LONGEST_LINK = 31, 32_767, 2_000
_MOST_LINKS = 60_000  # Excel opens no sheet with more than 65,530
_READ_OTHERWISE = tuple("=+-@#")  # as formulas and errors
_BOLD, _LINK = Font(bold=True), Font(color="0B57D0", underline="single")
_HEAD = PatternFill("solid", fgColor="E8ECF1")
_TOP = Alignment(wrap_text=True, vertical="top")


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The file. Frozen headings, numbers as numbers, links; nothing that came from data is a formula.

    Rows are written one by one: beside the sheets themselves the file alone takes memory.
    """
    book = Workbook(write_only=True)
    names: set[str] = {ABOUT}
    for sheet in sheets:
        _write_table(book.create_sheet(_name(sheet.name, names)), sheet)
    _write_about(book.create_sheet(ABOUT), sheets)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_table(tab: Any, sheet: Sheet) -> None:
    tab.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}2"
    tab.auto_filter.ref = f"A1:{get_column_letter(max(1, len(sheet.columns)))}{len(sheet.rows) + 1}"
    for number, column in enumerate(sheet.columns, start=1):
        tab.column_dimensions[get_column_letter(number)].width = column.width
    pen = _Pen(tab)
    tab.append([pen.head(column.heading) for column in sheet.columns])
    for row in sheet.rows:
        tab.append([pen.cell(cell, column.format) for cell, column in zip(row, sheet.columns, strict=True)])


def _write_about(tab: Any, sheets: Sequence[Sheet]) -> None:
    """What a reader must know of each table; what several say alike is said once."""
    tab.column_dimensions["A"].width, tab.column_dimensions["B"].width = 18, 100
    pen = _Pen(tab)
    said: set[tuple[str, str]] = set()
    for sheet in sheets:
        tab.append([pen.head(sheet.name), pen.head(sheet.title)])
        notes = [*((note.label, note.text) for note in sheet.notes), *(("注", text) for text in sheet.footnotes)]
        for pair in notes:
            if pair not in said:
                said.add(pair)
                tab.append([pen.wrapped(text) for text in pair])
        tab.append([])


class _Pen:
    """Makes the cells of one tab. Styles are made once: openpyxl looks for each among all there are when it is set."""

    def __init__(self, tab: Any) -> None:
        self._tab, self._links = tab, 0
        self._styles = {shown: self._style(number_format=code) for shown, code in _NUMBERS.items()}
        self._head, self._wrapped = self._style(font=_BOLD, fill=_HEAD, alignment=_TOP), self._style(alignment=_TOP)
        self._linked, self._quoted = self._style(font=_LINK), self._style(quotePrefix=True)

    def head(self, text: str) -> Any:
        return self._made(_clean(text), self._head)

    def wrapped(self, text: str) -> Any:
        return self._made(_clean(text), self._wrapped)

    def cell(self, cell: Cell, shown: Format) -> Any:
        """A plain value where that will do, which is quicker."""
        value, link = _clean(value_of(cell)), link_of(cell)
        if value is None or value == "":
            return None
        if link and len(link) <= _LONGEST_LINK and self._links < _MOST_LINKS:
            self._links += 1
            made = self._made(value, self._linked)
            made.hyperlink = _NOT_IN_XML.sub("", link)
            return made
        if isinstance(value, str):
            return self._made(value, self._quoted) if value.startswith(_READ_OTHERWISE) else value
        return self._made(value, self._styles[shown]) if shown in self._styles else value

    def _made(self, value: Value, style: Any) -> Any:
        made = WriteOnlyCell(self._tab, value)
        made._style = style
        if isinstance(value, str):
            made.data_type = "s"
        return made

    def _style(self, **looks: Any) -> Any:
        sample = WriteOnlyCell(self._tab)
        for name, look in looks.items():
            setattr(sample, name, look)
        return sample._style


def _clean(value: Value) -> Value:
    """A text without what XML cannot hold; `_x0041_`, which Excel would read as A, is escaped as it asks for."""
    if not isinstance(value, str):
        return value
    text = _ESCAPE.sub("_x005F_", _NOT_IN_XML.sub("", value))
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 6] + "…（已截断）"


def _name(wanted: str, taken: set[str]) -> str:
    """A tab's name as Excel allows it, and unlike the others' (it does not tell capital letters from small)."""
    plain = _NOT_IN_NAMES.sub(" ", _NOT_IN_XML.sub("", wanted)).strip()[:_LONGEST_NAME] or "表"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: _LONGEST_NAME - 1 - len(str(number))]} {number}"
    taken.add(name.casefold())
    return name
