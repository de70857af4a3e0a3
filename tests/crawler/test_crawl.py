"""A crawl, whole: every report once, no host asked too soon, nothing fetched twice for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.crawl import crawl, locked
from crawler.outcomes import Outcomes
from reports.config import Config, load_config
from reports.crawl_log import crawl_log
from reports.errors import CorpusError
from reports.store import Store
from tests.crawler.world import World
from tests.crawler.world_pages import LIST_PATH, path_of

pytestmark = pytest.mark.usefixtures("eyes_here")

DELAY_S = 0.05
WEEK_S = 7 * 86_400.0


@pytest.fixture
def world() -> Iterator[World]:
    with World(sites=2, pages_per_site=8) as world:
        yield world


@pytest.fixture
def config(world: World, tmp_path: Path) -> Config:
    lines = "patience_s = 30"
    return load_config(world.config_toml(tmp_path / "config.toml", DELAY_S, crawl=lines), required=True)


class Clock:
    """A wall clock that goes on by itself from where it is put."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def __call__(self) -> float:
        import time  # noqa: PLC0415

        return time.time() + self.ahead_s


def run(config: Config, clock: Clock | None = None, **how: object) -> Outcomes:
    with Store(config.corpus.path) as store:
        return crawl(config, store, config.source, now=clock or Clock(), **how)  # type: ignore[arg-type]


def held(config: Config) -> list[str]:
    with Store(config.corpus.path) as store:
        return sorted(report.url or "" for report in store.get_many(store.ids()))


def test_every_report_is_found_once_and_no_host_is_asked_too_soon(world: World, config: Config) -> None:
    outcomes = run(config)
    assert outcomes.counts["added"] == 16
    assert held(config) == sorted(world.report_urls())
    assert world.violations(DELAY_S) == []
    assert world.forbidden() == []


def test_a_second_crawl_of_an_unchanged_site_costs_next_to_nothing(world: World, config: Config) -> None:
    run(config)
    world.seen.clear()
    with Store(config.corpus.path) as store:
        seq = store.last_seq()
    outcomes = run(config)
    assert outcomes.counts["unchanged"] == 16
    assert {each.status for each in world.seen} == {304}
    with Store(config.corpus.path) as store:
        assert store.last_seq() == seq


def test_visit_counters_without_validators_change_nothing(world: World, config: Config) -> None:
    world.knobs.validators = False
    run(config)
    with Store(config.corpus.path) as store:
        seq = store.last_seq()
    outcomes = run(config)
    assert (outcomes.counts["unchanged"], outcomes.counts["changed"]) == (16, 0)
    with Store(config.corpus.path) as store:
        assert store.last_seq() == seq
        assert all(store.version_count(each) == 0 for each in store.ids())


def test_a_report_changed_after_publication_keeps_its_version(world: World, config: Config) -> None:
    run(config)
    world.knobs.editions[path_of(3)] = 1
    outcomes = run(config)
    assert outcomes.counts["changed"] == 2
    with Store(config.corpus.path) as store:
        assert sorted(store.version_count(each) for each in store.ids()) == [0] * 14 + [1] * 2


def test_a_page_gone_twice_a_week_apart_is_withdrawn_and_comes_back(world: World, config: Config) -> None:
    clock = Clock()
    run(config, clock)
    world.knobs.status[path_of(0)] = 404
    assert run(config, clock).counts["withdrawn"] == 0
    clock.ahead_s = WEEK_S + 60
    assert run(config, clock).counts["withdrawn"] == 2
    assert len(held(config)) == 16
    with Store(config.corpus.path) as store:
        gone = [each for each in store.ids() if store.withdrawn(each)]
    assert len(gone) == 2
    del world.knobs.status[path_of(0)]
    run(config, clock)
    with Store(config.corpus.path) as store:
        assert [each for each in store.ids() if store.withdrawn(each)] == []


