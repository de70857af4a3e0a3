"""Values over years as lines with gaps, and as a curve of steps: from numbers to places on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from webapp.charts import (
    DASHES,
    FONT_PX,
    HUES,
    LINE_PX,
    MOST_LINES,
    SHAPES,
    WIDTH,
    Scale,
    Tick,
    apart,
    nice_ticks,
    shortened,
    text_px,
    value_ticks,
    year_ticks,
)

HEIGHT, LEFT, TOP, BOTTOM = 340, 56, 28, 36
WIDEST_LABEL = 190.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of a line: None is a gap, which no stroke crosses. `said` is the mark's name, for ear and pointer.

    `marked`: whether it has a mark; one that says nothing new has none.
    """

    year: int
    value: float | None
    said: str = ""
    href: str | None = None
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Series:
    """A line to draw. `look`: the number of its stroke and mark, for a line that is to look the same everywhere."""

    name: str
    readings: tuple[Reading, ...]
    look: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A mark on paper."""

    x: float
    y: float
    said: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line on paper: strokes without the gaps, marks, and its name beside its end."""

    name: str
    label: str
    number: int
    shape: str
    dash: str
    hue: str
    strokes: tuple[str, ...]
    points: tuple[Point, ...]
    label_y: float


@dataclass(frozen=True, slots=True)
class LineChart:
    """A drawn chart. `left_out` counts lines beyond those that can be told apart."""

    title: str
    desc: str
    unit: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    lines: tuple[Line, ...]
    left_out: int = 0


def line_chart(
    title: str, desc: str, unit: str, series: Sequence[Series], *, steps: bool = False, share: bool = False
) -> LineChart:
    """Lines from 0 upwards over the years; with `steps` a value holds until the next year, with `share` 1 is 100%."""
    drawn = series[:MOST_LINES]
    years = [each.year for one in drawn for each in one.readings] or [0]
    values = [each.value for one in drawn for each in one.readings if each.value is not None]
    room = min(WIDEST_LABEL, max((text_px(one.name) for one in drawn), default=0)) + 18
    right, bottom = WIDTH - room, HEIGHT - BOTTOM
    ticks = nice_ticks(max(values, default=0))
    x = Scale(min(years), max(years), LEFT + 14, right - 10) if len(set(years)) > 1 else _middle(years[0], right)
    y = Scale(0, ticks[-1], bottom, TOP)
    lines = [
        _line(one, number if one.look is None else one.look, x, y, steps=steps) for number, one in enumerate(drawn)
    ]
    return LineChart(
        title,
        desc,
        unit,
        WIDTH,
        HEIGHT,
        LEFT,
        right,
        TOP,
        bottom,
        year_ticks(years, x),
        value_ticks(ticks, y, share=share),
        _labelled(lines, bottom),
        len(series) - len(drawn),
    )


def _middle(year: int, right: float) -> Scale:
    return Scale(year - 1, year + 1, LEFT, right)


def _line(one: Series, number: int, x: Scale, y: Scale, *, steps: bool) -> Line:
    points = tuple(
        Point(x.at(each.year), y.at(each.value), each.said, each.href)
        for each in one.readings
        if each.value is not None and each.marked
    )
    strokes = tuple(_stroke(run, x, y, steps=steps) for run in _runs(one.readings) if len(run) > 1)
    end = points[-1].y if points else y.start
    return Line(
        one.name,
        shortened(one.name, WIDEST_LABEL),
        number,
        SHAPES[number],
        DASHES[number],
        HUES[number],
        strokes,
        points,
        end,
    )


def _runs(readings: Sequence[Reading]) -> Iterator[list[tuple[int, float]]]:
    """The values between gaps: a year without a value, or without a reading."""
    run: list[tuple[int, float]] = []
    for each in readings:
        if run and (each.value is None or each.year - run[-1][0] > 1):
            yield run
            run = []
        if each.value is not None:
            run.append((each.year, each.value))
    if run:
        yield run


def _stroke(run: Sequence[tuple[int, float]], x: Scale, y: Scale, *, steps: bool) -> str:
    first, *others = run
    path = f"M{x.at(first[0])} {y.at(first[1])}"
    for year, value in others:
        path += f"H{x.at(year)}V{y.at(value)}" if steps else f"L{x.at(year)} {y.at(value)}"
    return path


def _labelled(lines: Sequence[Line], bottom: float) -> tuple[Line, ...]:
    """The names moved apart, so that none covers another."""
    places = apart([line.label_y for line in lines], LINE_PX, TOP, bottom)
    return tuple(
        replace(line, label_y=round(place + FONT_PX / 3, 1)) for line, place in zip(lines, places, strict=True)
    )
