from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from compare.asking import Asked, Comparison, understand
from compare.cautions import TITLES_ONLY
from compare.cells import Measure
from compare.concordance import Wanted, by_places, concordance
from compare.csv_file import csv_lines
from compare.figure_cells import figure_cells
from compare.figure_sheet import figure_sheet
from compare.matrix import Axis, matrix
from compare.scope import Ground
from compare.sheet import Cell, Linked, Sheet
from compare.sheets import CURVE_NOTE, IN_TITLES, concordance_sheet, curve_sheet, spread_sheet
from compare.spread import evidence, spread
from compare.stamp import FICTIONAL, Stamp
from compare.tables import TOTAL, matrix_sheets, trend_sheets, wordlist_sheets
from compare.trend import trend
from compare.wordlist import read_wordlist, word_table
from compare.workbook import workbook
from reports.regions import load_regions
from tests.compare.grounds import ground_of
from tests.compare.made import PHRASE, REPORTS, TODAY, made

REGIONS = load_regions()
STAMP = Stamp(datetime(2026, 11, 22, 9, 30, tzinfo=UTC), "0.1.0", date(2026, 11, 20), "https://z.example/")


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return ground_of(REPORTS, tmp_path)


def asked(ground: Ground, text: str = f"“{PHRASE}”") -> Asked:
    return understand(Comparison(text), ground, TODAY)


def column_of(made: Sheet, heading: str) -> list[Cell]:
    at = [column.heading for column in made.columns].index(heading)
    return [row[at].value if isinstance(row[at], Linked) else row[at] for row in made.rows]  # type: ignore[union-attr]


def note_of(made: Sheet, label: str) -> str:
    return "；".join(note.text for note in made.notes if note.label == label)


def test_every_export_says_query_filters_coverage_dates_and_version(ground: Ground) -> None:
    question = asked(ground)
    found = concordance(question, REGIONS, by_places(question, REGIONS, ["110000"]))
    exported = concordance_sheet(found, replace(STAMP, fictional=True))
    assert note_of(exported, "检索式") == f"“{PHRASE}”"
    assert note_of(exported, "检索") == question.understood
    assert note_of(exported, "对照") == question.heading
    assert "收录 5 份" in note_of(exported, "收录")
    assert "2020年至2022年" in note_of(exported, "收录")
    assert note_of(exported, "数据截至") == "2026-11-20"
    assert note_of(exported, "导出时间").startswith("2026-11-22 09:30")
    assert note_of(exported, "程序").endswith("0.1.0")
    assert note_of(exported, "说明") == FICTIONAL
    assert note_of(exported, "口径")


def test_a_concordance_has_a_row_for_each_line_with_its_address(ground: Ground) -> None:
    question = asked(ground)
    found = concordance(question, REGIONS, by_places(question, REGIONS, ["110000", "330100"]), Wanted(size=100))
    exported = concordance_sheet(found, STAMP)
    assert column_of(exported, "栏") == ["北京市"] * 3 + ["浙江省杭州市"]
    assert column_of(exported, "词语") == [line.phrase for column in found.columns for line in column.lines]
    addresses = [row[-1] for row in exported.rows]
    assert all(isinstance(each, Linked) and each.url == f"https://z.example{each.value}" for each in addresses)
    assert exported.footnotes[0] == "北京市：收录 2 份，其中 2 份共 3 次；本表列出 3 次"
    assert "'=首次办" in b"".join(csv_lines(exported)).decode()


def test_a_spread_has_bounds_report_and_sentence_of_each_jurisdiction(ground: Ground) -> None:
    question = asked(ground)
    found = spread(question, REGIONS)
    exported = spread_sheet(found, evidence(question, REGIONS, [use.first_work for use in found.uses]), STAMP)
    assert column_of(exported, "地区") == ["北京市", "浙江省杭州市", "江苏省南京市"]
    assert column_of(exported, "首次出现 first_year") == [2020, 2022, None]
    assert column_of(exported, "判定") == ["不晚于（左删失）", "确定", "收录的报告中没有"]
    assert column_of(exported, "下限 lower") == [None, 2022, None]
    assert column_of(exported, "上限 upper") == [2020, 2022, None]
    assert column_of(exported, "句子") == [f"深化“{PHRASE}”，办结12件。", f"=首次办{PHRASE}。", None]
    assert exported.title.startswith("首次出现，限已收录报告")
    assert not any("首创" in note.text for note in exported.notes)
    curve = curve_sheet(found, STAMP)
    assert list(curve.rows) == [(2020, 1, 1, 2), (2021, 0, 1, 3), (2022, 1, 2, 3)]
    # 北京市 counts as new in 2020 because nothing older of it is held.
    assert CURVE_NOTE in [note.text for note in curve.notes]


@pytest.mark.parametrize("measure", Measure)
def test_a_matrix_has_the_numbers_of_its_cells_and_words_for_blanks(ground: Ground, measure: Measure) -> None:
    found = matrix(ground, asked(ground), Axis.REGION, Axis.YEAR)
    table, details = matrix_sheets(found, measure, STAMP, {(0, 0): "12件"})
    assert [column.heading for column in table.columns[2:]] == [*(f"{head.name}年" for head in found.columns), TOTAL]
    assert len(table.rows) == len(found.rows) + 1
    for row in range(len(found.rows)):
        for column in range(len(found.columns)):
            cell, value = found.cell(row, column), table.rows[row][column + 2]
            if measure is not Measure.FIGURES:
                assert value == (cell.value(measure) if cell.held else str(cell.blank))
    counted = [dict(zip([each.heading for each in details.columns], row, strict=True)) for row in details.rows]
    beijing = next(each for each in counted if (each["行"], each["列"]) == ("北京市", "2021年"))
    assert (beijing["收录份数"], beijing["出现份数"], beijing["次"]) == (1, 1, 2)
    total = next(each for each in counted if (each["行"], each["列"]) == (TOTAL, TOTAL))
    assert (total["收录份数"], total["次"], total["提示"]) == (5, 4, "文字较短")


