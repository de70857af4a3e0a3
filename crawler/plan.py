"""What a crawl would do, said without asking anybody: which sources are due and why, and who is left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.pace import opens_at
from crawler.schedule import BEIJING, due_at, in_window
from crawler.scope import host_of
from reports.config import Config
from reports.crawl_config import SourceConfig
from reports.crawl_log import CrawlLog
from reports.crawl_state import HostState, SourceState
from reports.errors import ConfigError
from reports.report import Kind
from reports.store import Store


@dataclass(frozen=True, slots=True)
class Planned:
    """A source, when it is due (POSIX seconds; `now` or earlier: it is), and what is known of it, a line each."""

    source: SourceConfig
    due_at: float
    lines: tuple[str, ...]


def chosen(config: Config, names: Sequence[str]) -> tuple[SourceConfig, ...]:
    """The sources of these names, all enabled ones for none. Raises ConfigError for a name no source has."""
    if not names:
        return tuple(source for source in config.source if source.enabled)
    known = {source.name: source for source in config.source}
    if missing := [name for name in names if name not in known]:
        raise ConfigError(f"no source is called {missing[0]!r}; known: {', '.join(known) or 'none'}")
    return tuple(known[name] for name in names)


def plan(
    sources: Sequence[SourceConfig], config: Config, log: CrawlLog, store: Store | None, now: float
) -> list[Planned]:
    """When each source is due, and what would be asked. Reads tables only."""
    states, hosts = log.sources(), {host.name: host for host in log.hosts()}
    planned = []
    for source in sources:
        state, is_held = states.get(source.name), store is not None and is_found(source, store, now)
        own = [hosts[name] for name in dict.fromkeys(map(host_of, source.urls)) if name in hosts]
        due = due_at(source, state, found=is_held, now=now)
        lines = [
            f"{'due now' if due <= now else f'due {_when(due)}'}; {_cadence(source, is_held, now)}",
            *_looks(state),
            *(f"begins at {url}" for url in source.urls),
            f"takes {'、'.join(source.kinds)}, of {source.region or 'the places they name'}",
            f"checked by a person: {source.checked}",
            *(_host_line(host, now) for host in own),
            *_closed(config.crawl.hours, now),
        ]
        planned.append(Planned(source, due, tuple(lines)))
    return planned


def is_found(source: SourceConfig, store: Store, now: float) -> bool:
    """Whether of every division expected of a source the reports of this year's window are held, of each kind.

    A source that expects none has never found all.
    """
    places = source.expects or ((source.region,) if source.region else ())
    this_year = datetime.fromtimestamp(now, BEIJING).year
    wanted = [(place, kind, this_year - (kind != Kind.WORK)) for place in places for kind in source.kinds]
    return bool(wanted) and all(store.holds(*each) for each in wanted)


def _looks(state: SourceState | None) -> Iterator[str]:
    if state is None:
        yield "never looked at"
        return
    yield f"last looked at {_when(state.looked_at)}, last answered {_when(state.answered_at)}"
    if state.problem:
        yield f"last time: {state.problem}"


def _closed(hours: str, now: float) -> Iterator[str]:
    opens = opens_at(hours, now)
    if opens > now:
        yield f"asked only within {hours} (Beijing time): not before {_when(opens)}"


def _cadence(source: SourceConfig, is_held: bool, now: float) -> str:
    if is_held:
        return f"this year's reports are held: every {source.every_days:g} days"
    if in_window(source.window, now):
        return f"within {source.window}, in which its report is expected: every {source.window_every_days:g} days"
    return f"outside {source.window}: every {source.every_days:g} days"


def _host_line(host: HostState, now: float) -> str:
    left = f", left alone until {_when(host.paused_until)}: {host.why}" if host.paused_until > now else ""
    queued = f", {host.queued} addresses queued" if host.queued else ""
    robots = host.robots_said or "not asked for yet"
    return f"{host.name}: robots.txt {robots}, a request every {host.delay_s:g} s{queued}{left}"


def _when(at: float) -> str:
    return datetime.fromtimestamp(at, BEIJING).strftime("%Y-%m-%d %H:%M") if at else "never"
