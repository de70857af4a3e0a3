"""What the pages need from the other rooms, and nothing more: one seam, faked in the tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from compare.permalink import Kept
from compare.scope import Ground
from indexer.amend import Amendment
from indexer.answer import Answer, Hit
from indexer.query import Filters
from indexer.suggest import Suggestion
from reports.crawl_state import CrawlState, NotFetched
from reports.report import Body, Kind, Report
from reports.versions import Happening, Version
from reports.watch import Watch
from webapp.params import SearchParams

Span = tuple[int, int]
"""[start, stop) in code points of the text it belongs to."""


@dataclass(frozen=True, slots=True)
class Place:
    """A division by code and own name, such as 临溪市 (not 云岫省临溪市)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report with what its page needs beside it.

    `region` runs from the province down to the report's own division; empty when unknown.
    `original` is what the report is a copy of, None for a work. `withdrawn`: since when its site no longer has it;
    `versions`: how often it was changed after publication.
    """

    report: Report
    region: tuple[Place, ...]
    original: Report | None
    withdrawn: datetime | None = None
    versions: int = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """A work and when it was first held; `region` is the full name of its division, "" where unknown."""

    report: Report
    region: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Instead:
    """Of a search that finds nothing: what to ask instead, and what it is narrowed by, in its text and beside it.

    `impossible`: a filter names what does not exist, so nothing could be found.
    """

    amendments: tuple[Amendment, ...]
    narrowed: tuple[Filters, ...]
    impossible: bool


@dataclass(frozen=True, slots=True)
class HeldYear:
    """Works of one region in one report year (None: unknown); `report_id` where there is one alone."""

    year: int | None
    works: int
    report_id: str | None = None


@dataclass(frozen=True, slots=True)
class HoldingsRow:
    """A region's own works by year; those of the divisions below it stand in their own rows.

    `code` None is the unknown region, whose `name` is empty. Else `name` is its own name, `level` as in `FacetValue`.
    """

    code: str | None
    name: str
    level: int
    parent: str | None
    years: tuple[HeldYear, ...]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is held, region by year. Rows are a tree in preorder, the unknown region last.

    Every ancestor of a region that holds something has a row, if an empty one. `works` and
    `copies` count what the rows count.
    """

    rows: tuple[HoldingsRow, ...]
    works: int
    copies: int

    @property
    def regions(self) -> int:
        """Known regions with works of their own."""
        return sum(bool(row.code and row.years) for row in self.rows)

    @property
    def years(self) -> tuple[int, ...]:
        """Known report years, oldest first."""
        return tuple(sorted({each.year for row in self.rows for each in row.years if each.year is not None}))


class Library(Protocol):
    """Everything the pages ask for.

    Every method may raise SearchIndexError or CorpusError; `is_demo` and `examples` never do,
    because the page that tells of the failure shows them.
    """

    @property
    def is_demo(self) -> bool:
        """Whether what is held is the fictional demonstration."""
        ...

    @property
    def examples(self) -> tuple[str, ...]:
        """Questions worth trying, as typed."""
        ...

    @property
    def topics(self) -> tuple[str, ...]:
        """The names of all topics, in display order."""
        ...

    def region_codes(self, name: str) -> frozenset[str]:
        """The codes of all divisions of that name, full or short; empty if there is none."""
        ...

    def search(self, params: SearchParams) -> Answer:
        """One page of the answer. Values chosen in `params` stand in the facets even at count 0.

        Raises QueryError with every problem of the question.
        """
        ...

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """How a question may go on; empty where there is nothing to offer."""
        ...

    def instead(self, params: SearchParams) -> Instead:
        """What else to ask, where a search finds nothing. Raises QueryError like `search`."""
        ...

    def report(self, report_id: str) -> ReportView | None:
        """The report, or None for an id nobody has."""
        ...

    def copies(self, report_id: str) -> tuple[Report, ...]:
        """The other copies of the same work, without the report itself and its original."""
        ...

    def happenings(self, count: int, report_id: str | None = None) -> tuple[Happening, ...]:
        """The latest changes after publication, withdrawals and returns, of one report or of all, newest first."""
        ...

    def version(self, report_id: str, number: int) -> Version | None:
        """What a report was before a change, and after it."""
        ...

    def exported(self, report: Report) -> dict[str, object]:
        """The report as the JSON object `export` writes."""
        ...

    def marks(self, report: Report, q: str) -> tuple[Span, ...]:
        """Where the positive terms of `q` stand in `report.text`: in order, apart.

        Raises QueryError like `search`.
        """
        ...

    def holdings(self, kind: Kind | None = None, body: Body | None = None) -> Holdings:
        """What is held, of one kind and body or of all."""
        ...

    def newest(self, count: int) -> tuple[Hit, ...]:
        """The works published last, newest first, without snippets."""
        ...

    def region_name(self, code: str) -> str:
        """The full name of a division; "" for a code nobody has."""
        ...

    def arrivals(self, params: SearchParams, count: int) -> tuple[Arrival, ...]:
        """Of the works that answer a search those first held last, latest first.

        Raises QueryError like `search`.
        """
        ...

    def crawl_state(self, source: str | None = None) -> CrawlState:
        """How the crawl stands, of one source's addresses or of all; everything empty where nothing was ever crawled.

        Its sources and runs are always all.
        """
        ...

    def not_fetched(
        self, groups: Sequence[Sequence[str]], count: int, offset: int = 0, source: str | None = None
    ) -> tuple[NotFetched, ...]:
        """Of each group of the crawler's reasons `count` addresses from `offset` on, newest first."""
        ...

    def watch(self, kind: Kind | None = None, regions: frozenset[str] | None = None) -> Watch:
        """Which reports are due and what is known of each: of one kind, of divisions and those below; None: of all."""
        ...

    def ground(self) -> Ground:
        """What comparisons are made over: the same as long as the index is."""
        ...

    def as_of(self) -> date | None:
        """The day the latest report came in; None where nobody knows."""
        ...

    def kept(self) -> Kept:
        """Where reports and what they said before are looked up."""
        ...
