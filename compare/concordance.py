"""语境对照: where a phrase stands, 2 to 4 places or years side by side, each spot with what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from compare.asking import Asked
from compare.figures import figure_keys
from compare.lines import Line, Lines, pick
from compare.narrowing import meet
from indexer.corefile import Core, Ints
from indexer.counting import Counting, Spots
from indexer.query import ONLY, Query
from reports.errors import QueryError
from reports.regions import Regions

CONTEXT_CHARS = 20
MOST_COLUMNS = 4
PAGE_LINES = 20
MOST_LINES = 10_000
"""So many lines at most in one answer. A page of this size asks for all: more in all columns together are refused."""


class Order(StrEnum):
    """By what the lines of a column stand in order; where that is alike, newest report years first."""

    LEFT = "left"
    RIGHT = "right"
    YEAR = "year"
    REGION = "region"
    FIGURE = "figure"


MOST_ORDERED = {Order.LEFT: 20_000, Order.RIGHT: 20_000, Order.FIGURE: 4_000}
"""So many spots of a column are put in order by their words; where there are more, those of the newest years."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: in what order, which page, how many of each column a page has."""

    order: Order = Order.LEFT
    page: int = 1
    size: int = PAGE_LINES


@dataclass(frozen=True, slots=True)
class ColumnAsked:
    """One column: what it is called, and the question whose spots it shows."""

    heading: str
    query: Query


@dataclass(frozen=True, slots=True)
class Column:
    """One place or year. `spots` and `works` are of the whole column: spots, and the works they stand in.

    `held` and `chars`: works its filters hold, and their characters. `ordered`: how many spots were put in order by
    their words; where it is less than `spots` the others follow, newest first. `vanished`: spots of this page whose
    report the corpus no longer has as it was indexed.
    """

    heading: str
    query: Query
    spots: int
    works: int
    held: int
    chars: int
    ordered: int
    lines: tuple[Line, ...]
    vanished: int


@dataclass(frozen=True, slots=True)
class Concordance:
    """One page of every column; `pages` of the longest."""

    asked: Asked
    wanted: Wanted
    pages: int
    columns: tuple[Column, ...]


def by_places(asked: Asked, regions: Regions, codes: Sequence[str]) -> tuple[ColumnAsked, ...]:
    """A column for each place (codes as in Filters.regions: with ONLY a division without what lies below it).

    Of what is chosen beside the words a column has what lies in its place; where nothing does, its place goes before.
    """
    chosen = asked.query.chosen.regions
    return tuple(
        ColumnAsked(
            _place_name(code, regions),
            _chosen(asked.query, regions=meet(chosen, code, regions) or frozenset({code})),
        )
        for code in dict.fromkeys(codes)
    )


def by_years(asked: Asked, years: Sequence[int]) -> tuple[ColumnAsked, ...]:
    """A column for each year."""
    return tuple(
        ColumnAsked(f"{year}年", _chosen(asked.query, years=frozenset({year}))) for year in dict.fromkeys(years)
    )


def concordance(
    asked: Asked, regions: Regions, columns: Sequence[ColumnAsked], wanted: Wanted | None = None
) -> Concordance:
    """One page of every column. All spots of a column are put in order, what is shown alone is read from the corpus.

    Raises QueryError for no column or more than MOST_COLUMNS, and for more than MOST_LINES lines at once.
    """
    wanted = wanted or Wanted()
    _check(columns, wanted)
    spots = [asked.searcher.counting.spots(column.query) for column in columns]
    if wanted.size == MOST_LINES and (total := sum(len(each.works) for each in spots)) > MOST_LINES:
        raise QueryError(f"一共 {total} 次，一次最多导出 {MOST_LINES} 次；请缩小地区或年份，或分栏导出")
    made = tuple(_column(asked, regions, *each, wanted) for each in zip(columns, spots, strict=True))
    pages = max(1, *(-(-column.spots // wanted.size) for column in made))
    return Concordance(asked, wanted, pages, made)


def _check(columns: Sequence[ColumnAsked], wanted: Wanted) -> None:
    problems = []
    if not 1 <= len(columns) <= MOST_COLUMNS:
        problems.append(f"语境对照一次对照 1 至 {MOST_COLUMNS} 个地区或年份，现在是 {len(columns)} 个")
    if not 1 <= wanted.size <= MOST_LINES or wanted.page < 1:
        problems.append(f"一页每栏 1 至 {MOST_LINES} 行，页码从 1 起")
    if problems:
        raise QueryError(*problems)


def _column(asked: Asked, regions: Regions, column: ColumnAsked, spots: Spots, wanted: Wanted) -> Column:
    searcher = asked.searcher
    tally = searcher.counting.tally(column.query)
    order, ordered = _ordered(searcher.core, searcher.counting, spots, regions, wanted.order)
    shown = order[(wanted.page - 1) * wanted.size : wanted.page * wanted.size]
    reader = Lines(searcher, regions, column.query, CONTEXT_CHARS)
    lines = reader.read(pick(spots, shown))
    there = tuple(line for line in lines if line)
    return Column(
        heading=column.heading,
        query=column.query,
        spots=len(spots.works),
        works=len(np.unique(spots.works)),
        held=len(tally.works),
        chars=int(tally.chars.sum()),
        ordered=ordered,
        lines=there,
        vanished=len(lines) - len(there),
    )


def _ordered(core: Core, counting: Counting, spots: Spots, regions: Regions, order: Order) -> tuple[Ints, int]:
    """The numbers of all spots in order, and how many of them were compared. Spots come newest year first."""
    numbers = np.arange(len(spots.works))
    match order:
        case Order.YEAR:
            return np.argsort(-core.year[spots.works], kind="stable"), len(numbers)
        case Order.REGION:
            ranks = _region_ranks(core.region_codes, regions)
            return np.argsort(ranks[core.region[spots.works]], kind="stable"), len(numbers)
        case Order.LEFT | Order.RIGHT | Order.FIGURE:
            most = MOST_ORDERED[order]
            first = np.array(_by_words(counting, pick(spots, numbers[:most]), order), np.int64)
            return np.concatenate([first, numbers[most:]]), len(first)


def _by_words(counting: Counting, spots: Spots, order: Order) -> list[int]:
    """Contexts in the order of their characters' numbers: the same words stand together."""
    match order:
        case Order.LEFT:
            left = [context[::-1] for context in counting.left(spots, CONTEXT_CHARS)]
            return sorted(range(len(left)), key=left.__getitem__)
        case Order.RIGHT:
            right = counting.right(spots, CONTEXT_CHARS)
            return sorted(range(len(right)), key=right.__getitem__)
        case _:
            keys = figure_keys(counting, spots)
            return sorted(range(len(keys)), key=keys.__getitem__)


def _region_ranks(codes: Sequence[str], regions: Regions) -> Ints:
    """Where each division stands in the tree of them, by its number in the core; the unknown, -1, behind."""
    paths = [regions.ancestors(code)[::-1] or (code,) for code in codes]
    ranks = np.full(len(codes) + 1, len(codes))
    ranks[sorted(range(len(codes)), key=paths.__getitem__)] = np.arange(len(codes))
    return ranks


def _place_name(code: str, regions: Regions) -> str:
    bare = code.removeprefix(ONLY)
    return (regions.full_name(bare) or bare) + ("本级" if bare != code else "")


def _chosen(query: Query, **filters: frozenset[str] | frozenset[int | None]) -> Query:
    return replace(query, chosen=replace(query.chosen, **filters))  # type: ignore[arg-type]
