"""What may be turned while a made-up world stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")
_FAULTS = ("500", "502", "503", "drop", "torn")


@dataclass(slots=True)
class Knobs:
    """What may be turned while the world stands. Keys of the tables are a path, or "host/path" for one host only.

    `robots`: host -> the text of its robots.txt, or the status answered in its place. `latency_s`: before every
    answer, `slow_s` before some. `error_rate`: share of answers, robots.txt apart, that are one of `faults`: a
    status, "drop" (closed without an answer), "torn" (closed in mid-body). `status`: answered in place of the
    page: 404, 410, 403…; `pages`: what stands there instead; `moved`: where a 302 leads from there. `editions`: how
    often a page's text was changed. `visits`: whether a counter on every page goes up with each request.
    `validators`: whether ETags are sent, and asked for again with 304.
    """

    robots: dict[str, str | int] = field(default_factory=dict)
    latency_s: float = 0.0
    slow_s: dict[str, float] = field(default_factory=dict)
    error_rate: float = 0.0
    faults: tuple[str, ...] = _FAULTS
    status: dict[str, int] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    editions: dict[str, int] = field(default_factory=dict)
    visits: bool = True
    validators: bool = True


def turned(table: Mapping[str, T], host: str, path: str) -> T | None:
    """What a table says of a path, the entry for this one host before the one for all."""
    return table.get(host + path, table.get(path))
