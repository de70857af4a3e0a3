"""A link in its row of a list: its whole title, and the date that stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from crawler.extract.clues import plain, tight
from crawler.extract.dates import dates_in

_LEVELS = 6
_ROWS = frozenset(("li", "tr"))
_ENDS = frozenset(("body", "html", "table", "ul", "ol", "form"))
_AROUND_CHARS = 14
_BESIDE_CHARS = 80
_SIBLINGS = 8
_MOST_OTHERS = 12
_MOST_DEPTH = 30
_APART = frozenset(("script", "style", "ul", "ol"))
_TITLE_CHARS = 300
_NUMERIC = re.compile(r"[\[(（]?\s*20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?\s*[\])）]?")
_STAMPED = re.compile(rf"^{_NUMERIC.pattern}\s*|(?<=[\s\u4e00-\u9fff》）)])\s*{_NUMERIC.pattern}$")
# A day above its month, as in a calendar leaf: 05 / 2024-03.
_LEAF = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})[\s日/]+(?P<year>20\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})(?![-/.\d]\d)"
    r"|(?P<year_>20\d\d)\s*[-/.年]\s*(?P<month_>\d{1,2})月?\s+(?P<day_>\d{1,2})(?!\d)"
)
_BULLET = re.compile(r"^[\s·•▪◆■●○►▶→»*>＞]+")
_SAID_OF = re.compile(r"^(?:标题|名称|題名)[:：]\s*")
_CUT = re.compile(r"(?:…+|\.{2,}|。{2,})$")


def title_of(anchor: Tag) -> tuple[str, date | None]:
    """The title a link shows, whole, and a date shown within the link; "" where it shows none."""
    heading = anchor.find(["h1", "h2", "h3", "h4", "h5"])
    strings = [text for text in _strings(anchor, own=True) if text.strip()]
    days = [found for text in strings if _NUMERIC.fullmatch(text.strip()) and (found := _date_in(text))]
    day = days[0] if days else None
    if isinstance(heading, Tag) and heading.get_text(strip=True):
        strings = [heading.get_text()]
    elif leaf := _LEAF.match(_spaced(" ".join(strings[:2]))):
        strings, day = strings[2:], _leaf_day(leaf)
    elif len(strings) > 1:
        strings = [text for text in strings if not _NUMERIC.fullmatch(text.strip())]
    text = _spaced("".join(strings))
    text = _BULLET.sub("", text)
    if (stamp := _STAMPED.search(text)) and len(text) > len(stamp[0]):
        day, text = day or _date_in(stamp[0]), (text[: stamp.start()] + text[stamp.end() :]).strip()
    return _whole(text, anchor)[:_TITLE_CHARS], day


def date_beside(anchor: Tag) -> date | None:
    """The date in the link's row, outside all links; None where there is none or it lacks its year."""
    node: Tag = anchor
    for parent in islice(anchor.parents, _LEVELS):
        if parent.name in _ENDS:
            return _next_to(node)
        if others := _others(parent, anchor):
            is_small = parent.name in _ROWS and others < _MOST_OTHERS
            return _next_to(node) or (_date_of(_strings(parent)) if is_small else None)
        if day := _date_of(_strings(parent)):
            return day
        if parent.name in _ROWS:
            return None
        node = parent
    return None


def _whole(text: str, anchor: Tag) -> str:
    """The title as its attribute gives it where what is shown is cut short, or shows nothing."""
    said = _SAID_OF.sub("", str(anchor.get("title") or "").strip()).split("\n")[0]
    said = _spaced(said)
    if not text:
        image = anchor.find("img")
        return said or _spaced(str(image.get("alt") or image.get("title") or "") if isinstance(image, Tag) else "")
    stem = tight(_CUT.sub("", text))
    return said if len(tight(said)) > len(stem) and tight(said).startswith(stem) else text


def _others(parent: Tag, anchor: Tag) -> int:
    """How many of the first links in it lead elsewhere."""
    first = parent.find_all("a", href=True, limit=_MOST_OTHERS + 1)
    return sum(each.get("href") != anchor.get("href") and bool(each.get_text(strip=True)) for each in first)


def _next_to(node: Tag) -> date | None:
    """The date between a link and the next one, else between it and the one before."""
    after = _date_of(_between(islice(node.next_siblings, _SIBLINGS)))
    return after or _date_of(_between(islice(node.previous_siblings, _SIBLINGS)))


def _between(siblings: Iterator[PageElement]) -> Iterator[str]:
    for each in siblings:
        if isinstance(each, Tag):
            if each.name in ("a", "br", "li", "tr") or each.find("a"):
                return
            yield from _strings(each)
        elif isinstance(each, NavigableString) and not isinstance(each, PreformattedString):
            yield str(each)


def _strings(tag: Tag, own: bool = False, depth: int = 0) -> Iterator[str]:
    """The texts in an element, not those of links in it."""
    for each in tag.children:
        if isinstance(each, Tag):
            if each.name not in _APART and (own or each.name != "a") and depth < _MOST_DEPTH:
                yield from _strings(each, own, depth + 1)
        elif not isinstance(each, PreformattedString):
            yield str(each)


def _date_of(strings: Iterator[str]) -> date | None:
    """The date among some texts: one that says little else, else the one in what little they say."""
    texts = [text for text in map(_spaced, strings) if text]
    for text in texts:
        found = dates_in(plain(text[:_BESIDE_CHARS]))
        if found and len(text) - (found[0].stop - found[0].start) <= _AROUND_CHARS:
            return found[0].date
    beside = " ".join(texts)
    if len(beside) > _BESIDE_CHARS:
        beside = " ".join(texts[:3])[:_BESIDE_CHARS]
        return _leaf_day(leaf) if (leaf := _LEAF.match(plain(beside))) else None
    return _date_in(beside)


def _date_in(text: str) -> date | None:
    found = dates_in(plain(text))
    if found:
        return found[0].date
    leaf = _LEAF.search(plain(text))
    return _leaf_day(leaf) if leaf else None


def _leaf_day(leaf: re.Match[str]) -> date | None:
    year, month, day = (leaf[part] or leaf[f"{part}_"] for part in ("year", "month", "day"))
    found = dates_in(f"{year}-{month}-{day}")
    return found[0].date if found else None


def _spaced(text: str) -> str:
    return " ".join(text.split())
