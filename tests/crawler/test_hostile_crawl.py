"""Whatever stands on a site, the crawl of it ends in time and in bounded memory, and holds what is honest."""

from __future__ import annotations

from pathlib import Path

from reports.config import load_config
from tests.crawler.hostile_web import config_toml, honest_urls, hostile_web
from tests.crawler.running import Running, needs_proc
from tests.crawler.wholeness import Records, damage, held

MOST_GROWTH_MB = 300
WITHIN_S = 60
# Those of the issue; every way, with the default bounds: `python -m benchmarks.soak hostile`.
WAYS = (
    "bomb", "endless", "drip", "short", "long", "large", "headers", "nested", "attributes", "laughs", "loop", "private",
    "calendar", "endless-list",
)  # fmt: skip
QUICK = "[reading]\ntimeout_s = 3.0\n"
QUICK_CRAWL = "timeout_s = 1\npatience_s = 20"


@needs_proc
def test_a_crawl_goes_on_through_everything_a_server_can_do(tmp_path: Path) -> None:
    with hostile_web() as server:
        file = config_toml(tmp_path / "config.toml", server, WAYS, QUICK, QUICK_CRAWL)
        with Running(file, "crawl") as running:
            peak = running.peak(WITHIN_S)
            assert running.process.returncode == 0, running.said
    config = load_config(file)
    assert held(config).keys() >= honest_urls(WAYS)
    assert damage(config) == ()
    assert list(Records().problems(config.corpus.path)) == []
    assert peak.memory_mb < 3 * 70 + MOST_GROWTH_MB, running.said
