"""How much each line of a page counts as a report's text rather than the site's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from crawler.extract import chrome
from crawler.extract.lines import Line, Outline

_SENTENCE = re.compile("[，。；：、！？]")
_CHINESE = re.compile("[\u3400-\u9fff]")
_HEADING = re.compile(r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、]|第[一二三四五六七八九十百零]{1,5}[章节条])")
_PROSE_CHARS = 20
_CHROME_CHARS = 160
_LINKS = 0.5
_LINK_TITLE = 8
_ITEMS = frozenset(("li", "dl"))
_TEASER_LINES = 5


def weight(line: Line) -> float:
    """The characters of a line that speak for a body: sentences fully, table rows and short lines partly."""
    text = line.text
    chars = len(text) - line.link_chars
    if line.hidden or not _CHINESE.search(text) or line.link_chars > _LINKS * len(text):
        return 0.0
    if len(text) < _CHROME_CHARS and chrome.is_chrome(text):
        return 0.0
    if line.kind == "row":
        return 0.8 * chars
    if (chars >= _PROSE_CHARS and _SENTENCE.search(text)) or _HEADING.match(text):
        return float(chars)
    return 0.25 * chars


def is_link(line: Line) -> bool:
    """Whether a line is a link with a title's worth of words."""
    return line.link_chars >= _LINK_TITLE and line.link_chars > _LINKS * len(line.text)


def _teasers(page: Outline) -> Iterator[tuple[int, int]]:
    """List items that show another page: a link and a few lines of what it says."""
    for element in page.elements:
        short = element.name in _ITEMS and 1 < element.stop - element.start <= _TEASER_LINES
        if short and any(is_link(line) for line in page.lines[element.start : element.stop]):
            yield element.start, element.stop


class Weights:
    """The weight and the links of any span of a page's lines."""

    def __init__(self, page: Outline) -> None:
        self.each = [weight(line) for line in page.lines]
        for start, stop in _teasers(page):
            self.each[start:stop] = [0.0] * (stop - start)
        self._sums = [0.0, *accumulate(self.each)]
        self._links = [0, *accumulate(is_link(line) for line in page.lines)]

    def of(self, start: int, stop: int) -> float:
        """The weight of lines[start:stop]."""
        return self._sums[stop] - self._sums[start]

    def sentences(self, start: int, stop: int) -> float:
        """The weight of those of lines[start:stop] that say something."""
        return sum(each for each in self.each[start:stop] if each >= _PROSE_CHARS)

    def links(self, start: int, stop: int) -> int:
        """How many of lines[start:stop] are links with a title's worth of words."""
        return self._links[stop] - self._links[start]
