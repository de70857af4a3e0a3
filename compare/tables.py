"""地区×年份对照表, 趋势 and 批量词表 as sheets: each as it is shown, and cell by cell with what it was counted from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from compare import sheet
from compare.asking import Asked
from compare.cells import SHORT_CHARS, Blank, Cell, Measure
from compare.headings import all_notes
from compare.matrix import Axis, Matrix
from compare.sheet import Format, Sheet, SheetColumn
from compare.stamp import Stamp, notes_of
from compare.trend import Trend
from compare.wordlist import WordRow, WordTable

TOTAL = "合计"
MEASURES = {
    Measure.OCCURRENCES: ("次数", "次（不重叠，自左至右）", Format.WHOLE),
    Measure.RATE: ("次（每万字）", "次/万字", Format.RATE),
    Measure.SHARE: ("占比", "出现份数占收录份数的比例", Format.SHARE),
    Measure.FIGURES: ("数值", "紧跟词语之后、同一句内的数值，照原文，多个并列，不平均", Format.TEXT),
}
"""The name of the tab, what stands in it, and how."""
AXES = {
    Axis.REGION: "地区",
    Axis.YEAR: "年份",
    Axis.TOPIC: "主题",
    Axis.KIND: "报告类型",
    Axis.SECTION: "章节",
    Axis.PHRASE: "词语",
}
SHORT_NOTE = f"文字较短：所查文字不足 {SHORT_CHARS} 字，多一次少一次，比率变动很大。"
DETAIL_NOTE = (
    "明细逐格列出计数；不在收录范围（—）的格子不列。“应有未收录”大于 0 的格子（合计尤其如此），数字只就收录的报告而言。"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: its own cells before the counted ones, and a label for the list of cells."""

    label: str
    before: tuple[sheet.Cell, ...]
    cells: tuple[Cell, ...]
    shown: tuple[sheet.Cell, ...]


def matrix_sheets(
    found: Matrix, measure: Measure, stamp: Stamp, figures: Mapping[tuple[int, int], str] | None = None
) -> tuple[Sheet, Sheet]:
    """The table as shown, totals in the last row and column, and 明细. `figures`: what 数值 shows of a cell."""
    numbers = [*range(len(found.columns)), -1]
    rows = []
    for row in (*range(len(found.rows)), -1):
        head = found.rows[row] if row >= 0 else None
        cells = tuple(found.cell(row, column) for column in numbers)
        said = [(figures or {}).get((row, column)) for column in numbers]
        shown = tuple(_shown(cell, measure, words) for cell, words in zip(cells, said, strict=True))
        name = head.name if head else TOTAL
        rows.append(_Row(name, ("　" * (head.depth if head else 0) + name, head.key if head else None), cells, shown))
    before = (SheetColumn(AXES[found.rows_by], width=28), SheetColumn("代码", width=10))
    title = f"{AXES[found.rows_by]}×{AXES[found.columns_by]}对照表：{found.asked.understood}"
    table = _Table(title, before, tuple(_headings((head.name for head in found.columns), found.columns_by)), rows)
    return _sheets(table, found.asked, measure, stamp)


def trend_sheets(found: Trend, measure: Measure, stamp: Stamp) -> tuple[Sheet, Sheet]:
    """A row for each line, a column for each year; and 明细."""
    rows = [_Row(line.label, (line.label,), line.cells, _row_shown(line.cells, measure)) for line in found.lines]
    title = "趋势：" + "、".join(line.label for line in found.lines)
    table = _Table(title, (SheetColumn("词语", width=32),), tuple(f"{year}年" for year in found.years), rows)
    return _sheets(table, found.asked, measure, stamp, tuple(_said_of(found)))


def _said_of(found: Trend) -> Iterator[str]:
    """What is in no line, and what must be known of each."""
    if found.undated:
        yield f"另有 {found.undated} 份报告年份不详，不在各年之内"
    yield from found.notes


