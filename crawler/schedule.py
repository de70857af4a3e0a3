"""When a source is to be looked at: data and the clock decide, no process has to be waiting.

Denser while its annual report is expected and not there, sparse once it is; after a time when
nothing ran a source is due once, however often it was missed.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from reports.crawl_config import SourceConfig
from reports.crawl_state import SourceState

BEIJING = timezone(timedelta(hours=8), "UTC+8")
# A look that failed is tried again sooner than the cadence says, but not at once.
_AGAIN_S = 6 * 3600.0
_DAY_S = 86_400.0


def due_at(source: SourceConfig, state: SourceState | None, *, found: bool, now: float) -> float:
    """POSIX time at which a source is due, `now` or earlier for one that is.

    `found`: all it is expected to publish in the present window is held.
    """
    if state is None or not state.looked_at:
        return now
    every_s = source.every_days * _DAY_S
    if not found and in_window(source.window, now):
        every_s = source.window_every_days * _DAY_S
    if state.problem and state.answered_at < state.looked_at:
        every_s = min(every_s, _AGAIN_S)
    # A clock that was ahead when it was looked at must not keep a source waiting for years.
    return now if state.looked_at > now else state.looked_at + every_s


def in_window(window: str, now: float) -> bool:
    """Whether a moment lies within MM-DD..MM-DD, Beijing time, both days included; a window may span new year."""
    first, last = window.split("..")
    today = datetime.fromtimestamp(now, BEIJING).strftime("%m-%d")
    return first <= today <= last if first <= last else today >= first or today <= last


def year_of_release(window: str, now: float) -> int:
    """The year whose releases are looked for now: in the old year's part of a window that spans new year, the next."""
    first, last = window.split("..")
    today = datetime.fromtimestamp(now, BEIJING)
    return today.year + (last < first <= today.strftime("%m-%d"))
