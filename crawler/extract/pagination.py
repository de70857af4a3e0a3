"""The further pages of a list.

By the script that draws the pager (TRS: `createPageHTML(pages, current, "index", "html")` and its kin), else by
the links under the list: 下一页, the numbers, 尾页; what lies between a page and the last one is filled in where
the addresses count. A page belongs to the list only if its address is this one's but for the number that counts
pages. Sites that count down (VSB: list/1042.htm, list/1042/36.htm ... list/1042/1.htm) are followed down.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from crawler.extract.addresses import Place, place_of
from crawler.extract.shown import Shown, identity

MOST_PAGES = 200
_CALL = re.compile(r"\bcreatePage\w{0,12}\s*\((?P<given>[^(){}]{1,200})\)", re.IGNORECASE)
_COUNT = re.compile(r"\b(?:countPage|pageCount|totalPages?|pageTotal)\s*=\s*[\"']?(\d{1,5})\b")
_CURRENT = re.compile(r"\b(?:currentPage|currPage|curPage|pageIndex)\s*=\s*[\"']?(\d{1,5})\b")
_NAME = re.compile(r"""href=\\?["']?\s*([A-Za-z]\w{0,40}?)(?:\.s?html?|_?\\?["'])""")
_EXTENSION = re.compile(r"\b(shtml|html|htm|jsp|aspx|php)\b")
_SUFFIXES = frozenset(("html", "htm", "shtml", "shtm", "jsp", "aspx", "php", "xml"))
_NEXT = re.compile(r"(?:下一?页|下一?頁|后一?页|下一页\s*[>»›]|next(?:\s*page)?|[>»›])\s*[>»›]?", re.IGNORECASE)
_LAST = re.compile(r"尾页|末页|尾頁|末頁|最后一?页|最後一?頁|last(?:\s*page)?|>>|»»|>\|", re.IGNORECASE)
_NUMBER = re.compile(r"[\[(第]?\s*(\d{1,4})\s*[\])页]?")
_LABEL_CHARS = 12
_MOST_ANCHORS = 5_000
_INDEX = re.compile(r"/(?:index|default)\.\w+$", re.IGNORECASE)


def further_pages(page: Shown) -> tuple[str, ...]:
    """The pages of this list after this one, in order, at most MOST_PAGES."""
    found = list(_by_script(page)) or list(_by_links(page)) or list(_by_group(page))
    return tuple(dict.fromkeys(url for url in found if not _is_same(url, page.url)))[:MOST_PAGES]


def _by_script(page: Shown) -> Iterator[str]:
    for script in page.scripts:
        calls = [(_is_left_out(script, call.start()), *_given(call["given"])) for call in _CALL.finditer(script)]
        calls = [call for call in calls if len(call[1]) > 1 or (call[1] and call[2])]
        for left_out, numbers, words in calls:
            if not left_out:
                yield from _series(page, (*numbers, 0)[:2], *_named(words))
                return
        if count := _COUNT.search(script):
            current = _CURRENT.search(script)
            name = _named(calls[0][2]) if calls else _drawn(script)
            if name:
                yield from _series(page, (int(count[1]), int(current[1]) if current else 0), *name)
                return


def _is_left_out(script: str, at: int) -> bool:
    """Whether what stands there is commented out."""
    return "//" in script[max(0, at - 80) : at].rpartition("\n")[2]


def _given(arguments: str) -> tuple[list[int], list[str]]:
    """The numbers of a call, and the words after the first of them: a container's name may stand before."""
    parts = [part.strip().strip("\"'").strip() for part in arguments.split(",")]
    first = next((at for at, part in enumerate(parts) if part.isdigit()), len(parts))
    numbers = [int(part) for part in parts[first:] if part.isdigit() and len(part) < 6]
    return numbers, [part for part in parts[first:] if part and not part.isdigit()]


def _named(words: list[str]) -> tuple[str, str]:
    """The name and the extension among a call's words."""
    at = next((at for at, word in enumerate(words) if word.lstrip(".").lower() in _SUFFIXES), None)
    if at is None:
        return (words[0] if words and re.fullmatch(r"\w{1,60}", words[0]) else "index"), "html"
    return (words[at - 1] if at else "index"), words[at].lstrip(".")


def _drawn(script: str) -> tuple[str, str] | None:
    """The name and the extension in the links that a script writes out itself."""
    name = _NAME.search(script)
    extension = _EXTENSION.search(script, name.start(1)) if name else None
    return (name[1].rstrip("_"), extension[1]) if name and extension else None


def _series(page: Shown, counted: Iterable[int], name: str, extension: str) -> Iterator[str]:
    """name.html, name_1.html ... after the current one; pages count from 0."""
    count, current = counted
    for number in range(current + 1, min(count, current + 1 + MOST_PAGES)):
        if url := page.absolute(urljoin(page.url, f"{name}_{number}.{extension}")):
            yield url


def _by_links(page: Shown) -> Iterator[str]:
    """What 下一页 leads to, and all up to the last page known; without 下一页, the numbers after this page's own."""
    here = _here(page)
    follows, ends = _steps(page, here)
    numbered = sorted(_numbered(page, here).items())
    places = [place for _, place in numbered]
    if follows is None and places:
        later = [place for label, place in numbered if label > _own_label(here, numbered)]
        follows = page.absolute(later[0].at(_count(later[0]))) if later else None
    if follows is None:
        return
    start = place_of(follows)
    if start.number is None or not start.is_of(here):
        yield follows
        return
    yield follows
    last = _farthest(start, here, [*places, *([place_of(ends)] if ends else [])])
    step = 1 if last >= _count(start) else -1
    yield from (start.at(number) for number in range(_count(start) + step, last + step, step)[:MOST_PAGES])


def _here(page: Shown) -> Place:
    """This page's place; its number is none where its pager counts what lies beneath it."""
    here = place_of(page.url)
    beneath = any(place_of(url).series == here.itself for _, url in _labelled(page))
    return here.without_number() if here.number is not None and beneath else here


def _steps(page: Shown, here: Place) -> tuple[str | None, str | None]:
    """The addresses of the next and the last page, where they are this list's."""
    follows = ends = None
    for label, url in _labelled(page):
        if not _is_ours(url, here, page):
            continue
        if follows is None and _NEXT.fullmatch(label):
            follows = url
        elif _LAST.fullmatch(label):
            ends = url
    return follows, ends


def _numbered(page: Shown, here: Place) -> dict[int, Place]:
    """The pages that bear a number as their label."""
    found: dict[int, Place] = {}
    for label, url in _labelled(page):
        number = _NUMBER.fullmatch(label)
        place = place_of(url)
        if number and place.number is not None and place.is_of(here):
            found.setdefault(int(number[1]), place)
    return found


def _labelled(page: Shown) -> Iterator[tuple[str, str]]:
    """The links that say what a pager's do, with their words; rel=next says next."""
    for anchor in page.tree.find_all(["a", "link"], href=True, limit=_MOST_ANCHORS):
        rel = str(anchor.get("rel") or "").lower().split()
        label = "next" if "next" in rel else _label(anchor) if anchor.name == "a" else ""
        if len(label) > _LABEL_CHARS or not any(said.fullmatch(label) for said in (_NEXT, _LAST, _NUMBER)):
            continue
        url = page.absolute(anchor["href"])
        if url and not _is_same(url, page.url):
            yield label, url


def _is_same(url: str, other: str) -> bool:
    """Whether both are one page: a folder is its index.html too."""
    return identity(_INDEX.sub("/", url)) == identity(_INDEX.sub("/", other))


def _label(anchor: Tag) -> str:
    text = "".join(anchor.get_text().split()) if len(anchor.contents) < _LABEL_CHARS else ""
    return text or str(anchor.get("title") or anchor.get("aria-label") or "").strip()


def _is_ours(url: str, here: Place, page: Shown) -> bool:
    """Whether this is a page of the same list: the number apart, it has the same address, or lies in its folder."""
    there = place_of(url)
    if there.is_of(here):
        return True
    this, that = urlsplit(page.url), urlsplit(url)
    if there.number is None or this.netloc.lower() != that.netloc.lower():
        return False
    folder = this.path.rpartition("/")[0]
    return (
        bool(this.path.endswith("/")) and there.series.rpartition("/")[0].endswith(folder) and there.query >= here.query
    )


def _own_label(here: Place, numbered: list[tuple[int, Place]]) -> int:
    """The number this page bears: between those of its neighbours; 1 for the first."""
    if here.number is None:
        return 1
    step = next((_count(place) - label for label, place in numbered), 0)
    return here.number - step


def _farthest(start: Place, here: Place, places: list[Place]) -> int:
    """The number of the last page known in the direction in which the pages count."""
    first = _count(start)
    known = [
        _count(place)
        for place in places
        if place.number is not None and place.is_of(start) and start.before == place.before
    ]
    down = [number for number in known if number < first]
    up = [number for number in known if number > first]
    if here.number is not None:
        return max(up, default=first) if first > here.number else min(down, default=first)
    # On a first page that bears no number itself, a series that starts beyond 2 counts down.
    return min(down) if down and not up else max(up, default=first)


def _count(place: Place) -> int:
    return place.number or 0


def _by_group(page: Shown) -> Iterator[str]:
    """The next records of a Hanweb list."""
    anchor = BeautifulSoup(page.group, "lxml").find("a", href=True) if page.group else None
    url = page.absolute(anchor["href"]) if isinstance(anchor, Tag) else None
    if url:
        yield url
