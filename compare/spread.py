"""首次出现，限已收录报告: which jurisdiction has a phrase since which report year, and who says it most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise

import numpy as np

from compare.asking import Asked
from compare.cells import PER_CHARS, SHORT_CHARS
from compare.jurisdictions import Level, jurisdictions
from compare.lines import Line, Lines, pick
from indexer.corefile import UNKNOWN_YEAR, Core, Ints
from indexer.counting import Tally
from indexer.evaluate import Mask
from reports.regions import Regions

FIRST_USE = "首次出现，限已收录报告"
"""What the view is called wherever its figures stand: what is not held may have had the phrase before."""


class Certainty(StrEnum):
    """What the first held report with a phrase tells of when the jurisdiction first used it.

    EXACT: the year before is held without it. LEFT: its first held report has it already, so it may be older.
    INTERVAL: the year before is not held, so it came in one of the years `lower` to `upper`. A report without the
    sections asked for, or with the phrase in its title alone, is none held without it.
    """

    EXACT = "exact"
    LEFT = "left"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Years:
    """The report years held of a jurisdiction: the first, the last, and how many."""

    first: int
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class Use:
    """A jurisdiction that has the phrase in a held report.

    Its first use lies in the years `lower` to `upper`: `upper` is the first year of a held report with it, `lower` the
    year behind the last one held without it before that; None if there is none. `works`, `occurrences`, `chars` and
    `held` (works) are of all years; `occurrences` are None where titles alone are looked at.
    `first_work` and `last_work` are the core's numbers, for `evidence`. `codes`: the divisions whose own reports were
    counted, its own and those that became it.
    """

    region_code: str
    region: str
    level: int
    certainty: Certainty
    lower: int | None
    upper: int
    last_year: int
    years: Years
    works: int
    occurrences: int | None
    held: int
    chars: int
    first_work: int
    last_work: int
    codes: tuple[str, ...]

    @property
    def first_year(self) -> int:
        """The report year of the first held report with the phrase."""
        return self.upper

    @property
    def rate(self) -> float | None:
        """次/万字; None where there is no text, or nothing is counted."""
        return None if self.occurrences is None or not self.chars else self.occurrences * PER_CHARS / self.chars

    @property
    def short(self) -> bool:
        """Whether the text is too short for its rate to be ranked."""
        return self.chars < SHORT_CHARS


@dataclass(frozen=True, slots=True)
class Silent:
    """A jurisdiction none of whose held reports has the phrase."""

    region_code: str
    region: str
    level: int
    years: Years


@dataclass(frozen=True, slots=True)
class SpreadYear:
    """One report year: jurisdictions that have the phrase first then, that have had it so far, that are held so far."""

    year: int
    new: int
    used: int
    held: int


@dataclass(frozen=True, slots=True)
class Spread:
    """`uses` by first year, then in the order of divisions; `silent` in that order; `years` without a gap.

    `unplaced`: works with the phrase that speak for nobody here, as their region or year is unknown or their
    division is of another level.
    """

    asked: Asked
    level: Level
    uses: tuple[Use, ...]
    silent: tuple[Silent, ...]
    years: tuple[SpreadYear, ...]
    unplaced: int

    def most(self, *, by_rate: bool = False) -> tuple[Use, ...]:
        """Who says it most: by occurrences, or by 次/万字 of those that are not short of text; nobody in titles."""
        if by_rate:
            rated = [use for use in self.uses if use.rate is not None and not use.short]
            return tuple(sorted(rated, key=lambda use: -(use.rate or 0)))
        counted = [use for use in self.uses if use.occurrences is not None]
        return tuple(sorted(counted, key=lambda use: -(use.occurrences or 0)))


def spread(asked: Asked, regions: Regions, level: Level = Level.ANY) -> Spread:
    """First and last use in each jurisdiction of a level. Reads no report: see `evidence`.

    A work has the phrase where it occurs as typed; where the question looks at titles only, where it matches.
    """
    core, tally = asked.searcher.core, asked.searcher.counting.tally(asked.query)
    found = jurisdictions(core.region_codes, regions, level)
    numbers = found.numbers[core.region[tally.works]]
    placed = (numbers >= 0) & (core.year[tally.works] != UNKNOWN_YEAR)
    said = _said(asked, tally)
    uses, silent = [], []
    for number, members in _groups(numbers, placed):
        code = found.codes[number]
        region = regions.get(code)
        name = (code, regions.full_name(code) or code, region.level if region else 0)
        years = core.year[tally.works[members]]
        if said[members].any():
            uses.append(_use(asked, tally, members, said[members], name))
        else:
            silent.append(Silent(*name, _years(years)))
    return Spread(
        asked=asked,
        level=level,
        uses=tuple(sorted(uses, key=lambda use: use.upper)),
        silent=tuple(silent),
        years=_curve(uses, silent),
        unplaced=int(np.count_nonzero(said & ~placed)),
    )


def evidence(asked: Asked, regions: Regions, works: Sequence[int]) -> tuple[Line | None, ...]:
    """The first sentence with the phrase in each of these works (`Use.first_work`, `last_work`); each is read once.

    None where the corpus no longer has the report as it was indexed, and where the title alone has the phrase.
    """
    spots = asked.searcher.counting.spots(asked.query)
    wanted = np.array(works, np.int64)
    at = np.searchsorted(spots.works, wanted)
    there = (at < len(spots.works)) & (np.append(spots.works, -1)[at] == wanted)
    lines = iter(Lines(asked.searcher, regions, asked.query, 0).read(pick(spots, at[there])))
    return tuple(next(lines) if each else None for each in there.tolist())


def _said(asked: Asked, tally: Tally) -> Mask:
    return tally.matched if asked.uncounted else tally.occurrences > 0


def _groups(numbers: Ints, placed: Mask) -> Iterator[tuple[int, Ints]]:
    """Each jurisdiction with the places of its works in the tally."""
    members = np.flatnonzero(placed)
    members = members[np.argsort(numbers[members], kind="stable")]
    of = numbers[members]
    for start, stop in pairwise([*np.flatnonzero(np.diff(of, prepend=-1)).tolist(), len(of)]):
        yield int(of[start]), members[start:stop]


def _use(asked: Asked, tally: Tally, members: Ints, said: Mask, name: tuple[str, str, int]) -> Use:
    core, works = asked.searcher.core, tally.works[members]
    years, having = core.year[works], works[said]
    first, last = int(core.year[having].min()), int(core.year[having].max())
    # Nothing was looked through where there are no such sections; and what has it in its title is not without it.
    without = (tally.chars[members] > 0) & ~tally.matched[members]
    before = years[without & (years < first)]
    lower = int(before.max()) + 1 if before.size else None
    certainty = Certainty.LEFT if lower is None else Certainty.EXACT if lower == first else Certainty.INTERVAL
    return Use(
        *name,
        certainty=certainty,
        lower=lower,
        upper=first,
        last_year=last,
        years=_years(years),
        works=len(having),
        occurrences=None if asked.uncounted else int(tally.occurrences[members].sum()),
        held=len(works),
        chars=int(tally.chars[members].sum()),
        first_work=_earliest(core, having[core.year[having] == first]),
        last_work=int(having[core.year[having] == last][0]),
        codes=tuple(core.region_codes[region] for region in np.unique(core.region[works])),
    )


def _earliest(core: Core, works: Ints) -> int:
    """Of the works of one year the one published first; those without a date behind."""
    published = core.published[works]
    return int(works[np.argmin(np.where(published > 0, published, np.iinfo(np.int64).max))])


def _years(years: Ints) -> Years:
    return Years(int(years.min()), int(years.max()), len(np.unique(years)))


def _curve(uses: Sequence[Use], silent: Sequence[Silent]) -> tuple[SpreadYear, ...]:
    """From the first year held of anybody to the last."""
    everybody = [*(use.years for use in uses), *(each.years for each in silent)]
    begun, new = Counter(years.first for years in everybody), Counter(use.upper for use in uses)
    span = range(min(begun, default=1), max((years.last for years in everybody), default=0) + 1)
    used, held = accumulate(new[year] for year in span), accumulate(begun[year] for year in span)
    return tuple(SpreadYear(year, new[year], u, h) for year, u, h in zip(span, used, held, strict=True))
