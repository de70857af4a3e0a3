"""A crawl: what is due is asked for, host by host, until nothing more may be asked now."""

from __future__ import annotations

import asyncio
import contextlib
import math
import signal
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from crawler.archive import Archive, mend
from crawler.extract.host_chrome import HostChrome
from crawler.fetch import Fetcher, user_agent
from crawler.frontier import Entry, Find, Frontier, Kept
from crawler.hosts import Hosts
from crawler.means import Means
from crawler.outcomes import Outcomes
from crawler.scope import host_of
from crawler.seeing import Eyes, Seeing
from crawler.turns import Turns
from crawler.visits import Visits
from reports.config import Config
from reports.crawl_config import SourceConfig
from reports.errors import CorpusError
from reports.store import Store
from reports.urls import canonical_url

LOCK = "crawl.lock"
_HOSTS_AT_ONCE = 200
_DAY_S = 86_400.0
# A wall clock that moved this much more or less than time has passed was set.
_JUMP_S = 60.0

Progress = Callable[[Outcomes], None]


@contextmanager
def locked(corpus: Path) -> Iterator[None]:
    """Alone with this corpus's archive and frontier. Raises CorpusError where another process is."""
    corpus.mkdir(parents=True, exist_ok=True)
    lock = FileLock(corpus / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise CorpusError(f"{corpus}: another crawl is at work here; wait for it or stop it") from error
    try:
        yield
    finally:
        lock.release()


def crawl(
    config: Config,
    store: Store,
    sources: Sequence[SourceConfig],
    *,
    alone: bool = False,
    limit: int | None = None,
    progress: Progress = lambda _: None,
    now: Callable[[], float] = time.time,
) -> Outcomes:
    """Look at these sources, and, unless `alone`, take up again what was left queued of the others enabled.

    Returns when nothing more may be asked within the configured patience, after `limit` requests, or on SIGINT
    or SIGTERM, when what is in flight has ended. Raises CorpusError, and OSError for a full disk; what was kept
    until then stays, and what was in flight is asked for again by the next crawl.
    """
    with locked(config.corpus.path):
        mended = mend(config.corpus.path)
        task = Seeing(config.regions.extra, HostChrome(store.host_chrome()))
        frontier = Frontier(config.corpus.path, now)
        try:
            with (
                Archive(config.corpus.path, store, prefix="crawl", user_agent=user_agent(config.crawl)) as archive,
                Eyes(task, workers=config.reading.workers, timeout_s=config.reading.timeout_s) as eyes,
            ):
                means = Means(config, store, frontier, archive, eyes, now)
                for line in mended:
                    means.outcomes.note(line)
                asked = sources if alone else (*sources, *(source for source in config.source if source.enabled))
                asyncio.run(Crawl(asked, means).run(sources, limit, progress))
                return means.outcomes
        finally:
            frontier.close()


class Crawl:
    """One run over the frontier, of the addresses of these sources."""

    def __init__(self, asked: Iterable[SourceConfig], means: Means) -> None:
        self._means, self._config, self._frontier = means, means.config, means.frontier
        self._outcomes, self._now = means.outcomes, means.now
        self._asked = {source.name: source for source in asked}
        self._taken = Counter[str]()  # requests, by source
        self._lists = Counter[str]()
        self._stopping, self._woken = asyncio.Event(), asyncio.Event()
        self._left_until: dict[str, float] = {}

    async def run(self, sources: Sequence[SourceConfig], limit: int | None, progress: Progress) -> None:
        """Ask until nothing more may be asked; the run is written down whatever happens."""
        self._limit, self._progress = limit, progress
        run = self._frontier.begin_run()
        began = self._now(), time.monotonic()
        if self._frontier.put_back:
            Hosts(self._frontier.db).were_asked_until(self._now(), self._config.crawl.delay_s)
            self._outcomes.note(
                f"{self._frontier.put_back} addresses were in flight when a crawl was ended: queued again"
            )
        try:
            with self._stopped_by_signals():
                await self._crawl(sources)
        except BaseException as error:
            self._outcomes.note(f"ended early: {type(error).__name__}: {error}")
            raise
        finally:
            self._tell(*began)
            with contextlib.suppress(CorpusError):  # where the disk is full there is no room for this either
                self._frontier.end_run(
                    run, {"requests": self._outcomes.requests, **self._outcomes.counts}, self._outcomes.notes
                )

    async def _crawl(self, sources: Sequence[SourceConfig]) -> None:
        for source in sources:
            self._begin(source)
        async with Fetcher(self._config.crawl) as fetcher:
            self._turns = Turns(self._config.crawl, Hosts(self._frontier.db), fetcher, self._now, self._stopping)
            self._turns.limit = self._limit
            self._visits = Visits(self._asked, self._means, self._turns, self._taken)
            try:
                async with asyncio.TaskGroup() as group:
                    await self._serve_hosts(group)
            except BaseExceptionGroup as failed:
                raise failed.exceptions[0] from None

    def _begin(self, source: SourceConfig) -> None:
        """Queue a source's lists, and those of its pages that are old enough to be looked at again."""
        known = {*self._asked, *(each.name for each in self._config.source)}
        self._frontier.looked(source.name)
        for url in source.urls:
            find = Find(canonical_url(url), url, host_of(url), source.name, Kept.LIST)
            self._frontier.begin_at(find, known)
        self._frontier.ask_old_again(source.name, self._now() - source.recheck_days * _DAY_S)

    async def _serve_hosts(self, group: asyncio.TaskGroup) -> None:
        serving: dict[str, asyncio.Task[None]] = {}
        while not self._is_over():
            serving = {host: task for host, task in serving.items() if not task.done()}
            self._woken.clear()
            for host in self._frontier.hosts(self._sources_open(), self._now()):
                if host not in serving and len(serving) < _HOSTS_AT_ONCE and self._may_serve(host):
                    serving[host] = group.create_task(self._serve(host))
            if not serving and (wait_s := self._idle_s()) is None:
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), 1.0 if serving else min(max(wait_s or 0, 0.01), 1.0))

    async def _serve(self, host: str) -> None:
        """Ask for a host's addresses, one after another, until it has no more or wants to be left alone."""
        try:
            while not self._is_over() and (entry := self._next(host)):
                self._taken[entry.find.source] += 1
                self._lists[entry.find.source] += entry.find.kept is Kept.LIST
                left = await self._visits.visit(entry)
                self._taken[entry.find.source] -= left is not None
                self._outcomes.requests = self._turns.requests
                self._progress(self._outcomes)
                if left is not None and left.whole_host:
                    self._left_until[host] = left.until
                    self._outcomes.note(f"{host}: {left.why}") if left.until else None
                    return
        finally:
            self._woken.set()

    def _next(self, host: str) -> Entry | None:
        """A list without an end must not keep its articles from ever being asked for."""
        long = [name for name, source in self._asked.items() if 2 * self._lists[name] >= source.max_pages]
        return self._frontier.take(host, self._sources_open(), self._now(), lists_last=long)

    def _may_serve(self, host: str) -> bool:
        return self._now() >= self._left_until.get(host, 0.0)

    def _sources_open(self) -> Collection[str]:
        """Sources that have not had as many pages as one run may take."""
        return [name for name, source in self._asked.items() if self._taken[name] < source.max_pages]

    def _is_over(self) -> bool:
        return self._stopping.is_set() or (self._limit is not None and self._turns.requests >= self._limit)

    def _idle_s(self) -> float | None:
        """How long until something may be asked; None where that is not worth waiting for."""
        due = self._frontier.due(self._sources_open())
        # A host that is left alone is no sooner due, however long its addresses have been.
        at = min((max(due_at, self._left_until.get(host, 0.0)) for host, due_at in due.items()), default=math.inf)
        wait_s = at - self._now()
        return wait_s if wait_s <= self._config.crawl.patience_s else None

    def _tell(self, began: float, began_monotonic: float) -> None:
        """What a person should know of this run beside what became of each address."""
        waiting = self._frontier.waiting(self._asked)
        for host, count in waiting.items():
            self._outcomes.note(f"{host}: {count} addresses stay queued for the next crawl")
        for name, source in self._asked.items():
            if self._taken[name] >= source.max_pages:
                self._outcomes.note(
                    f"{name}: {source.max_pages} pages were asked for, as many as one run takes (max_pages)"
                )
        jump_s = (self._now() - began) - (time.monotonic() - began_monotonic)
        if abs(jump_s) > _JUMP_S:
            self._outcomes.note(f"the clock was set by {jump_s:+.0f} s during the crawl; paces went by time passed")

    @contextmanager
    def _stopped_by_signals(self) -> Iterator[None]:
        """The first SIGINT or SIGTERM lets what is in flight end; the second ends the process as usual."""
        loop = asyncio.get_running_loop()

        def stop(number: int) -> None:
            self._outcomes.note("stopped by a signal; what is queued stays queued")
            self._outcomes.stopped = True
            self._stopping.set()
            self._woken.set()
            loop.remove_signal_handler(number)

        handled = (signal.SIGINT, signal.SIGTERM)
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # Windows; not the main thread
            for number in handled:
                loop.add_signal_handler(number, stop, number)
        try:
            yield
        finally:
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                for number in handled:
                    loop.remove_signal_handler(number)
