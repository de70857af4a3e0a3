"""The lines a site puts around a report: buttons, breadcrumbs, info lines, footers.

What they look like is data (data/chrome.toml, with an example for each rule); this decides
where a rule may act. A rule that could hit a report's own words acts only at its edges.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from crawler.extract.lines import Line
from reports.fold import simplify

_PLACES = ("line", "part", "edge", "label", "tail", "footer", "host")
_SPACE = re.compile(r"\s+")
_LONGEST = 250
_HEAD_LINES = 25
_TAIL_LINES = 30
# After the first footer line a report does not begin again, but a short page has short parts.
_TAIL_CHARS = 700
_TAIL_SHARE = 0.3
_TAIL_LEAST = 60
_PROSE_CHARS = 30
# 您的位置： / 首页 / > / 要闻 / 要闻: the names of columns are short.
_VALUES = 5
_VALUE_CHARS = 5
_PROSE = re.compile("[，,。；;]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of chrome: where it acts, how it looks, what it must and must not match."""

    name: str
    where: str
    pattern: str
    examples: tuple[str, ...]
    keeps: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.where not in _PLACES:
            raise ValueError(f"chrome rule {self.name!r}: where is {self.where!r}, expected one of {_PLACES}")
        if not self.examples:
            raise ValueError(f"chrome rule {self.name!r} has no example")


def strip(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines that are the report's, and those (and parts of lines) that are chrome."""
    kept: list[Line] = []
    removed: list[Line] = []
    for line in lines:
        text, parts = _without_parts(line.text)
        removed.extend(replace(line, text=part) for part in parts)
        if text and matches("line", text):
            removed.append(replace(line, text=text))
        elif text:
            kept.append(replace(line, text=text))
    kept = _cut_tail(kept, removed)
    return _cut_edges(kept, removed), sorted(removed, key=lambda line: line.at)


def matches(where: str, text: str) -> bool:
    """Whether the whole text is chrome of a kind that acts there ("edge", or several: "edge|tail").

    >>> matches("tail", "責任編輯:zhangsan")
    True
    """
    if len(text) > _LONGEST:
        return False
    return _pattern(where).fullmatch(_SPACE.sub("", simplify(text))) is not None


def is_chrome(text: str) -> bool:
    """Whether the whole text is chrome of any kind."""
    return matches("line|edge|label|tail|footer", text)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of data/chrome.toml."""
    table = tomllib.loads(files("crawler.extract").joinpath("data/chrome.toml").read_text("utf-8"))
    return tuple(
        Rule(rule["name"], rule["where"], rule["pattern"], tuple(rule["examples"]), tuple(rule.get("keeps", ())))
        for rule in table["rule"]
    )


@cache
def _pattern(where: str) -> re.Pattern[str]:
    places = where.split("|")
    return re.compile("|".join(f"(?:{rule.pattern})" for rule in rules() if rule.where in places), re.IGNORECASE)


def _without_parts(text: str) -> tuple[str, list[str]]:
    simple = simplify(text)
    spans = [found.span() for found in _pattern("part").finditer(simple) if found[0].strip()]
    if not spans:
        return text, []
    parts = [text[start:stop].strip() for start, stop in spans]
    for start, stop in reversed(spans):
        text = text[:start] + text[stop:]
    return text.strip(), parts


def _cut_tail(lines: list[Line], removed: list[Line]) -> list[Line]:
    """Without the footer: from the first line that starts one, and the lines of it above."""
    total = sum(len(line.text) for line in lines)
    after = 0
    cut = len(lines)
    for index in range(len(lines) - 1, max(-1, len(lines) - 1 - _TAIL_LINES), -1):
        if after > _TAIL_CHARS or after > max(_TAIL_SHARE * total, _TAIL_LEAST):
            break
        if matches("tail", lines[index].text):
            cut = index
        after += len(lines[index].text)
    while 0 < cut < len(lines) and matches("footer", lines[cut - 1].text):
        cut -= 1
    removed.extend(lines[cut:])
    return lines[:cut]


def _cut_edges(lines: list[Line], removed: list[Line]) -> list[Line]:
    prose = [index for index, line in enumerate(lines) if _is_prose(line)]
    head = min(prose[0] if prose else len(lines), _HEAD_LINES)
    tail = max(prose[-1] + 1 if prose else 0, len(lines) - _TAIL_LINES, head)
    kept = []
    values = 0
    for index, line in enumerate(lines):
        at_edge = index < head or index >= tail
        if at_edge and matches("label", line.text):
            values = _VALUES
        elif at_edge and (matches("edge", line.text) or (values > 0 and len(line.text) <= _VALUE_CHARS)):
            values -= 1
        else:
            values = 0
            kept.append(line)
            continue
        removed.append(line)
    return kept


def _is_prose(line: Line) -> bool:
    if len(line.text) < _PROSE_CHARS or line.kind == "row" or not _PROSE.search(line.text):
        return False
    return not matches("edge", line.text)
