"""采集状况, arranged: what needs attention, and why what was not fetched was not, by groups of reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from reports.crawl_state import CrawlState, HostState, NotFetched, SourceState
from webapp.reading import Arguing, Arguments
from webapp.reasons import OTHER, group_title, told
from webapp.sources import Library
from webapp.words import say

ALL = "all"
NAMES = ("source", "why", "page")
PAGE_SIZE = 100
EXAMPLES = 20
MOST_ROWS = 400
"""A page shows so many sources and hosts; its JSON shows all."""
_LAST_PAGE = 100_000
_FORBIDS_ALL = "forbid all"


@dataclass(frozen=True, slots=True)
class CrawlParams:
    """Of which source (None: of all); of which group of reasons the addresses are listed (None: a few of each)."""

    source: str | None = None
    why: str | None = None
    page: int = 1

    @property
    def is_list(self) -> bool:
        """Whether the addresses themselves are asked for."""
        return self.why is not None or self.page > 1

    @property
    def url(self) -> str:
        """The address of this page, relative to it."""
        page = self.page if self.page > 1 else None
        chosen = (("source", self.source), ("why", self.why), ("page", page))
        return "?" + urlencode([(name, str(value)) for name, value in chosen if value])

    def of(self, why: str | None) -> CrawlParams:
        """The same source, the addresses of another group of reasons."""
        return CrawlParams(self.source, why)

    def at(self, page: int) -> CrawlParams:
        """Another page of the same."""
        return replace(self, page=page)


@dataclass(frozen=True, slots=True)
class Group:
    """Reasons of one kind: the crawler's own words for them, how many addresses, the latest few of these."""

    key: str
    title: str
    whys: tuple[str, ...]
    count: int
    latest: tuple[NotFetched, ...] = ()


@dataclass(frozen=True, slots=True)
class CrawlPage:
    """Everything the page shows; `listed` are the addresses of the page of the list asked for."""

    params: CrawlParams
    state: CrawlState
    names: tuple[str, ...]
    troubled: tuple[SourceState, ...]
    left_alone: tuple[HostState, ...]
    shut: tuple[HostState, ...]
    groups: tuple[Group, ...]
    listed: tuple[NotFetched, ...]

    @property
    def known(self) -> int:
        """How many addresses are queued, done or given up."""
        return sum(count for _, count in self.state.queue)

    @property
    def total(self) -> int:
        """How many addresses were not fetched for the reasons asked for."""
        return sum(each.count for each in self.groups if self.params.why in (None, ALL, each.key))

    @property
    def pages(self) -> int:
        """How many pages these fill; at least one."""
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def near(self) -> range:
        """The numbers of the pages about this one."""
        return range(max(1, self.params.page - 3), min(self.pages, self.params.page + 3) + 1)

    @property
    def chosen(self) -> Group | None:
        """The group whose addresses are listed; None for all, or none."""
        return next((each for each in self.groups if each.key == self.params.why), None)


def read_crawl(arguments: Arguments, state: CrawlState) -> tuple[CrawlParams, tuple[str, ...]]:
    """What a URL asks for, and what is wrong with it."""
    given = Arguing(arguments)
    given.refuse_all_but(NAMES)
    source, why = given.one("source") or None, given.one("why") or None
    if source and source not in {each.name for each in state.sources}:
        given.bad("source", source, say("crawl.param_source"))
        source = None
    if why and why not in (ALL, OTHER) and group_title(why) is None:
        given.bad("why", why, say("crawl.param_why"))
        why = None
    params = CrawlParams(source, why, given.number("page", _LAST_PAGE))
    return params, tuple(dict.fromkeys(given.problems))


def crawl_page(
    params: CrawlParams, everything: CrawlState, library: Library, now: float, *, whole: bool = False
) -> CrawlPage:
    """Arrange how the crawl stands at `now` (POSIX seconds). `whole`: list addresses where no group is chosen, too."""
    state = _of_source(params, everything, library)
    groups = tuple(_groups(state))
    asked = [each for each in groups if params.why in (None, ALL, each.key)]
    listed: tuple[NotFetched, ...] = ()
    if params.is_list or whole:
        whys = [why for each in asked for why in each.whys]
        listed = library.not_fetched((whys,), PAGE_SIZE, (params.page - 1) * PAGE_SIZE, params.source)
    else:
        latest = library.not_fetched([each.whys for each in groups], EXAMPLES, 0, params.source)
        groups = tuple(_with_latest(groups, latest))
    return CrawlPage(
        params=params,
        state=state,
        names=tuple(sorted(each.name for each in everything.sources)),
        troubled=tuple(each for each in state.sources if each.problem),
        left_alone=tuple(host for host in state.hosts if host.paused_until > now),
        shut=tuple(host for host in state.hosts if host.paused_until <= now and _is_shut(host)),
        groups=groups,
        listed=listed,
    )


def _of_source(params: CrawlParams, everything: CrawlState, library: Library) -> CrawlState:
    if params.source is None:
        return everything
    mine = tuple(each for each in everything.sources if each.name == params.source)
    return replace(library.crawl_state(params.source), sources=mine)


def _is_shut(host: HostState) -> bool:
    """Whether nothing is asked of a host because its robots.txt could not be had."""
    return host.robots_said.startswith(_FORBIDS_ALL)


def _groups(state: CrawlState) -> Iterator[Group]:
    """Most addresses first."""
    whys: defaultdict[str, list[str]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for why, count in state.reasons:
        group = told(why).group
        whys[group].append(why)
        counts[group] += count
    for group, count in counts.most_common():
        yield Group(group, group_title(group) or say("crawl.other"), tuple(whys[group]), count)


def _with_latest(groups: tuple[Group, ...], latest: tuple[NotFetched, ...]) -> Iterator[Group]:
    of: defaultdict[str, list[NotFetched]] = defaultdict(list)
    for each in latest:
        of[told(each.why).group].append(each)
    for group in groups:
        yield replace(group, latest=tuple(of[group.key]))
