"""What is held, arranged as a table: which region, which kinds, which years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from reports.report import Body, Kind
from webapp.grid import Grid, table
from webapp.reading import Arguing, Arguments, Names
from webapp.sources import Holdings
from webapp.words import say

ANY = "all"


@dataclass(frozen=True, slots=True)
class CoverageParams:
    """Which table: of one kind and body (None: of all), of one region and what is below it."""

    kind: Kind | None = Kind.RULE_OF_LAW
    body: Body | None = Body.GOVERNMENT
    region: str | None = None

    @property
    def url(self) -> str:
        """The address of this table, relative to its page."""
        chosen = [("kind", self.kind or ANY), ("body", self.body or ANY)]
        return "?" + urlencode([*chosen, *([("region", self.region)] if self.region else [])])

    def within(self, region: str | None) -> CoverageParams:
        """The same table of another region."""
        return replace(self, region=region)


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """The table with its choices. `whole` says whether it shows every region there is."""

    params: CoverageParams
    grid: Grid
    holdings: Holdings
    whole: bool


def read_coverage(arguments: Arguments, names: Names) -> tuple[CoverageParams, tuple[str, ...]]:
    """The table a URL asks for, and what is wrong with the URL."""
    given = Arguing(arguments)
    given.refuse_all_but(("kind", "body", "region"))
    kind = None if given.one("kind") == ANY else given.choice("kind", Kind, Kind.RULE_OF_LAW)
    body = None if given.one("body") == ANY else given.choice("body", Body, Body.GOVERNMENT)
    params = CoverageParams(kind, body, _region(given, names))
    return params, tuple(dict.fromkeys(given.problems))


def coverage_page(params: CoverageParams, holdings: Holdings) -> CoveragePage:
    """Arrange what is held."""
    grid = table(holdings, params.region)
    return CoveragePage(params, grid, holdings, len(grid.rows) == len(holdings.rows))


def _region(given: Arguing, names: Names) -> str | None:
    value = given.one("region")
    if not value or (len(value) == 6 and value.isascii() and value.isdigit()):
        return value or None
    codes = names.region_codes(value)
    if len(codes) != 1:
        given.bad("region", value, say("param.region"))
    return min(codes, default=None)
