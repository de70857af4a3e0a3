"""What config.toml says of crawling: identity and pace, where reports are found, what is watched for."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from datetime import date, datetime

from reports.errors import ConfigError
from reports.report import Body, Kind
from reports.urls import is_web_url

# The day before 1 April is the last punctual one for both annual kinds of a government.
_WINDOW = "01-01..03-31"


@dataclass(frozen=True, slots=True)
class CrawlConfig:
    """Who asks, how often, and how much of what is asked for is taken.

    `hours`: "22:00-06:00", Beijing time; "" is any time. `allow`: hosts, addresses and networks that may be
    asked though they are not public. `connect_to`: "host=address:port", asked there instead of where DNS says.
    """

    project: str = ""
    contact: str = ""
    delay_s: float = 3.0
    timeout_s: float = 30.0
    max_bytes: int = 10_000_000
    hours: str = ""
    patience_s: float = 300.0
    allow: tuple[str, ...] = ()
    connect_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """One place where reports are published: its list pages, sitemaps or feeds, and what is taken from them.

    `region`: the division all its reports are about; "" reads it from each. `expects`: divisions whose annual
    report ought to appear here; without it, `region`. `take` and `leave`: regular expressions on a link's
    title; `within`: hosts beyond that of `urls` whose pages may be taken. `selector`: CSS of a report's body.
    `window`: days of the year (MM-DD..MM-DD) in which the annual report is expected. `checked`: the day a
    person last saw it work, or "never".
    """

    name: str
    urls: tuple[str, ...]
    region: str = ""
    expects: tuple[str, ...] = ()
    kinds: tuple[str, ...] = (Kind.RULE_OF_LAW.value,)
    body: str = ""
    issuer: str = ""
    take: str = ""
    leave: str = ""
    within: tuple[str, ...] = ()
    selector: str = ""
    every_days: float = 7.0
    window: str = _WINDOW
    window_every_days: float = 1.0
    recheck_days: float = 30.0
    max_pages: int = 500
    checked: str = "never"
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class WatchConfig:
    """Which report years are watched (0: until last year), and whether 街道办事处 are expected to report."""

    from_year: int = 2019
    to_year: int = 0
    streets: bool = False


def check_crawl(crawl: CrawlConfig) -> None:
    """Raise ConfigError for a value that cannot be."""
    bounds = (
        ("delay_s", crawl.delay_s, 0, 86400),
        ("timeout_s", crawl.timeout_s, 1, 600),
        ("max_bytes", crawl.max_bytes, 1000, 100_000_000),
        ("patience_s", crawl.patience_s, 0, 86400),
    )
    for key, value, least, most in bounds:
        if not least <= value <= most:
            raise ConfigError(f"[crawl] {key} must be {least} to {most}, not {value}")
    if crawl.project and not is_web_url(crawl.project):
        raise ConfigError(f"[crawl] project must be an http address, not {crawl.project!r}")
    for key in ("project", "contact"):
        if not getattr(crawl, key).isascii() or not getattr(crawl, key).isprintable():
            raise ConfigError(f"[crawl] {key} stands in a request's header and must be plain ASCII")
    if crawl.hours and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", crawl.hours):
        raise ConfigError(f'[crawl] hours must be "HH:MM-HH:MM", not {crawl.hours!r}')
    for pair in crawl.connect_to:
        if not re.fullmatch(r"[^=\s]+=(\[[0-9a-fA-F:]+\]|[0-9.]+):\d{1,5}", pair):
            raise ConfigError(f'[crawl] connect_to must be "host=address:port", not {pair!r}')
    for each in crawl.allow:
        _check_allowed(each)


def _check_allowed(name: str) -> None:
    if "/" in name or re.fullmatch(r"[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*", name):
        try:
            ipaddress.ip_network(name)
        except ValueError as error:
            raise ConfigError(f"[crawl] allow: {error}") from error


def check_source(source: SourceConfig) -> None:
    """Raise ConfigError for a value that cannot be, naming the source and the key."""
    for key, wrong in _problems(source):
        raise ConfigError(f"[[source]] {source.name}: {key} {wrong}")


def _problems(source: SourceConfig) -> list[tuple[str, str]]:
    found = [("urls", f"must be http addresses, not {url!r}") for url in source.urls if not is_web_url(url)]
    found += [("kinds", f"knows no {kind!r}") for kind in source.kinds if kind not in list(Kind)]
    codes = (*((source.region,) if source.region else ()), *source.expects)
    found += [("region", f"must have six digits, not {code!r}") for code in codes if not re.fullmatch(r"\d{6}", code)]
    if source.body and source.body not in list(Body):
        found.append(("body", f"knows no {source.body!r}"))
    for key in ("take", "leave"):
        try:
            re.compile(getattr(source, key))
        except re.error as error:
            found.append((key, f"is no regular expression: {error}"))
    if not _is_window(source.window):
        found.append(("window", f'must be "MM-DD..MM-DD", not {source.window!r}'))
    for key in ("every_days", "window_every_days"):
        if not 0 < getattr(source, key) <= 366:
            found.append((key, f"must be above 0 and at most 366, not {getattr(source, key)}"))
    if source.recheck_days < 0:
        found.append(("recheck_days", "must not be negative"))
    if not 1 <= source.max_pages <= 100_000:
        found.append(("max_pages", f"must be 1 to 100000, not {source.max_pages}"))
    if source.checked != "never" and not _is_date(source.checked):
        found.append(("checked", f'must be a date or "never", not {source.checked!r}'))
    return found


def _is_window(window: str) -> bool:
    days = window.split("..")
    try:
        return len(days) == 2 and all(datetime.strptime(f"2024-{day}", "%Y-%m-%d") for day in days)
    except ValueError:
        return False


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
