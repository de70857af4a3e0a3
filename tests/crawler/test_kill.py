"""kill -9 at any moment of crawl, archive, read, store and build: nothing lost, nothing doubled, nothing torn."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from tests.crawler.ordeals import Killing
from tests.crawler.running import ROOT, needs_proc
from tests.crawler.world import World
from tests.crawler.world_knobs import Knobs

pytestmark = needs_proc
KILLS = 6


def test_a_crawl_killed_again_and_again_ends_with_every_report_once(tmp_path: Path) -> None:
    with World(sites=4, pages_per_site=12, knobs=Knobs(latency_s=0.06)) as world:
        config = world.config_toml(tmp_path / "config.toml")
        killing = Killing(world, config, random.Random(3), most_s=0.3, most_requests=25)
        killing.kill(KILLS)
        killing.finish(within_s=60)
    assert killing.endured.problems == []
    assert sum(killing.endured.kills.values()) >= KILLS - 2
    assert killing.endured.records > 4 * 12


def hang(begun: Path) -> None:
    begun.with_name("pid").write_text(str(os.getpid()))
    begun.touch()
    time.sleep(600)


def test_a_reader_that_hangs_when_the_crawl_is_killed_ends_by_itself(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    lines = (
        "from pathlib import Path; from crawler.extract.worker import Worker; from tests.crawler.test_kill import hang",
        f"Worker(hang, timeout_s=0.5).run(Path({str(begun)!r}))",
    )
    parent = subprocess.Popen((sys.executable, "-c", "\n".join(lines)), cwd=ROOT)
    while not begun.exists() and parent.poll() is None:
        time.sleep(0.01)
    parent.kill()
    parent.wait()
    child = Path("/proc", (tmp_path / "pid").read_text())
    assert child.exists()
    until = time.monotonic() + 10
    while child.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not child.exists()
