"""The body of a page of unknown make: the element that most of the prose stands in.

Every line is weighed (sentences count, links and chrome do not); from the page downwards the
walk follows the element that holds nearly all the weight, and stops where the weight divides
into paragraphs. No parser's idea of where <body> ends matters, because only lines count.
"""

from __future__ import annotations

import re

from crawler.extract import chrome
from crawler.extract.lines import Element, Line, Outline
from crawler.extract.weights import Weights, weight

_NEARLY_ALL = 0.9
_MOST = 0.6
_NOTABLE = 0.1
_ASIDE = re.compile(
    r"foot|nav|menu|crumb|sidebar|aside|share|related|relat|xgxw|xgwz|xgyd|xgzc|copyright|comment|banner|"
    r"recommend|hotnews|hot_|qrcode|ewm|toolbar|friend|yqlj|login|search|popup|dialog|alert",
    re.IGNORECASE,
)
_PARAGRAPH_TAGS = "p h1 h2 h3 h4 h5 h6 li tr dt dd span font pre blockquote center strong"
_PARAGRAPHS = frozenset(_PARAGRAPH_TAGS.split())
_HEAD_LINES = 8


def body_span(page: Outline, weights: Weights) -> tuple[int, int]:
    """The lines that hold the body of a page, trimmed of the links and info lines at its ends."""
    children: dict[int, list[int]] = {}
    for index, element in enumerate(page.elements[1:], 1):
        children.setdefault(element.parent, []).append(index)
    node = 0
    while (deeper := _deeper(page, weights, node, children.get(node, []))) is not None:
        node = deeper
    return _trimmed(page, page.elements[node])


def _deeper(page: Outline, weights: Weights, node: int, below: list[int]) -> int | None:
    """The child that holds the body, or None where the body is this element's own lines."""
    total = _weight(page, weights, node)
    candidates = [index for index in below if _weight(page, weights, index) > 0]
    if not candidates:
        return None
    best = max(candidates, key=lambda index: _weight(page, weights, index))
    chosen = page.elements[best]
    if chosen.stop - chosen.start < 2 and page.elements[node].stop - page.elements[node].start > 1:
        return None
    if _weight(page, weights, best) >= _NEARLY_ALL * total:
        return best
    rivals = [index for index in candidates if index != best and _weight(page, weights, index) >= _NOTABLE * total]
    if _weight(page, weights, best) < _MOST * total or chosen.name in _PARAGRAPHS:
        return None
    beside = all(_is_aside(page.elements[rival], chosen) for rival in rivals)
    own = total - sum(_weight(page, weights, index) for index in candidates)
    return best if beside and own < _NOTABLE * total else None


def _is_aside(rival: Element, chosen: Element) -> bool:
    """Whether a heavy neighbour is another part of the page, not another part of the article."""
    if rival.name in _PARAGRAPHS:
        return False
    if any(_ASIDE.search(mark) for mark in rival.marks[1:]):
        return True
    return len(rival.marks) > 1 and len(chosen.marks) > 1 and rival.marks != chosen.marks


def _weight(page: Outline, weights: Weights, index: int) -> float:
    element = page.elements[index]
    found = weights.of(element.start, element.stop)
    if any(_ASIDE.search(mark) for mark in element.marks[1:]) and found < 0.5 * weights.of(0, len(page.lines)):
        return 0.0
    return found


def _trimmed(page: Outline, element: Element) -> tuple[int, int]:
    start, stop = element.start, element.stop
    while start < stop and _is_site(page.lines[start]):
        start += 1
    while stop > start and _is_site(page.lines[stop - 1]):
        stop -= 1
    # What stands above the info line (来源 … 发布时间 …) is the page's heading, not the text.
    for index in range(start, min(start + _HEAD_LINES, stop)):
        line = page.lines[index]
        if weight(line) >= 30 and line.kind != "row":
            break
        if chrome.matches("edge", line.text):
            start = index + 1
    return start, stop


def _is_site(line: Line) -> bool:
    return line.hidden or line.link_chars > 0.5 * len(line.text) or chrome.is_chrome(line.text)
