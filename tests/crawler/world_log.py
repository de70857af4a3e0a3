"""What a made-up world has seen of whoever asked it, and what of it was impolite."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Seen:
    """One request. `began_s` when its head had come in, `ended_s` when its answer was handed over or it was given
    up (monotonic clock, the same in every process); `at`: POSIX time. `status` 0: no answer."""

    host: str
    path: str
    began_s: float
    ended_s: float
    at: float
    status: int
    sent_bytes: int
    asked_etag: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Violation:
    """A request that came too soon after the one before it; `gap_s` is negative where they overlapped."""

    host: str
    gap_s: float
    before: Seen
    after: Seen


def too_soon(seen: list[Seen], delay_s: float, since: str) -> list[Violation]:
    """What World.violations says, of one host's requests in the order they began."""
    found = []
    busy_until_s = 0.0
    for before, after in pairwise(seen):
        busy_until_s = max(busy_until_s, before.ended_s)
        gap_s = after.began_s - (busy_until_s if since == "end" else before.began_s)
        if after.began_s < busy_until_s:
            found.append(Violation(after.host, after.began_s - busy_until_s, before, after))
        elif gap_s < delay_s:
            found.append(Violation(after.host, gap_s, before, after))
    return found
