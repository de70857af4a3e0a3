"""发布监测, arranged: counts by year, what needs attention, and the table of reporters and years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from reports.expected import BEIJING, Expected, expected
from reports.report import Body, Kind
from reports.watch import Cell, Row, State, Watch
from webapp.reading import FIRST_YEAR, LAST_YEAR, Arguing, Arguments, Names
from webapp.words import say

ALL = "all"
NAMES = ("kind", "year", "region", "state")
MOST_CONCERNS = 200
MOST_ROWS = 400
"""A page shows so many; its JSON shows all."""
WANTING = (State.LATE, State.UNSEEN, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class WatchParams:
    """Which reports: of one kind (None: of all), one year, one state; `region` as typed, `codes` what it names."""

    kind: Kind | None = Kind.RULE_OF_LAW
    year: int | None = None
    region: str | None = None
    state: State | None = None
    codes: frozenset[str] | None = None

    @property
    def url(self) -> str:
        """The address of this page, relative to it."""
        chosen = (("kind", self.kind or ALL), ("year", self.year), ("region", self.region), ("state", self.state))
        return "?" + urlencode([(name, str(value)) for name, value in chosen if value])

    def narrowed(self, year: int | None, state: State | None) -> WatchParams:
        """The same of another year and state."""
        return replace(self, year=year, state=state)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many reports of one year are in each state, in the order of State, without those nobody expects."""

    year: int
    counts: tuple[tuple[State, int], ...]


@dataclass(frozen=True, slots=True)
class Concern:
    """One report to look at, and whose it is."""

    row: Row
    cell: Cell

    @property
    def who(self) -> str:
        """The division by its full name, and the body's own where it is not the government."""
        return f"{self.row.path} {self.row.reporter.name}".strip()


@dataclass(frozen=True, slots=True)
class WatchPage:
    """Everything the page shows. `concerns` and `rows` are all there are; the page cuts them, and says so."""

    params: WatchParams
    watch: Watch
    years: tuple[int, ...]
    tallies: tuple[Tally, ...]
    concerns: tuple[Concern, ...]
    rows: tuple[Row, ...]
    duties: tuple[Expected, ...]


def read_watch(
    arguments: Arguments, names: Names, otherwise: Kind | None = Kind.RULE_OF_LAW
) -> tuple[WatchParams, tuple[str, ...]]:
    """What a URL asks for, and what is wrong with it. `otherwise`: the kind where none is named."""
    given = Arguing(arguments)
    given.refuse_all_but(NAMES)
    value = given.one("kind")
    kind = otherwise if not value else None if value == ALL else given.choice("kind", Kind, Kind.RULE_OF_LAW)
    state = given.choice("state", State, State.OUTSIDE)
    region, codes = _region(given, names)
    params = WatchParams(kind, _year(given), region, state if state is not State.OUTSIDE else None, codes)
    return params, tuple(dict.fromkeys(given.problems))


def watch_page(params: WatchParams, watch: Watch) -> WatchPage:
    """Arrange what is watched, of one kind and region already, by year and state."""
    years = tuple(year for year in watch.years if params.year in (None, year))
    concerns = tuple(_concerns(params, watch, years))
    chosen = [row for row in watch.rows if params.state is None or any(_shown(params, row, years))]
    duties = tuple(each for each in expected() if params.kind in (None, each.kind))
    tallies = tuple(_tally(watch, year) for year in reversed(years))
    return WatchPage(params, watch, years, tallies, concerns, tuple(chosen), duties)


def cell_of(row: Row, year: int) -> Cell:
    """A row's cell of a year it has one for."""
    return next(cell for cell in row.cells if cell.year == year)


def evidence(concern: Concern) -> str:
    """What the state rests on, in words: the date on the page, or where it was looked for and when."""
    cell = concern.cell
    found = cell.annual
    values = {"due": cell.due.isoformat(), "days": cell.days_late}
    if found:
        values["date"] = found.published.isoformat() if found.published else say("watch.no_date")
        values["gone"] = f"{found.withdrawn_at.astimezone(BEIJING):%Y-%m-%d}" if found.withdrawn_at else ""
    return say(f"watch_evidence.{cell.state}", **values)


def rules(page: WatchPage) -> tuple[tuple[tuple[str, ...], Expected], ...]:
    """The duties told once for all bodies that share one."""
    shared: dict[Expected, list[str]] = {}
    for each in page.duties:
        shared.setdefault(replace(each, body=Body.OTHER), []).append(each.body)
    return tuple((tuple(bodies), rule) for rule, bodies in shared.items())


def looked(cell: Cell) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """When, Beijing time, at which addresses it was not to be seen."""
    return tuple((f"{look.at.astimezone(BEIJING):%Y-%m-%d %H:%M}", look.urls) for look in cell.looks)


def _concerns(params: WatchParams, watch: Watch, years: tuple[int, ...]) -> Iterator[Concern]:
    for year in reversed(years):
        found = [Concern(row, cell_of(row, year)) for row in watch.rows]
        kept = [each for each in found if _concerning(each.cell, params.state)]
        yield from sorted(kept, key=lambda each: WANTING.index(each.cell.state) if each.cell.state in WANTING else 9)


def _concerning(cell: Cell, state: State | None) -> bool:
    return cell.state is state if state else cell.state in WANTING or cell.changed


def _shown(params: WatchParams, row: Row, years: tuple[int, ...]) -> Iterator[bool]:
    return (cell_of(row, year).state is params.state for year in years)


def _tally(watch: Watch, year: int) -> Tally:
    counts = Counter(cell_of(row, year).state for row in watch.rows)
    return Tally(year, tuple((state, counts[state]) for state in State if counts[state] and state is not State.OUTSIDE))


def _region(given: Arguing, names: Names) -> tuple[str | None, frozenset[str] | None]:
    """What was typed, and every division it can mean."""
    value = given.one("region")
    if not value:
        return None, None
    codes = frozenset({value}) if re.fullmatch(r"\d{6}", value, re.ASCII) else names.region_codes(value)
    if not codes:
        given.bad("region", value, say("watch.param_region"))
    return (value, codes) if codes else (None, None)


def _year(given: Arguing) -> int | None:
    value = given.one("year")
    if not value or value == ALL:
        return None
    if value.isascii() and value.isdigit() and FIRST_YEAR <= int(value[:6]) <= LAST_YEAR:
        return int(value)
    given.bad("year", value, say("watch.param_year"))
    return None
