"""The views of `zhengbao compare` made: what was asked, its tables, and the sentences a document would hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from compare.asking import Asked, Comparison, understand
from compare.cells import Measure
from compare.concordance import MOST_LINES, ColumnAsked, Order, by_places, by_years, concordance
from compare.concordance import Wanted as Lines
from compare.figure_cells import figure_cells
from compare.figure_sheet import figure_sheet
from compare.jurisdictions import Level
from compare.matrix import matrix
from compare.permalink import Passage
from compare.place_names import place_codes
from compare.scope import Ground
from compare.shapes import By
from compare.sheet import Sheet
from compare.sheets import concordance_sheet, curve_sheet, spread_sheet
from compare.spread import evidence, spread
from compare.stamp import Stamp
from compare.tables import matrix_sheets, trend_sheets, wordlist_sheets
from compare.trend import trend
from compare.wordlist import read_wordlist, word_table
from reports.errors import QueryError

Progress = Callable[[int, int | None], None]


def _in_silence(done: int, of: int | None) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a view is asked beside the comparison; each view takes what is its own."""

    ground: Ground
    comparison: Comparison
    today: date
    stamp: Stamp
    by: By = By.REGION_YEAR
    measure: Measure = Measure.OCCURRENCES
    beside: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    words: str = ""
    order: Order = Order.LEFT
    level: Level = Level.ANY
    progress: Progress = _in_silence


@dataclass(frozen=True, slots=True)
class Made:
    """A view made."""

    asked: Asked
    sheets: tuple[Sheet, ...]
    passages: tuple[Passage, ...] = ()


def _matrix(wanted: Wanted) -> Made:
    asked = understand(wanted.comparison, wanted.ground, wanted.today)
    table = matrix(wanted.ground, asked, *wanted.by.axes)
    if wanted.measure is not Measure.FIGURES:
        return Made(asked, matrix_sheets(table, wanted.measure, wanted.stamp))
    figures = figure_cells(table)
    sheets = matrix_sheets(table, wanted.measure, wanted.stamp, figures.words())
    return Made(asked, (*sheets, figure_sheet(table, figures, wanted.stamp)))


def _concordance(wanted: Wanted) -> Made:
    asked = understand(wanted.comparison, wanted.ground, wanted.today)
    columns = _columns(asked, wanted)
    found = concordance(asked, wanted.ground.regions, columns, Lines(wanted.order, size=MOST_LINES))
    passages = tuple(line.passage for column in found.columns for line in column.lines)
    return Made(asked, (concordance_sheet(found, wanted.stamp),), passages)


def _first(wanted: Wanted) -> Made:
    asked = understand(wanted.comparison, wanted.ground, wanted.today)
    found = spread(asked, wanted.ground.regions, wanted.level)
    lines = evidence(asked, wanted.ground.regions, [use.first_work for use in found.uses])
    sheets = (spread_sheet(found, lines, wanted.stamp), curve_sheet(found, wanted.stamp))
    return Made(asked, sheets, tuple(line.passage for line in lines if line))


def _trend(wanted: Wanted) -> Made:
    places = codes_of(wanted.beside, wanted.ground)
    found = trend(wanted.ground, wanted.comparison, wanted.phrases, wanted.today, places)
    return Made(found.asked, trend_sheets(found, wanted.measure, wanted.stamp))


def _wordlist(wanted: Wanted) -> Made:
    table = word_table(wanted.ground, wanted.comparison, read_wordlist(wanted.words), wanted.today)
    rows = []
    for row in table.rows():
        rows.append(row)
        wanted.progress(len(rows), len(table.wordlist.entries))
    return Made(table.asked, wordlist_sheets(table, rows, wanted.measure, wanted.stamp))


VIEWS: Mapping[str, Callable[[Wanted], Made]] = {
    "matrix": _matrix,
    "concordance": _concordance,
    "first": _first,
    "trend": _trend,
    "wordlist": _wordlist,
}


def codes_of(names: Sequence[str], ground: Ground) -> tuple[str, ...]:
    """The codes of places as a person names them. Raises QueryError naming all that are none."""
    found = {name: place_codes(name, ground) for name in names}
    problems = [f"没有叫“{name}”的地区" for name, codes in found.items() if not codes]
    if problems:
        raise QueryError(*problems)
    return tuple(dict.fromkeys(code for codes in found.values() for code in codes))


def _columns(asked: Asked, wanted: Wanted) -> Sequence[ColumnAsked]:
    """The years or places side by side; without any all in one."""
    if not wanted.beside:
        return (ColumnAsked("全部", asked.query),)
    if all(len(each) == 4 and each.isascii() and each.isdigit() for each in wanted.beside):
        return by_years(asked, [int(each) for each in wanted.beside])
    return by_places(asked, wanted.ground.regions, codes_of(wanted.beside, wanted.ground))
