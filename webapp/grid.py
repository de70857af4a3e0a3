"""Region by year, as cells: the strip of the home page and the table of what is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from webapp.sources import HeldYear, Holdings, HoldingsRow

STRIP_YEARS = 12
STRIP_ROWS = 14
WHOLE_TABLE = 160
"""Up to so many regions the whole table is one page; beyond, one level at a time."""
SHADES = (1, 3, 10, 30, 100)
"""From so many works on, a cell is one shade darker: the five shades of ink."""


class Held(StrEnum):
    """What a cell says: works held, none though expected, or nothing to expect."""

    WORKS = "works"
    MISSING = "missing"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Cell:
    """One region in one year. `shade` 0 to 5; `report_id` where one work is all there is."""

    year: int | None
    held: Held
    works: int = 0
    shade: int = 0
    report_id: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One region with its cells, as many as the grid has years. `total`: works in all years."""

    code: str | None
    name: str
    level: int
    cells: tuple[Cell, ...]
    total: int
    parts: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells by region and year; `years` oldest first, None (unknown) last if there is any.

    `left_out` counts regions that have a row elsewhere but none here.
    """

    years: tuple[int | None, ...]
    rows: tuple[Row, ...]
    left_out: int = 0


def strip(holdings: Holdings) -> Grid:
    """The last years, each region with all below it: as many levels as fit a home page, or the fullest provinces."""
    sums = _with_all_below(holdings.rows)
    rows = _coarse(holdings.rows, STRIP_ROWS)
    fullest = sorted(rows, key=lambda row: sum(sums[row.code].values()), reverse=True)[:STRIP_ROWS]
    known = [year for held in sums.values() for year in held if year is not None]
    last = max(known, default=0)
    years = tuple(range(max(min(known, default=1), last - STRIP_YEARS + 1), last + 1))
    shown = (row for row in rows if row in fullest and sums[row.code].keys() & set(years))
    return Grid(years, tuple(_sum_row(row, sums[row.code], years) for row in shown), len(rows) - len(fullest))


def table(holdings: Holdings, region: str | None = None) -> Grid:
    """Every region's own works. `region`: that one and all below it."""
    rows = _below(holdings.rows, region) if region else _coarse(holdings.rows, WHOLE_TABLE)
    known = {each.year for row in rows for each in row.years}
    numbers = [year for year in known if year is not None]
    years: tuple[int | None, ...] = tuple(range(min(numbers), max(numbers) + 1)) if numbers else ()
    years += (None,) if None in known else ()
    sizes: dict[str | None, int] = {row.code: len(_below(holdings.rows, row.code)) - 1 for row in rows if row.code}
    return Grid(years, tuple(_own_row(row, years, sizes.get(row.code, 0)) for row in rows))


def shade(works: int) -> int:
    """0 for nothing to 5 for very many."""
    return sum(works >= least for least in SHADES)


def _own_row(row: HoldingsRow, years: Sequence[int | None], parts: int) -> Row:
    held = {each.year: each for each in row.years}
    numbers = [year for year in held if year is not None]
    span = (min(numbers, default=1), max(numbers, default=0))
    cells = tuple(_own_cell(held.get(year), year, span) for year in years)
    return Row(row.code, row.name, row.level, cells, sum(each.works for each in row.years), parts)


def _own_cell(held: HeldYear | None, year: int | None, span: tuple[int, int]) -> Cell:
    """Between the first and the last year held a gap is a missing report; elsewhere nothing is known to be due."""
    if held and held.works:
        return Cell(year, Held.WORKS, held.works, shade(held.works), held.report_id)
    missing = year is not None and span[0] < year < span[1]
    return Cell(year, Held.MISSING if missing else Held.OUTSIDE)


def _sum_row(row: HoldingsRow, sums: Mapping[int | None, int], years: Iterable[int]) -> Row:
    cells = tuple(
        Cell(year, Held.WORKS if sums.get(year) else Held.OUTSIDE, sums.get(year, 0), shade(sums.get(year, 0)))
        for year in years
    )
    return Row(row.code, row.name, row.level, cells, sum(sums.values()), 0)


def _with_all_below(rows: Sequence[HoldingsRow]) -> dict[str | None, dict[int | None, int]]:
    """Works by year of every region, all divisions below included."""
    sums: dict[str | None, defaultdict[int | None, int]] = {row.code: defaultdict(int) for row in rows}
    parents = {row.code: row.parent for row in rows}
    for row in rows:
        for code in _upward(row.code, parents):
            for each in row.years:
                sums[code][each.year] += each.works
    return {code: dict(held) for code, held in sums.items()}


def _upward(code: str | None, parents: Mapping[str | None, str | None]) -> tuple[str | None, ...]:
    found = [code]
    while (above := parents.get(found[-1])) in parents and above is not None and above not in found:
        found.append(above)
    return tuple(found)


def _coarse(rows: Sequence[HoldingsRow], most: int) -> tuple[HoldingsRow, ...]:
    """As many levels, from the top, as make at most `most` rows; at least the top one."""
    for level in (3, 2):
        kept = tuple(row for row in rows if row.level <= level)
        if len(kept) <= most:
            return kept
    return tuple(row for row in rows if row.level <= 1)


def _below(rows: Sequence[HoldingsRow], region: str | None) -> tuple[HoldingsRow, ...]:
    inside = {region}
    found: list[HoldingsRow] = []
    for row in rows:
        if row.code in inside or (row.parent in inside and row.parent):
            inside.add(row.code)
            found.append(row)
    return tuple(found)
