"""语境对照 and 首次出现 as sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compare.cells import Blank
from compare.concordance import MOST_ORDERED, Concordance, Order
from compare.headings import HELD_NOTE, RATE_NOTE
from compare.jurisdictions import Level
from compare.lines import Line
from compare.sheet import Cell, Format, Linked, Sheet, SheetColumn
from compare.spread import FIRST_USE, Certainty, Silent, Spread, Use
from compare.stamp import Stamp, notes_of
from indexer.filters import SECTION_NAMES

ORDERS = {
    Order.LEFT: "按词语左边的文字",
    Order.RIGHT: "按词语右边的文字",
    Order.YEAR: "按报告年份",
    Order.REGION: "按地区",
    Order.FIGURE: "按词语后面的数值",
}
CERTAINTIES = {
    Certainty.EXACT: "确定",
    Certainty.LEFT: "不晚于（左删失）",
    Certainty.INTERVAL: "区间",
}
LEVELS = {Level.PROVINCE: "省级", Level.CITY: "地级", Level.COUNTY: "县级", Level.ANY: "各级"}
_LEVEL_NUMBERS = ("全国", "省级", "地级", "县级")

LINE_NOTES = (
    "一行是词语的一次出现；左文、右文各至多 20 字，照原文，不跨自然段。",
    "句子地址指向这句话；原文以后改动的，打开时会说明，并给出改动前的文字。",
    "后接数值：紧跟词语之后、同一句内的数值，照原文，多个并列，不平均。",
)
FIRST_NOTES = (
    f"{FIRST_USE}：只说已收录的报告里最早在哪一年出现，没有收录的报告里可能更早。",
    "确定：上一年有收录的报告，其中都没有这个词（上一年可能只收录了一种报告，另几种未收录）；"
    "不晚于（左删失）：收录的第一年的报告里就有，可能更早；"
    "区间：上一年没有收录的报告，首次出现在“下限”至“上限”之间。",
    "只看报告正文（只查标题时除外）：标题里有的不算出现，也不算“没有”；限定章节时，没有这一章节的报告不算“没有”。",
    "年份指报告年份（或所选的所述年度）；各地只计本级的报告，不含下级；撤销后并入唯一一处的地区随该处计。",
    RATE_NOTE,
    HELD_NOTE,
)
IN_TITLES = "只查标题，正文里没有可以列出的句子"
CURVE_NOTE = (
    "“当年首次出现”连左删失的也计：当年才有收录的地区，也许早就写过。“累计有收录”不变而“累计出现”上升，才是传开。"
)


def concordance_sheet(found: Concordance, stamp: Stamp) -> Sheet:
    """Every line of a concordance's page, column after column: ask for a page of MOST_LINES to have all."""
    columns = (
        SheetColumn("栏", width=16),
        SheetColumn("地区", width=24),
        SheetColumn("报告年份", Format.YEAR, 9),
        SheetColumn("左文", width=42),
        SheetColumn("词语", width=16),
        SheetColumn("右文", width=42),
        SheetColumn("后接数值", width=16),
        SheetColumn("章节", width=16),
        SheetColumn("章节标题", width=24),
        SheetColumn("报告", width=40),
        SheetColumn("发文机关", width=20),
        SheetColumn("发布日期", Format.DATE, 12),
        SheetColumn("句子", width=60),
        SheetColumn("句子地址", width=30),
    )
    rows = [(column.heading, *_line(line, stamp)) for column in found.columns for line in column.lines]
    definitions = (f"排序：{ORDERS[found.wanted.order]}；相同的按报告年份由近到远。", *LINE_NOTES)
    notes = notes_of(found.asked, stamp, definitions)
    return Sheet("语境对照", f"语境对照：{found.asked.understood}", columns, rows, notes, tuple(_totals(found)))


def _line(line: Line, stamp: Stamp) -> tuple[Cell, ...]:
    return (
        line.region + (line.place or ""),
        line.year,
        line.left,
        line.phrase,
        line.right,
        line.figure,
        SECTION_NAMES[line.section][-1] if line.section else "",
        line.heading,
        Linked(" ".join(line.title.split()), line.url),
        line.issuer,
        line.published,
        line.sentence,
        Linked(line.passage.path, stamp.link(line.passage.path)),
    )


