"""地区×年份对照表 and its kin as a page: rows that open and close, cells in words that lead to what is behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from compare.asking import Comparison, YearBy
from compare.cells import Blank, Cell, Measure
from compare.matrix import Axis, Matrix
from compare.rows import Head
from webapp.chart_cells import Box, BoxRow, CellChart, Fill, cell_chart, shade_of
from webapp.compare_figures import FigureLinks
from webapp.compare_params import Address, address_of, spanned
from webapp.params import SearchParams
from webapp.words import label, say

ALL, NONE = "all", "none"
OPEN_AT_FIRST = 40
"""Up to so many rows the whole tree stands open."""
MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell in words. `said`: what it was counted from; `href`: to the sentences or reports behind it.

    `partial`: how many reports more are expected and not held, where the words are a figure of those held.
    """

    words: str
    fill: Fill
    shade: int
    href: str | None
    said: str
    short: bool
    partial: int = 0
    links: FigureLinks | None = None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the table. `toggle` opens or closes it, None where nothing lies below."""

    name: str
    key: str
    depth: int
    opened: bool
    toggle: str | None
    cells: tuple[Shown, ...]
    total: Shown


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """The table as it stands on its page. `left_out` counts rows beyond MOST_ROWS."""

    rows_by: Axis
    columns_by: Axis
    measure: Measure
    columns: tuple[Head, ...]
    rows: tuple[ShownRow, ...]
    total: ShownRow
    open_all: str | None
    close_all: str | None
    left_out: int
    short: bool
    partial: bool


def matrix_page(
    address: Address, matrix: Matrix, measure: Measure, figures: Mapping[tuple[int, int], FigureLinks]
) -> MatrixPage:
    """Arrange a table. `figures` by row and column, where `measure` is 数值."""
    return _Page(address, matrix, measure, figures).page()


def head_name(head: Head, axis: Axis) -> str:
    """A heading in the words of the interface."""
    match axis:
        case Axis.SECTION:
            return label("section", head.key)
        case Axis.YEAR:
            return label("year", head.name or head.key)
        case _:
            return head.name or head.key


def cell_words(cell: Cell, measure: Measure) -> str:
    """A figure, or the word for the blank that stands instead.

    >>> cell_words(Cell(held=2, matching=1, occurrences=3, chars=20_000), Measure.RATE)
    '1.5'
    >>> cell_words(Cell(missing=1), Measure.RATE)
    '未收录'
    """
    value, counts = cell.value(measure), measure in (Measure.OCCURRENCES, Measure.RATE)
    if cell.blank is not None and not (cell.held and cell.uncounted and counts):
        return cell.blank.value
    if value is None:
        return Blank.OUTSIDE.value
    match measure:
        case Measure.SHARE:
            return f"{value:.0%}" if value in (0, 1) else f"{value:.1%}"
        case Measure.RATE:
            return f"{value:.2f}".rstrip("0").rstrip(".") if value >= 0.005 or not value else "<0.01"
        case _:
            return f"{value:,}"


def cell_said(cell: Cell) -> str:
    """What a figure was counted from, for ear and pointer."""
    if cell.blank is Blank.MISSING:
        return say("compare.said_missing", missing=cell.missing)
    if cell.blank is Blank.OUTSIDE:
        return say("compare.said_outside")
    known = {"held": cell.held, "matching": cell.matching, "occurrences": cell.occurrences, "chars": cell.chars}
    said = say("compare.said_titles" if cell.uncounted else "compare.said", **known)
    return said + (say("compare.said_partial", missing=cell.missing) if cell.partial else "")


def shown_cell(cell: Cell, measure: Measure, shade: int, href: str | None, links: FigureLinks | None = None) -> Shown:
    """A cell for its table."""
    fill = {Blank.MISSING: Fill.MISSING, Blank.OUTSIDE: Fill.OUTSIDE}.get(cell.blank or Blank.ZERO, Fill.FIGURE)
    words = cell_words(cell, measure)
    if measure is Measure.FIGURES and cell.blank is None:
        words = "" if links else say("compare.no_figure")
    short, partial = cell.short and measure is Measure.RATE, cell.missing if cell.partial else 0
    return Shown(words, fill, shade, href, cell_said(cell), short, partial, links)


def matrix_chart(page: MatrixPage, title: str, desc: str) -> CellChart:
    """The rows that are shown, as a drawing."""
    columns = [head_name(head, page.columns_by) for head in page.columns]
    rows = [
        BoxRow(row.name, row.depth, tuple(Box(each.words, each.shade, each.fill, each.href) for each in row.cells))
        for row in page.rows
    ]
    return cell_chart(title, desc, columns, rows)


class _Page:
    def __init__(
        self, address: Address, matrix: Matrix, measure: Measure, figures: Mapping[tuple[int, int], FigureLinks]
    ) -> None:
        self.address, self.matrix, self.measure, self.figures = address, matrix, measure, figures
        self.parents = frozenset(row.key for number, row in enumerate(matrix.rows) if row.stop > number + 1)
        self.opened = self._opened(address.all("open"))
        self.highest = self._highest()

    def page(self) -> MatrixPage:
        numbers = list(self._visible())
        rows = tuple(self._row(number) for number in numbers[:MOST_ROWS])
        total = self._row(-1)
        shown = [each for row in (*rows, total) for each in (*row.cells, row.total)]
        every = self.address.but(open=ALL).query if self.parents - self.opened else None
        none = self.address.but(open=NONE).query if self.parents & self.opened else None
        return MatrixPage(
            self.matrix.rows_by,
            self.matrix.columns_by,
            self.measure,
            self.matrix.columns,
            rows,
            total,
            every,
            none,
            max(0, len(numbers) - MOST_ROWS),
            any(each.short for each in shown),
            any(each.partial for each in shown),
        )

    def _opened(self, asked: Sequence[str]) -> frozenset[str]:
        if ALL in asked:
            return self.parents
        if asked:
            return self.parents & set(asked)
        if len(self.matrix.rows) <= OPEN_AT_FIRST:
            return self.parents
        outermost = [row.key for row in self.matrix.rows if row.parent is None]
        return self.parents & set(outermost) if len(outermost) == 1 else frozenset()

    def _visible(self) -> Iterator[int]:
        number = 0
        while number < len(self.matrix.rows):
            yield number
            row = self.matrix.rows[number]
            number = number + 1 if row.key in self.opened else max(row.stop, number + 1)

    def _highest(self) -> dict[int, float]:
        """By depth, because a province holds the sum of its cities: shades compare like with like."""
        found: dict[int, float] = {}
        for row, highest in zip(self.matrix.rows, self.matrix.highest(self.measure), strict=True):
            depth = row.depth if self.measure is Measure.OCCURRENCES else 0
            found[depth] = max(found.get(depth, 0), highest)
        return found

    def _row(self, number: int) -> ShownRow:
        head = self.matrix.rows[number] if number >= 0 else None
        depth = head.depth if head else -1
        cells = tuple(self._shown(number, at, depth) for at in range(len(self.matrix.columns)))
        name = head_name(head, self.matrix.rows_by) if head else say("compare.total")
        key = head.key if head else ""
        opened = key in self.opened
        toggle = self._toggle(key) if key in self.parents else None
        return ShownRow(name, key, max(depth, 0), opened, toggle, cells, self._shown(number, -1, -1))

    def _toggle(self, key: str) -> str:
        opened = sorted(self.opened ^ {key})
        return self.address.but(open=opened or (NONE,)).query

    def _shown(self, row: int, column: int, depth: int) -> Shown:
        cell = self.matrix.cell(row, column)
        links = self.figures.get((row, column)) if self.measure is Measure.FIGURES else None
        return shown_cell(
            cell, self.measure, self._shade(cell, row, column, depth), self._behind(cell, row, column), links
        )

    def _shade(self, cell: Cell, row: int, column: int, depth: int) -> int:
        if -1 in (row, column) or cell.blank is not None:
            return 0
        depth = depth if self.measure is Measure.OCCURRENCES else 0
        return shade_of(cell.value(self.measure) or 0, self.highest.get(depth, 0))

    def _behind(self, cell: Cell, row: int, column: int) -> str | None:
        """To the sentences; of a `0` to the reports that do not have the words; of titles to the reports that do."""
        if not cell.held or cell.blank is Blank.OUTSIDE:
            return None
        behind = self.matrix.behind(row, column)
        if cell.blank is Blank.ZERO:
            return self._reports(behind)
        if cell.uncounted:
            return self._reports(behind, behind.text)
        return url_for("comparing.concordance") + spanned(address_of("concordance", behind)).query

    def _reports(self, behind: Comparison, q: str = "") -> str | None:
        """A search for what is held, with the defaults of comparing spelled out; None where a search cannot say it.

        `q`: of this alone those that match.
        """
        asked = self.matrix.asked.query
        if behind.issuer or behind.year_by is not YearBy.EDITION or asked.filters:
            return None
        kinds, bodies = behind.chosen.kinds or asked.chosen.kinds, behind.chosen.bodies or asked.chosen.bodies
        filters = replace(behind.chosen, kinds=kinds, bodies=bodies)
        return url_for("pages.search") + SearchParams(q, filters).url
