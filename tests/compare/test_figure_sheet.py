"""Every figure of a table in a row, with the sentence it stands in."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from compare.figure_cells import figure_cells
from compare.figure_sheet import figure_sheet
from compare.matrix import Axis, matrix
from compare.permalink import read_code
from compare.sheet import Linked, Sheet, value_of
from compare.stamp import Stamp
from tests.compare.grounds import asked_of, ground_of, said
from tests.indexer.made import report

REPORTS = [
    said("解决率、满意率达到86.52%、90.28%。", 1, region_code="110101", year=2021, covers=2021),
    said("解决率从5.5%提高到6%左右。\n解决率有待提高。", 2, region_code="330102", year=2022),
]
STAMP = Stamp(datetime(2026, 11, 22, 9), "0.6", site="https://zhengbao.example")


def made(folder: Path) -> Sheet:
    ground = ground_of(REPORTS, folder)
    table = matrix(ground, asked_of(ground, "解决率"), Axis.REGION, Axis.YEAR)
    return figure_sheet(table, figure_cells(table), STAMP)


def test_each_figure_has_a_row_with_its_number_unit_and_sentence(tmp_path: Path) -> None:
    sheet = made(tmp_path)
    headings = [column.heading for column in sheet.columns]
    rows = [dict(zip(headings, map(value_of, row), strict=True)) for row in sheet.rows]
    assert [(row["地区"], row["报告年份"], row["数值"], row["数"], row["单位"]) for row in rows] == [
        ("浙江省杭州市上城区", 2022, "5.5%", Decimal("5.5"), "%"),
        ("浙江省杭州市上城区", 2022, "提高到6%左右", Decimal(6), "%"),
        ("北京市东城区", 2021, "86.52%", Decimal("86.52"), "%"),
    ]
    assert {row["句子"] for row in rows} == {"解决率、满意率达到86.52%、90.28%。", "解决率从5.5%提高到6%左右。"}
    assert [(row["约数"], row["变动"]) for row in rows] == [("", ""), ("左右", "提高到"), ("", "")]


def test_a_figure_that_stands_in_a_copy_alone_has_the_place_and_year_of_its_work(tmp_path: Path) -> None:
    work = report("办结率很高。", url="http://www.a.gov.example/1.html", region_code="110101", year=2021)
    twin = report("解决率達到七成，即70%，於機關。", url="http://www.a.gov.example/gate/big5/www.a.gov.example/1.html")
    ground = ground_of([work, twin], tmp_path)
    table = matrix(ground, asked_of(ground, "解决率"), Axis.REGION, Axis.YEAR)
    rows = [tuple(map(value_of, row))[:2] for row in figure_sheet(table, figure_cells(table), STAMP).rows]
    assert rows
    assert set(rows) == {("北京市东城区", 2021)}


def test_each_row_leads_to_its_sentence(tmp_path: Path) -> None:
    sheet = made(tmp_path)
    at = [column.heading for column in sheet.columns].index("句子地址")
    cells = [row[at] for row in sheet.rows]
    for cell in cells:
        assert isinstance(cell, Linked)
        assert cell.url == f"https://zhengbao.example{cell.value}"
        _, _, report_id, _, code = str(cell.value).split("/")
        assert read_code(report_id, code)
