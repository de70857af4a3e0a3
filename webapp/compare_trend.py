"""趋势 as a page: a chart, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from compare.cells import Cell, Measure
from compare.trend import Trend, TrendLine
from indexer.query import ONLY
from reports.regions import Regions
from webapp.chart_cells import shade_of
from webapp.chart_lines import LineChart, Reading, Series, line_chart
from webapp.compare_matrix import Shown, cell_said, cell_words, shown_cell
from webapp.compare_params import address_of
from webapp.words import label, say


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One line of the chart as a row."""

    name: str
    cells: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class TrendPage:
    """What the page shows: `what` are its phrases; `gaps`: whether any year of any line is not held.

    `notes`: what must be known of each line.
    """

    what: str
    measure: Measure
    years: tuple[int, ...]
    rows: tuple[TrendRow, ...]
    chart: LineChart
    short: bool
    gaps: bool
    partial: bool
    notes: tuple[str, ...]


def trend_page(trend: Trend, measure: Measure, regions: Regions) -> TrendPage:
    """Arrange a trend."""
    values = [value or 0 for line in trend.lines for value in line.values(measure)]
    highest = max(values, default=0)
    rows = tuple(TrendRow(line.label, tuple(_cells(line, trend.years, measure, highest))) for line in trend.lines)
    names = _names(trend.lines, regions)
    series = [
        Series(name, tuple(_readings(line, trend.years, measure)))
        for name, line in zip(names, trend.lines, strict=True)
    ]
    unit = label("compare_measure", measure)
    what = "、".join(dict.fromkeys(line.phrase for line in trend.lines))
    title = say("compare.trend_title", what=what, unit=unit)
    cells = [cell for row in rows for cell in row.cells]
    short, partial = any(cell.short for cell in cells), any(cell.partial for cell in cells)
    desc = say("compare.chart_lines") + (say("compare.chart_partial") if partial else "")
    chart = line_chart(title, desc, unit, series, share=measure is Measure.SHARE)
    gaps = any(value is None for line in trend.lines for value in line.values(measure))
    return TrendPage(what, measure, trend.years, rows, chart, short, gaps, partial, _notes(trend))


def _notes(trend: Trend) -> tuple[str, ...]:
    """As in its files."""
    undated = (say("trend.undated", count=trend.undated),) if trend.undated else ()
    return (*undated, *trend.notes)


def _names(lines: Sequence[TrendLine], regions: Regions) -> tuple[str, ...]:
    """Names short enough to stand beside a line: what all share is left out, places go by their own names."""
    one_phrase = len({line.phrase for line in lines}) == 1
    names = []
    for line in lines:
        region = regions.get(line.place.removeprefix(ONLY))
        place = region.name if region else ""
        names.append(place if place and one_phrase else " · ".join(filter(None, (line.phrase, place))))
    return tuple(names) if len({*names}) == len(names) else tuple(line.label for line in lines)


def _cells(line: TrendLine, years: tuple[int, ...], measure: Measure, highest: float) -> Iterator[Shown]:
    for year, cell in zip(years, line.cells, strict=True):
        yield shown_cell(cell, measure, shade_of(cell.value(measure) or 0, highest), _behind(line, year, cell))


def _readings(line: TrendLine, years: tuple[int, ...], measure: Measure) -> Iterator[Reading]:
    for year, cell in zip(years, line.cells, strict=True):
        said = say(
            "compare.mark_said", name=line.label, year=str(year), value=cell_words(cell, measure), said=cell_said(cell)
        )
        yield Reading(year, cell.value(measure), said, _behind(line, year, cell))


def _behind(line: TrendLine, year: int, cell: Cell) -> str | None:
    """To the sentences of a year; a place without any leads nowhere."""
    if cell.blank is not None or cell.uncounted:
        return None
    return url_for("comparing.concordance") + address_of("concordance", line.asked.comparison).but(year=str(year)).query
