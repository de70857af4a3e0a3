"""A dot for each jurisdiction at its first year, with what is not known about that year drawn beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from webapp.charts import WIDTH, Scale, Tick, shortened, text_px, year_ticks

ROW_PX, TOP, FOOT = 24, 34, 12
WIDEST_NAME = 190.0
ARROW_PX = 22


class Known(StrEnum):
    """How well a first year is known: to the year, not later than it, or between two years."""

    EXACT = "exact"
    LEFT = "left"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class First:
    """A jurisdiction with its first year; `lower` is the earliest year it can have been, where `known` is INTERVAL."""

    name: str
    year: int
    known: Known = Known.EXACT
    lower: int | None = None
    said: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark on paper; `tail_x` is how far to the left what is not known reaches."""

    name: str
    label: str
    y: float
    x: float
    tail_x: float | None
    known: Known
    said: str
    href: str | None


@dataclass(frozen=True, slots=True)
class DotChart:
    """A drawn chart, a row a jurisdiction in the order given."""

    title: str
    desc: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]


def dot_chart(title: str, desc: str, firsts: Sequence[First]) -> DotChart:
    """A row for each; the years run from the earliest bound to the latest dot."""
    years = [year for each in firsts for year in (each.year, each.lower) if year is not None] or [0]
    room = min(WIDEST_NAME, max((text_px(each.name) for each in firsts), default=0))
    left, bottom = room + 16, TOP + ROW_PX * max(1, len(firsts))
    x = Scale(min(years), max(years) if len(set(years)) > 1 else min(years) + 1, left + ARROW_PX + 12, WIDTH - 24)
    dots = tuple(_dot(each, TOP + ROW_PX * (number + 0.5), x) for number, each in enumerate(firsts))
    ticks = year_ticks(range(min(years), max(years) + 1), x)
    return DotChart(title, desc, WIDTH, bottom + FOOT, left, WIDTH, TOP, bottom, ticks, dots)


def _dot(first: First, y: float, x: Scale) -> Dot:
    at = x.at(first.year)
    tail = None
    if first.known is Known.LEFT:
        tail = at - ARROW_PX
    elif first.known is Known.INTERVAL and first.lower is not None:
        tail = x.at(first.lower)
    return Dot(first.name, shortened(first.name, WIDEST_NAME), y, at, tail, first.known, first.said, first.href)