def test_a_failing_host_is_left_alone_and_stays_so_in_the_next_run(world: World, config: Config) -> None:
    bad, good = world.hosts
    world.knobs.status.update({f"{bad}{path_of(number)}": 503 for number in range(8)})
    outcomes = run(config)
    assert outcomes.counts["added"] == 8
    assert any(bad in note and "left alone" in note for note in outcomes.notes)
    world.seen.clear()
    run(config)
    assert {each.host for each in world.seen} == {good}
    with crawl_log(config.corpus.path) as log:
        paused = {host.name: host.why for host in log.hosts() if host.paused_until}
    assert list(paused) == [bad]
    assert "503" in paused[bad]


def test_what_robots_forbids_is_not_asked_for(world: World, config: Config) -> None:
    host = world.hosts[0]
    world.knobs.robots[host] = f"User-agent: *\nDisallow: {path_of(2)}\n"
    assert run(config).counts["added"] == 15
    assert world.forbidden() == []
    with crawl_log(config.corpus.path) as log:
        forbidden = {each.url for each in log.not_fetched() if each.why == "robots.txt forbids it (rules)"}
        assert f"http://{host}{path_of(2)}" in forbidden


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_robots_txt_that_cannot_be_had_forbids_everything(world: World, config: Config, status: int) -> None:
    host, other = world.hosts
    world.knobs.robots[host] = status
    run(config)
    assert {each.path for each in world.seen if each.host == host} == {"/robots.txt"}
    assert len(held(config)) == 8
    assert all(other in url for url in held(config))


def test_a_crawl_delay_of_more_than_a_day_leaves_the_host_alone_and_names_it(world: World, config: Config) -> None:
    host = world.hosts[0]
    world.knobs.robots[host] = "User-agent: *\nCrawl-delay: 100000\n"
    outcomes = run(config)
    assert {each.path for each in world.seen if each.host == host} == {"/robots.txt"}
    assert any(host in note and "100,000 s" in note for note in outcomes.notes)


def test_a_list_that_is_gone_is_named_and_nothing_held_is_lost(world: World, config: Config) -> None:
    run(config)
    world.knobs.status[f"{world.hosts[0]}{LIST_PATH}"] = 404
    outcomes = run(config)
    assert any("404" in note for note in outcomes.notes)
    assert len(held(config)) == 16
    with crawl_log(config.corpus.path) as log:
        assert "404" in log.sources()[world.hosts[0]].problem


def test_a_limit_ends_the_crawl_and_the_next_goes_on(world: World, config: Config) -> None:
    assert run(config, limit=7).requests == 7
    assert len(world.seen) == 7
    some = len(held(config))
    run(config)
    assert some < len(held(config)) == 16


def test_a_clock_set_back_neither_stops_the_crawl_nor_hurries_it(world: World, config: Config) -> None:
    clock = Clock()
    run(config, clock, limit=6)
    clock.ahead_s = -3 * WEEK_S
    run(config, clock)
    assert len(held(config)) == 16
    assert world.violations(DELAY_S) == []


def test_two_crawls_at_once_are_refused(world: World, config: Config) -> None:
    with locked(config.corpus.path), pytest.raises(CorpusError, match="another crawl"):
        run(config)
    assert world.seen == []


def test_outside_the_hours_allowed_nothing_is_asked(world: World, config: Config) -> None:
    clock = Clock()
    clock.ahead_s = 12 * 3600 - (clock() + 8 * 3600) % 86_400  # noon in Beijing
    closed = replace(config, crawl=replace(config.crawl, hours="22:00-06:00"))
    outcomes = run(closed, clock)
    assert world.seen == []
    assert any("22:00-06:00" in note for note in outcomes.notes)


def test_an_unchanged_list_is_read_again_when_the_source_takes_other_kinds(world: World, config: Config) -> None:
    other = replace(config, source=tuple(replace(each, kinds=("统计公报",)) for each in config.source))
    run(other)
    assert held(config) == []
    run(config)
    assert len(held(config)) == 16
