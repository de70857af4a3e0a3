"""发布监测: which annual reports that are due are held, when they came, and where those not held were looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from reports.annuals import Annual
from reports.config import Config
from reports.crawl_state import SourceState
from reports.expected import BEIJING, Expected, duty, end_of
from reports.regions import COUNTRY, Regions
from reports.report import Body, Kind
from reports.reporters import Reporter, first_years, looks_at, sources_by_region


class State(StrEnum):
    """What is known of one report that may be due. Only the first two are verdicts."""

    PUNCTUAL = "punctual"
    LATE = "late"
    UNDATED = "undated"
    UNSEEN = "unseen"
    UNLOOKED = "unlooked"
    PENDING = "pending"
    WITHDRAWN = "withdrawn"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Look:
    """A source that names this report as its own: when its lists at `urls` last answered."""

    urls: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Cell:
    """One reporter's report on one year, due on `due`.

    `annual` where one is held, `changed` after it was. `days_late` 0 unless it is LATE; `looks` only where it is
    UNSEEN: after the day was over it stood on none of these lists.
    """

    year: int
    due: date
    state: State
    annual: Annual | None = None
    days_late: int = 0
    looks: tuple[Look, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether its text was changed after it was first held."""
        return self.annual is not None and self.annual.changed

    @property
    def since(self) -> datetime:
        """From when on it has been so, as far as is known here; the same for as long as it is so."""
        over = end_of(self.due)
        if self.annual is None:
            return over
        return self.annual.withdrawn_at or max(self.annual.arrived_at or over, over)


@dataclass(frozen=True, slots=True)
class Row:
    """One reporter, its years in order. `region` is its division's name, `path` the same with those above it."""

    reporter: Reporter
    region: str
    path: str
    level: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """Everything watched. `years` are over; each row has a cell for them, and one for `upcoming`, if any.

    `known_at`: the latest arrival of a report or answer of a source, None where there was none.
    """

    rows: tuple[Row, ...]
    years: tuple[int, ...]
    upcoming: int | None
    known_at: datetime | None

    def of(self, kind: Kind | None, codes: frozenset[str] | None) -> Watch:
        """The same with the rows of one kind, and of these divisions alone; None: of all."""
        wanted = (
            row
            for row in self.rows
            if kind in (None, row.reporter.kind) and (codes is None or row.reporter.region_code in codes)
        )
        return replace(self, rows=tuple(wanted))


def watch(
    annuals: Iterable[Annual], states: Mapping[str, SourceState], config: Config, now: datetime, regions: Regions
) -> Watch:
    """What is known of every report that is due, and from whom.

    Expected is what an enabled source names as its own, and whoever reported before; of 街道办事处 only where
    the configuration says so. Rows go by division, then government, departments, towns.
    """
    held: defaultdict[Reporter, defaultdict[int, list[Annual]]] = defaultdict(lambda: defaultdict(list))
    for annual in annuals:
        held[Reporter(annual.kind, annual.body, annual.region_code, annual.name)][annual.year].append(annual)
    judge = _Judge(states, config, now, regions)
    firsts = first_years(held, config)
    rows = (judge.row(reporter, held.get(reporter, {}), first) for reporter, first in firsts.items())
    arrived = (annual.arrived_at for years in held.values() for each in years.values() for annual in each)
    moments = [at for at in arrived if at]
    moments += [_moment(state.answered_at) for state in states.values() if state.answered_at]
    due = (row for row in rows if any(cell.state is not State.OUTSIDE for cell in row.cells))
    ordered = sorted(due, key=lambda row: _order(row.reporter, regions))
    return Watch(tuple(ordered), judge.years, judge.upcoming, max(moments, default=None))


class _Judge:
    """Says of one report after another what is known of it."""

    def __init__(self, states: Mapping[str, SourceState], config: Config, now: datetime, regions: Regions) -> None:
        self._states, self._now, self._regions = states, now, regions
        self._sources = sources_by_region(config.source)
        this_year = now.astimezone(BEIJING).year
        last = config.watch.to_year or this_year - 1
        self.years = tuple(range(config.watch.from_year, last + 1))
        self.upcoming = None if config.watch.to_year else this_year

    def row(self, reporter: Reporter, held: Mapping[int, list[Annual]], first: int) -> Row:
        """All years of one reporter, of which `first` is the first expected."""
        due = duty(reporter.kind, reporter.body)
        assert due is not None
        looks = self._looks(reporter)
        cells = (
            self._cell(due, year, held.get(year), looks if self._exists(reporter, year, first) else None)
            for year in (*self.years, *((self.upcoming,) if self.upcoming else ()))
        )
        region = self._regions.get(reporter.region_code)
        path = self._regions.full_name(reporter.region_code) or reporter.region_code
        return Row(reporter, region.name if region else path, path, region.level if region else 0, tuple(cells))

    def _cell(self, due: Expected, year: int, held: list[Annual] | None, looks: tuple[Look, ...] | None) -> Cell:
        """`looks` None: there was nobody to report."""
        day = due.due(year)
        if year < due.from_year or (held is None and looks is None):
            return Cell(year, day, State.OUTSIDE, _best(held) if held else None)
        if held:
            return _judged(_best(held), year, day)
        if self._now < end_of(day):
            return Cell(year, day, State.PENDING)
        after = tuple(look for look in looks or () if look.at >= end_of(day))
        return Cell(year, day, State.UNSEEN if after else State.UNLOOKED, looks=after)

    def _looks(self, reporter: Reporter) -> tuple[Look, ...]:
        answered = (
            (source.urls, self._states[source.name].answered_at)
            for source in looks_at(self._sources, reporter)
            if source.name in self._states
        )
        return tuple(Look(urls, _moment(at)) for urls, at in answered if at)

    def _exists(self, reporter: Reporter, year: int, first: int) -> bool:
        """Whether it was there in the year reported on and still in the next, when the report is due."""
        if year < first:
            return False
        then = ((each, self._regions.get(reporter.region_code, each)) for each in (year, year + 1))
        return all(region is None or region.in_force(each) for each, region in then)


def _judged(annual: Annual, year: int, day: date) -> Cell:
    if annual.withdrawn_at:
        return Cell(year, day, State.WITHDRAWN, annual)
    # A day before the year reported on is some other date of the page.
    if annual.published is None or annual.published.year < year:
        return Cell(year, day, State.UNDATED, annual)
    days = (annual.published - day).days
    return Cell(year, day, State.LATE if days > 0 else State.PUNCTUAL, annual, max(days, 0))


def _best(held: list[Annual]) -> Annual:
    """Of several works for one year the one that stands, the earliest."""
    return min(held, key=lambda each: (each.withdrawn_at is not None, each.published or date.max, each.report_id))


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def _order(reporter: Reporter, regions: Regions) -> tuple[tuple[str, ...], int, str, int]:
    path = regions.ancestors(reporter.region_code)[::-1] or (COUNTRY, reporter.region_code)
    return path, list(Body).index(reporter.body), reporter.name, list(Kind).index(reporter.kind)
