"""HTML -> lines of text in reading order, each with the elements it stands in.

One walk over the parsed tree gives all that the later steps need: lines, links, table rows,
the spans of elements over the lines, <meta> names and the <title>. An element's lines are an
interval, so weighing every element of a page costs one pass over prefix sums.
"""

from __future__ import annotations

import gc
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, Tag
from soupsieve import SelectorSyntaxError

from crawler.extract.bombs import refuse_bombs
from crawler.extract.lines import Element, Gap, Line, Outline
from reports.errors import ReadError

SELECTED = "@selected"

_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big blink cite code data del dfn em font i img ins kbd label mark nobr q rb ruby s samp"
    " small span strike strong sub sup time tt u var wbr"
)
_SILENT_TAGS = (
    "script style noscript template select option button textarea iframe object embed applet svg canvas rt rp map"
    " audio video datalist"
)
_INLINE, _SILENT = frozenset(_INLINE_TAGS.split()), frozenset(_SILENT_TAGS.split())
_HEADINGS = frozenset(("h1", "h2", "h3"))
_CELL_LINES = 3
_ROW_CHARS = 400
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CJK = "\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…"
_SOURCE_BREAK = re.compile(rf"(?<=[{_CJK}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{_CJK}])")
_SPACES = re.compile(r"[ \t\r\n\f]+")
# libxml2 stops reading at a zero and drops the rest of the page.
# Indentation before a block says nothing, and Beautiful Soup spends a fifth of its time on it.
_LAYOUT = re.compile(
    r"(?<=>)\s++(?=</?(?:p|div|t[drh]|table|tbody|ul|ol|li|d[ltd]|h[1-6]|br|head|body|html|meta|link|script|style|form)\b)",
    re.IGNORECASE,
)
_UNREADABLE = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f]")


def outline(html: str, containers: frozenset[str] = frozenset(), selector: str | None = None) -> Outline:
    """The lines of a page; `containers` are marks ("#zoom", ".TRS_Editor") that are blocks whatever their tag.

    What a CSS `selector` names bears the mark SELECTED. Raises ReadError for markup built to
    exhaust a parser, and for a selector that is none.
    """
    refuse_bombs(html)
    # Plain attributes: Beautiful Soup's own dictionary and class lists cost a quarter of the parsing time.
    html = _LAYOUT.sub("", _UNREADABLE.sub("", html))
    with _collecting_later(), warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML is read as the HTML it stands for
        soup = BeautifulSoup(html, "lxml", multi_valued_attributes=None, attribute_dict_class=dict)
        return _Walk(containers, _selected(soup, selector)).over(soup)


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Garbage collection waits: a tree in the making is all alive, and looking it through again and again costs a
    tenth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _selected(soup: BeautifulSoup, selector: str | None) -> frozenset[int]:
    try:
        return frozenset(map(id, soup.select(selector))) if selector else frozenset()
    except SelectorSyntaxError as error:
        raise ReadError(f"not a CSS selector: {selector}") from error