def test_figures_stand_in_a_matrix_as_they_were_written(ground: Ground) -> None:
    found = matrix(ground, asked(ground), Axis.REGION, Axis.YEAR)
    place = next(at for at, head in enumerate(found.rows) if head.key == "110000")
    year = next(at for at, head in enumerate(found.columns) if head.key == "2020")
    table, _ = matrix_sheets(found, Measure.FIGURES, STAMP, {(place, year): "12件"})
    assert table.rows[place][year + 2 : year + 4] == ("12件", "无数值")


def test_a_trend_has_a_row_a_line(ground: Ground) -> None:
    found = trend(ground, Comparison(""), [f"“{PHRASE}”", "“办结”"], TODAY)
    table, details = trend_sheets(found, Measure.OCCURRENCES, STAMP)
    assert [row[0] for row in table.rows] == [line.label for line in found.lines]
    numbers = [tuple(each if isinstance(each, int) else None for each in row[1:]) for row in table.rows]
    assert numbers == [line.values(Measure.OCCURRENCES) for line in found.lines]
    assert {row[0] for row in details.rows} == {line.label for line in found.lines}


def test_a_trend_says_what_is_in_no_line_and_what_was_not_understood(ground: Ground, tmp_path: Path) -> None:
    assert trend_sheets(trend(ground, Comparison(""), [PHRASE], TODAY), Measure.RATE, STAMP)[0].footnotes == ()
    undated = ground_of([*REPORTS, made(6, "110000", None, PHRASE)], tmp_path / "undated")
    found = trend(undated, Comparison(""), ["标题:报告"], TODAY)
    assert trend_sheets(found, Measure.RATE, STAMP)[0].footnotes == (
        "另有 1 份报告年份不详，不在各年之内",
        f"标题:报告：{TITLES_ONLY}",
    )


def test_what_is_not_counted_is_a_dash_and_no_nought(ground: Ground) -> None:
    asked = understand(Comparison("标题:报告"), ground, TODAY)
    wide, details = matrix_sheets(matrix(ground, asked, Axis.REGION, Axis.YEAR), Measure.OCCURRENCES, STAMP)
    assert {cell for row in wide.rows for cell in row[2:]} <= {"—", "未收录"}
    assert {row[4] for row in details.rows} == {row[6] for row in details.rows} == {None}
    found = spread(asked, REGIONS)
    used = spread_sheet(found, [None] * len(found.uses), STAMP).rows
    assert {(row[13], row[15]) for row in used if row[3]} == {("—", "—")}
    columns = by_places(asked, REGIONS, ["110000"])
    assert concordance_sheet(concordance(asked, REGIONS, columns), STAMP).footnotes == (
        f"北京市：收录 2 份；{IN_TITLES}",
    )


def test_a_word_list_keeps_its_order_and_aliases(ground: Ground) -> None:
    found = word_table(ground, Comparison(""), read_wordlist("办结\n每月一题|每月一题机制\n无人说过"), TODAY)
    table, _ = wordlist_sheets(found, list(found.rows()), Measure.OCCURRENCES, STAMP)
    assert [row[:3] for row in table.rows] == [(1, "办结", ""), (2, "每月一题", "每月一题机制"), (3, "无人说过", "")]
    assert [row[-1] for row in table.rows] == [1, 4, 0]


def test_every_view_makes_one_workbook_that_opens(ground: Ground) -> None:
    question = asked(ground)
    found = spread(question, REGIONS)
    lines = concordance(question, REGIONS, by_places(question, REGIONS, ["110000"]))
    words = word_table(ground, Comparison(""), read_wordlist("办结"), TODAY)
    sheets = [
        concordance_sheet(lines, STAMP),
        spread_sheet(found, evidence(question, REGIONS, [use.first_work for use in found.uses]), STAMP),
        curve_sheet(found, STAMP),
        *matrix_sheets(matrix(ground, question, Axis.REGION, Axis.YEAR), Measure.RATE, STAMP),
        *wordlist_sheets(words, list(words.rows()), Measure.SHARE, STAMP),
    ]
    book = openpyxl.load_workbook(io.BytesIO(workbook(sheets)))
    assert len(book.sheetnames) == len(sheets) + 1
    for tab, made_of in zip(book, sheets, strict=False):
        assert tab.max_row == len(made_of.rows) + 1
    assert book["次（每万字）"].freeze_panes == "C2"


def test_every_column_of_an_export_is_documented(ground: Ground) -> None:
    page = (Path(__file__).parents[2] / "docs/reference/exports.md").read_text("utf-8")
    question = asked(ground)
    found, table = spread(question, REGIONS), matrix(ground, question, Axis.REGION, Axis.YEAR)
    words = word_table(ground, Comparison(""), read_wordlist("办结"), TODAY)
    sheets = [
        concordance_sheet(concordance(question, REGIONS, by_places(question, REGIONS, ["110000"])), STAMP),
        spread_sheet(found, evidence(question, REGIONS, [use.first_work for use in found.uses]), STAMP),
        curve_sheet(found, STAMP),
        *matrix_sheets(table, Measure.RATE, STAMP),
        *wordlist_sheets(words, list(words.rows()), Measure.SHARE, STAMP),
        figure_sheet(table, figure_cells(table), STAMP),
    ]
    headings = {column.heading for each in sheets for column in each.columns}
    labels = {note.label for each in sheets for note in each.notes}
    undocumented = {each for each in headings | labels if each not in page}
    assert {each for each in undocumented if not each.endswith("年")} == set()
