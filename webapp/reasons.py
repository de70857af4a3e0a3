"""Why an address was not fetched, in Chinese: the crawler's words, recognised by the patterns of `reasons.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

OTHER = "other"
"""The group of reasons nobody wrote Chinese for."""
SHAPES = {
    "count": r"[+-]?\d[\d,.]*",
    "host": r"[\w.-]+(?::\d+)?|\[[\da-f:]+\](?::\d+)?",
    "how": r"\d{3}|meta refresh",
    "ip": r"[\da-fA-F:.]+",
    "most": r"\d[\d,.]*",
    "status": r"\d{3}",
    "url": r"\S+",
    "where": r"\S*",
}
_TABLE = Path(__file__).with_name("reasons.toml")
_FIELD = re.compile(r"\{(\w+)\}")
_WHY = "why"
# A server writes some of what a reason quotes; however it is wound, it is unwound only so far.
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Wording:
    """A reason as the crawler writes it, and in Chinese; `group` "" where it is that of its {why}."""

    english: str
    pattern: re.Pattern[str]
    chinese: str
    group: str


@dataclass(frozen=True, slots=True)
class Told:
    """A reason in Chinese and the group it belongs to."""

    text: str
    group: str


def in_chinese(reason: str) -> str:
    """The reason in Chinese; as it is where nobody wrote any.

    >>> in_chinese("it answered 503; to be asked again")
    '答复 503；以后再问'
    """
    return told(reason).text


@lru_cache(maxsize=20_000)
def told(reason: str) -> Told:
    """The reason in Chinese, and its group, OTHER where nobody wrote Chinese for it."""
    return _told(reason, _DEEPEST)


def group_title(group: str) -> str | None:
    """What a group is shown under; None for one there is not, and for OTHER."""
    return _titles().get(group)


def wording_of(reason: str) -> Wording | None:
    """The first that fits a reason."""
    return next((each for each in wordings() if each.pattern.fullmatch(reason)), None)


@cache
def wordings() -> tuple[Wording, ...]:
    """All there are, in the order in which they are tried."""
    return tuple(
        Wording(english, _pattern(english), chinese, group if "title" in table else "")
        for group, table in _tables().items()
        for english, chinese in table["reasons"].items()
    )


def _told(reason: str, deepest: int) -> Told:
    found = wording_of(reason) if deepest else None
    fit = found.pattern.fullmatch(reason) if found else None
    if found is None or fit is None:
        return Told(reason, OTHER)
    values, group = fit.groupdict(), found.group
    if _WHY in values:
        inner = _told(values[_WHY], deepest - 1)
        if not group and inner.group == OTHER:
            return Told(reason, OTHER)
        values[_WHY], group = inner.text, group or inner.group
    return Told(found.chinese.format_map(values), group)


@cache
def _titles() -> Mapping[str, str]:
    return {group: table["title"] for group, table in _tables().items() if "title" in table}


def _tables() -> Mapping[str, Any]:
    return tomllib.loads(_TABLE.read_text("utf-8"))


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("".join(_parts(english)), re.DOTALL)


def _parts(english: str) -> Iterator[str]:
    """Words as they stand, then a named group, in turn."""
    for number, part in enumerate(_FIELD.split(english)):
        yield f"(?P<{part}>{SHAPES.get(part, '.+')})" if number % 2 else re.escape(part)
