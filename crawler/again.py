"""When what gave nothing is asked for again: after nearly twice as long as it was left alone before, within bounds."""

from __future__ import annotations

_DAY_S = 86_400.0
_LONGEST_FAILED_S = 30 * _DAY_S
_LONGEST_EMPTY = 12
# Not twice, and not a day: a crawl that begins once a day is not punctual to the second.
_FACTOR = 1.9
_FIRST_S = 0.9 * _DAY_S


def after_failure(asked_at: float | None, now: float, recheck_days: float) -> float:
    """An address that failed, not there or refused: a day on, then ever later, to a month; `recheck_days` at most.

    `asked_at`: when it was last asked before, None for never. POSIX seconds.

    >>> [after_failure(asked_at, 0, 365) / _DAY_S for asked_at in (None, -1 * _DAY_S, -2 * _DAY_S, -99 * _DAY_S)]
    [0.9, 1.9, 3.8, 30.0]
    """
    return now + min(max(_longer(asked_at, now), _FIRST_S), _LONGEST_FAILED_S, recheck_days * _DAY_S)


def after_nothing(asked_at: float | None, now: float, recheck_days: float) -> float:
    """A page that was read and is no report wanted: `recheck_days` on, then ever later, to twelve times that."""
    recheck_s = recheck_days * _DAY_S
    return now + min(max(_longer(asked_at, now), recheck_s), _LONGEST_EMPTY * recheck_s)


def _longer(asked_at: float | None, now: float) -> float:
    return _FACTOR * (now - asked_at) if asked_at is not None else 0.0
