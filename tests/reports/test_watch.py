"""Who is late: real divisions and the day's rule; reports, sources and clocks are invented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.annuals import Annual
from reports.config import Config
from reports.crawl_config import SourceConfig, WatchConfig
from reports.crawl_state import SourceState
from reports.expected import BEIJING, duty, end_of, expected
from reports.regions import load_regions
from reports.report import Body, Kind
from reports.store import Store
from reports.watch import Cell, State, Watch, watch
from tests.indexer.made import report

REGIONS = load_regions()
RULE, DISCLOSURE = Kind.RULE_OF_LAW, Kind.DISCLOSURE
DONGCHENG, CHONGMING_COUNTY, CHONGMING, JIANGGAN, BEIJING_CITY = "110101", "310230", "310151", "330104", "110000"
NOW = datetime(2024, 6, 1, 12, 0, tzinfo=BEIJING)
LISTS = ("http://a.gov.example/1/", "http://a.gov.example/2/")
LONG = "全县法治政府建设各项工作取得新成效。" * 30


def held(
    year: int, published: date | None, *, kind: Kind = RULE, body: Body = Body.GOVERNMENT, code: str = DONGCHENG,
    name: str = "", arrived: datetime | None = None, gone: datetime | None = None, changed: bool = False,
    number: int = 0,
) -> Annual:  # fmt: skip
    return Annual(f"{year}{number:012}", kind, body, code, name, year, published, arrived, gone, changed)


def watched(
    annuals: Iterable[Annual] = (), *, now: datetime = NOW, sources: tuple[SourceConfig, ...] = (),
    answered: datetime | None = None, years: tuple[int, int] = (2019, 0), streets: bool = False,
) -> Watch:  # fmt: skip
    states = {
        source.name: SourceState(source.name, answered.timestamp(), answered.timestamp(), "")
        for source in sources
        if answered
    }
    config = Config(source=sources, watch=WatchConfig(*years, streets))
    return watch(annuals, states, config, now, REGIONS)


def source(**changes: object) -> SourceConfig:
    return SourceConfig(**{"name": "源", "urls": LISTS, "region": DONGCHENG, **changes})  # type: ignore[arg-type]


def cell(watch: Watch, year: int, row: int = 0) -> Cell:
    return next(each for each in watch.rows[row].cells if each.year == year)


# The day


@pytest.mark.parametrize(
    ("kind", "body", "published", "state", "days"),
    [
        (RULE, Body.GOVERNMENT, date(2023, 3, 31), State.PUNCTUAL, 0),
        (RULE, Body.GOVERNMENT, date(2023, 4, 1), State.LATE, 1),
        (RULE, Body.GOVERNMENT, date(2024, 3, 31), State.LATE, 366),
        (RULE, Body.DEPARTMENT, date(2023, 3, 31), State.PUNCTUAL, 0),
        (RULE, Body.TOWN, date(2023, 4, 2), State.LATE, 2),
        (RULE, Body.GOVERNMENT, date(2022, 12, 28), State.PUNCTUAL, 0),
        (RULE, Body.GOVERNMENT, date(2021, 12, 31), State.UNDATED, 0),
        (RULE, Body.GOVERNMENT, None, State.UNDATED, 0),
        (DISCLOSURE, Body.GOVERNMENT, date(2023, 3, 31), State.PUNCTUAL, 0),
        (DISCLOSURE, Body.DEPARTMENT, date(2023, 1, 31), State.PUNCTUAL, 0),
        (DISCLOSURE, Body.DEPARTMENT, date(2023, 2, 1), State.LATE, 1),
    ],
)
def test_the_date_on_the_page_decides(kind: Kind, body: Body, published: date | None, state: State, days: int) -> None:
    name = "" if body is Body.GOVERNMENT else "红光镇" if body is Body.TOWN else "某局"
    found = cell(watched([held(2022, published, kind=kind, body=body, name=name)]), 2022)
    assert (found.state, found.days_late) == (state, days)


@pytest.mark.parametrize("kind", [Kind.WORK, Kind.STATISTICS, Kind.POLICY])
def test_without_a_basis_there_is_no_verdict(kind: Kind) -> None:
    assert duty(kind, Body.GOVERNMENT) is None
    assert watched([held(2022, date(2023, 9, 1), kind=kind)], sources=(source(kinds=(kind.value,)),)).rows == ()


def test_every_duty_names_its_provision_and_stands_once() -> None:
    assert all(each.basis.startswith("《") and each.basis.endswith("条") for each in expected())
    assert len({(each.kind, each.body) for each in expected()}) == len(expected())


def test_a_day_ends_at_midnight_in_beijing() -> None:
    assert end_of(date(2024, 3, 31)) == datetime(2024, 3, 31, 16, tzinfo=UTC)


# What is not held


@pytest.mark.parametrize(
    ("now", "answered", "state"),
    [
        (datetime(2023, 3, 31, 23, 59, tzinfo=BEIJING), None, State.PENDING),
        (datetime(2023, 3, 31, 16, 0, tzinfo=UTC), None, State.UNLOOKED),
        (NOW, None, State.UNLOOKED),
        (NOW, datetime(2023, 3, 31, 15, 59, 59, tzinfo=UTC), State.UNLOOKED),
        (NOW, datetime(2023, 3, 31, 16, 0, tzinfo=UTC), State.UNSEEN),
    ],
)
def test_unseen_takes_a_list_that_answered_after_the_day(
    now: datetime, answered: datetime | None, state: State
) -> None:
    found = cell(watched(sources=(source(),), answered=answered, now=now), 2022)
    assert found.state is state
    assert [look.urls for look in found.looks] == ([LISTS] if state is State.UNSEEN else [])
    assert [look.at for look in found.looks] == ([answered] if state is State.UNSEEN else [])


@pytest.mark.parametrize(
    ("changes", "row"),
    [
        ({"enabled": False}, None),
        ({"region": ""}, None),
        ({"expects": (BEIJING_CITY,)}, (BEIJING_CITY, Body.GOVERNMENT, "")),
        ({"body": "部门", "issuer": "东城区司法局"}, (DONGCHENG, Body.DEPARTMENT, "东城区司法局")),
        ({"body": "部门"}, None),
        ({"body": "街道乡镇", "issuer": "红光镇人民政府"}, (DONGCHENG, Body.TOWN, "红光镇")),
        ({"body": "街道乡镇", "issuer": "红光街道办事处"}, None),
        ({"region": "000000"}, None),
    ],
)
def test_a_source_in_use_says_whom_to_expect(changes: dict[str, object], row: tuple[str, Body, str] | None) -> None:
    rows = [row.reporter for row in watched(sources=(source(**changes),)).rows]
    assert [(each.region_code, each.body, each.name) for each in rows] == ([row] if row else [])


def test_whoever_reported_before_is_expected_again() -> None:
    found = watched([held(2020, date(2021, 3, 1))], sources=(source(region="", expects=()),))
    assert [each.state for each in found.rows[0].cells] == [
        State.UNLOOKED, State.PUNCTUAL, State.UNLOOKED, State.UNLOOKED, State.UNLOOKED, State.PENDING,
    ]  # fmt: skip


def test_a_department_known_by_its_reports_alone_is_not_expected_before_the_first() -> None:
    found = watched([held(2021, date(2022, 3, 1), body=Body.DEPARTMENT, name="某局")])
    assert [each.state for each in found.rows[0].cells][:4] == [
        State.OUTSIDE, State.OUTSIDE, State.PUNCTUAL, State.UNLOOKED,
    ]  # fmt: skip


def test_a_source_of_all_departments_looks_for_each_that_is_known() -> None:
    departments = source(body="部门")
    known = held(2021, date(2022, 3, 1), body=Body.DEPARTMENT, name="某局")
    assert cell(watched([known], sources=(departments,), answered=NOW), 2022).state is State.UNSEEN
    assert cell(watched([known], sources=(source(),), answered=NOW), 2022, row=1).state is State.UNLOOKED


def test_street_offices_are_watched_only_where_configured() -> None:
    street = held(2022, date(2023, 3, 1), body=Body.TOWN, name="红光街道")
    assert watched([street]).rows == ()
    assert cell(watched([street], streets=True), 2022).state is State.PUNCTUAL


# Divisions that come and go


@pytest.mark.parametrize(
    ("code", "last"),
    [(JIANGGAN, 2020), (DONGCHENG, None)],
)
def test_an_abolished_division_is_not_expected_to_report_on_its_last_year(code: str, last: int | None) -> None:
    cells = watched(sources=(source(region=code),)).rows[0].cells
    assert [each.year for each in cells if each.state is State.OUTSIDE] == [
        year for year in range(2019, 2025) if last and year > last
    ]


def test_what_an_abolished_division_did_publish_is_judged() -> None:
    found = cell(watched([held(2021, date(2022, 5, 1), code=JIANGGAN)]), 2021)
    assert (found.state, found.days_late) == (State.LATE, 31)


def test_a_division_gone_before_the_first_year_has_no_row() -> None:
    assert watched([held(2015, date(2016, 3, 1), code=CHONGMING_COUNTY)]).rows == ()


# Works, withdrawals, changes


def test_of_several_works_the_earliest_that_stands_counts() -> None:
    works = [
        held(2022, date(2023, 3, 1), gone=NOW, number=1),
        held(2022, date(2023, 5, 1), number=2),
        held(2022, date(2023, 4, 2), number=3),
        held(2022, None, number=4),
    ]
    found = cell(watched(works), 2022)
    assert (found.state, found.days_late) == (State.LATE, 2)


def test_withdrawn_is_said_and_changed_is_said_beside_the_verdict() -> None:
    gone = cell(watched([held(2022, date(2023, 4, 9), gone=NOW - timedelta(days=3))]), 2022)
    assert (gone.state, gone.since) == (State.WITHDRAWN, NOW - timedelta(days=3))
    changed = cell(watched([held(2022, date(2023, 3, 9), changed=True)]), 2022)
    assert (changed.state, changed.changed) == (State.PUNCTUAL, True)


def test_since_when_it_is_so_does_not_move_with_the_clock() -> None:
    late = held(2022, date(2023, 4, 9), arrived=datetime(2023, 5, 1, tzinfo=UTC))
    assert cell(watched([late]), 2022).since == datetime(2023, 5, 1, tzinfo=UTC)
    looks = [watched(sources=(source(),), answered=NOW - timedelta(days=days)) for days in (0, 30)]
    assert {cell(each, 2022).since for each in looks} == {end_of(date(2023, 3, 31))}


# Years


@pytest.mark.parametrize(
    ("now", "years", "watched_years", "upcoming"),
    [
        (NOW, (2019, 0), range(2019, 2024), 2024),
        (datetime(2024, 1, 1, tzinfo=BEIJING), (2019, 0), range(2019, 2024), 2024),
        (datetime(2023, 12, 31, 23, 59, tzinfo=BEIJING), (2019, 0), range(2019, 2023), 2023),
        (datetime(2026, 11, 1, tzinfo=BEIJING), (2020, 2024), range(2020, 2025), None),
        (NOW, (2030, 0), range(0), 2024),
    ],
)
def test_the_years_watched_are_over(
    now: datetime, years: tuple[int, int], watched_years: range, upcoming: int | None
) -> None:
    found = watched(now=now, years=years)
    assert (found.years, found.upcoming) == (tuple(watched_years), upcoming)


def test_rows_go_by_division_then_body_and_can_be_chosen() -> None:
    bodies = [(Body.TOWN, "红光镇"), (Body.DEPARTMENT, "乙局"), (Body.DEPARTMENT, "甲局"), (Body.GOVERNMENT, "")]
    works = [
        held(2022, None, body=body, name=name, code=code, kind=kind)
        for (body, name), code, kind in product(bodies, (DONGCHENG, BEIJING_CITY), (DISCLOSURE, RULE))
    ]
    found = watched(works)
    assert [row.reporter.name for row in found.of(RULE, None).rows] == ["", "乙局", "甲局", "红光镇"] * 2
    assert {row.path for row in found.rows} == {"北京市", "北京市东城区"}
    assert {row.reporter.region_code for row in found.of(None, frozenset({DONGCHENG})).rows} == {DONGCHENG}


DATES = st.none() | st.dates(date(2018, 1, 1), date(2026, 12, 31))


@given(st.dictionaries(st.integers(2019, 2023), DATES), st.datetimes(datetime(2019, 1, 1), datetime(2026, 1, 1)))
def test_only_a_date_makes_late_and_only_a_look_makes_unseen(years: dict[int, date | None], looked: datetime) -> None:
    answered = looked.replace(tzinfo=UTC)
    works = [held(year, published) for year, published in years.items()]
    for each in watched(works, sources=(source(),), answered=answered, now=max(answered, NOW)).rows[0].cells:
        due, published = end_of(each.due), years.get(each.year)
        assert (each.state is State.LATE) == (each.days_late > 0)
        assert (each.state is State.LATE) == (published is not None and published > each.due)
        assert (each.state is State.UNSEEN) == (each.year not in years and answered >= due)


# The store


def test_the_store_gives_works_with_the_earliest_date_a_government_shows(tmp_path: Path) -> None:
    fields: dict[str, Any] = {"region_code": DONGCHENG, "year": 2022, "title": "报告"}
    at = datetime(2023, 6, 1, tzinfo=UTC)
    own = report(LONG, url="http://www.a.gov.cn/1", published=date(2023, 4, 5), **fields)
    above = report(LONG, url="http://www.b.gov.cn/1", published=date(2023, 3, 30), **fields)
    reprint = report(LONG, url="http://news.example/1", published=date(2023, 3, 1), **fields)
    others = [
        report(LONG + "甲", url="http://www.a.gov.cn/2", region_code=None, year=2022),
        report(LONG + "乙", url="http://www.a.gov.cn/3", region_code=DONGCHENG, year=None),
        report(LONG + "丙", url="http://www.a.gov.cn/4", kind=Kind.WORK, region_code=DONGCHENG, year=2022),
        report(LONG + "丁", url="http://www.a.gov.cn/5", body=Body.DEPARTMENT, region_code=DONGCHENG, year=2022),
    ]
    with Store(tmp_path) as store:
        for each in (own, above, reprint, *others):
            store.put(each, seen=at)
        [annual] = store.annuals()
        assert (annual.published, annual.arrived_at, annual.changed) == (date(2023, 3, 30), at, False)
        for each in (own, above):
            store.withdraw(each.id, at)
        assert store.annuals()[0].withdrawn_at is None, "a copy of it still stands"
        store.withdraw(reprint.id, at + timedelta(days=1))
        assert store.annuals()[0].withdrawn_at == at + timedelta(days=1)


def test_a_report_that_was_changed_is_marked(tmp_path: Path) -> None:
    before = report(LONG, url="http://www.a.gov.cn/1", region_code=DONGCHENG, year=2022)
    after = report(LONG + "\n新增一段，说明此前没有写过的事情。", url=before.url, region_code=DONGCHENG, year=2022)
    with Store(tmp_path) as store:
        store.put(before)
        store.put(after)
        assert [each.changed for each in store.annuals()] == [True]
