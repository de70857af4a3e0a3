"""Text -> Page: the body found, freed of what a site put around it, its sentences made whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.extract import chrome, containers, info, lists, promotion, titles, wrap
from crawler.extract.decode import MAX_BYTES
from crawler.extract.generic import body_span
from crawler.extract.lines import Gap, Line, Outline
from crawler.extract.outline import SELECTED, outline
from crawler.extract.page import Page
from crawler.extract.repair import is_damaged, tidied, tidy
from crawler.extract.weights import Weights, is_link
from reports.errors import ListPage, ReadError

LEAST_CHARS = 60
SHORT_CHARS = 200

_TABLES_ONLY = 0.8
# A known container that holds much less than the rest of the page is an empty shell or a
# summary box: on whole pages the share is above 0.9, on shells below 0.2.
_CONTAINER_SHARE = 0.4
_NEAR_LINES = 8
_ATTACHMENT = re.compile(r"附件|\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar)\b", re.IGNORECASE)

_SAYS = re.compile(r"[\u3400-\u9fff\d]")

_Spans = list[tuple[int, int]]


def read_html(
    html: str,
    *,
    selector: str | None = None,
    title: str | None = None,
    known: bool = True,
    least_chars: int = LEAST_CHARS,
) -> Page:
    """The body of a page and what stood around it.

    `selector` is the site's own (CSS); without one, or where it finds nothing ("selector_missed"),
    a known container is taken, and where there is none (or `known` is false) the part of the page
    that reads like a report. A `title` given is believed. Raises ListPage for a page of links,
    ReadError for one without a body: with less than `least_chars` Chinese characters and digits.
    """
    _refuse(html)
    page = outline(html, containers.marks() if known else frozenset(), selector)
    read_by, spans = _find_body(page, Weights(page), known)
    inside = [line for start, stop in spans for line in page.lines[start:stop]]
    outside = [line for line in page.lines if not any(start <= line.at < stop for start, stop in spans)]
    body, removed = _clean([line for line in inside if not line.hidden] or inside)
    labels = info.pairs(line.text for line in _in_order(outside, removed))
    _refuse_short(body, outside, least_chars)
    found = _page(body, title or titles.page_title(page, labels))
    return replace(
        found,
        chrome=tuple(line.text for line in _in_order(_telling(outside, spans), removed)),
        meta=tuple(page.meta),
        info=labels,
        read_by=read_by,
        quality=found.quality | ({"selector_missed"} if selector and read_by != "selector" else set()),
    )


def read_around(html: str) -> Page:
    """What a page says of a report that is not on it but in a file: no paragraphs, title and metadata.

    Raises ReadError for markup built to exhaust a parser.
    """
    _refuse(html)
    page = outline(html)
    lines = [line for line in tidied(page.lines) if not line.link_chars]
    labels = info.pairs(line.text for line in lines)
    return Page(
        title=titles.page_title(page, labels),
        paragraphs=(),
        chrome=tuple(line.text for line in lines),
        meta=tuple(page.meta),
        info=labels,
    )


def read_text(text: str, *, title: str | None = None) -> Page:
    """A text as a crawler saved it, cleaned and repaired like the body of a page.

    The title is the one given, else the one the text begins with, else None.
    """
    _refuse(text)
    return read_lines(list(_lines_of(text)), title=title)


def read_lines(lines: Sequence[Line], *, title: str | None = None) -> Page:
    """As `read_text`, for the lines of a document, which know better what divides them."""
    body, removed = _clean(lines)
    _refuse_short(body, removed, LEAST_CHARS)
    body, again = _without_first_title(body)
    taken = [line.text for line in _in_order(removed, again)]
    return replace(_page(body, title), chrome=tuple(taken), info=info.pairs(taken))


def _refuse(text: str) -> None:
    if not text.strip():
        raise ReadError("empty")
    if len(text) > MAX_BYTES:
        raise ReadError(f"{len(text):,} characters: larger than the limit of {MAX_BYTES:,} for a page or text")


def _find_body(page: Outline, weights: Weights, known: bool) -> tuple[str, _Spans]:
    """The rule that found the body, and the spans of its lines."""
    selected = containers.outermost([element for element in page.elements if SELECTED in element.marks])
    if selected:
        return "selector", selected
    start, stop = body_span(page, weights)
    least = max(LEAST_CHARS / 2, _CONTAINER_SHARE * weights.of(start, stop))
    for mark, spans in containers.standing_in(page) if known else ():
        said = sum(weights.of(*span) for span in spans)
        if said >= least and not lists.is_list(page, weights, spans[0][0], spans[-1][1]):
            return f"container {mark}", spans
    if lists.is_list(page, weights, start, stop) and "articletitle" not in dict(page.meta):
        raise ListPage("a page of links, not a report")
    return "generic", [(start, stop)]


def _clean(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The report's lines, and the chrome and promotion among them."""
    body, removed = chrome.strip(tidied(lines))
    body, promotional = promotion.strip(body)
    return body, [*removed, *promotional]


def _page(body: list[Line], title: str | None) -> Page:
    count = titles.title_lines(body, title)
    head = wrap.one_line(body[:count])
    paragraphs = (*([head] if head else ()), *wrap.paragraphs(body[count:]))
    return Page(title=tidy(title) if title else head or None, paragraphs=paragraphs, quality=_quality(body))


def _refuse_short(body: Sequence[Line], around: Sequence[Line], least: int) -> None:
    chars = sum(len(_SAYS.findall(line.text)) for line in body if not is_link(line))
    if chars >= least:
        return
    if any(_ATTACHMENT.search(line.text) for line in (*body, *around)):
        raise ReadError(f"no body: only an attachment and {chars} characters of text")
    raise ReadError(f"no body: only {chars} Chinese characters and digits, at least {least} expected")


def _quality(body: Sequence[Line]) -> frozenset[str]:
    chars = sum(len(line.text) for line in body)
    rows = sum(len(line.text) for line in body if line.kind == "row")
    flags = {
        "short": chars < SHORT_CHARS,
        "tables_only": rows >= _TABLES_ONLY * chars,
        "damaged": is_damaged("\n".join(line.text for line in body)),
    }
    return frozenset(flag for flag, holds in flags.items() if holds)


def _lines_of(text: str) -> Iterator[Line]:
    gap = Gap.BLANK
    for at, raw in enumerate(re.split(r"\r\n|[\n\r\f\v\x85\u2028\u2029]", text)):
        line = tidy(raw)
        if line:
            yield Line(line, at, gap, kind=wrap.kind_of(raw))
        gap = Gap.WRAP if line else Gap.BLANK


def _without_first_title(body: list[Line]) -> tuple[list[Line], list[Line]]:
    """A text saved with the page's heading above the body that begins with the same title: once is enough."""
    count = titles.title_lines(body)
    if count and titles.spelling(body[count:], wrap.one_line(body[:count])):
        return body[count:], body[:count]
    return body, []


def _telling(outside: Sequence[Line], spans: _Spans) -> list[Line]:
    """The lines around a body that may carry metadata: no menus, no lists of other pages."""
    first, last = spans[0][0], spans[-1][1]
    return [
        line
        for line in outside
        if chrome.is_chrome(line.text)
        or info.pairs([line.text])
        or (first - _NEAR_LINES <= line.at < last + _NEAR_LINES and not line.link_chars and not is_link(line))
    ]


def _in_order(*groups: Sequence[Line]) -> list[Line]:
    return sorted((line for group in groups for line in group), key=lambda line: line.at)