def _totals(found: Concordance) -> Iterator[str]:
    """What of each column is in the sheet, and what is not."""
    for column in found.columns:
        if found.asked.uncounted:
            yield f"{column.heading}：收录 {column.held} 份；{IN_TITLES}"
            continue
        yield (
            f"{column.heading}：收录 {column.held} 份，其中 {column.works} 份共 {column.spots} 次；"
            f"本表列出 {len(column.lines)} 次"
        )
        if column.ordered < column.spots:
            most = MOST_ORDERED[found.wanted.order]
            yield f"{column.heading}：次数超过 {most}，只有较新的 {column.ordered} 次参加排序"
        if column.vanished:
            yield f"{column.heading}：有 {column.vanished} 次所在的报告在建索引以后改动或不再收录，未列出"


def spread_sheet(found: Spread, evidence: Sequence[Line | None], stamp: Stamp) -> Sheet:
    """Every jurisdiction of a spread: `evidence` has the first sentence of each of its uses, in their order.

    Those that never say it follow, with what is held of them.
    """
    columns = (
        SheetColumn("地区代码", width=10),
        SheetColumn("地区", width=28),
        SheetColumn("级别", width=8),
        SheetColumn("首次出现 first_year", Format.YEAR, 14),
        SheetColumn("判定", width=18),
        SheetColumn("下限 lower", Format.YEAR, 10),
        SheetColumn("上限 upper", Format.YEAR, 10),
        SheetColumn("末次出现", Format.YEAR, 10),
        SheetColumn("收录起", Format.YEAR, 8),
        SheetColumn("收录止", Format.YEAR, 8),
        SheetColumn("收录年数", Format.WHOLE, 10),
        SheetColumn("收录份数", Format.WHOLE, 10),
        SheetColumn("出现份数", Format.WHOLE, 10),
        SheetColumn("次", Format.WHOLE, 8),
        SheetColumn("字数", Format.WHOLE, 12),
        SheetColumn("次/万字", Format.RATE, 10),
        SheetColumn("报告", width=40),
        SheetColumn("句子", width=60),
        SheetColumn("句子地址", width=30),
    )
    rows = [_use(use, line, stamp) for use, line in zip(found.uses, evidence, strict=True)]
    rows += [_silent(each) for each in found.silent]
    return Sheet("首次出现", _title(found), columns, rows, notes_of(found.asked, stamp, FIRST_NOTES), _unplaced(found))


def curve_sheet(found: Spread, stamp: Stamp) -> Sheet:
    """How many jurisdictions have had it, year by year."""
    columns = tuple(
        SheetColumn(heading, Format.YEAR if number == 0 else Format.WHOLE, 16)
        for number, heading in enumerate(("报告年份", "当年首次出现", "累计出现", "累计有收录"))
    )
    rows = [(each.year, each.new, each.used, each.held) for each in found.years]
    notes = notes_of(found.asked, stamp, (CURVE_NOTE, *FIRST_NOTES))
    return Sheet("累计", _title(found), columns, rows, notes, _unplaced(found))


def _title(found: Spread) -> str:
    return f"{FIRST_USE}：{found.asked.understood}（{LEVELS[found.level]}）"


def _unplaced(found: Spread) -> tuple[str, ...]:
    return (f"另有 {found.unplaced} 份有这个词，地区或年份不详，或不属于所选级别，未计入",) if found.unplaced else ()


def _use(use: Use, line: Line | None, stamp: Stamp) -> tuple[Cell, ...]:
    return (
        use.region_code,
        use.region,
        _LEVEL_NUMBERS[use.level],
        use.first_year,
        CERTAINTIES[use.certainty],
        use.lower,
        use.upper,
        use.last_year,
        use.years.first,
        use.years.last,
        use.years.count,
        use.held,
        use.works,
        _counted(use.occurrences),
        use.chars,
        _counted(use.rate),
        Linked(" ".join(line.title.split()), line.url) if line else None,
        line.sentence if line else None,
        Linked(line.passage.path, stamp.link(line.passage.path)) if line else None,
    )


def _counted(value: float | None) -> Cell:
    """A number, or — where nothing is counted."""
    return str(Blank.OUTSIDE) if value is None else value


def _silent(each: Silent) -> tuple[Cell, ...]:
    named = (each.region_code, each.region, _LEVEL_NUMBERS[each.level], None, "收录的报告中没有", None, None, None)
    return (*named, each.years.first, each.years.last, each.years.count, *(None,) * 8)
