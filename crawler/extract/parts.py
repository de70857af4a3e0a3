"""Reports split over several pages: which pages belong together, and how they are joined.

A further page has the address of the first with a number added (t1_2.html -> t1_2_1.html, ?page=2)
and is linked to as a page: by a number, 下一页, 尾页. The next *article* (下一篇) has another address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.extract.anchors import Anchor, Anchors
from crawler.extract.lines import Gap, Line
from crawler.extract.page import Page
from crawler.extract.wrap import ends_sentence, glued, paragraphs, stands_alone
from reports.fold import fold

MAX_PARTS = 50

_WORDED = re.compile(
    r"[\[【<>《》«»›→\s]*(?:\d{1,2}|第\s*[\d一二三四五六七八九十]{1,3}\s*页|下\s*一?\s*页|[尾末]\s*页|最后一?页|后一?页|next|last)"
    r"[\]】<>《》«»›→\s]*",
    re.IGNORECASE,
)
_FIRST = re.compile(r"[\[【\s]*(?:1|第\s*[1一]\s*页)[\]】\s]*")
_ENDING = re.compile(r"\.[a-z]{3,5}$", re.IGNORECASE)
_NUMBER = re.compile(r"([_-])(\d{1,2})")
_PAGED = re.compile(
    r"(?:^|&)(?:page|p|pn|page_?no|page_?num|page_?index|page_?id|cur_?page|current_?page)=(\d{1,3})(?=&|$)",
    re.IGNORECASE,
)
_SCRIPTED = re.compile(r"createPageHTML\s*\(([^()]{1,300})\)", re.IGNORECASE)
# A column's own page is numbered by the same script.
_COLUMNS = ("index", "default", "list", "")
_HEAD_LINES = 4
_HINT = re.compile(
    r"createPageHTML|[下尾末后]\s{0,5}一?\s{0,5}页|rel\s*=\s*[\"']?next|第\s*\d+\s*页|[?&;]\w*page\w*=|[_-]\d{1,2}\.s?html?|\bnext\b",
    re.IGNORECASE,
)


def may_have_parts(html: str) -> bool:
    """Whether it is worth looking through the links of a page."""
    return _HINT.search(html) is not None


def parts(html: str, links: Anchors, url: str) -> tuple[str, ...]:
    """The further pages of the report that begins at `url`, absolute, in order; at most MAX_PARTS."""
    return _scripted(html, url) or _linked(links.links, url)


def joined(pages: Sequence[Page]) -> Page:
    """The pages as one: what each repeats of the first page's head left out, a sentence across a border made whole."""
    first = pages[0]
    if len(pages) == 1:
        return first
    head = {fold(text) for text in (first.title or "", *first.paragraphs[:_HEAD_LINES])} - {""}
    gathered = list(first.paragraphs)
    for page in pages[1:]:
        added = _without_head(page.paragraphs, head)
        if gathered and added:
            gathered += [*_across(gathered.pop(), added[0]), *added[1:]]
        else:
            gathered += added
    flags = frozenset[str]().union(*(page.quality & {"damaged"} for page in pages))
    return replace(first, paragraphs=tuple(gathered), quality=(first.quality - {"short"}) | flags)


def _across(last: str, first: str) -> list[str]:
    """The last paragraph of a page and the first of the next, one where a sentence goes on."""
    cut = "，" in last and not (ends_sentence(last) or stands_alone(last) or stands_alone(first))
    return [glued(last, first)] if cut else paragraphs([Line(last), Line(first, 1, Gap.WRAP)])


def _without_head(texts: Sequence[str], head: set[str]) -> list[str]:
    start = 0
    while start < min(len(texts), _HEAD_LINES) and fold(texts[start]) in head:
        start += 1
    return list(texts[start:])


def _scripted(html: str, url: str) -> tuple[str, ...]:
    """The pages that a TRS script numbers: createPageHTML(count, current, "stem", "html"), other spellings too."""
    before, after = _around_number(url)
    stem = before.rpartition("/")[2]
    for call in _SCRIPTED.finditer(html) if stem not in _COLUMNS else ():
        said = [each.strip().strip("\"'") for each in call[1].split(",")]
        if stem in said:
            count = next((int(each) for each in said if each.isdecimal()), 0)
            return tuple(f"{before}_{number}{after}" for number in range(1, min(count, MAX_PARTS + 1)))
    return ()


def _linked(links: Sequence[Anchor], url: str) -> tuple[str, ...]:
    """The pages that are linked to, and those between them: long reports show 1 2 3 … 尾页."""
    found: dict[int, tuple[str, str]] = {}
    for link in links:
        worded = link.rel == "next" or _WORDED.fullmatch(link.text)
        if worded and not _FIRST.fullmatch(link.text) and (place := _place(link.url, url)):
            found.setdefault(place[0], place[1])
    if not found:
        return ()
    before, after = found[max(found)]
    return tuple(f"{before}{number}{after}" for number in range(min(found), max(found) + 1))[:MAX_PARTS]


def _place(link: str, url: str) -> tuple[int, tuple[str, str]] | None:
    """Which page of `url` a link leads to, and what stands around its number; None for any other address."""
    before, after = _around_number(url)
    if link.startswith(before) and link.endswith(after) and len(link) > len(before) + len(after):
        found = _NUMBER.fullmatch(link[len(before) : len(link) - len(after)])
        return (int(found[2]), (before + found[1], after)) if found else None
    address, _, query = link.partition("?")
    paged = _PAGED.search(query)
    own_address, _, own_query = url.partition("#")[0].partition("?")
    if not paged or address != own_address or _without_page(query) != _without_page(own_query):
        return None
    number, at = int(paged[1]), len(address) + 1
    around = (link[: at + paged.start(1)], link[at + paged.end(1) :])
    return (number, around) if 1 < number <= MAX_PARTS else None


def _around_number(url: str) -> tuple[str, str]:
    """The address before and after the place where a further page has its number: before the ending."""
    address, mark, query = url.partition("#")[0].partition("?")
    ending = _ENDING.search(address)
    at = ending.start() if ending else len(address)
    return address[:at], address[at:] + mark + query


def _without_page(query: str) -> str:
    return _PAGED.sub("", query).strip("&")
