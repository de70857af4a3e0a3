"""What a crawl would do, said without asking anybody: which sources are due and why, and who is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.pace import opens_at
from crawler.schedule import BEIJING, due_at, in_window, year_of_release
from crawler.scope import host_of
from reports.config import Config
from reports.crawl_config import SourceConfig
from reports.crawl_log import CrawlLog
from reports.crawl_state import HostState, SourceState
from reports.errors import ConfigError
from reports.regions import Regions, load_regions
from reports.report import Body, Kind
from reports.store import Store

NOBODY = "[crawl] project and contact are missing: no public site is asked before a webmaster can reach you"


@dataclass(frozen=True, slots=True)
class Planned:
    """A source, when it is due (POSIX seconds; `now` or earlier: it is), and what is known of it, a line each."""

    source: SourceConfig
    due_at: float
    lines: tuple[str, ...]


def chosen(config: Config, names: Sequence[str]) -> tuple[SourceConfig, ...]:
    """The sources of these names, each once, disabled ones too; all enabled ones for no names.

    Raises ConfigError for a name no source has.
    """
    if not names:
        return tuple(source for source in config.source if source.enabled)
    known = {source.name: source for source in config.source}
    if missing := [name for name in names if name not in known]:
        raise ConfigError(f"no source is called {missing[0]!r}; known: {', '.join(known) or 'none'}")
    return tuple(known[name] for name in dict.fromkeys(names))


def is_nobody(config: Config) -> bool:
    """Whether who asks is left unsaid, so that no public site is asked."""
    return not (config.crawl.project and config.crawl.contact)


def asks_nobody(config: Config) -> bool:
    """Whether there is no other place either that might be asked."""
    return is_nobody(config) and not (config.crawl.connect_to or config.crawl.allow)


def plan(
    sources: Sequence[SourceConfig], config: Config, log: CrawlLog, store: Store | None, now: float
) -> list[Planned]:
    """When each source is due, and what would be asked. Reads tables only."""
    states, hosts = log.sources(), {host.name: host for host in log.hosts()}
    regions = load_regions(config.regions.extra)
    planned = []
    for source in sources:
        state, is_held = states.get(source.name), store is not None and is_found(source, store, now)
        own = [hosts[name] for name in dict.fromkeys(map(host_of, source.urls)) if name in hosts]
        due = due_at(source, state, found=is_held, now=now)
        lines = [
            f"{'due now' if due <= now else f'due {when(due)}'}; {_cadence(source, is_held, now)}",
            *_looks(state),
            *(f"begins at {url}" for url in source.urls),
            _takes(source, regions),
            f"checked by a person: {source.checked}" + ("" if source.enabled else "; disabled"),
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
    year = year_of_release(source.window, now)
    wanted = [(place, kind, year - (kind != Kind.WORK)) for place in places for kind in source.kinds]
    body = source.body or Body.GOVERNMENT
    return bool(wanted) and all(store.holds(*each, body=body, issuer=source.issuer) for each in wanted)


def _takes(source: SourceConfig, regions: Regions) -> str:
    def named(code: str) -> str:
        return f"{regions.full_name(code) or 'no known division'} ({code})"

    of = named(source.region) if source.region else "the places they name"
    expected = f"; expected of {'、'.join(map(named, source.expects))}" if source.expects else ""
    return f"takes {'、'.join(source.kinds)}, of {of}{expected}"


def explained(planned: Iterable[Planned]) -> list[str]:
    """The plan, a line each, each source under its name."""
    return [line for each in planned for line in (each.source.name, *(f"  {line}" for line in each.lines))]


def _looks(state: SourceState | None) -> Iterator[str]:
    if state is None:
        yield "never looked at"
        return
    yield f"last looked at {when(state.looked_at)}, last answered {when(state.answered_at)}"
    if state.problem:
        yield f"last time: {state.problem}"


def _closed(hours: str, now: float) -> Iterator[str]:
    opens = opens_at(hours, now)
    if opens > now:
        yield f"asked only within {hours} (Beijing time): not before {when(opens)}"


def _cadence(source: SourceConfig, is_held: bool, now: float) -> str:
    if is_held:
        return f"this year's reports are held: every {source.every_days:g} days"
    if in_window(source.window, now):
        return f"within {source.window}, in which its report is expected: every {source.window_every_days:g} days"
    return f"outside {source.window}: every {source.every_days:g} days"


def _host_line(host: HostState, now: float) -> str:
    left = f", left alone until {when(host.paused_until)}: {host.why}" if host.paused_until > now else ""
    queued = f", {host.queued} addresses queued" if host.queued else ""
    robots = host.robots_said or "not asked for yet"
    return f"{host.name}: robots.txt {robots}, a request every {host.delay_s:.3g} s{queued}{left}"


def when(at: float) -> str:
    """A moment as it is told: Beijing time, to the minute; never for 0."""
    return datetime.fromtimestamp(at, BEIJING).strftime("%Y-%m-%d %H:%M") if at else "never"
