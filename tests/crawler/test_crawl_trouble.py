"""What goes wrong around a crawl is named plainly in its report, and nothing already held is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from crawler.crawl import crawl
from crawler.outcomes import Outcomes
from reports.config import Config, load_config
from reports.crawl_log import crawl_log
from reports.store import Store
from tests.crawler.running import Running, needs_proc
from tests.crawler.wholeness import Records, damage, held, torn
from tests.crawler.world import World
from tests.crawler.world_knobs import Knobs
from tests.crawler.world_pages import LIST_PATH

# No file of this process may grow beyond some ten kilobytes: what a full disk says, in other words.
LITTLE_ROOM = ("/bin/sh", "-c", 'ulimit -f 120; exec "$@"', "sh")
WEEK_S = 7 * 86_400.0
EMPTY = "<!DOCTYPE html><html><head><title>法治政府建设</title></head><body><ul class='list'></ul></body></html>"
ELSEWHERE = (
    "<!DOCTYPE html><html><head><title>法治政府建设</title></head><body><div id='app'></div>"
    "<ul><li><a href='/a/1.html'>领导信箱</a></li><li><a href='/a/2.html'>网站地图</a></li></ul></body></html>"
)
LOGIN = (
    "<!DOCTYPE html><html><head><title>用户登录</title></head><body><form action='/login' method='post'>"
    "<p>用户名<input name='username'></p><p>密码<input type='password' name='password'></p>"
    "<button type='submit'>登录</button></form></body></html>"
)
CHALLENGE = (
    "<!DOCTYPE html><html><head><title>请稍候…</title><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/"
    "chl_page/v1'></script></head><body><p>正在进行安全检查，请开启JavaScript后继续访问。</p></body></html>"
)


pytestmark = pytest.mark.usefixtures("eyes_here")


class Clock:
    """A wall clock that can be set."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead_s


@pytest.fixture
def world() -> Iterator[World]:
    with World(sites=2, pages_per_site=4) as world:
        yield world


@pytest.fixture
def config(world: World, tmp_path: Path) -> Config:
    return load_config(
        world.config_toml(tmp_path / "config.toml", crawl="patience_s = 30\n[reading]\nworkers = 1"), required=True
    )


def run(config: Config, clock: Clock | None = None) -> Outcomes:
    with Store(config.corpus.path) as store:
        return crawl(config, store, config.source, now=clock or time.time)


def problem(config: Config, source: str) -> str:
    with crawl_log(config.corpus.path) as log:
        return log.sources()[source].problem


@pytest.mark.parametrize("status", [403, 410])
def test_a_list_that_is_refused_or_gone_is_named(world: World, config: Config, status: int) -> None:
    run(config)
    host = world.hosts[0]
    world.knobs.status[f"{host}{LIST_PATH}"] = status
    assert any(host in note and str(status) in note for note in run(config).notes)
    assert str(status) in problem(config, host)
    assert held(config).keys() == world.report_urls()


@pytest.mark.parametrize(
    ("page", "named"),
    [(EMPTY, "no link"), (ELSEWHERE, "no link"), (LOGIN, "login"), (CHALLENGE, "anti-bot")],
    ids=["empty", "redesigned", "login", "challenge"],
)
def test_a_list_with_something_else_in_its_place_is_named(world: World, config: Config, page: str, named: str) -> None:
    run(config)
    host = world.hosts[0]
    world.knobs.pages[f"{host}{LIST_PATH}"] = page.encode()
    outcomes = run(config)
    assert named in problem(config, host).lower()
    assert any(host in note and named in note.lower() for note in outcomes.notes)
    assert held(config).keys() == world.report_urls()


def test_a_list_that_has_moved_is_followed_and_named(world: World, config: Config) -> None:
    host = world.hosts[0]
    world.knobs.moved[f"{host}{LIST_PATH}"] = f"http://{host}{LIST_PATH}index.html"
    outcomes = run(config)
    assert any("has moved" in note and "index.html" in note for note in outcomes.notes)
    assert held(config).keys() == world.report_urls()


def test_a_list_that_moved_to_another_house_is_named_and_not_followed(world: World, config: Config) -> None:
    host = world.hosts[0]
    world.knobs.moved[f"{host}{LIST_PATH}"] = "http://www.elsewhere.example/list/"
    run(config)
    assert "elsewhere.example" in problem(config, host)
    assert "within" in problem(config, host)


def test_more_pages_than_one_run_may_take_are_named_and_taken_by_the_next(world: World, tmp_path: Path) -> None:
    file = world.config_toml(tmp_path / "config.toml")
    file.write_text(file.read_text("utf-8").replace("max_pages = 500", "max_pages = 3"), "utf-8")
    config = load_config(file)
    assert any("max_pages" in note for note in run(config).notes)
    for _ in range(4):
        run(config)
    assert held(config).keys() == world.report_urls()


@pytest.mark.parametrize("ahead_s", [-52 * WEEK_S, 52 * WEEK_S])
def test_a_clock_that_jumps_is_named_and_loses_nothing(world: World, config: Config, ahead_s: float) -> None:
    clock = Clock()
    original = world.answer

    def answer(host: str, path: str, etag: str) -> tuple[int, bytes, str]:
        if len(world.seen) > 6:
            clock.ahead_s = ahead_s
        return original(host, path, etag)

    world.answer = answer  # type: ignore[method-assign]
    outcomes = run(config, clock)
    assert any("clock was set" in note for note in outcomes.notes)
    run(config, clock)
    assert held(config).keys() == world.report_urls()


def test_an_archive_file_cut_short_is_named_and_what_was_read_from_it_is_still_held(
    world: World, config: Config
) -> None:
    run(config)
    (file,) = (config.corpus.path / "warc").glob("*.warc.gz")
    torn_file = file.rename(file.with_name(file.name + ".open"))
    torn_file.write_bytes(torn_file.read_bytes()[:-100])
    assert any("torn tail" in note for note in run(config).notes)
    assert held(config).keys() == world.report_urls()
    assert list(Records().problems(config.corpus.path)) == []


@needs_proc
def test_a_disk_that_is_full_ends_the_crawl_plainly_and_the_next_goes_on(tmp_path: Path) -> None:
    with World(sites=2, pages_per_site=40) as world:
        file = world.config_toml(tmp_path / "config.toml")
        with Running(file, "crawl", under=LITTLE_ROOM) as running:
            assert running.ends(60) == 1
            assert "Traceback" not in running.said
            assert "disk" in running.said or "File too large" in running.said
        config = load_config(file)
        some = held(config)
        assert torn(some) == []
        assert damage(config) == ()
        run(config)
        assert held(config).keys() == world.report_urls() >= some.keys()
        assert list(Records().problems(config.corpus.path)) == []


@needs_proc
def test_of_two_crawls_at_once_the_second_ends_with_one_line(tmp_path: Path) -> None:
    with ExitStack() as stack:
        world = stack.enter_context(World(sites=1, pages_per_site=4, knobs=Knobs(latency_s=0.2)))
        file = world.config_toml(tmp_path / "config.toml")
        first = stack.enter_context(Running(file, "crawl"))
        while not world.seen and not first.is_over:
            time.sleep(0.01)
        second = stack.enter_context(Running(file, "crawl"))
        assert second.ends(30) == 1
        assert "another crawl is at work here" in second.said
        assert first.ends(60) == 0
        assert held(load_config(file)).keys() == world.report_urls()
