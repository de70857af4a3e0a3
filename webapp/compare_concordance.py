"""语境对照 as a page: columns of lines, the phrase in the middle, each leading to its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from compare.concordance import Column, Concordance, Order
from compare.lines import Line
from compare.permalink import Passage, read_code
from webapp.compare_frame import Link
from webapp.compare_params import Address
from webapp.search_page import PageLink
from webapp.words import label, say

AROUND = 2
LAST_PAGE = 500


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line with its permanent address. `pick` is what chooses it for a document; `where` says section and heading."""

    line: Line
    href: str
    pick: str
    where: str


@dataclass(frozen=True, slots=True)
class KeptColumn:
    """A column with its lines."""

    column: Column
    lines: tuple[KeptLine, ...]
    narrow: str


@dataclass(frozen=True, slots=True)
class ConcordancePage:
    """What the page shows."""

    columns: tuple[KeptColumn, ...]
    sorts: tuple[Link, ...]
    order: Order
    here: int
    pages: tuple[PageLink, ...]
    previous: str | None
    next: str | None
    figures: bool


def concordance_page(address: Address, found: Concordance) -> ConcordancePage:
    """Arrange a concordance."""
    here, last = found.wanted.page, min(found.pages, LAST_PAGE)
    sorts = tuple(
        Link(
            label("concordance_sort", order), address.but(sort=order.value, page="").query, order is found.wanted.order
        )
        for order in Order
    )
    return ConcordancePage(
        tuple(_column(each, address) for each in found.columns),
        sorts,
        found.wanted.order,
        here,
        tuple(_steps(address, here, last)),
        address.but(page=str(here - 1)).query if 1 < here <= last else None,
        address.but(page=str(here + 1)).query if here < last else None,
        any(line.figure for column in found.columns for line in column.lines),
    )


def picked(found: Concordance, picks: Sequence[str]) -> tuple[Passage, ...]:
    """The sentences that were chosen; of none, all that are shown."""
    pairs = (pick.partition(":") for pick in picks)
    chosen = tuple(passage for report_id, _, code in pairs if (passage := read_code(report_id, code)))
    return chosen or tuple(line.passage for column in found.columns for line in column.lines)


def part_of(found: Concordance, picks: Sequence[str]) -> str:
    """Which of all sentences a document of `picked` holds; "" where it holds all."""
    spots, shown = (sum(each) for each in zip(*((each.spots, len(each.lines)) for each in found.columns), strict=True))
    chosen = {pick for pick in picks if read_code(*pick.partition(":")[::2])}
    if chosen:
        return say("concordance.part_picked", spots=spots, shown=len(chosen))
    return say("concordance.part", page=found.wanted.page, spots=spots, shown=shown) if shown < spots else ""


def _column(column: Column, address: Address) -> KeptColumn:
    return KeptColumn(column, tuple(map(_kept, column.lines)), address.query)


def _kept(line: Line) -> KeptLine:
    href = url_for("passages.page", report_id=line.passage.report_id, code=line.passage.code) + "#passage"
    where = line.heading or (label("section", line.section) if line.section else "")
    return KeptLine(line, href, f"{line.passage.report_id}:{line.passage.code}", where)


def _steps(address: Address, here: int, last: int) -> Iterator[PageLink]:
    if last < 2:
        return
    before = 0
    for number in sorted({1, last, *range(max(1, here - AROUND), min(last, here + AROUND) + 1)}):
        if number - before > 1:
            yield PageLink(None)
        yield PageLink(number, address.but(page=str(number) if number > 1 else "").query, number == here)
        before = number
