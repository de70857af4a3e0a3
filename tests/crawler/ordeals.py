"""Ordeals of a crawl in a process of its own: short ones for the suite, long ones for `make soak`.

Each gives what it measured and, in `problems`, a line for whatever was not as it must be.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from reports.config import Config, load_config
from tests.crawler.running import Running
from tests.crawler.wholeness import Records, damage, doubled, held, torn
from tests.crawler.world import World

_DIES_WITHIN_S = 20.0
_FIRST_REQUEST_S = 60.0
_BUILDS = 0.2
_EARLY = 0.15

Told = Callable[[str], None]


def silently(_: str) -> None:
    """Progress that nobody watches."""


@dataclass(slots=True)
class Endured:
    """What came of it: kills by what was killed, seconds from each start to its first request, and from
    each kill until its children were gone, problems."""

    kills: dict[str, int] = field(default_factory=lambda: {"crawl": 0, "build": 0})
    first_request_s: list[float] = field(default_factory=list)
    orphans_s: list[float] = field(default_factory=list)
    records: int = 0
    problems: list[str] = field(default_factory=list)

    def expect(self, is_so: bool, otherwise: str) -> None:
        """Note a problem."""
        if not is_so:
            self.problems.append(otherwise)


@dataclass(slots=True)
class Killing:
    """Kills at random moments of crawl and build, looking after each whether all is whole."""

    world: World
    config_file: Path
    rng: random.Random
    most_s: float = 2.0
    most_requests: int = 120
    editions: tuple[int, ...] = (0,)
    endured: Endured = field(default_factory=Endured)
    _records: Records = field(default_factory=Records)
    _held: frozenset[str] = frozenset()

    def kill(self, times: int, told: Told = silently) -> None:
        """Start and kill so many times."""
        for number in range(times):
            what = "build" if self._held and self.rng.random() < _BUILDS else "crawl"
            with Running(self.config_file, what) as running:
                if what == "crawl" and self.rng.random() > _EARLY:
                    self.endured.first_request_s.append(self._first_request_s(running))
                    self._wait_for_requests(running, self.rng.randrange(self.most_requests))
                time.sleep(self.rng.uniform(0, self.most_s))
                if not running.is_over:
                    self.endured.kills[what] += 1
                running.kill()
                killed_s = time.monotonic()
                left = running.orphans(_DIES_WITHIN_S)
                self.endured.orphans_s.append(time.monotonic() - killed_s)
                self.endured.expect(not left, f"{what} left processes behind: {left}")
            self._look(f"after kill {number + 1} ({what})", closely=number % 20 == 19)
            told(f"{number + 1} kills, {len(self._held)} reports held, problems: {self.endured.problems}")

    def finish(self, within_s: float) -> None:
        """Let a crawl and a build come to their ends, and look at everything."""
        with Running(self.config_file, "crawl") as running:
            self.endured.first_request_s.append(self._first_request_s(running))
            self.endured.expect(running.ends(within_s) == 0, f"the last crawl failed: {running.said[-500:]}")
        self._look("at the end", closely=True)
        lost, more = self.world.report_urls() - self._held, self._held - self.world.report_urls()
        self.endured.expect(not lost, f"{len(lost)} reports lost")
        self.endured.expect(not more, f"{len(more)} reports that never were")
        for command, says in (("build", "works"), ("check", "are whole"), ("reread", "read; 0 changed")):
            with Running(self.config_file, command) as running:
                ended = running.ends(within_s)
                self.endured.expect(ended == 0 and says in running.said, f"{command}: {running.said[-300:]}")
        self.endured.records = self._records.count

    def _first_request_s(self, running: Running) -> float:
        """Seconds from the start to the first request; notes where that is too long."""
        asked = len(self.world.seen)
        while len(self.world.seen) == asked:
            waited_s = time.monotonic() - running.started_s
            if running.is_over or waited_s > _FIRST_REQUEST_S:
                self.endured.problems.append(f"no request after {waited_s:.1f} s: {running.said[-300:]}")
                return waited_s
            time.sleep(0.005)
        return self.world.seen[asked].began_s - running.started_s

    def _wait_for_requests(self, running: Running, count: int) -> None:
        """So that as many kills fall into reading and storing, which come late, as into starting."""
        asked = len(self.world.seen)
        while len(self.world.seen) < asked + count and not running.is_over:
            time.sleep(0.002)

    def _look(self, when: str, *, closely: bool) -> None:
        config = self._config()
        if not (config.corpus.path / "corpus.db").exists():
            return
        reports = held(config)
        lost = self._held - reports.keys()
        self.endured.expect(not lost, f"{when}: {len(lost)} reports lost")
        fresh = reports if closely else {url: reports[url] for url in reports.keys() - self._held}
        self.endured.problems += [f"{when}: torn: {url}" for url in torn(fresh, self.editions)]
        self.endured.problems += [f"{when}: {problem}" for problem in self._records.problems(config.corpus.path)]
        if closely:
            self.endured.problems += [f"{when}: {problem}" for problem in damage(config)]
            self.endured.expect(not (twice := doubled(config)), f"{when}: {twice} reports doubled")
        self._held = frozenset(reports)

    def _config(self) -> Config:
        return load_config(self.config_file, required=True)


def crawled_with_kills(
    world: World, config_file: Path, kills: int, rng: random.Random, most_s: float, told: Told = silently
) -> Endured:
    """One crawl killed and begun again so often, each time after up to `most_s` of asking, then let end."""
    endured = Endured()
    for number in range(kills + 1):
        asked = len(world.seen)
        with Running(config_file, "crawl") as running:
            while len(world.seen) == asked and not running.is_over:
                time.sleep(0.005)
            if number < kills:
                time.sleep(rng.uniform(0.2, most_s))
                endured.kills["crawl"] += not running.is_over
                running.kill()
            else:
                endured.expect(running.ends(3600) == 0, f"the last crawl failed: {running.said[-500:]}")
        told(f"{number + 1} starts, {len(world.seen)} requests")
    return endured


def seldom_rechecked(config_file: Path) -> Path:
    """The same configuration, with pages that are asked for again after a month."""
    config_file.write_text(config_file.read_text("utf-8").replace("recheck_days = 0", "recheck_days = 30"), "utf-8")
    return config_file
