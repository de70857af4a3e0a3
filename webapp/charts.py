"""What charts are made of: scales, ticks, marks told apart without colour, the room that labels need."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH = 760
FONT_PX = 13
LINE_PX = 18
SHAPES = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    "M-4 -4h8v8h-8z",
    "M0 -5l5 9h-10z",
    "M0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z",
    "M-5 -4h10l-5 9z",
    "M-1.5 -5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z",
)
"""Outlines of marks around 0, 0: circle, square, triangle, diamond, triangle on its tip, cross."""
DASHES = ("", "7 3", "2 3", "9 3 2 3", "12 4", "5 2 1 2 1 2")
HUES = ("#17211f", "#a8261a", "#0f5c8a", "#7a5200", "#5b3f8c", "#2c6b3f")
"""On white; the sheet of styles has those of the dark. They only repeat what shape, stroke and label say."""
MOST_LINES = len(SHAPES)
LEAST = 1e-9
"""What is smaller is drawn as nothing."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid with its label; `at` in the chart's own units."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps [low, high] to the pixels from `start` to `stop`, which may run backwards."""

    low: float
    high: float
    start: float
    stop: float

    def at(self, value: float) -> float:
        """Where a value stands, to a tenth of a pixel."""
        span = self.high - self.low or 1
        return round(self.start + (self.stop - self.start) * (value - self.low) / span, 1)


def text_px(text: str, font_px: float = FONT_PX) -> float:
    """About how wide a text is: a Chinese character is as wide as the font is high, others a little over half."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return font_px * (wide + 0.6 * (len(text) - wide))


def shortened(text: str, most_px: float, font_px: float = FONT_PX) -> str:
    """The text, or as much of it as has room, with an ellipsis.

    >>> shortened("临溪市白鹭县人民政府", 80)
    '临溪市白鹭…'
    """
    if text_px(text, font_px) <= most_px:
        return text
    kept = text
    while kept and text_px(kept + "…", font_px) > most_px:
        kept = kept[:-1]
    return kept + "…"


def wrapped(text: str, most_px: float, font_px: float = FONT_PX) -> tuple[str, ...]:
    """The text in lines that have room.

    >>> wrapped("临溪市白鹭县", 52)
    ('临溪市白', '鹭县')
    """
    lines = [""]
    for char in text:
        if text_px(lines[-1] + char, font_px) > most_px:
            lines.append("")
        lines[-1] += char
    return tuple(lines)


def nice_ticks(highest: float, most: int = 5) -> tuple[float, ...]:
    """Round numbers from 0 to at least `highest`, at most `most` steps.

    >>> nice_ticks(7.3)
    (0.0, 2.0, 4.0, 6.0, 8.0)
    """
    if highest < LEAST or not math.isfinite(highest):
        return (0.0, 1.0)
    rough = highest / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough)
    return tuple(round(step * number, 10) for number in range(math.ceil(highest / step - 1e-9) + 1))


def year_ticks(years: Iterable[int], scale: Scale, least_px: float = 44) -> tuple[Tick, ...]:
    """Every year, or every second, fifth … so that labels stay apart; counted from the last one."""
    every = sorted(set(years))
    if not every:
        return ()
    per_year = abs(scale.stop - scale.start) / max(1, every[-1] - every[0])
    step = next((each for each in (1, 2, 5, 10, 20, 50) if each * per_year >= least_px), 100)
    return tuple(Tick(scale.at(year), str(year)) for year in range(every[-1], every[0] - 1, -step))[::-1]


def value_ticks(values: Sequence[float], scale: Scale, *, share: bool = False) -> tuple[Tick, ...]:
    """Ticks with plain labels: 0.5, 12, 3,000; of shares 50%."""
    return tuple(Tick(scale.at(value), _plain(value) if not share else f"{value:.0%}") for value in values)


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"


def apart(wanted: Sequence[float], least: float, low: float, high: float) -> tuple[float, ...]:
    """Places near those wanted, in their order of height, at least `least` apart and within [low, high] where they fit.

    >>> apart((10, 12, 90), 10, 0, 100)
    (10, 20, 90)
    """
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    places = [0.0] * len(wanted)
    before = low - least
    for number in order:
        before = places[number] = max(wanted[number], before + least)
    after = high + least
    for number in reversed(order):
        after = places[number] = max(low, min(places[number], after - least))
    return tuple(places)
