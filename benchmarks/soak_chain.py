"""The whole chain, measured: what each hostile page costs, what a second crawl costs, how fast a crawl can be."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler.crawl import crawl
from demo.web import DEMO, FictionalWeb
from reports.config import Config, load_config
from reports.store import Store
from tests.crawler.hostile_web import ALL_WAYS, config_toml, honest_urls, hostile_web
from tests.crawler.running import Running
from tests.crawler.wholeness import held
from tests.crawler.world import World
from tests.crawler.world_knobs import Knobs

_MOST_MB = 300.0
_SAVED = 0.95


def hostile(folder: Path, args: argparse.Namespace) -> list[str]:
    """Each way of the hostile server as list, report and robots.txt: MB it adds to a crawl, and seconds.

    A host that answered slowly is waited for twice as long: seconds are those of five requests and their pauses.
    """
    problems = []
    plain_s, plain_mb, _ = _hostile_crawl(folder / "plain", "calendar", only_honest=True)
    print(f"{'nothing hostile':16} {plain_s:5.1f} s {plain_mb:5.0f} MB")
    for way in args.ways or ALL_WAYS:
        took_s, peak_mb, found = _hostile_crawl(folder / way, way)
        print(f"{way:16} {took_s - plain_s:+5.1f} s {peak_mb - plain_mb:+5.0f} MB  {found}", flush=True)
        if found != 2:
            problems.append(f"{way}: {found} of 2 honest reports held")
        if peak_mb - plain_mb > _MOST_MB:
            problems.append(f"{way}: {peak_mb - plain_mb:.0f} MB")
    return problems


def _hostile_crawl(folder: Path, way: str, *, only_honest: bool = False) -> tuple[float, float, int]:
    """Seconds of work, MB at most, and how many honest reports came of it. Addresses put off are not waited for."""
    folder.mkdir()
    with hostile_web() as server:
        file = config_toml(folder / "config.toml", server, [way], crawl="timeout_s = 10\npatience_s = 30")
        if only_honest:
            kept = [
                line for line in file.read_text("utf-8").split("[[source]]") if "robots-" not in line or "=1" in line
            ]
            file.write_text("[[source]]".join(kept).replace(f', "http://www.{way}.gov.example/{way}"', ""), "utf-8")
        started_s = time.monotonic()
        with Running(file, "crawl") as running:
            peak = running.peak(600)
    found = held(load_config(file)).keys() & honest_urls([way])
    return time.monotonic() - started_s, peak.memory_mb, len(found)


def second(folder: Path, _: argparse.Namespace) -> list[str]:
    """A second crawl of what has not changed: bytes saved with validators; versions and index writes without."""
    problems = []
    with World(sites=5, pages_per_site=100) as world:
        config = load_config(world.config_toml(folder / "config.toml"), required=True)
        first = _bytes_of(world, config)
        again = _bytes_of(world, config)
        # Pages of two kilobytes, of which what is sent with a 304 is a twentieth: told, not judged.
        _told("made-up web of small pages, with validators", first, again)
    with World(sites=5, pages_per_site=100, knobs=Knobs(validators=False)) as world:
        file = world.config_toml(folder / "config.toml").rename(folder / "without.toml")
        config = load_config(file, required=True).with_corpus(folder / "without")
        _bytes_of(world, config)
        problems += _writes(world, config, file)
    first, again = _fictional(folder / "demo")
    return problems + _told("the demo's web", first, again)


def _bytes_of(world: World, config: Config) -> int:
    world.seen.clear()
    with Store(config.corpus.path) as store:
        crawl(config, store, config.source)
    return sum(each.sent_bytes for each in world.seen)


def _writes(world: World, config: Config, file: Path) -> list[str]:
    _run(file, config, "build")
    with Store(config.corpus.path) as store:
        before = store.last_seq()
    _bytes_of(world, config)
    with Store(config.corpus.path) as store:
        written = store.last_seq() - before
        versions = sum(store.version_count(each) for each in store.ids())
    said = _run(file, config, "build")
    print(f"without validators: {versions} versions, {written} writes to the corpus; build: {said}")
    return [] if not versions and not written and "up to date" in said else ["an unchanged site was written again"]


def _run(file: Path, config: Config, command: str) -> str:
    with Running(file, "--corpus", str(config.corpus.path), command) as running:
        running.ends(600)
        return running.said.strip()


def _fictional(corpus: Path) -> tuple[int, int]:
    config = load_config(DEMO / "config.toml", required=True).with_corpus(corpus)
    sent: list[int] = []
    with FictionalWeb() as web:
        for server in web._servers.values():
            server.app = _counting(server.app, sent)
        config = replace(config, crawl=replace(config.crawl, connect_to=web.connect_to, delay_s=0))
        totals = []
        for _time in range(2):
            sent.clear()
            with Store(corpus) as store:
                crawl(config, store, config.source)
            totals.append(sum(sent))
    return totals[0], totals[1]


def _counting(app: Any, sent: list[int]) -> Callable[[Any, Any], Iterable[bytes]]:
    def counted(environ: Any, start: Any) -> Iterable[bytes]:
        def started(status: str, headers: Any, *more: Any) -> Any:
            sent.append(len(status) + sum(len(name) + len(value) + 4 for name, value in headers))
            return start(status, headers, *more)

        pieces = list(app(environ, started))
        sent.append(sum(map(len, pieces)))
        return pieces

    return counted


def _told(what: str, first: int, again: int) -> list[str]:
    saved = 1 - again / first
    print(f"{what}: {first:,} bytes, then {again:,}: {saved:.1%} saved")
    return [] if saved >= _SAVED else [f"{what}: less than {_SAVED:.0%} saved"]


def throughput(folder: Path, args: argparse.Namespace) -> list[str]:
    """Delay 0, two workers: reports a second through fetch, archive, read and store."""
    with World(sites=8, pages_per_site=args.pages or 250) as world:
        file = world.config_toml(folder / "config.toml")
        with Running(file, "crawl") as running:
            running.ends(3600)
        began, ended = world.seen[0].began_s, world.seen[-1].ended_s
        count = len(held(load_config(file)))
        print(
            f"{count:,} reports in {ended - began:.1f} s: {count / (ended - began):.1f} a second (cold start included)"
        )
        return [] if count == len(world.report_urls()) else ["reports missing"]
