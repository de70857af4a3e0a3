"""What the crawl endures, at length: `python -m benchmarks.soak NAME`, all of it by `make soak`; 1 if it did not.

Everything is on loopback. The figures with their commands stand in docs/reliability.md.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.soak_chain import hostile, second, throughput
from benchmarks.soak_hour import hour
from tests.crawler.ordeals import Endured, Killing, crawled_with_kills, seldom_rechecked
from tests.crawler.world import World
from tests.crawler.world_knobs import Knobs
from tests.crawler.world_pages import path_of

_DELAY_S = 1.5
_GOES_ON_WITHIN_S = 5.0
_REQUESTS = 10_000
_EDITIONS = 4
_SOON_DAYS = 0.0005


def polite(folder: Path, args: argparse.Namespace) -> list[str]:
    """10,000 requests to 50 hosts, the crawl killed every few seconds: the time between two requests to a host."""
    pages = _REQUESTS // 50
    with World(sites=50, pages_per_site=pages, knobs=Knobs(latency_s=0.2)) as world:
        config = seldom_rechecked(world.config_toml(folder / "config.toml", _DELAY_S))
        endured = crawled_with_kills(world, config, args.kills or 40, random.Random(args.seed), 18.0, told)
        violations = world.violations(_DELAY_S)
        print(f"{len(world.seen):,} requests to 50 hosts, {endured.kills['crawl']} kills")
        print(f"sooner than {_DELAY_S} s, or two at once: {len(violations)}; forbidden: {len(world.forbidden())}")
        endured.expect(len(world.seen) >= _REQUESTS, "fewer requests than promised")
        endured.problems += [f"too soon: {each.host} {each.gap_s:.3f} s" for each in violations]
    return endured.problems


def kills(folder: Path, args: argparse.Namespace) -> list[str]:
    """kill -9 at random moments of crawl and build, of a web whose every page changes all the while."""
    total, sites, pages = args.kills or 200, 20, args.pages or 60
    with World(sites=sites, pages_per_site=pages, knobs=Knobs(latency_s=0.02)) as world:
        config = world.config_toml(folder / "config.toml")
        at_once = config.read_text("utf-8")
        config.write_text(at_once.replace("recheck_days = 0", f"recheck_days = {_SOON_DAYS}"), "utf-8")
        killing = Killing(world, config, random.Random(args.seed))
        for edition in range(_EDITIONS):
            world.knobs.editions.update({path_of(number): edition for number in range(pages)})
            killing.editions = tuple(range(edition + 1))
            killing.kill(total // _EDITIONS, told)
        config.write_text(at_once, "utf-8")
        killing.editions = (_EDITIONS - 1,)
        killing.finish(3600)
        print(f"{len(world.seen):,} requests, {len(world.report_urls()):,} reports of {_EDITIONS} editions")
    _tell_kills(killing.endured)
    return killing.endured.problems


def _tell_kills(endured: Endured) -> None:
    starts, orphans = endured.first_request_s, endured.orphans_s
    print(f"killed: {endured.kills}; WARC records read: {endured.records:,}")
    print(f"first request after the start: median {statistics.median(starts):.1f} s, longest {max(starts):.1f} s")
    print(f"children gone after the kill: median {statistics.median(orphans):.1f} s, longest {max(orphans):.1f} s")
    endured.expect(max(starts) <= _GOES_ON_WITHIN_S, f"a start took longer than {_GOES_ON_WITHIN_S:g} s")


def told(line: str) -> None:
    """Progress."""
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


RUNS: dict[str, Callable[[Path, argparse.Namespace], Sequence[str]]] = {
    "polite": polite,
    "kills": kills,
    "hostile": hostile,
    "second": second,
    "throughput": throughput,
    "hour": hour,
}


def main() -> None:
    """Run what is named, everything for no name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(RUNS))
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--pages", type=int, default=0, help="pages a site")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--delay", type=float, default=1.0)
    parser.add_argument("--ways", nargs="*", default=(), help="of the hostile server; all for none")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    failed = []
    for name in args.names or RUNS:
        print(f"\n== {name}: {RUNS[name].__doc__}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            problems = RUNS[name](Path(folder), args)
        print("\n".join((*problems, "no problem" if not problems else f"{len(problems)} problems")), flush=True)
        failed += [name] if problems else []
    sys.exit(f"not endured: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