class _Walk:
    """The state of one walk: the line being gathered, and the elements that are open."""

    def __init__(self, containers: frozenset[str], selected: frozenset[int]) -> None:
        self.page = Outline()
        self._containers = containers | {SELECTED}
        self._selected = selected
        self._texts: list[str] = []
        self._link_chars = 0
        self._gap = Gap.BLOCK
        self._open: list[int] = []
        self._links = self._hidden = 0
        self._kind = ""

    def over(self, soup: BeautifulSoup) -> Outline:
        self._start("html", ())
        stack: list[tuple[Tag, Iterator[PageElement], bool]] = [(soup, iter(soup.contents), True)]
        while stack:
            tag, children, block = stack[-1]
            for child in children:
                if type(child) is NavigableString:
                    self._text(child)
                elif isinstance(child, Tag) and (opened := self._enter(child)) is not None:
                    stack.append((child, iter(child.contents), opened))
                    break
            else:
                stack.pop()
                self._leave(tag, block)
        return self.page

    def _text(self, text: str) -> None:
        self._texts.append(text)
        if self._links and not text.isspace():
            self._link_chars += len(text.strip())

    def _enter(self, tag: Tag) -> bool | None:
        """Whether the tag is a block; None where there is nothing to read in it."""
        name = tag.name
        if name in _SILENT:
            return None
        if name == "br":
            self._flush()
            return None
        if name == "meta":
            self._meta(tag)
            return None
        if name == "title":
            self.page.head_title = self.page.head_title or _tidy(tag.get_text())
            return None
        marks = (*_marks(tag), SELECTED) if id(tag) in self._selected else _marks(tag)
        block = not (name in _INLINE or ":" in name) or not self._containers.isdisjoint(marks)
        if block:
            self._flush(block=True)
            self._start(name, marks)
        self._links += _is_link(tag)
        self._hidden += _is_hidden(tag)
        return block

    def _leave(self, tag: Tag, block: bool) -> None:
        self._links -= _is_link(tag)
        if block:
            self._flush(block=True)
            index = self._open.pop()
            self.page.elements[index].stop = len(self.page.lines)
            if tag.name == "tr":
                self._row(index)
            if tag.name in _HEADINGS:
                self._kind = ""
        self._hidden -= _is_hidden(tag)

    def _start(self, name: str, marks: tuple[str, ...]) -> None:
        parent = self._open[-1] if self._open else 0
        self._open.append(len(self.page.elements))
        self.page.elements.append(Element(name, marks, parent, len(self.page.lines), 0))
        if name in _HEADINGS:
            self._kind = "heading"

    def _flush(self, *, block: bool = False) -> None:
        text = _tidy("".join(self._texts)) if self._texts else ""
        if text:
            at = len(self.page.lines)
            chars = min(self._link_chars, len(text))
            self.page.lines.append(Line(text, at, self._gap, chars, self._kind, self._hidden > 0))
        # An empty line between two breaks (<br><br>) ends a paragraph as a block does.
        self._gap = Gap.BLOCK if block else Gap.WRAP if text else max(self._gap, Gap.BLANK)
        self._texts.clear()
        self._link_chars = 0

    def _row(self, row: int) -> None:
        """Make one line of a table row, unless the table lays out the page."""
        lines, elements = self.page.lines, self.page.elements
        start = elements[row].start
        cells = [cell for cell in elements[row + 1 :] if cell.parent == row and cell.stop > cell.start]
        if any(cell.name == "tr" for cell in elements[row + 1 :]) or len(cells) < 2:
            return
        if any(cell.stop - cell.start > _CELL_LINES for cell in cells):
            return
        texts = [" ".join(line.text for line in lines[cell.start : cell.stop]) for cell in cells]
        if sum(map(len, texts)) > _ROW_CHARS:
            return
        chars = sum(line.link_chars for line in lines[start:])
        lines[start:] = [replace(lines[start], text=" | ".join(texts), gap=Gap.BLOCK, link_chars=chars, kind="row")]
        for inner in elements[row:]:
            inner.start, inner.stop = start, start + 1

    def _meta(self, tag: Tag) -> None:
        name, content = str(tag.get("name", "")).strip().lower(), str(tag.get("content", "")).strip()
        if name and content:
            self.page.meta.append((name, _tidy(content)))


def _marks(tag: Tag) -> tuple[str, ...]:
    """How a style sheet would name a tag: "ucapcontent", "#zoom", ".TRS_Editor"."""
    attributes = tag.attrs
    if not attributes:
        return (tag.name,)
    names = [tag.name]
    if identity := attributes.get("id"):
        names.append(f"#{identity}")
    names.extend(f".{name}" for name in str(attributes.get("class", "")).split())
    return tuple(names)


def _is_link(tag: Tag) -> bool:
    """Whether a tag leads anywhere: Word leaves <a name=…> open around whole chapters."""
    return tag.name == "a" and "href" in tag.attrs


def _is_hidden(tag: Tag) -> bool:
    style = tag.attrs.get("style") if tag.attrs else None
    return bool(style) and _HIDDEN.search(str(style)) is not None


def _tidy(text: str) -> str:
    """One line as a browser shows it: a line break of the source between two Chinese characters is no space."""
    if "\n" in text or "\r" in text:
        text = _SOURCE_BREAK.sub("", text)
    return _SPACES.sub(" ", text).replace("\xa0", " ").strip()
