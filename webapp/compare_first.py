"""首次出现 as a page: a dot for each jurisdiction, how it spread, the sentence that shows it, who says it most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from compare.asking import Comparison
from compare.lines import Line
from compare.spread import Certainty, Spread, SpreadYear, Use
from webapp.chart_dots import DotChart, First, Known, dot_chart
from webapp.chart_lines import LineChart, Reading, Series, line_chart
from webapp.compare_frame import title_of
from webapp.compare_params import address_of
from webapp.words import say

MOST_DOTS = 60
MOST_USES = 200
MOST_SAID = 10
YEARS_BEFORE = 3
CLIPPED_CHARS = 40


@dataclass(frozen=True, slots=True)
class Sentence:
    """What stands around the phrase in a sentence, as evidence, and the sentence's permanent address."""

    text: str
    marks: tuple[tuple[int, int], ...]
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class UseRow:
    """A jurisdiction in the table. `when`: its first year in words, with what is not known about it."""

    use: Use
    when: str
    first: Sentence | None
    last: Sentence | None
    href: str


@dataclass(frozen=True, slots=True)
class MostRow:
    """A jurisdiction among those that say it most. `said`: how much, and of how many reports."""

    region: str
    said: str
    href: str


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What the page shows; `left_out` counts jurisdictions beyond MOST_USES, `undrawn` those beyond MOST_DOTS."""

    spread: Spread
    rows: tuple[UseRow, ...]
    dots: DotChart | None
    curve: LineChart | None
    most: tuple[MostRow, ...]
    densest: tuple[MostRow, ...]
    left_out: int
    undrawn: int


def first_page(spread: Spread, evidence: Sequence[Line | None], last: Sequence[Line | None]) -> FirstPage:
    """Arrange a spread; `evidence` and `last` are sentences of its first uses, as many as are to be shown."""
    comparison = spread.asked.comparison
    shown = spread.uses[: len(evidence)]
    rows = tuple(
        UseRow(use, _when(use), _sentence(first), _sentence(late), _behind(comparison, use))
        for use, first, late in zip(shown, evidence, last, strict=True)
    )
    return FirstPage(
        spread,
        rows,
        _dots(spread, rows),
        _curve(spread),
        _most(spread, by_rate=False),
        _most(spread, by_rate=True),
        len(spread.uses) - len(rows),
        max(0, len(spread.uses) - MOST_DOTS),
    )


def _most(spread: Spread, *, by_rate: bool) -> tuple[MostRow, ...]:
    """Both measures, as one of 41 reports and one of a single report do not compare by occurrences."""
    found = []
    for use in spread.most(by_rate=by_rate)[:MOST_SAID]:
        measured = [say("first.times", count=use.occurrences), say("first.rate", rate=f"{use.rate or 0:.2f}")]
        said = " · ".join((*measured[:: -1 if by_rate else 1], say("first.most_of", held=use.held)))
        found.append(MostRow(use.region, said, _behind(spread.asked.comparison, use)))
    return tuple(found)


def _when(use: Use) -> str:
    match use.certainty:
        case Certainty.EXACT:
            return str(use.upper)
        case Certainty.LEFT:
            return say("first.left", year=str(use.upper))
        case Certainty.INTERVAL:
            return say("first.interval", lower=str(use.lower), upper=str(use.upper))


def _sentence(line: Line | None) -> Sentence | None:
    if line is None:
        return None
    href = url_for("passages.page", report_id=line.passage.report_id, code=line.passage.code) + "#passage"
    start, stop = max(0, line.mark[0] - CLIPPED_CHARS), line.mark[1] + CLIPPED_CHARS
    before, behind = "…" if start else "", "…" if stop < len(line.sentence) else ""
    shift = len(before) - start
    text = before + line.sentence[start:stop] + behind
    return Sentence(text, ((line.mark[0] + shift, line.mark[1] + shift),), line.title, href)


def _behind(comparison: Comparison, use: Use) -> str:
    """To its own sentences, without those of what lies below it."""
    there = address_of("concordance", comparison).but(region=[f"={code}" for code in use.codes], preset="", sort="year")
    return url_for("comparing.concordance") + there.query


def _dots(spread: Spread, rows: Sequence[UseRow]) -> DotChart | None:
    if not rows:
        return None
    title = say("first.dots_title", what=title_of(spread.asked))
    firsts = [
        First(
            row.use.region,
            row.use.upper,
            Known(row.use.certainty.value),
            row.use.lower,
            say("first.dot_said", region=row.use.region, when=row.when),
            row.first.href if row.first else row.href,
        )
        for row in rows[:MOST_DOTS]
    ]
    return dot_chart(title, say("first.dots_desc"), firsts)


def _curve(spread: Spread) -> LineChart | None:
    """From a little before the first use: the years before it have nothing to tell."""
    if not spread.uses:
        return None
    years = [each for each in spread.years if each.year >= spread.uses[0].upper - YEARS_BEFORE]
    title = say("first.curve_title", what=title_of(spread.asked))
    series = [Series(say("first.used"), tuple(_used(years))), Series(say("first.held"), tuple(_held(years)), look=2)]
    return line_chart(title, say("first.curve_desc"), say("first.unit"), series, steps=True)


def _used(years: Sequence[SpreadYear]) -> Iterator[Reading]:
    for each in years:
        said = say("first.curve_said", year=str(each.year), used=each.used, held=each.held, new=each.new)
        yield Reading(each.year, each.used, said, marked=bool(each.new) or each is years[-1])


def _held(years: Sequence[SpreadYear]) -> Iterator[Reading]:
    """A mark where something is new to the corpus."""
    before = 0
    for each in years:
        said = say("first.held_said", year=str(each.year), held=each.held)
        yield Reading(each.year, each.held, said, marked=each.held != before or each is years[-1])
        before = each.held
