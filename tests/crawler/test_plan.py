"""What a crawl would do is said from tables alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from crawler.frontier import Find, Frontier, Kept
from crawler.plan import asks_nobody, chosen, explained, is_found, is_nobody, plan, when
from crawler.schedule import BEIJING
from reports.config import Config
from reports.crawl_config import CrawlConfig, SourceConfig
from reports.crawl_log import crawl_log
from reports.errors import ConfigError
from reports.report import Body, Kind, Report
from reports.store import Store
from tests.indexer import made

NOW = datetime(2026, 3, 10, 12, tzinfo=BEIJING).timestamp()
EAST, WEST = "110101", "110102"
SOURCE = SourceConfig("东城区", ("http://dc.gov.example/",), region=EAST)
NOBODY = CrawlConfig()
SOMEBODY = CrawlConfig(project="http://a.example/", contact="a@a.example")


def report(
    code: str, year: int, kind: Kind = Kind.RULE_OF_LAW, body: Body = Body.GOVERNMENT, issuer: str = "某"
) -> Report:
    url = f"http://dc.gov.example/{code}/{year}/{kind}/{body}/{issuer}"
    return made.report("正文", url=url, kind=kind, region_code=code, year=year, body=body, issuer=issuer)


def explanation(config: Config, folder: Path, source: SourceConfig = SOURCE) -> str:
    with crawl_log(folder) as log:
        return "\n".join(explained(plan([source], config, log, None, NOW)))


@pytest.mark.parametrize(
    ("crawl", "nobody", "asks"),
    [
        (NOBODY, True, True),
        (replace(SOMEBODY, contact=""), True, True),
        (SOMEBODY, False, False),
        (replace(NOBODY, connect_to=("a.example=127.0.0.1:1",)), True, False),
        (replace(NOBODY, allow=("10.0.0.0/8",)), True, False),
    ],
)
def test_who_says_nothing_of_himself_asks_no_public_site(crawl: CrawlConfig, nobody: bool, asks: bool) -> None:
    assert (is_nobody(Config(crawl=crawl)), asks_nobody(Config(crawl=crawl))) == (nobody, asks)


def test_sources_are_chosen_by_name_disabled_ones_only_so() -> None:
    off = replace(SOURCE, name="停用", enabled=False)
    config = Config(source=(SOURCE, off))
    assert chosen(config, ()) == (SOURCE,)
    assert chosen(config, ("停用", "停用")) == (off,)
    with pytest.raises(ConfigError, match="'西城区'; known: 东城区, 停用"):
        chosen(config, ("西城区",))


def test_a_source_never_looked_at_is_due_and_says_what_it_takes(tmp_path: Path) -> None:
    text = explanation(Config(), tmp_path)
    assert "due now; within 01-01..03-31, in which its report is expected: every 1 days" in text
    assert "never looked at" in text
    assert "takes 法治政府建设年度报告, of 北京市东城区 (110101)" in text
    assert list(tmp_path.iterdir()) == []


def test_a_source_of_many_names_them_and_one_of_none_says_so(tmp_path: Path) -> None:
    many = replace(SOURCE, region="", expects=(EAST, "999999"))
    assert "expected of 北京市东城区 (110101)、no known division (999999)" in explanation(Config(), tmp_path, many)
    none = replace(SOURCE, region="", enabled=False)
    assert "of the places they name\n" in explanation(Config(), tmp_path, none)
    assert "checked by a person: never; disabled" in explanation(Config(), tmp_path, none)


def test_what_is_known_of_the_last_look_is_told(tmp_path: Path) -> None:
    frontier = Frontier(tmp_path, lambda: NOW - 3600)
    frontier.queue(Find(SOURCE.urls[0], SOURCE.urls[0], "www.a.example", SOURCE.name, Kept.LIST))
    frontier.looked(SOURCE.name)
    frontier.decide(SOURCE.urls[0], SOURCE.name, "", "it answered 404")
    frontier.close()
    text = explanation(Config(crawl=replace(SOMEBODY, hours="22:00-06:00")), tmp_path)
    assert f"due {when(NOW + 5 * 3600)}" in text
    assert "last looked at 2026-03-10 11:00, last answered never" in text
    assert "last time: it answered 404" in text
    assert "asked only within 22:00-06:00 (Beijing time): not before 2026-03-10 22:00" in text


@pytest.mark.parametrize(
    ("held", "keys", "found"),
    [
        ([report(EAST, 2025)], {}, True),
        ([report(EAST, 2024)], {}, False),
        ([report(WEST, 2025)], {}, False),
        ([report(EAST, 2025, body=Body.DEPARTMENT)], {}, False),
        ([report(EAST, 2025)], {"region": ""}, False),
        ([report(EAST, 2025)], {"region": "", "expects": (EAST, WEST)}, False),
        ([report(EAST, 2025), report(WEST, 2025)], {"region": "", "expects": (EAST, WEST)}, True),
        ([report(EAST, 2025)], {"kinds": (Kind.RULE_OF_LAW.value, Kind.WORK.value)}, False),
        ([report(EAST, 2026, Kind.WORK)], {"kinds": (Kind.WORK.value,)}, True),
        ([report(EAST, 2025, body=Body.DEPARTMENT, issuer="甲局")], {"body": "部门", "issuer": "甲局"}, True),
        ([report(EAST, 2025, body=Body.DEPARTMENT, issuer="乙局")], {"body": "部门", "issuer": "甲局"}, False),
        ([report(EAST, 2025)], {"body": "部门"}, False),
        ([report(EAST, 2025)], {"window": "02-15..12-31"}, True),
        ([report(EAST, 2025)], {"window": "03-01..02-28"}, False),
    ],
)
def test_found_is_what_this_years_window_brings_of_every_division_and_kind(
    held: list[Report], keys: dict[str, str], found: bool, tmp_path: Path
) -> None:
    with Store(tmp_path) as store:
        for each in held:
            store.put(each)
        assert is_found(replace(SOURCE, **keys), store, NOW) is found  # type: ignore[arg-type]
