"""A list page as a browser would show it: what its scripts write into it stands in it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import Tag

from crawler.extract.bombs import MAX_DEPTH, refuse_bombs
from reports.errors import ReadError
from reports.urls import canonical_url, is_web_url

_UNREADABLE = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f]")
# Hanweb's jpage keeps the rows of a list, in CDATA, in a script that is XML.
_RECORD, _RECORD_ENDS = "<![CDATA[", "]]>"
_GROUP = re.compile(r"<nextgroup[^>]{0,40}>\s*<!\[CDATA\[(.{0,2000}?)\]\]>", re.DOTALL)
_WRITTEN = re.compile(
    r"""document\.write(?:ln)?\s*\(\s*(?:"([^"\\\n]*(?:\\.[^"\\\n]*)*)"|'([^'\\\n]*(?:\\.[^'\\\n]*)*)')\s*\)"""
)
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Shown:
    """A parsed list page. `base` is what its links are relative to, `scripts` the texts of its inline scripts,
    `group` the markup of the link to a Hanweb list's next records."""

    tree: BeautifulSoup
    url: str
    base: str
    scripts: tuple[str, ...]
    group: str = ""

    def absolute(self, href: object) -> str | None:
        """Where a link leads, without its fragment; None where that is no web address."""
        try:
            url = urldefrag(urljoin(self.base, _tight(href)))[0] if isinstance(href, str) else ""
        except ValueError:
            return None
        return url if is_web_url(url) and identity(url) else None


def shown(html: str, url: str) -> Shown:
    """The page at `url`. Raises ReadError for markup built to exhaust a parser."""
    refuse_bombs(html)
    if is_datastore(html):
        group = _GROUP.search(html)
        return Shown(_parsed("".join(_records(html))), url, url, (), group[1] if group else "")
    tree = _parsed(html)
    _refuse_deep(tree)
    scripts = [(script, script.string or "") for script in tree.find_all("script")]
    group = next(filter(None, (_GROUP.search(text) for _, text in scripts if "<nextgroup" in text)), None)
    for script, text in scripts:
        if (written := _written(text)) and isinstance(body := _parsed(written).body, Tag):
            body.name = "div"
            script.replace_with(body)
    return Shown(tree, url, _base(tree, url), tuple(text for _, text in scripts), group[1] if group else "")


def is_datastore(text: str) -> bool:
    """Whether this is the bare answer of a Hanweb list, XML that holds rows of HTML."""
    return "<datastore" in text[:400].lower() and "<html" not in text[:400].lower()


def identity(url: str) -> str:
    """The canonical form of an absolute address, "" where it has none."""
    try:
        return canonical_url(url)
    except ValueError:
        return ""


def _parsed(html: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(_UNREADABLE.sub("", html), "lxml", multi_valued_attributes=None)


def _refuse_deep(tree: BeautifulSoup) -> None:
    """Raise ReadError for links left open by the thousand, which nest the rows they stand in."""
    depths = {id(tree): 0}
    for tag in tree.find_all(True):
        depths[id(tag)] = depth = depths[id(tag.parent)] + 1
        if depth > MAX_DEPTH:
            raise ReadError(f"not read: more than {MAX_DEPTH:,} tags within one another")


def _base(tree: BeautifulSoup, url: str) -> str:
    base = tree.find("base", href=True)
    try:
        return urljoin(url, _tight(base["href"])) if isinstance(base, Tag) else url
    except ValueError:
        return url


def _written(script: str) -> str:
    """The markup of links that a script holds in so many words."""
    if "<datastore" in script:
        return "".join(_records(script))
    if "document.write" not in script:
        return ""
    texts = [_ESCAPED.sub(r"\1", found[1] or found[2] or "") for found in _WRITTEN.finditer(script)]
    return "".join(texts) if any("<a " in text for text in texts) else ""


def _records(text: str) -> Iterator[str]:
    """What stands in CDATA after the link to the next records."""
    at = max(0, text.find("</nextgroup>"))
    while (start := text.find(_RECORD, at)) >= 0:
        at = text.find(_RECORD_ENDS, start)
        if at < 0:
            return
        yield text[start + len(_RECORD) : at]


def _tight(href: object) -> str:
    """White space around and line breaks within an address do not count (WHATWG URL 4.4)."""
    return re.sub(r"[\t\r\n]", "", str(href)).strip()
