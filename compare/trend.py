"""趋势: several phrases over the years, for chosen places, gaps left where nothing is held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from compare.asking import Asked, Comparison, understand
from compare.blanks import missing
from compare.cells import Cell, Measure
from compare.counts import stacked
from compare.narrowing import meet
from compare.presets import preset
from compare.rows import region_label
from compare.scales import YearScale
from compare.scope import Ground
from indexer.corefile import UNKNOWN_YEAR
from indexer.query import ONLY, UNKNOWN
from reports.errors import QueryError

MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One phrase in one place (a value of the filter of regions; "" for all places together), a cell a year."""

    label: str
    phrase: str
    place: str
    asked: Asked
    cells: tuple[Cell, ...]

    def values(self, measure: Measure = Measure.RATE) -> tuple[int | float | None, ...]:
        """A number a year; None, a gap and not 0, where nothing is held."""
        return tuple(cell.value(measure) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines over `years`, every one from the first to the last with anything held. `asked`: what all lines share.

    Reports of no known year are in no line; `undated`: how many.
    """

    asked: Asked
    years: tuple[int, ...]
    lines: tuple[TrendLine, ...]
    undated: int

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be known of each line, by its phrase, beside what is said of all (`asked.notes`)."""
        own = (
            f"{line.phrase}：{note}" for line in self.lines for note in line.asked.notes if note not in self.asked.notes
        )
        return tuple(dict.fromkeys(own))


def trend(
    ground: Ground, comparison: Comparison, phrases: Sequence[str], today: date, places: Sequence[str] = ()
) -> Trend:
    """A line for each phrase (in the query language; `comparison.text` gives filters alone), or for each phrase in each
    of `places` (values of the filter of regions). Raises QueryError with every problem, and for more than MOST_LINES.
    """
    phrases = tuple(dict.fromkeys(phrase.strip() for phrase in phrases if phrase.strip()))
    problems = [*_excess(phrases, places), *_unknown(places, ground)]
    shared = _tried(problems, comparison, ground, today, words=False)
    asked = [
        (phrase, place, _tried(problems, _line(comparison, phrase, place, ground), ground, today, words=True))
        for phrase in phrases
        for place in (places or ("",))
        if not problems
    ]
    if problems or shared is None:
        raise QueryError(*dict.fromkeys(problems))
    tally = shared.searcher.counting.tally(shared.query)
    years = YearScale(shared, tally.works, missing(ground, shared))
    lines = tuple(
        TrendLine(_label(phrase, place, ground), phrase, place, each, _cells(ground, each, years))
        for phrase, place, each in asked
        if each
    )
    undated = int((shared.searcher.core.year[tally.works] == UNKNOWN_YEAR).sum())
    return Trend(shared, tuple(years.years), lines, undated)


def _excess(phrases: Sequence[str], places: Sequence[str]) -> Iterator[str]:
    count = len(phrases) * max(len(places), 1)
    if not phrases:
        yield "没有要比较的词语"
    if count > MOST_LINES:
        yield f"一张图最多 {MOST_LINES} 条线，现有 {count} 条（词语 × 地区）"


def _unknown(places: Sequence[str], ground: Ground) -> Iterator[str]:
    for place in places:
        if place != UNKNOWN and not ground.regions.get(place.removeprefix(ONLY)):
            yield f"没有代码为“{place}”的地区"


def _tried(problems: list[str], comparison: Comparison, ground: Ground, today: date, *, words: bool) -> Asked | None:
    """The comparison understood; None with its problems added."""
    try:
        return understand(comparison, ground, today, words=words)
    except QueryError as error:
        problems += error.problems
        return None


def _line(comparison: Comparison, phrase: str, place: str, ground: Ground) -> Comparison:
    """What one line asks."""
    text = f"({phrase}) {comparison.text}" if comparison.text.strip() else phrase
    if not place:
        return replace(comparison, text=text)
    group = preset(comparison.preset, ground.regions) if comparison.preset else None
    among = group.regions if group else comparison.chosen.regions
    regions = meet(among, place, ground.regions) or frozenset({place})
    return replace(comparison, text=text, preset="", chosen=replace(comparison.chosen, regions=regions))


def _label(phrase: str, place: str, ground: Ground) -> str:
    return f"{phrase} · {region_label(place, ground.regions)}" if place else phrase


def _cells(ground: Ground, asked: Asked, years: YearScale) -> tuple[Cell, ...]:
    tally = asked.searcher.counting.tally(asked.query)
    counts = stacked(years, [tally], missing(ground, asked), uncounted=asked.uncounted)
    return tuple(counts.cell(-1, number) for number in range(len(years.years)))
