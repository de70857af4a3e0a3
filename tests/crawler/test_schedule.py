"""When a source is due: the cadence, its window, failures, downtime, clocks that jump."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.schedule import BEIJING, due_at, in_window, year_of_release
from reports.crawl_config import SourceConfig, check_source
from reports.crawl_state import SourceState

HOUR_S, DAY_S = 3600.0, 86_400.0
SOURCE = SourceConfig("某区", ("http://www.example.gov.example/",), every_days=7, window_every_days=1)


def at(day: str, time: str = "12:00") -> float:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=BEIJING).timestamp()


JUNE, MARCH = at("2026-06-10"), at("2026-03-10")


def looked(looked_at: float, *, answered: bool = True, problem: str = "") -> SourceState:
    return SourceState("某区", looked_at, looked_at if answered else 0, problem)


@pytest.mark.parametrize("state", [None, SourceState("某区", 0, 0, "")])
def test_a_source_never_looked_at_is_due(state: SourceState | None) -> None:
    assert due_at(SOURCE, state, found=False, now=JUNE) <= JUNE


@pytest.mark.parametrize(
    ("now", "found", "days"),
    [(JUNE, False, 7), (JUNE, True, 7), (MARCH, False, 1), (MARCH, True, 7)],
    ids=["outside", "outside, held", "within", "within, held"],
)
def test_it_is_looked_at_more_often_in_its_window_until_the_report_is_held(now: float, found: bool, days: int) -> None:
    assert due_at(SOURCE, looked(now), found=found, now=now) == now + days * DAY_S


def test_a_look_that_failed_is_repeated_after_six_hours() -> None:
    failed = looked(JUNE, answered=False, problem="it answered 404")
    assert due_at(SOURCE, failed, found=False, now=JUNE) == JUNE + 6 * HOUR_S


def test_a_cadence_denser_than_six_hours_is_kept_after_a_failure() -> None:
    hourly = replace(SOURCE, every_days=1 / 24)
    failed = looked(JUNE, answered=False, problem="no answer")
    assert due_at(hourly, failed, found=False, now=JUNE) == pytest.approx(JUNE + HOUR_S)


def test_a_list_that_answered_but_names_no_report_keeps_its_cadence() -> None:
    assert due_at(SOURCE, looked(JUNE, problem="no link"), found=False, now=JUNE) == JUNE + 7 * DAY_S


def test_after_a_month_without_power_it_is_due_once() -> None:
    now = JUNE
    assert due_at(SOURCE, looked(now - 30 * DAY_S), found=False, now=now) <= now
    assert due_at(SOURCE, looked(now), found=False, now=now) == now + 7 * DAY_S


def test_a_clock_that_was_years_ahead_makes_it_due_now_and_not_in_years() -> None:
    assert due_at(SOURCE, looked(JUNE + 1000 * DAY_S), found=False, now=JUNE) <= JUNE


@given(st.floats(0, 4e9), st.floats(0, 4e9), st.booleans(), st.booleans())
def test_no_source_ever_waits_longer_than_its_cadence(
    looked_at: float, now: float, found: bool, answered: bool
) -> None:
    state = looked(looked_at, answered=answered, problem="" if answered else "gone")
    assert due_at(SOURCE, state, found=found, now=now) <= now + 7 * DAY_S


@pytest.mark.parametrize(
    ("window", "day", "within"),
    [
        ("01-01..03-31", "2026-01-01", True),
        ("01-01..03-31", "2026-03-31", True),
        ("01-01..03-31", "2026-04-01", False),
        ("12-15..02-28", "2026-12-15", True),
        ("12-15..02-28", "2026-12-31", True),
        ("12-15..02-28", "2027-01-01", True),
        ("12-15..02-28", "2027-03-01", False),
        ("02-29..03-31", "2024-02-29", True),
        ("02-29..03-31", "2026-02-28", False),
        ("02-29..03-31", "2026-03-01", True),
        ("12-01..02-29", "2026-02-28", True),
        ("05-05..05-05", "2026-05-05", True),
    ],
)
def test_windows_hold_both_their_days_and_may_span_new_year(window: str, day: str, within: bool) -> None:
    check_source(replace(SOURCE, window=window))
    assert in_window(window, at(day)) is within


def test_a_day_begins_at_midnight_in_beijing() -> None:
    assert not in_window("04-01..04-02", at("2026-03-31", "23:59"))
    assert in_window("04-01..04-02", at("2026-04-01", "00:00"))


@pytest.mark.parametrize(
    ("window", "day", "year"),
    [
        ("01-01..03-31", "2026-02-01", 2026),
        ("01-01..03-31", "2026-11-01", 2026),
        ("12-15..02-28", "2026-12-20", 2027),
        ("12-15..02-28", "2027-01-20", 2027),
        ("12-15..02-28", "2026-12-14", 2026),
    ],
)
def test_before_new_year_the_next_years_releases_are_looked_for(window: str, day: str, year: int) -> None:
    assert year_of_release(window, at(day)) == year
