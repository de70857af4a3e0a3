"""Which files a page offers, and which of them is its report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from crawler.extract.anchors import Anchor, Anchors
from crawler.extract.shown import identity
from crawler.sights import Link
from reports.fold import fold

READ = (".pdf", ".docx")
NOT_READ = (".doc", ".wps", ".ofd", ".rtf")
MOST = 10

_ENDINGS = (*READ, *NOT_READ)
_ENDING = re.compile(rf"({'|'.join(map(re.escape, sorted(_ENDINGS, key=len, reverse=True)))})\b", re.IGNORECASE)
_OFFERS = re.compile("附件|下载|点击|查看|全文|正文|阅读|PDF|Word|文件", re.IGNORECASE)
_SHOWN = "查看全文"
_LIKE = 0.5
_NOTE = re.compile("见.{0,6}附件|附件(?:下载|为准)|点击|下载|扫描件")
_SAYS = re.compile(r"[\u3400-\u9fff]")
NOTE_CHARS = 200


def attachments(page: Anchors, title: str | None) -> tuple[Link, ...]:
    """The files that may be the report of a page of that title, the likeliest first, absolute, at most MOST.

    Those in a form that is read come first, then those whose name is like the title, then those
    offered as an attachment. A file merely linked to counts only where it is the only one.
    """
    found = _files(page)
    scored = [(_score(link, title), -place, link) for place, link in enumerate(found)]
    offered = [each for each in scored if each[0] > 0] or (scored if len(scored) == 1 else [])
    ordered = sorted(offered, key=lambda each: (is_read(each[2].url, each[2].title), *each[:2]), reverse=True)
    return tuple(link for _, _, link in ordered[:MOST])


def ending(url: str, name: str = "") -> str:
    """The ending of the file behind an address: of its path, of a name in its query, of the name it is shown by.

    >>> ending("http://a.example/down.jsp?file=/x/%E6%8A%A5%E5%91%8A.PDF&id=1")
    '.pdf'
    """
    parts = urlsplit(url)
    names = [parts.path, *(value for _, value in parse_qsl(parts.query)), unquote(parts.query), name]
    for each in names:
        suffix = PurePosixPath(unquote(each).strip()).suffix.lower()
        if suffix in _ENDINGS:
            return suffix
    found = _ENDING.search(name)
    return found[1].lower() if found else ""


def is_read(url: str, name: str = "") -> bool:
    """Whether the file behind an address is, by its name, in a form that is read."""
    return ending(url, name) in READ


def is_note(paragraphs: tuple[str, ...], title: str | None, links: tuple[Link, ...]) -> bool:
    """Whether a page only says that its report is in the file it offers."""
    named = {fold(link.title) for link in links} | {fold(title or "")}
    said = [text for text in paragraphs if fold(text) not in named and not _ENDING.search(text)]
    chars = sum(len(_SAYS.findall(text)) for text in said)
    if not links or chars >= NOTE_CHARS:
        return False
    return any(_NOTE.search(text) for text in paragraphs) or any(is_named_like(link, title) for link in links)


def is_named_like(link: Link, title: str | None) -> bool:
    """Whether a file bears most of a title in its name."""
    return _likeness(link.title, title) > _LIKE


def _files(page: Anchors) -> list[Link]:
    """The files of a page, each once, under the longest of its names."""
    found: dict[str, Link] = {}
    for anchor in (*_viewed(page.frames), *page.links):
        if ending(anchor.url, anchor.text or anchor.title):
            key, link = identity(anchor.url), Link(anchor.url, _name(anchor))
            known = found.get(key, link)
            found[key] = Link(known.url, max(known.title, link.title, key=len))
    return list(found.values())


def _viewed(frames: tuple[Anchor, ...]) -> Iterator[Anchor]:
    """What frames show: the file itself, or a viewer that is told its address (`viewer.html?file=/a.pdf`)."""
    for frame in frames:
        told = (value for _, value in parse_qsl(urlsplit(frame.url).query) if ending(value))
        yield Anchor(urljoin(frame.url, next(told, "")), frame.text or _SHOWN)


def _name(anchor: Anchor) -> str:
    """The longer of what is shown and what the title attribute says, else the file's name."""
    name = max(anchor.text, anchor.title, key=len)
    return name or unquote(PurePosixPath(urlsplit(anchor.url).path).name)


def _score(link: Link, title: str | None) -> float:
    like = 2 * _likeness(link.title, title) if is_named_like(link, title) else 0.0
    return like + (1.0 if _OFFERS.search(link.title) else 0.0)


def _likeness(name: str, title: str | None) -> float:
    """The share of a title's pairs of characters that stand in a file's name."""
    named, titled = _pairs(_ENDING.sub("", name)), _pairs(title or "")
    return len(named & titled) / len(titled) if titled else 0.0


def _pairs(text: str) -> set[str]:
    folded = fold(text)
    return {folded[at : at + 2] for at in range(len(folded) - 1)}
