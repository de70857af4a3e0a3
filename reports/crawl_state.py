"""How a crawl stands, in values: its runs, hosts, sources, and what was not fetched."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl: counts by what became of the addresses, and what a person should know of it, a line each.

    `ended_at` None: it is running, or was killed.
    """

    id: int
    started_at: float
    ended_at: float | None
    counts: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HostState:
    """How a host is treated: seconds between requests, until when and why it is left alone, what robots.txt said."""

    name: str
    next_at: float
    delay_s: float
    failures: int
    paused_until: float
    why: str
    robots_said: str
    robots_at: float
    queued: int


@dataclass(frozen=True, slots=True)
class SourceState:
    """When a source's lists were last asked for, and last answered with links; what is wrong with it, if anything."""

    name: str
    looked_at: float
    answered_at: float
    problem: str


@dataclass(frozen=True, slots=True)
class NotFetched:
    """An address that was not asked for, or gave no report, and why."""

    url: str
    source: str
    title: str
    why: str
    at: float


@dataclass(frozen=True, slots=True)
class CrawlState:
    """How the crawl stands: all of the above at one moment. `reasons` counts everything not fetched."""

    runs: tuple[Run, ...]
    hosts: tuple[HostState, ...]
    sources: tuple[SourceState, ...]
    queue: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]
    not_fetched: tuple[NotFetched, ...]

    def as_json(self) -> dict[str, object]:
        """The documented form; times in UTC, null for never."""
        return {
            "runs": [{**_dated(run, "started_at", "ended_at"), "counts": dict(run.counts)} for run in self.runs],
            "sources": [_dated(each, "looked_at", "answered_at") for each in self.sources],
            "hosts": [_dated(each, "next_at", "paused_until", "robots_at") for each in self.hosts],
            "queue": dict(self.queue),
            "reasons": [{"why": why, "count": count} for why, count in self.reasons],
            "not_fetched": [_dated(each, "at") for each in self.not_fetched],
        }

    def lines(self, now: float) -> list[str]:
        """The same for a terminal, in short: the last run, what is queued, who is left alone, what is wrong."""
        return [
            *(_run_line(run) for run in self.runs[:1]),
            *(f"{count:9}  addresses {state}" for state, count in self.queue),
            *(f"source {each.name}: {each.problem}" for each in self.sources if each.problem),
            *(f"{host.name} is left alone: {host.why}" for host in self.hosts if host.paused_until > now),
            *(f"{count:9}  not fetched, or no report: {why}" for why, count in self.reasons),
        ]


def _dated(value: DataclassInstance, *times: str) -> dict[str, object]:
    found = asdict(value)
    for name in times:
        at = found[name]
        found[name] = datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds") if at else None
    return found


def _run_line(run: Run) -> str:
    began = datetime.fromtimestamp(run.started_at, UTC).isoformat(timespec="minutes")
    counts = ", ".join(f"{count} {name}" for name, count in run.counts) or "nothing yet"
    return f"crawl of {began}{'' if run.ended_at else ' (not ended, or killed)'}: {counts}"
