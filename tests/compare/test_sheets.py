from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.csv_file import csv_lines
from compare.sheet import MOST_ROWS, Cell, Format, Linked, Note, Sheet, SheetColumn, to_json
from compare.workbook import ABOUT, workbook
from reports.errors import QueryError


def sheet(rows: Sequence[tuple[Cell, ...]], *columns: SheetColumn, **fields: Any) -> Sheet:
    headed = columns or tuple(SheetColumn(f"列{n}") for n in range(len(rows[0]) if rows else 1))
    return Sheet("表", "标题", headed, rows, **fields)


def read_csv(made: Sheet, *, notes: bool = False) -> list[list[str]]:
    data = b"".join(csv_lines(made, notes=notes))
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_xlsx(*sheets: Sheet) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(sheets)))


# CSV


def test_csv_begins_with_a_mark_and_ends_lines_as_spreadsheets_do() -> None:
    data = b"".join(csv_lines(sheet([("北京,市", 1)]), notes=False))
    assert data == b"\xef\xbb\xbf" + '列0,列1\r\n"北京,市",1\r\n'.encode()


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠a", "'＠a"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (" =1", "' =1"),
        ("　=1", "'　=1"),
        ("—", "—"),
        ("未收录", "未收录"),
        ("a=1", "a=1"),
        (-1, "-1"),
        (-0.5, "-0.5"),
        (Decimal("86.52"), "86.52"),
        (None, ""),
        (float("nan"), ""),
        (date(2026, 1, 2), "2026-01-02"),
        ('引"号', '引"号'),
        ("两\n行", "两\n行"),
    ],
)
def test_no_text_of_a_csv_is_a_formula_and_numbers_stay_numbers(value: Cell, kept: str) -> None:
    assert read_csv(sheet([(value,)]))[1] == [kept]


def test_links_of_a_csv_have_a_column_of_their_own() -> None:
    rows: list[tuple[Cell, ...]] = [(Linked("甲", "http://a.example/1"), 1), (Linked("乙", "javascript:1"), 2)]
    assert read_csv(sheet(rows)) == [["列0", "列0链接", "列1"], ["甲", "http://a.example/1", "1"], ["乙", "", "2"]]


def test_notes_follow_the_rows_of_a_csv() -> None:
    made = sheet([(1,)], notes=(Note("检索", "=含“每月一题”"),), footnotes=("脚注",))
    assert read_csv(made, notes=True)[2:] == [[], ["检索", "'=含“每月一题”"], ["注", "脚注"]]


# XLSX


def test_a_workbook_has_numbers_as_numbers_and_headings_that_stay() -> None:
    columns = [SheetColumn(each.value, each, 20) for each in Format]
    row: tuple[Cell, ...] = ("文字", 1234, 0.125, 0.5, 2024, date(2026, 1, 2))
    book = read_xlsx(sheet([row, (None,) * 6], *columns, notes=(Note("检索", "含“每月一题”"),)))
    tab = book["表"]
    assert book.sheetnames == ["表", ABOUT]
    assert [cell.value for cell in tab[1]] == [each.value for each in Format]
    assert [cell.value for cell in tab[2]] == ["文字", 1234, 0.125, 0.5, 2024, datetime(2026, 1, 2)]
    assert [cell.number_format for cell in tab[2]] == ["General", "#,##0", "0.00", "0.0%", "0", "yyyy-mm-dd"]
    assert (tab.freeze_panes, tab.auto_filter.ref) == ("A2", "A1:F3")
    assert tab.column_dimensions["A"].width == 20
    assert tab["A1"].font.bold
    assert [[cell.value for cell in line] for line in book[ABOUT].iter_rows(max_row=2)] == [
        ["表", "标题"],
        ["检索", "含“每月一题”"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(1)", "+1", "-1", "@a", "#N/A", "#REF!", "＝1", "{=1}"])
def test_nothing_in_a_workbook_is_a_formula(text: str) -> None:
    made = sheet(
        [(text, Linked(text, "http://a.example"))], SheetColumn(text), SheetColumn("b"), notes=(Note(text, text),)
    )
    book = read_xlsx(replace(made, name="表", title=text))
    cells = [cell for tab in book for line in tab.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells].count(text) == 6
    with zipfile.ZipFile(io.BytesIO(workbook([made]))) as file:
        assert not any(b"<f>" in file.read(name) for name in file.namelist())


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF), max_size=30))
def test_any_text_makes_a_workbook_that_opens_again(text: str) -> None:
    tab = read_xlsx(sheet([(text,)]))["表"]
    kept = "".join(char for char in text if char in "\t\n" or (ord(char) >= 32 and not 0xD800 <= ord(char) < 0xE000))
    kept = kept.replace("\ufffe", "").replace("\uffff", "")
    if "_x" not in kept:
        assert (tab["A2"].value or "") == kept


def test_tabs_have_names_that_a_workbook_allows() -> None:
    names = ["对照[1]:/\\?*'", "对照[1]:/\\?*'", "", "长" * 40, "长" * 40, ABOUT]
    book = read_xlsx(*(Sheet(name, "t", (SheetColumn("a"),), [(1,)]) for name in names))
    assert len({name.casefold() for name in book.sheetnames}) == len(names) + 1
    assert all(0 < len(name) <= 31 for name in book.sheetnames)


def test_links_lead_to_web_addresses_alone() -> None:
    rows: list[tuple[Cell, ...]] = [
        (Linked("甲", "https://a.example/?q=中"), Linked("乙", "javascript:alert(1)"), Linked(None, "http://a.example"))
    ]
    cells = read_xlsx(sheet(rows))["表"][2]
    assert [cell.hyperlink.target if cell.hyperlink else None for cell in cells][:2] == [
        "https://a.example/?q=中",
        None,
    ]


def test_a_text_longer_than_a_cell_holds_is_cut_and_says_so() -> None:
    value = read_xlsx(sheet([("长" * 40_000,)]))["表"]["A2"].value
    assert len(value) == 32_767
    assert value.endswith("…（已截断）")


# Sheets


def test_more_rows_than_can_be_exported_are_refused_with_the_limit() -> None:
    with pytest.raises(QueryError, match=str(MOST_ROWS)):
        sheet([(1,)] * (MOST_ROWS + 1))


def test_a_row_with_too_few_cells_is_no_row() -> None:
    with pytest.raises(ValueError, match="cells"):
        sheet([(1,)], SheetColumn("a"), SheetColumn("b"))


def test_json_has_what_the_table_has() -> None:
    rows: list[tuple[Cell, ...]] = [(Linked("甲", "http://a.example"), Decimal("86.52"), date(2026, 1, 2), None)]
    made = to_json(sheet(rows, notes=(Note("检索", "词"),), footnotes=("注",)))
    assert json.loads(json.dumps(made)) == {
        "title": "标题",
        "notes": [{"label": "检索", "text": "词"}],
        "columns": [{"heading": f"列{n}", "format": "text"} for n in range(4)],
        "rows": [[{"value": "甲", "url": "http://a.example"}, 86.52, "2026-01-02", None]],
        "footnotes": ["注"],
    }
