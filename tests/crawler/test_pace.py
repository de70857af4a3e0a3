"""How often a host is asked: never sooner than anybody wants, and the clock may be wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import pace
from crawler.answers import Answer, Failed, Fault, Fetched, Moved, Refused, Unchanged

URL = "https://www.example.gov.cn/a.html"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()
BEIJING = timezone(timedelta(hours=8))
SECONDS = st.floats(0, 1e5)
STATUSES = st.one_of(st.none(), st.sampled_from([200, 301, 304, 403, 404, 429, 500, 503]))
NOWS = st.floats(0, 4e9)


@pytest.mark.parametrize(
    ("configured", "robots", "took", "status", "before", "after"),
    [
        (3.0, None, 0.2, 200, 0.0, 3.0),
        (3.0, 10.0, 0.2, 200, 3.0, 10.0),
        (3.0, 1.0, 0.2, 200, 3.0, 3.0),
        (3.0, None, 5.0, 200, 3.0, 10.0),
        (3.0, None, 50.0, 200, 3.0, 60.0),
        (3.0, 90.0, 50.0, 200, 3.0, 90.0),
        (3.0, None, 0.0, 200, 20.0, 10.0),
        (3.0, None, 0.0, 304, 20.0, 10.0),
        (3.0, None, 0.0, 404, 20.0, 20.0),
        (3.0, None, 0.0, 500, 20.0, 20.0),
        (3.0, None, 30.0, None, 20.0, 60.0),
        (0.0, None, 0.0, 200, 0.0, 0.0),
        (3.0, None, -5.0, 200, 3.0, 3.0),
        (3.0, None, float("nan"), 200, 3.0, 3.0),
    ],
)
def test_the_slowest_wish_is_the_pace(
    configured: float, robots: float | None, took: float, status: int | None, before: float, after: float
) -> None:
    assert pace.delay_s(configured, robots, took, status, before) == after


@given(SECONDS, st.none() | SECONDS, SECONDS, STATUSES, SECONDS)
def test_a_delay_is_never_below_any_of_its_parts(
    configured: float, robots: float | None, took: float, status: int | None, before: float
) -> None:
    delay = pace.delay_s(configured, robots, took, status, before)
    assert delay >= max(configured, robots or 0, min(2 * took, 60))
    assert delay <= max(configured, robots or 0, 60, before)


@given(SECONDS, st.none() | SECONDS, SECONDS, st.sampled_from([None, 400, 404, 429, 500, 503]), SECONDS)
def test_an_error_never_speeds_the_pace_up(
    configured: float, robots: float | None, took: float, status: int | None, before: float
) -> None:
    assert pace.delay_s(configured, robots, took, status, before) >= before


@given(SECONDS, SECONDS)
def test_a_host_that_is_fast_again_is_asked_as_configured_again(configured: float, before: float) -> None:
    for _ in range(80):
        before = pace.delay_s(configured, None, 0.0, 200, before)
    assert before == pytest.approx(configured, abs=1e-9)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("120", 120.0),
        (" 120 ", 120.0),
        ("0", 0.0),
        ("1.5", 1.5),
        ("-5", None),
        ("+5", None),
        ("1e3", None),
        ("１２０", None),
        ("9" * 400, pace.LONGEST_PAUSE_S),
        ("604801", pace.LONGEST_PAUSE_S),
        ("soon", None),
        ("120, 60", None),
        ("Sun, 01 Mar 2026 12:02:00 GMT", 120.0),
        ("Sunday, 01-Mar-26 12:02:00 GMT", 120.0),
        ("Sun Mar  1 12:02:00 2026", 120.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 0.0),
        ("Sun Nov  6 08:49:37 1994", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", pace.LONGEST_PAUSE_S),
        ("Sun, 32 Mar 2026 12:02:00 GMT", None),
        ("Sun, 01 Mar 2026 25:02:00 GMT", None),
        ("Sun, 01 Mar 99999 12:02:00 GMT", None),
    ],
)
def test_retry_after_is_read_in_every_form(value: str | None, seconds: float | None) -> None:
    assert pace.retry_after_s(value, NOW) == seconds


@given(st.one_of(st.text(), st.text("0123456789 :-,GMTSunMar"), st.from_regex(r"[A-Z][a-z]{2}, ?\d* \w* \d* .*")), NOWS)
def test_whatever_retry_after_says_is_none_or_a_wait_there_can_be(value: str, now: float) -> None:
    seconds = pace.retry_after_s(value, now)
    assert seconds is None or 0 <= seconds <= pace.LONGEST_PAUSE_S


@given(st.integers(0, 4 * 10**9), st.integers(0, 10**6))
def test_a_date_means_the_seconds_until_then(now: int, ahead: int) -> None:
    value = format_datetime(datetime.fromtimestamp(now + ahead, UTC), usegmt=True)
    assert pace.retry_after_s(value, now) == min(ahead, pace.LONGEST_PAUSE_S)


def fetched(status: int) -> Fetched:
    return Fetched(URL, status, "", (), b"", b"", "192.0.2.1", 0.0, 0.1)


FAILURES: list[tuple[Answer, bool]] = [
    *((fetched(status), False) for status in (200, 304, 400, 401, 403, 404, 410)),
    *((fetched(status), True) for status in (408, 429, 500, 502, 503, 504)),
    *((Failed(URL, fault, "", 1.0), fault is not Fault.TOO_LARGE) for fault in Fault),
    (Moved(URL, URL, 302, 0.1), False),
    (Unchanged(URL, 0.1), False),
    (Refused(URL, "a private address"), False),
]


@pytest.mark.parametrize(("answer", "speaks_against_host"), FAILURES)
def test_only_some_endings_speak_against_the_host(answer: Answer, speaks_against_host: bool) -> None:
    assert pace.is_host_failure(answer) == speaks_against_host


@given(st.integers(-5, 10_000))
def test_pauses_begin_with_the_fifth_failure_and_end_at_a_day(failures: int) -> None:
    before, after = pace.pause_after(failures), pace.pause_after(failures + 1)
    assert (before is None) == (failures < 5)
    assert after is None or (before or 0) <= after <= 86_400
    assert before is None or before >= 600


@given(st.integers(-5, 1_000), st.floats(0, 1))
def test_an_address_is_asked_later_with_every_try(tries: int, jitter: float) -> None:
    assert 60 <= pace.backoff_s(tries) <= pace.backoff_s(tries, jitter) <= 1.2 * pace.backoff_s(tries) <= 1.2 * 86_400
    assert pace.backoff_s(tries) <= pace.backoff_s(tries + 1)


def beijing(clock: str) -> float:
    return datetime.strptime(f"2026-03-01 {clock}", "%Y-%m-%d %H:%M").replace(tzinfo=BEIJING).timestamp()


@pytest.mark.parametrize(
    ("hours", "now", "opens"),
    [
        ("", "12:00", "12:00"),
        ("09:00-17:00", "12:00", "12:00"),
        ("09:00-17:00", "09:00", "09:00"),
        ("09:00-17:00", "08:59", "09:00"),
        ("22:00-06:00", "23:30", "23:30"),
        ("22:00-06:00", "05:59", "05:59"),
        ("22:00-06:00", "06:00", "22:00"),
        ("22:00-06:00", "21:59", "22:00"),
        ("00:00-00:00", "12:00", "12:00"),
        ("08:00-08:00", "07:00", "07:00"),
        ("00:00-23:59", "23:58", "23:58"),
    ],
)
def test_the_hours_allowed_are_beijings(hours: str, now: str, opens: str) -> None:
    assert pace.opens_at(hours, beijing(now)) == beijing(opens)


def test_after_the_hours_comes_the_next_day() -> None:
    assert pace.opens_at("09:00-17:00", beijing("17:00")) == beijing("09:00") + 86_400


MINUTES = st.integers(0, 1_439)


@given(MINUTES, MINUTES, NOWS)
def test_what_opens_is_open_and_never_before_now(start: int, end: int, now: float) -> None:
    hours = "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (start, end))
    opens = pace.opens_at(hours, now)
    local = datetime.fromtimestamp(opens, BEIJING)
    minute = local.hour * 60 + local.minute
    assert now <= opens <= now + 86_400
    assert start <= minute < end if start < end else (minute >= start or minute < end or start == end)
    assert pace.opens_at(hours, opens) == opens


@given(NOWS, NOWS, SECONDS)
def test_a_clock_set_back_never_makes_a_wait_longer_than_there_was_reason_for(
    next_at: float, now: float, longest: float
) -> None:
    wait = pace.wait_s(next_at, now, longest)
    assert 0 <= wait <= longest
    assert wait == longest or now + wait >= next_at - 1e-3
