"""A list page -> the links to its articles.

A link is taken where a date stands beside it, or its address is an article's; else where most links of the
same list are taken, or its words name a report of a year. What leads away from the list (menus, footers, the
way here, further pages, files nobody reads) is not. See docs/decisions/0018.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bs4.element import Tag
from soupsieve import SelectorSyntaxError

from crawler.extract.addresses import is_home, is_readable, names_article
from crawler.extract.rows import date_beside, title_of
from crawler.extract.shown import Shown, identity
from crawler.sights import Link
from reports.errors import ReadError

MOST_LINKS = 5_000
_LEAST_CHARS = 6
_ANCESTORS = 14
_CHROME_TAGS = frozenset(("nav", "footer"))
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:nav|foot|crumb|bread|copyright|friend|yqlj|dqwz|menu|submenu|dropdown)", re.IGNORECASE
)
_NOT_TITLE = re.compile(
    r"[\d\s.…<>«»‹›|]*|(?:网站|返回)?首页|(?:上|下|前|后)一?页|[首尾末]页|最后一页|更多.{0,4}|查看(?:更多|详[情细]|全文)|详[情细]"
    r"|阅读全文|more.{0,3}|next|prev|关于我们|联系我们|网站(?:地图|声明|帮助)|版权(?:声明|保护)|免责声明|隐私(?:声明|政策)"
    r"|下载|附件\d*|打印|关闭|分享|收藏|登录|注册|.*公网安备.*|.*ICP备.*",
    re.IGNORECASE,
)
_REPORT = re.compile(r"[二一2１1][0〇○零９９9].{1,2}\s*年?.{0,30}(?:报告|报吿|年报|公报|報告|公報|年報)")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A link that may be an article's. `told`: something besides its list speaks for it; `group`: its list."""

    url: str
    title: str
    published: date | None
    told: bool
    group: int


def links(page: Shown, within: str | None, pages: Iterable[str]) -> tuple[Link, ...]:
    """The links to articles, each once, in order.

    `within`: a CSS selector of the list; all links in it are the list's. `pages` are further pages of it.
    Raises ReadError where `within` is no selector or names nothing on the page.
    """
    not_ours = {identity(url) for url in (page.url, *pages)}
    found = [each for area in _areas(page, within) for each in _candidates(page, area, within is not None, not_ours)]
    asked, told = Counter(each.group for each in found), Counter(each.group for each in found if each.told)
    taken: dict[str, Link] = {}
    for each in found:
        if each.told or _in_company(each, told[each.group], asked[each.group]):
            _note(taken, each)
        if len(taken) >= MOST_LINKS:
            break
    return tuple(taken.values())


def _areas(page: Shown, within: str | None) -> list[Tag]:
    if within is None:
        return [page.tree]
    try:
        areas = page.tree.select(within)
    except (SelectorSyntaxError, ValueError, NotImplementedError) as error:
        raise ReadError(f"{within!r} is not a CSS selector: {error}") from error
    if not areas:
        raise ReadError(f"nothing on the page matches {within!r}: has it been redesigned?")
    return areas


def _candidates(page: Shown, area: Tag, trusted: bool, not_ours: set[str]) -> Iterator[_Candidate]:
    for anchor in area.find_all(["a", "area"], href=True, limit=MOST_LINKS):
        url = page.absolute(anchor["href"])
        if not url or is_home(url) or not is_readable(url) or identity(url) in not_ours:
            continue
        title, stamp = title_of(anchor)
        day = date_beside(anchor) or stamp
        if title and not _NOT_TITLE.fullmatch(title):
            told = trusted or day is not None or _speaks(url, title, anchor)
            yield _Candidate(url, title, day, told, id(_list_of(anchor)))


def _speaks(url: str, title: str, anchor: Tag) -> bool:
    if len(title) < _LEAST_CHARS or not (names_article(url) or _REPORT.search(title)):
        return False
    return not any(_is_chrome(parent) for parent in islice(anchor.parents, _ANCESTORS))


def _is_chrome(tag: Tag) -> bool:
    return tag.name in _CHROME_TAGS or bool(_CHROME.search(f"{tag.get('class', '')} {tag.get('id', '')}"))


def _in_company(each: _Candidate, told: int, asked: int) -> bool:
    return told > 1 and 2 * told >= asked and len(each.title) >= _LEAST_CHARS


def _list_of(anchor: Tag) -> Tag | None:
    """What the rows of a link's list stand in."""
    row = anchor.find_parent(["li", "tr", "dd", "dt", "p", "div", "h2", "h3", "h4"])
    return row.parent if row else None


def _note(taken: dict[str, Link], each: _Candidate) -> None:
    """A second link to the same article (an image, 详细) may know what the first did not."""
    key = identity(each.url)
    held = taken.get(key)
    title = (
        max((each.title, held.title), key=len) if held and not held.published else held.title if held else each.title
    )
    day = (held.published if held else None) or each.published
    taken[key] = Link(held.url if held else each.url, title, day)
