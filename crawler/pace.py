"""How often a host is asked, and when it is left alone: decisions only, times are POSIX seconds handed in."""

from __future__ import annotations

import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from math import floor

from crawler.answers import Answer, Failed, Fault, Fetched

_DAY_S = 86_400.0

# A host that asks for more than this between two requests is left alone, and named.
TOO_SLOW_S = _DAY_S
# No pause is longer, whoever asked for it.
LONGEST_PAUSE_S = 7 * _DAY_S

_SLOWNESS = 2.0
_SLOWEST_S = 60.0
_BACK_OFF_S = (60.0, 300.0, 1_800.0, 7_200.0, 21_600.0, _DAY_S)
_SPREAD = 0.2
_PATIENCE = 5
_FIRST_PAUSE_S = 600.0
_BEIJING_S = 8 * 3_600


def delay_s(configured_s: float, robots_s: float | None, took_s: float, status: int | None, before_s: float) -> float:
    """Seconds from the end of one request to the start of the next, after an answer of this status.

    The largest of what config and robots.txt say and twice what the answer took, to 60 s. What a slow
    answer added wears off by half an answer; an error (None: no whole response) takes nothing off,
    because error pages come quickly.

    >>> delay_s(3, None, took_s=10, status=200, before_s=3), delay_s(3, None, took_s=0.1, status=404, before_s=20)
    (20.0, 20)
    """
    least_s = max(configured_s, robots_s or 0.0)
    slow_s = min(max(0.0, _SLOWNESS * took_s), _SLOWEST_S)
    if status is None or status >= 400:
        return max(least_s, slow_s, before_s)
    return max(least_s, slow_s, min((before_s + slow_s) / 2, _SLOWEST_S))


def retry_after_s(value: str | None, now: float) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110 10.2.3), seven days at most; None where it says nothing.

    Seconds, or a date in any of the three forms of HTTP; a date gone by is 0.

    >>> retry_after_s("120", 0), retry_after_s("Thu, 01 Jan 1970 00:01:00 GMT", 50), retry_after_s("soon", 0)
    (120.0, 10.0, None)
    """
    text = (value or "").strip()
    if re.fullmatch(r"\d+(\.\d*)?", text, re.ASCII):
        return min(float(text), LONGEST_PAUSE_S)
    if not re.match("[A-Za-z]{3}", text):
        return None
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    # The third form, asctime's, names no zone: all three are GMT.
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(0.0, at.timestamp() - now), LONGEST_PAUSE_S)


def is_host_failure(answer: Answer) -> bool:
    """Whether an answer speaks against its host, not only its page: unreachable, timed out, broken, 5xx, 408, 429."""
    match answer:
        case Failed(fault=fault):
            return fault is not Fault.TOO_LARGE
        case Fetched(status=status):
            return status >= 500 or status in (408, 429)
        case _:
            return False


def pause_after(failures: int) -> float | None:
    """Seconds to leave a host alone after so many failures in a row; None while that is no reason to.

    >>> [pause_after(failures) for failures in (4, 5, 6, 7, 100)]
    [None, 600.0, 1200.0, 2400.0, 86400.0]
    """
    if failures < _PATIENCE:
        return None
    return float(min(_FIRST_PAUSE_S * 2 ** min(failures - _PATIENCE, 10), _DAY_S))


def backoff_s(tries: int, jitter: float = 0.0) -> float:
    """Seconds until one address is asked again after its nth failure; `jitter` of 0 to 1 adds up to a fifth.

    >>> [backoff_s(tries) for tries in (1, 2, 3, 4)]
    [60.0, 300.0, 1800.0, 7200.0]
    """
    wait_s = _BACK_OFF_S[min(max(tries, 1), len(_BACK_OFF_S)) - 1]
    return wait_s * (1 + _SPREAD * min(max(jitter, 0.0), 1.0))


def opens_at(hours: str, now: float) -> float:
    """The next moment within the hours allowed ("22:00-06:00", Beijing time, the end not included); `now` if it is one.

    "" is any time, and so are hours that end when they begin.
    """
    if not hours:
        return now
    start_s, end_s = (int(clock[:2]) * 3_600 + int(clock[3:]) * 60 for clock in hours.split("-"))
    length_s = (end_s - start_s) % 86_400 or 86_400
    second = floor(now)
    since_s = (second + _BEIJING_S - start_s) % 86_400
    return now if since_s < length_s else float(second - since_s + 86_400)


def wait_s(next_at: float, now: float, longest_s: float) -> float:
    """Seconds until `next_at`; never more than the longest wait there was reason for, when a clock was set back."""
    return min(max(0.0, next_at - now), max(0.0, longest_s))