def wordlist_sheets(
    found: WordTable, counted: Sequence[WordRow], measure: Measure, stamp: Stamp
) -> tuple[Sheet, Sheet]:
    """A row for each phrase of a list, in its order, with its total; and 明细. `counted`: what `found.rows` gave."""
    rows = []
    for each in counted:
        cells = (*each.cells, each.total)
        before = (each.entry.line, each.entry.label, "、".join(each.entry.phrases[1:]))
        rows.append(_Row(each.entry.label, before, cells, _row_shown(cells, measure)))
    before_columns = (
        SheetColumn("行", Format.WHOLE, 6),
        SheetColumn("词语", width=28),
        SheetColumn("其他写法", width=28),
    )
    headings = tuple(_headings((head.name for head in found.columns), Axis.YEAR))
    table = _Table(f"批量词表：{len(rows)} 个词", before_columns, headings, rows)
    return _sheets(table, found.asked, measure, stamp, found.wordlist.notes)


@dataclass(frozen=True, slots=True)
class _Table:
    title: str
    before: tuple[SheetColumn, ...]
    headings: tuple[str, ...]
    rows: list[_Row]


def _sheets(
    table: _Table, asked: Asked, measure: Measure, stamp: Stamp, footnotes: tuple[str, ...] = ()
) -> tuple[Sheet, Sheet]:
    name, said, shown_as = MEASURES[measure]
    definitions = (f"本表所列：{said}。", *all_notes(), SHORT_NOTE, DETAIL_NOTE)
    notes = notes_of(asked, stamp, definitions)
    columns = (*table.before, *(SheetColumn(heading, shown_as, 10) for heading in table.headings))
    wide = [(*row.before, *row.shown) for row in table.rows]
    return (
        Sheet(name, table.title, columns, wide, notes, footnotes, frozen=len(table.before)),
        Sheet("明细", table.title, _DETAILS, list(_details(table)), notes, footnotes),
    )


_DETAILS = (
    SheetColumn("行", width=28),
    SheetColumn("列", width=16),
    SheetColumn("收录份数", Format.WHOLE, 10),
    SheetColumn("出现份数", Format.WHOLE, 10),
    SheetColumn("次", Format.WHOLE, 8),
    SheetColumn("字数", Format.WHOLE, 12),
    SheetColumn("次/万字", Format.RATE, 10),
    SheetColumn("占收录份数", Format.SHARE, 12),
    SheetColumn("应有未收录", Format.WHOLE, 12),
    SheetColumn("空白", width=10),
    SheetColumn("提示", width=12),
)


def _details(table: _Table) -> Iterator[tuple[sheet.Cell, ...]]:
    for row in table.rows:
        for heading, cell in zip(table.headings, row.cells, strict=True):
            if not (cell.held or cell.missing):
                continue
            occurrences = None if cell.uncounted else cell.occurrences
            counted = (cell.held, cell.matching, occurrences, cell.chars, cell.rate, cell.share, cell.missing)
            yield (row.label, heading, *counted, cell.blank or "", "文字较短" if cell.short else "")


def _row_shown(cells: Iterable[Cell], measure: Measure) -> tuple[sheet.Cell, ...]:
    return tuple(_shown(cell, measure, None) for cell in cells)


def _shown(cell: Cell, measure: Measure, words: str | None) -> sheet.Cell:
    """A number where there is one, 0 too; else the kind of blank in its word; — where nothing is counted."""
    if cell.blank in (Blank.MISSING, Blank.OUTSIDE):
        return str(cell.blank)
    if measure is Measure.FIGURES:
        return words or ("无数值" if cell.matching else "0")
    value = cell.value(measure)
    return str(Blank.OUTSIDE) if value is None else value


def _headings(names: Iterable[str], axis: Axis) -> Iterator[str]:
    for name in names:
        yield f"{name}年" if axis is Axis.YEAR and name.isdigit() else name
    yield TOTAL
