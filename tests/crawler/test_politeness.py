"""No host is asked too soon, or twice at once, whatever happens to the process that asks."""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from crawler.crawl import crawl
from reports.config import Config, load_config
from reports.store import Store
from tests.crawler.ordeals import crawled_with_kills, seldom_rechecked
from tests.crawler.running import needs_proc
from tests.crawler.wholeness import held
from tests.crawler.world import World
from tests.crawler.world_knobs import Knobs

DELAY_S = 1.5  # longer than a start takes: what keeps it is what was written down, not that starting is slow


@needs_proc
def test_a_crawl_killed_and_begun_again_asks_no_host_too_soon(tmp_path: Path) -> None:
    with World(sites=75, pages_per_site=2, knobs=Knobs(latency_s=0.2)) as world:
        config = seldom_rechecked(world.config_toml(tmp_path / "config.toml", DELAY_S))
        endured = crawled_with_kills(world, config, 3, random.Random(1), most_s=0.7)
        assert endured.problems == []
        assert endured.kills["crawl"] == 3
        assert len(world.seen) >= 300
        assert world.violations(DELAY_S) == []
        assert world.forbidden() == []
        assert held(load_config(config)).keys() == world.report_urls()


def test_what_a_kill_cut_short_counts_as_ended_when_the_next_crawl_begins(tmp_path: Path) -> None:
    delay_s = 0.8
    with World(sites=1, pages_per_site=3) as world:
        config = load_config(world.config_toml(tmp_path / "config.toml", delay_s))
        crawled(config, limit=2)
        with closing(sqlite3.connect(config.corpus.path / "crawl.db")) as db, db:
            db.execute("UPDATE entry SET state = 'in flight' WHERE role = 'article' AND position = 2")
            db.execute("UPDATE host SET next_at = 0")  # long ago: the answer was a slow one
        asked, begun_s = len(world.seen), time.monotonic()
        crawled(config, limit=1)
        assert world.seen[asked].began_s - begun_s >= delay_s


def crawled(config: Config, limit: int) -> None:
    with Store(config.corpus.path) as store:
        crawl(config, store, config.source, limit=limit)
