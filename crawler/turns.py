"""Whose turn it is: every request of the crawl goes through here, and none sooner than its host wants.

One request at a time to a host, and to hosts that share an address; robots.txt first; the pace and
every pause outlive the process. What may not be asked now comes back as a Left that says why.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from crawler import pace, robots
from crawler.answers import NOTHING_HELD, Answer, Failed, Fetched, Moved, Refused, Target, Unchanged, Validators
from crawler.fetch import Fetcher
from crawler.hosts import Host, Hosts
from crawler.scope import host_of
from reports.crawl_config import CrawlConfig

_AT_ONCE = 16
# What a host says with 429 alone, without Retry-After: later, and less.
_TOO_MANY_PAUSE_S = 600.0
_BLOCKED_PAUSE_S = 86_400.0
_FORBIDDING_FRESH_S = 3600.0
# From one page they speak of that page; in a row, of us.
_TURNED_AWAY = (401, 403)


@dataclass(frozen=True, slots=True)
class Left:
    """Not asked, and why; to be tried again at `until` (POSIX seconds). `whole_host`: nothing of this host may be."""

    why: str
    until: float
    whole_host: bool = False


_STOPPED = Left("stopped", 0, whole_host=True)


class Turns:
    """Asks, politely. `now` is the wall clock; waiting ends when `stopping` is set."""

    def __init__(
        self, crawl: CrawlConfig, hosts: Hosts, fetcher: Fetcher, now: Callable[[], float], stopping: asyncio.Event
    ) -> None:
        self._crawl, self._hosts, self._fetcher, self._now, self._stopping = crawl, hosts, fetcher, now, stopping
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_at: dict[str, float] = {}  # by the monotonic clock, for what this process has asked
        self._rules: dict[str, robots.Rules] = {}
        self._sockets = asyncio.Semaphore(_AT_ONCE)
        self.requests = 0
        self.limit: int | None = None  # after so many requests nobody is asked any more

    async def ask(self, url: str, validators: Validators = NOTHING_HELD) -> Answer | Left:
        """One request for an address, in its host's turn, if its host's robots.txt allows it."""
        target = await self._fetcher.locate(url)
        if not isinstance(target, Target):
            self._learn_unfound(host_of(url), target)
            return target
        host = self._hosts.get(target.host)
        if left := self._left_alone(host):
            return left
        rules = await self._rules_of(target)
        if isinstance(rules, Left):
            return rules
        if not rules.allows(url):
            return Left(f"robots.txt forbids it ({self._hosts.get(target.host).robots_said})", 0)
        asked_for = rules.crawl_delay_s
        if asked_for is not None and asked_for > pace.TOO_SLOW_S:
            why = f"robots.txt asks for {asked_for:,.0f} s between requests: left alone"
            return Left(why, self._now() + pace.TOO_SLOW_S, whole_host=True)
        return await self._request(target, validators, asked_for)

    def block(self, host_name: str, why: str) -> None:
        """A host answered with a barrier: it is left alone for a day, not got round."""
        host = self._hosts.get(host_name)
        self._pause(host, self._now() + _BLOCKED_PAUSE_S, why)
        self._hosts.keep(host)

    def _left_alone(self, host: Host) -> Left | None:
        now = self._now()
        paused_s = pace.wait_s(host.paused_until, now, pace.LONGEST_PAUSE_S)
        if paused_s > self._crawl.patience_s:
            return Left(f"{host.name} is left alone: {host.why}", now + paused_s, whole_host=True)
        opens_at = pace.opens_at(self._crawl.hours, now)
        if opens_at - now > self._crawl.patience_s:
            return Left(f"outside the hours allowed, {self._crawl.hours}", opens_at, whole_host=True)
        return None

    async def _rules_of(self, target: Target) -> robots.Rules | Left:
        async with self._locks[f"robots {target.host}"]:
            host = self._hosts.get(target.host)
            if is_new := not self._is_fresh(host):
                self._rules.pop(host.name, None)
                answer = await self._fetch_robots(target)
                if isinstance(answer, Left):
                    return answer
                said = robots.said(answer)
                host = self._hosts.get(target.host)
                host.robots, host.robots_said, host.robots_at = said.text, said.said, self._now()
                self._hosts.keep(host)
            if host.name not in self._rules:
                self._rules[host.name] = robots.Rules(robots.Said(host.robots, host.robots_said))
            rules = self._rules[host.name]
            if is_new and rules.crawl_delay_s:
                # Between robots.txt and the first page, too; but a delay longer than our patience would, a day on,
                # find the file stale, ask for it again, and so for ever.
                delay_s = min(rules.crawl_delay_s, self._crawl.patience_s)
                self._book(host, target, max(host.delay_s, self._crawl.delay_s, delay_s))
            if rules.forbids_all_for_now:
                until = host.robots_at + _FORBIDDING_FRESH_S
                return Left(f"robots.txt could not be had ({host.robots_said}): nothing is asked for", until, True)
            return rules

    def _is_fresh(self, host: Host) -> bool:
        age_s = self._now() - host.robots_at
        fresh_s = _FORBIDDING_FRESH_S if robots.is_for_now(host.robots_said) else robots.FRESH_S
        return bool(host.robots_at) and 0 <= age_s < fresh_s

    async def _fetch_robots(self, target: Target) -> Answer | Left:
        scheme = target.url.partition(":")[0]
        answer: Answer | Left = Moved(target.url, f"{scheme}://{target.host}/robots.txt", 0, 0)
        for _hop in range(robots.MAX_HOPS + 1):
            if not isinstance(answer, Moved):
                break
            there = await self._fetcher.locate(answer.to)
            if not isinstance(there, Target):
                return there
            answer = await self._request(there, NOTHING_HELD, None)
        return answer

    async def _request(self, target: Target, validators: Validators, robots_delay_s: float | None) -> Answer | Left:
        # The socket first: what is written down of the moment of asking must be that of asking.
        async with self._turn(target, robots_delay_s) as left, self._sockets:
            spent = self.limit is not None and self.requests >= self.limit
            if left is not None or spent or self._stopping.is_set():
                return left or _STOPPED
            host = self._hosts.get(target.host)
            # Written down before the request too: a kill in mid-request must not make the next one early.
            delay_s = max(host.delay_s, self._crawl.delay_s, robots_delay_s or 0)
            self._book(host, target, delay_s)
            self.requests += 1
            answer = await self._fetcher.get(target, validators)
            host = self._hosts.get(target.host)  # another page of it may meanwhile have had it paused
            self._learn(host, answer, robots_delay_s)
            self._book(host, target, host.delay_s)
            return answer

    @asynccontextmanager
    async def _turn(self, target: Target, robots_delay_s: float | None) -> AsyncIterator[Left | None]:
        """Holds the host and its address alone; gives None when the moment to ask has come."""
        async with AsyncExitStack() as stack:
            for key in _keys(target):
                await stack.enter_async_context(self._locks[key])
            host = self._hosts.get(target.host)
            now = self._now()
            wait_s = pace.opens_at(self._crawl.hours, now + self._wait_s(target, host, robots_delay_s)) - now
            if left := self._left_alone(host):
                yield left
            elif wait_s > self._crawl.patience_s:
                yield Left(
                    f"{target.host} may next be asked in {math.ceil(wait_s):,} s", self._now() + wait_s, whole_host=True
                )
            elif await self._stopped_within(wait_s):
                yield _STOPPED
            else:
                yield None

    def _wait_s(self, target: Target, host: Host, robots_delay_s: float | None) -> float:
        """Seconds until this host and its address may be asked: by the monotonic clock for what this process
        asked, by the wall clock, which can jump, for what an earlier one did."""
        now = self._now()
        longest_s = max(host.delay_s, self._crawl.delay_s, robots_delay_s or 0)
        waits = [pace.wait_s(host.paused_until, now, pace.LONGEST_PAUSE_S)]
        for key in _keys(target):
            if key in self._free_at:
                waits.append(self._free_at[key] - time.monotonic())
            elif key == target.host:
                waits.append(pace.wait_s(host.next_at, now, longest_s))
            else:
                next_at, delay_s = self._hosts.at_address(target.ip)
                waits.append(pace.wait_s(next_at, now, max(delay_s, longest_s)))
        return max(waits)

    def _book(self, host: Host, target: Target, delay_s: float) -> None:
        host.next_at, host.ip = self._now() + delay_s, target.ip if target.is_shared else ""
        for key in _keys(target):
            self._free_at[key] = time.monotonic() + delay_s
        self._hosts.keep(host)

    def _learn(self, host: Host, answer: Answer, robots_delay_s: float | None) -> None:
        """What an answer says of its host: how fast it is, whether it fails, when it wants to be asked again."""
        now = self._now()
        took_s = 0.0 if isinstance(answer, Refused) else answer.took_s
        status = (
            answer.status if isinstance(answer, Fetched | Moved) else 304 if isinstance(answer, Unchanged) else None
        )
        host.delay_s = pace.delay_s(self._crawl.delay_s, robots_delay_s, took_s, status, host.delay_s)
        if not pace.is_host_failure(answer) and status not in _TURNED_AWAY:
            host.failures = 0
            if host.paused_until <= now:  # else it was paused while this was under way
                host.paused_until, host.why = 0.0, ""
            return
        host.failures += 1
        asked_s = pace.retry_after_s(answer.header("retry-after"), now) if isinstance(answer, Fetched) else None
        pause_s = max(
            pace.pause_after(host.failures) or 0,
            asked_s or 0,
            _TOO_MANY_PAUSE_S if status == 429 and asked_s is None else 0,
        )
        host.why = f"{_words(answer)} ({host.failures} failures in a row)"
        if pause_s:
            self._pause(host, now + pause_s, host.why)

    def _learn_unfound(self, name: str, answer: Failed | Refused) -> None:
        """A name that could not be looked up is its host's failure; nobody was asked."""
        if isinstance(answer, Failed):
            host = self._hosts.get(name)
            self._learn(host, answer, None)
            self._hosts.keep(host)

    def _pause(self, host: Host, until: float, why: str) -> None:
        host.paused_until, host.why = max(host.paused_until, until), why

    async def _stopped_within(self, seconds: float) -> bool:
        """Wait; whether the crawl was stopped meanwhile."""
        if seconds <= 0:
            return self._stopping.is_set()
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True


def _keys(target: Target) -> tuple[str, ...]:
    """What is asked one at a time, in the one order in which locks are taken."""
    return tuple(sorted((target.host, f"address {target.ip}"))) if target.is_shared else (target.host,)


def _words(answer: Answer) -> str:
    """A failure in a few words."""
    return answer.why if isinstance(answer, Failed) else f"it answered {getattr(answer, 'status', '')}"
