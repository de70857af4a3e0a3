"""The views of a comparison made from their addresses: each asks compare, and arranges what it gets for its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from compare.asking import Asked
from compare.cells import Measure
from compare.concordance import MOST_COLUMNS, MOST_LINES, ColumnAsked, Order, Wanted, by_places, by_years, concordance
from compare.figure_cells import FigureCells, figure_cells
from compare.figure_sheet import figure_sheet
from compare.jurisdictions import Level
from compare.lines import Line
from compare.matrix import matrix
from compare.shapes import By
from compare.sheet import Sheet
from compare.sheets import concordance_sheet, curve_sheet, spread_sheet
from compare.spread import evidence, spread
from compare.stamp import Stamp
from compare.tables import matrix_sheets, trend_sheets, wordlist_sheets
from compare.trend import trend
from compare.wordlist import WordList, read_wordlist, word_table
from reports.errors import QueryError
from webapp.compare_asking import Asking, View
from webapp.compare_concordance import LAST_PAGE, concordance_page, part_of, picked
from webapp.compare_figures import figure_links
from webapp.compare_first import MOST_USES, first_page
from webapp.compare_frame import default_measure, title_of
from webapp.compare_matrix import matrix_chart, matrix_page
from webapp.compare_trend import trend_page
from webapp.compare_wordlist import word_page
from webapp.words import label, say


def made_matrix(asking: Asking) -> View:
    """地区×年份对照表, and the other tables of one question."""
    by = asking.choice("by", By, By.REGION_YEAR)
    measure = asking.choice("measure", Measure, default_measure("matrix"))
    asked = asking.asked()
    table = matrix(asking.ground, asked, *by.axes)
    figures = figure_cells(table) if measure is Measure.FIGURES else FigureCells({})
    page = matrix_page(asking.address, table, measure, figure_links(figures))
    unit = label("compare_measure", measure)
    title = say("compare.cells_title", by=label("compare_by", by), unit=unit, what=title_of(asked))
    desc = say("compare.chart_cells") + (say("compare.chart_partial") if page.partial else "")
    chart = matrix_chart(page, title, desc)

    def sheets(stamp: Stamp) -> Sequence[Sheet]:
        detail = (figure_sheet(table, figures, stamp),) if measure is Measure.FIGURES else ()
        return (*matrix_sheets(table, measure, stamp, figures.words()), *detail)

    return View(asked, page, sheets, (chart,), left_out=figures.left_out)


def made_concordance(asking: Asking) -> View:
    """语境对照."""
    order = asking.choice("sort", Order, Order.LEFT)
    wanted = Wanted(order, asking.number("page", LAST_PAGE))
    columns = _columns(asking)
    asked = asking.asked()
    regions = asking.ground.regions
    side_by_side = columns(asked)
    found = concordance(asked, regions, side_by_side, wanted)

    def sheets(stamp: Stamp) -> Sequence[Sheet]:
        every = concordance(asked, regions, side_by_side, Wanted(order, size=MOST_LINES)) if asking.whole else found
        return (concordance_sheet(every, stamp),)

    return View(
        asked,
        concordance_page(asking.address, found),
        sheets,
        passages=lambda: picked(found, asking.address.all("pick")),
        part=part_of(found, asking.address.all("pick")),
    )


def made_first(asking: Asking) -> View:
    """首次出现，限已收录报告."""
    level = asking.choice("level", Level, Level.ANY)
    asked = asking.asked()
    found = spread(asked, asking.ground.regions, level)
    shown = found.uses[:MOST_USES]
    works = [work for use in shown for work in (use.first_work, use.last_work)]
    lines: Sequence[Line | None] = evidence(asked, asking.ground.regions, works)
    page = first_page(found, lines[::2], lines[1::2])
    charts = tuple(chart for chart in (page.dots, page.curve) if chart)
    passages = [line.passage for line in lines[::2] if line]

    def sheets(stamp: Stamp) -> Sequence[Sheet]:
        every = evidence(asked, asking.ground.regions, [use.first_work for use in found.uses])
        return spread_sheet(found, every, stamp), curve_sheet(found, stamp)

    part = say("first.part", shown=len(shown), uses=len(found.uses)) if len(shown) < len(found.uses) else ""
    return View(asked, page, sheets, charts, passages=lambda: passages, part=part)


def made_trend(asking: Asking) -> View:
    """趋势."""
    measure = asking.choice("measure", Measure, default_measure("trend"))
    address = asking.address
    phrases = tuple(each for each in (address.one("q"), *address.all("phrase")) if each)
    comparison, places = asking.comparison(""), asking.places("beside")
    asking.check()
    found = trend(asking.ground, comparison, phrases, asking.today, places)
    page = trend_page(found, measure, asking.ground.regions)
    return View(found.asked, page, lambda stamp: trend_sheets(found, measure, stamp), (page.chart,))


def made_wordlist(asking: Asking) -> View:
    """批量词表: read and checked here, counted row by row while the page is sent."""
    measure = asking.choice("measure", Measure, default_measure("wordlist"))
    wordlist = WordList(())
    try:
        wordlist = read_wordlist(asking.address.one("list"))
    except QueryError as error:
        asking.problems += error.problems
    comparison = asking.comparison("")
    asking.check()
    table = word_table(asking.ground, comparison, wordlist, asking.today)

    def sheets(stamp: Stamp) -> Sequence[Sheet]:
        return wordlist_sheets(table, tuple(table.rows()), measure, stamp)

    return View(table.asked, word_page(table, measure), sheets)


MAKERS: Mapping[str, Callable[[Asking], View]] = {
    "matrix": made_matrix,
    "concordance": made_concordance,
    "first": made_first,
    "trend": made_trend,
    "wordlist": made_wordlist,
}


def _columns(asking: Asking) -> Callable[[Asked], Sequence[ColumnAsked]]:
    """What stands side by side: the years or places named, else the places chosen if they are few, else all in one."""
    beside, regions = asking.address.all("beside"), asking.ground.regions
    years = [int(each) for each in beside if len(each) == 4 and each.isascii() and each.isdigit()]
    if beside and len(years) == len(beside):
        return lambda asked: by_years(asked, years)
    if beside:
        codes = asking.places("beside")
        return lambda asked: by_places(asked, regions, codes)
    return lambda asked: _few(asked, asking)


def _few(asked: Asked, asking: Asking) -> Sequence[ColumnAsked]:
    codes = sorted(asked.comparison.chosen.regions)
    if 0 < len(codes) <= MOST_COLUMNS:
        return by_places(asked, asking.ground.regions, codes)
    return (ColumnAsked(say("compare.everywhere"), asked.query),)
