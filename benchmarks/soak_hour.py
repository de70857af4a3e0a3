"""A long crawl over hosts that fail now and then: does it keep what it takes, and does it get everything?"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from reports.config import load_config
from tests.crawler.ordeals import seldom_rechecked
from tests.crawler.running import Running, Taken
from tests.crawler.wholeness import held
from tests.crawler.world import World
from tests.crawler.world_knobs import Knobs

_SITES = 50
_FAULTS = 0.1
_EVERY_S = 2.0
_SETTLES_S = 90.0
# Growth of the last quarter over the second that is no leak: a worker that met a larger page, a cache that filled.
_GROWTH_MB = 40.0
_GROWTH_FILES = 24


@dataclass(slots=True)
class Watched:
    """What the crawl took, sample by sample, with the seconds since it began."""

    samples: list[tuple[float, Taken]] = field(default_factory=list)

    def growth(self, what: str) -> tuple[float, float]:
        """The median of the second quarter and that of the last, of what came after settling in."""
        values = [getattr(taken, what) for at_s, taken in self.samples if at_s > _SETTLES_S] or [0, 0, 0, 0]
        quarter = max(len(values) // 4, 1)
        return statistics.median(values[quarter : 2 * quarter] or values), statistics.median(values[-quarter:])


def hour(folder: Path, args: argparse.Namespace) -> list[str]:
    """50 hosts, 10 % of answers faults: open files and memory flat, every report there is indexed in the end."""
    with World(sites=_SITES, pages_per_site=args.pages or _pages(args), knobs=Knobs(error_rate=_FAULTS)) as world:
        config = seldom_rechecked(world.config_toml(folder / "config.toml", args.delay, crawl="patience_s = 60"))
        watched, problems = Watched(), []
        _crawl(config, watched, time.monotonic() + args.minutes * 60)
        under_faults = len(world.seen)
        told = f"{args.minutes:g} minutes: {under_faults:,} requests, {_held(config):,} reports held"
        world.knobs.error_rate = 0.0
        while waiting := _put_forward(config):
            print(f"waiting: {waiting}", file=sys.stderr, flush=True)
            with Running(config, "crawl") as running:
                running.ends(3600)
        print(f"{told}; then without faults {len(world.seen) - under_faults:,} requests more, {_held(config):,} held")
        if missing := world.report_urls() - held(load_config(config)).keys():
            problems.append(f"{len(missing)} reports missing")
        violations = world.violations(args.delay)
        problems += [f"too soon: {each.host} {each.gap_s:.3f} s" for each in violations[:10]]
        with Running(config, "build") as build:
            build.ends(3600)
            print(build.said.strip())
        if f" {len(world.report_urls())} works" not in build.said:
            problems.append("not every report is indexed")
    return problems + _judged(watched)


def _pages(args: argparse.Namespace) -> int:
    """More than can be asked for in the time."""
    return int(args.minutes * 60 / max(args.delay, 0.6)) + 1


def _crawl(config: Path, watched: Watched, until_s: float) -> None:
    """One crawl, watched until it ends or its time is over, then asked to end."""
    with Running(config, "crawl") as running:
        while not running.is_over and time.monotonic() < until_s:
            watched.samples.append((time.monotonic() - running.started_s, running.taken()))
            time.sleep(_EVERY_S)
        asked_s = time.monotonic()
        running.process.terminate()
        running.ends(120)
        print(f"ended {time.monotonic() - asked_s:.1f} s after it was asked to; it said: {running.said.strip()[-200:]}")


def _put_forward(config: Path) -> int:
    """Make due what faults have put off for hours, and how much waits; what robots.txt forbids does not."""
    with closing(sqlite3.connect(load_config(config).corpus.path / "crawl.db")) as db, db:
        db.execute("UPDATE entry SET due_at = 0")
        db.execute("UPDATE host SET paused_until = 0, failures = 0")
        forbidden = "SELECT url FROM decision WHERE why LIKE 'robots.txt forbids%'"
        left = f"state IN ('queued', 'in flight') OR state = 'failed' AND url NOT IN ({forbidden})"
        return int(db.execute(f"SELECT count(*) FROM entry WHERE {left}").fetchone()[0])


def _judged(watched: Watched) -> list[str]:
    problems = []
    for what, unit, most in (("memory_mb", "MB", _GROWTH_MB), ("files", "open files", _GROWTH_FILES)):
        early, late = watched.growth(what)
        peak = max((getattr(taken, what) for _, taken in watched.samples), default=0)
        print(f"{unit}: {early:.0f} in the second quarter, {late:.0f} in the last, {peak:.0f} at most")
        if late - early > most:
            problems.append(f"{unit} grow: {early:.0f} to {late:.0f}")
    return problems


def _held(config: Path) -> int:
    return len(held(load_config(config)))
