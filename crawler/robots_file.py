"""The lines of a robots.txt: which of its groups is ours, and how a path is matched (RFC 9309 2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

_LINE_END = re.compile(r"[\r\n]+")
# Spellings that crawlers have long accepted: the missing hyphen, the missing colon, the full-width colon.
_LINE = re.compile(
    r"\s*(?:(?P<agent>user[- ]?agent)|(?P<allow>allow)|(?P<disallow>dis+al+[oa]w|diasllow)"
    r"|(?P<sitemap>site-?maps?)|(?P<delay>crawl[- ]?delay)|(?P<rate>request[- ]?rate))"
    r"(?:\s*[:：]\s*|\s+)(?P<value>.*)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\*(?=\s|$)|[A-Za-z0-9_-]+")
_SECONDS = re.compile(r"(\d+(?:[.,]\d+)?(?:e\+?\d+)?|[.,]\d+)\s*(?:s|sec|secs|seconds?)?", re.IGNORECASE | re.ASCII)
_RATE = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})\s*([smhd]?)\b.*", re.IGNORECASE | re.ASCII)
_UNIT_S = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}

_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_PLAIN = re.compile(r"[A-Za-z0-9._~/?&=-]*").fullmatch
# Characters whose escape means the same as they do. Not among them: what gives an address its parts
# (/ ? & =), what gives a rule its meaning (* $), and what ends either (# and white space).
_SAME = ":@!'(),;+[]"
_UNESCAPED = {f"%{ord(char):02X}": char for char in _SAME} | {
    f"%{code:02X}": chr(code) for code in range(128) if chr(code).isalnum() or chr(code) in "-._~"
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One Allow or Disallow: `parts` is its pattern cut at the `*`; `octets` how specific it is."""

    allow: bool
    parts: tuple[str, ...]
    anchored: bool
    octets: int

    def matches(self, path: str) -> bool:
        """Whether the pattern fits a path from its start, to its end if anchored."""
        first, *rest = self.parts
        if not path.startswith(first):
            return False
        if not rest:
            return not self.anchored or path == first
        at = len(first)
        for part in rest[:-1]:
            found = path.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        if self.anchored:
            return len(path) - len(rest[-1]) >= at and path.endswith(rest[-1])
        return path.find(rest[-1], at) >= 0


@dataclass(slots=True)
class Group:
    """The rules for one crawler, gathered from all groups that name it."""

    rules: list[Rule] = field(default_factory=list)
    delay_s: float | None = None
    named: bool = False

    def allows(self, path: str) -> bool:
        """The word of the most specific rule that fits; allowed where none does (RFC 9309 2.2.2)."""
        return next((rule.allow for rule in self.rules if rule.matches(path)), True)

    def slow_down(self, seconds: float | None) -> None:
        """Of several delays the longest holds."""
        if seconds is not None:
            self.delay_s = max(seconds, self.delay_s or 0.0)


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What is read from one file: the group that is ours, what belongs to no group, whether it has rules at all."""

    group: Group
    sitemaps: tuple[str, ...]
    rules_seen: bool


def read_robots(text: str, agent: str) -> RobotsFile:
    """The rules for `agent` (a product token), for `*` where no group names it; lines of no known form are passed over.

    Only rules and agents decide where a group ends: no other line does (RFC 9309 2.2.4), known or not.
    """
    groups = {agent.lower(): Group(), "*": Group()}
    current: dict[str, Group] = {}
    has_rules = rules_seen = False
    sitemaps: list[str] = []
    for name, value in _lines(text):
        if name == "agent":
            if has_rules:
                current, has_rules = {}, False
            token = _TOKEN.match(value)
            if token and (key := token[0].lower()) in groups:
                current[key] = groups[key]
                groups[key].named = True
        elif name == "sitemap":
            sitemaps += [value] if value else []
        elif name in ("allow", "disallow"):
            has_rules = rules_seen = True
            for group in current.values() if value else ():
                group.rules.append(_rule(name == "allow", value))
        else:
            for group in current.values():
                group.slow_down(_seconds(value) if name == "delay" else _seconds_each(value))
    group = groups[agent.lower()] if groups[agent.lower()].named else groups["*"]
    group.rules.sort(key=lambda rule: (-rule.octets, not rule.allow))
    return RobotsFile(group, tuple(dict.fromkeys(sitemaps)), rules_seen)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in _LINE_END.split(text):
        found = _LINE.fullmatch(line.partition("#")[0])
        if found and found.lastgroup:
            name = next(key for key, value in found.groupdict().items() if value is not None and key != "value")
            yield name, found["value"].strip()


def _rule(allow: bool, value: str) -> Rule:
    # RFC 9309 knows no path without its slash; who forbids "admin.php" means "/admin.php".
    if not allow and not value.startswith(("/", "*", "$")):
        value = f"/{value}"
    anchored = value.endswith("$")
    pattern = re.sub(r"\*+", "*", normal_path(value.removesuffix("$"), kept="*"))
    return Rule(allow, tuple(pattern.split("*")), anchored, len(pattern) + anchored)


def normal_path(path: str, kept: str = "") -> str:
    """The form in which a path and a rule are compared (RFC 9309 2.2.2): one spelling for each octet.

    Escapes of characters without a meaning of their own are undone, all other octets beyond plain ones
    escaped; escapes that are no UTF-8 (GBK) stay what they are. In a query `/` and `?` have no meaning.

    >>> normal_path("/%7Ea/政?u=http%3a%2F%2fb")
    '/~a/%E6%94%BF?u=http://b'
    """
    if _PLAIN(path):
        return path
    path = quote(_STRAY_PERCENT.sub("%25", path), safe=f"%/?&={_SAME}{kept}", errors="replace")
    path = _ESCAPE.sub(lambda found: _UNESCAPED.get(found[0].upper(), found[0].upper()), path)
    head, mark, query = path.partition("?")
    return head + mark + query.replace("%2F", "/").replace("%3F", "?")


def _seconds(value: str) -> float | None:
    found = _SECONDS.fullmatch(value)
    seconds = float(found[1].replace(",", ".")) if found else float("inf")
    return seconds if seconds < float("inf") else None


def _seconds_each(value: str) -> float | None:
    """Seconds from one request to the next of a Request-rate such as 1/10s."""
    found = _RATE.fullmatch(value)
    if not found or not int(found[1]):
        return None
    return int(found[2]) * _UNIT_S[found[3].lower()] / int(found[1])
