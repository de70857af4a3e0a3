"""数值 as a sheet: every figure of a table in a row of its own, with the sentence it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from compare.comparison import YearBy
from compare.figure_cells import MOST_READ, MOST_SENTENCES, FigureCells
from compare.figures import Figure
from compare.lines import when_and_where
from compare.matrix import Matrix
from compare.permalink import passage_at
from compare.said import Said
from compare.sheet import Cell, Format, Linked, Sheet, SheetColumn
from compare.stamp import Stamp, notes_of

FIGURE_NOTES = (
    "一行是一个数值：紧跟词语之后、同一句内，照原文；一处有多个的各占一行，不平均，不换算。",
    "“数”以“单位”计（4.6 万亿元），“上限”是范围的上限；原文没有确定的数（七八百人、三分之二）则为空。",
    "“约数”是原文中表示约略的词（约、超过、以上等）；“变动”是表示变化的词，带“到、至、为”的是变化后的水平。",
)
_COLUMNS = (
    SheetColumn("地区", width=24),
    SheetColumn("报告年份", Format.YEAR, 9),
    SheetColumn("所述年度", Format.YEAR, 9),
    SheetColumn("数值", width=18),
    SheetColumn("数", width=12),
    SheetColumn("上限", width=10),
    SheetColumn("单位", width=12),
    SheetColumn("约数", width=8),
    SheetColumn("变动", width=10),
    SheetColumn("句子", width=60),
    SheetColumn("句子地址", width=30),
    SheetColumn("报告", width=40),
    SheetColumn("发文机关", width=20),
    SheetColumn("发布日期", Format.DATE, 12),
)


def figure_sheet(table: Matrix, figures: FigureCells, stamp: Stamp) -> Sheet:
    """Every figure that was read for a table, newest report years first."""
    rows = [row for said in figures.cells.get((-1, -1), ()) for row in _rows(table, said, stamp)]
    footnotes: tuple[str, ...] = ()
    if figures.left_out:
        most = f"一次最多查看 {MOST_READ} 处，列出其中 {MOST_SENTENCES} 处有数值的"
        footnotes = (f"词语另有 {figures.left_out} 处出现没有查看或没有列出：{most}",)
    notes = notes_of(table.asked, stamp, FIGURE_NOTES)
    return Sheet("数值明细", f"数值：{table.asked.understood}", _COLUMNS, rows, notes, footnotes)


def _rows(table: Matrix, said: Said, stamp: Stamp) -> Iterator[tuple[Cell, ...]]:
    report, asked = said.report, table.asked
    year, code = when_and_where(asked.searcher.core, said.work)
    edition = asked.comparison.year_by is YearBy.EDITION
    years = (year, report.covers) if edition else (report.year, year)
    place = (table.regions.full_name(code, year) or code) if code else ""
    path = passage_at(report, said.start).path
    after = (
        said.sentence,
        Linked(path, stamp.link(path)),
        Linked(" ".join(report.title.split()), report.url),
        report.issuer,
        report.published,
    )
    for figure in said.figures:
        yield (place + (report.place or ""), *years, *_parts(figure), *after)


def _parts(figure: Figure) -> tuple[Cell, ...]:
    return (figure.shown, figure.value, figure.high, figure.unit, figure.about, figure.direction)
