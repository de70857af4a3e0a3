"""The pages' view of the other rooms: the real Library, over an index and its corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice

from compare.permalink import Kept
from compare.scope import Ground
from indexer.amend import amend
from indexer.answer import Answer, Hit, Sort
from indexer.ask import Question, ask, every, understand
from indexer.evaluate import positive_terms
from indexer.holdings import Held, held
from indexer.index import Index
from indexer.marks import text_marks
from indexer.suggest import Suggestion
from reports.config import Config
from reports.crawl_log import crawl_log
from reports.crawl_state import CrawlState, NotFetched
from reports.jsonform import to_json
from reports.regions import COUNTRY, Regions
from reports.report import Body, Kind, Report
from reports.versions import Happening, Version
from reports.watch import Watch, watch
from webapp.latest import Latest
from webapp.params import SearchParams
from webapp.sources import Arrival, HeldYear, Holdings, HoldingsRow, Instead, Place, ReportView, Span

_WATCHED_S = 600


@dataclass(frozen=True, slots=True)
class IndexedLibrary:
    """Answers from the index in use; a build swaps in the next one under a running server."""

    index: Index
    regions: Regions
    config: Config
    _ground: Latest[Ground] = field(default_factory=Latest)
    _watched: Latest[Watch] = field(default_factory=Latest)

    @property
    def is_demo(self) -> bool:
        """See Library."""
        return self.config.web.fictional

    @property
    def examples(self) -> tuple[str, ...]:
        """See Library."""
        return self.config.web.examples

    @property
    def topics(self) -> tuple[str, ...]:
        """See Library."""
        return self.index.searcher().vocabulary.topics

    def region_codes(self, name: str) -> frozenset[str]:
        """See Library."""
        return frozenset(self.index.searcher().vocabulary.regions_named(name))

    def search(self, params: SearchParams) -> Answer:
        """See Library."""
        return ask(_question(params), self.index.searcher())

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """See Library."""
        return self.index.suggester().suggest(typed)

    def instead(self, params: SearchParams) -> Instead:
        """See Library."""
        suggester = self.index.suggester()
        asked = understand(_question(params), suggester.searcher)
        amendments = amend(_question(params), suggester)
        return Instead(amendments, (asked.filters, asked.chosen), asked.nothing)

    def report(self, report_id: str) -> ReportView | None:
        """See Library."""
        store = self.index.store()
        report = store.get(report_id)
        if report is None:
            return None
        original = store.get(report.copy_of) if report.copy_of else None
        withdrawn, versions = store.withdrawn(report_id), store.version_count(report_id)
        return ReportView(report, self._line(report.region_code), original, withdrawn, versions)

    def copies(self, report_id: str) -> tuple[Report, ...]:
        """See Library."""
        store = self.index.store()
        report = store.get(report_id)
        if report is None:
            return ()
        return tuple(each for each in store.copies(report.copy_of or report.id) if each.id != report_id)

    def happenings(self, count: int, report_id: str | None = None) -> tuple[Happening, ...]:
        """See Library."""
        return self.index.store().happenings(count, report_id)

    def version(self, report_id: str, number: int) -> Version | None:
        """See Library."""
        return self.index.store().version(report_id, number)

    def exported(self, report: Report) -> dict[str, object]:
        """See Library."""
        return to_json(report, self.regions)

    def marks(self, report: Report, q: str) -> tuple[Span, ...]:
        """See Library."""
        searcher = self.index.searcher()
        return text_marks(report, positive_terms(understand(Question(q), searcher).root), searcher.words)

    def holdings(self, kind: Kind | None = None, body: Body | None = None) -> Holdings:
        """See Library."""
        cells = held(self.index.searcher().core, kind, body)
        by_region: dict[str | None, list[Held]] = {}
        for cell in cells:
            by_region.setdefault(cell.region_code, []).append(cell)
        codes = {above for code in by_region if code for above in self._above(code)}
        rows = [self._row(code, by_region.get(code, [])) for code in sorted(codes, key=self._path)]
        if None in by_region:
            rows.append(HoldingsRow(None, "", 0, None, _years(by_region[None])))
        return Holdings(tuple(rows), sum(cell.works for cell in cells), sum(cell.copies for cell in cells))

    def newest(self, count: int) -> tuple[Hit, ...]:
        """See Library."""
        return ask(Question("", sort=Sort.NEWEST), self.index.searcher()).hits[:count]

    def region_name(self, code: str) -> str:
        """See Library."""
        return self.regions.full_name(code)

    def arrivals(self, params: SearchParams, count: int) -> tuple[Arrival, ...]:
        """See Library."""
        found = frozenset(every(_question(params), self.index.searcher()))
        store = self.index.store()
        latest = dict(islice((each for each in self._arrived() if each[0] in found), count))
        reports = store.get_many(latest)
        return tuple(Arrival(each, self.regions.full_name(each.region_code or ""), latest[each.id]) for each in reports)

    def crawl_state(self, source: str | None = None) -> CrawlState:
        """See Library."""
        with crawl_log(self.config.corpus.path) as log:
            return log.state(source)

    def not_fetched(
        self, groups: Sequence[Sequence[str]], count: int, offset: int = 0, source: str | None = None
    ) -> tuple[NotFetched, ...]:
        """See Library."""
        with crawl_log(self.config.corpus.path) as log:
            return log.not_fetched_for(groups, count, offset, source=source)

    def watch(self, kind: Kind | None = None, regions: frozenset[str] | None = None) -> Watch:
        """See Library."""
        with crawl_log(self.config.corpus.path) as log:
            states = log.sources()
        store, now = self.index.store(), datetime.now(UTC)
        # A second's work for twenty thousand reports: what has not changed is judged again every ten minutes.
        key = (store.last_seq(), tuple(sorted(states.items())), now.timestamp() // _WATCHED_S)
        found = self._watched.of(key, lambda: watch(store.annuals(), states, self.config, now, self.regions))
        below = None if regions is None else frozenset(each for code in regions for each in self.regions.below(code))
        return found.of(kind, below)

    def ground(self) -> Ground:
        """See Library."""
        searcher = self.index.searcher()
        return self._ground.of(searcher, lambda: Ground(searcher, self.regions, self.index.store, self.config))

    def as_of(self) -> date | None:
        """See Library."""
        latest = self.index.store().arrivals(1)
        return latest[0][1].date() if latest else None

    def kept(self) -> Kept:
        """See Library."""
        return self.index.store()

    def _arrived(self) -> Iterator[tuple[str, datetime]]:
        """All ids by arrival, latest first; asked for in ever larger parts, as the first few mostly suffice."""
        count, known = 500, 0
        while True:
            latest = self.index.store().arrivals(count)
            yield from latest[known:]
            if len(latest) < count:
                return
            count, known = count * 8, len(latest)

    def _row(self, code: str, cells: list[Held]) -> HoldingsRow:
        region, above = self.regions.get(code), self._above(code)
        parent = above[1] if len(above) > 1 else None
        return HoldingsRow(code, region.name if region else code, region.level if region else 0, parent, _years(cells))

    def _line(self, code: str | None) -> tuple[Place, ...]:
        if code is None:
            return ()
        regions = [self.regions.get(each) for each in self._above(code)[::-1] if each != COUNTRY or code == COUNTRY]
        return tuple(Place(region.code, region.name) for region in regions if region)

    def _above(self, code: str) -> tuple[str, ...]:
        return self.regions.ancestors(code) if self.regions.get(code) else (code,)

    def _path(self, code: str) -> tuple[str, ...]:
        return self._above(code)[::-1]


def _question(params: SearchParams) -> Question:
    return Question(params.q, params.filters, params.sections, params.sort, params.page)


def _years(cells: list[Held]) -> tuple[HeldYear, ...]:
    return tuple(HeldYear(cell.year, cell.works, cell.report_id if cell.works == 1 else None) for cell in cells)
