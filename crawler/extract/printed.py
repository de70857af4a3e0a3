"""Printed pages -> lines of a text.

What is printed on every page is not the report's. A line that is indented begins a paragraph; one
that begins at the margin after a line that reached the other goes on with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from crawler.extract.lines import Gap, Line
from crawler.extract.wrap import ends_sentence, glued, stands_alone

_NUMBERED = re.compile(
    r"[-－—–―─·•\s]+\d{1,4}[-－—–―─·•\s]+|第\s*\d{1,4}\s*页(?:\s*[,，/、]?\s*[（(]?共\s*\d{1,4}\s*页[）)]?)?"
    r"|\d{1,4}\s*/\s*\d{1,4}|Page\s*\d{1,4}(?:\s*of\s*\d{1,4})?",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,4}")
_DIGITS = re.compile(r"\d+")
_RUNNING_PAGES = 3
_EDGE_LINES = 2
_LARGER = 1.15
_INDENT_EM = 1.2
_INDENTED_SHARE = 0.1
_RAGGED_EM = 2.0
_SAME_PT = 3.0
_MARGIN_SHARE = 0.1
_APART = 1.5


@dataclass(frozen=True, slots=True)
class Printed:
    """A line on a page, in points from the page's lower left corner; `size` of its first character."""

    text: str
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Setting:
    """How a page is set: between which margins, how far its lines are apart."""

    left: float = 0.0
    right: float = 0.0
    pitch: float = 0.0

    def indents(self, line: Printed) -> bool:
        """Whether a line begins well within the left margin."""
        return line.left - self.left > _INDENT_EM * line.size

    def fills(self, line: Printed) -> bool:
        """Whether a line reaches the right margin, as far as whole characters do."""
        return self.right > self.left and self.right - line.right < _RAGGED_EM * line.size


Pages = Sequence[Sequence[Printed]]


def lines_of(pages: Pages) -> list[Line]:
    """The lines of the text without page numbers and running heads, each with what divides it from the one before."""
    pages = without_furniture(pages)
    settings = _settings(pages)
    set_lines = [(line, setting) for page, setting in zip(pages, settings, strict=True) for line in page]
    indented = sum(setting.indents(line) for line, setting in set_lines) > _INDENTED_SHARE * len(set_lines)
    lines: list[Line] = []
    before, before_set = Printed(""), Setting()
    for line, setting in set_lines:
        gap = _gap(before, line, setting)
        flush = gap is Gap.WRAP and before_set.fills(before)
        if lines and flush and (indented or not (ends_sentence(lines[-1].text) or stands_alone(line.text))):
            lines[-1] = replace(lines[-1], text=glued(lines[-1].text, line.text))
        else:
            lines.append(Line(line.text, len(lines), gap))
        before, before_set = line, setting
    return lines


def without_furniture(pages: Pages) -> list[list[Printed]]:
    """The pages without their numbers and without what runs along the top or the bottom of most of them."""
    kept = _without_bare_numbers([list(page) for page in pages])
    usual = median([line.size for page in pages for line in page] or [0.0])
    for _ in range(_EDGE_LINES):
        running = _running(kept, usual)
        for number, page in enumerate(kept):
            for line in _edges(page):
                # The title, set larger, may read like the head of the pages after it.
                title = number == 0 and line.size > _LARGER * usual
                if _NUMBERED.fullmatch(line.text) or (_key(line) in running and not title):
                    page.remove(line)
    return kept


def _without_bare_numbers(pages: list[list[Printed]]) -> list[list[Printed]]:
    """A numeral alone at an edge is the page's number only where the next page's counts on."""
    bare = [(number, line) for number, page in enumerate(pages) for line in _edges(page) if _BARE.fullmatch(line.text)]
    shifts = Counter(int(line.text) - number for number, line in bare)
    for number, line in bare:
        if shifts[int(line.text) - number] > 1 or (len(pages) == 1 and line.text == "1"):
            pages[number].remove(line)
    return pages


def _running(pages: Pages, usual: float) -> frozenset[str]:
    """What stands at the edge of most pages; of few pages only what is set smaller than the text."""
    few = len(pages) < _RUNNING_PAGES
    edges = ((line for line in _edges(page) if not few or line.size < usual) for page in pages)
    counts = Counter(key for page in edges for key in {_key(line) for line in page})
    return frozenset(key for key, count in counts.items() if count > max(1.0, len(pages) / 2))


def _edges(page: Sequence[Printed]) -> list[Printed]:
    """The highest and the lowest line: a head may come last in the file."""
    if not page:
        return []
    ends = (max(page, key=lambda line: line.top), min(reversed(page), key=lambda line: line.top))
    return list(dict.fromkeys(ends))


def _key(line: Printed) -> str:
    return _DIGITS.sub("0", "".join(line.text.split()))


def _settings(pages: Pages) -> list[Setting]:
    """How each page is set; a page too short to tell is set like the one before."""
    settings, setting = [], Setting()
    for page in pages:
        left = _shared(sorted(line.left for line in page))
        right = _shared(sorted((line.right for line in page), reverse=True))
        setting = Setting(
            setting.left if left is None else left, setting.right if right is None else right, _pitch(page)
        )
        settings.append(setting)
    return settings


def _shared(places: Sequence[float]) -> float | None:
    """The first place that many lines share."""
    counts = Counter(round(place / _SAME_PT) for place in places)
    enough = max(1.0, _MARGIN_SHARE * len(places))
    return next((place for place in places if counts[round(place / _SAME_PT)] > enough), None)


def _pitch(page: Sequence[Printed]) -> float:
    falls = [above.top - below.top for above, below in pairwise(page) if above.top > below.top]
    return median(falls) if falls else 0.0


def _gap(before: Printed, line: Printed, setting: Setting) -> Gap:
    if setting.indents(line):
        return Gap.BLOCK
    if setting.pitch and before.top - line.top > _APART * setting.pitch:
        return Gap.BLOCK
    return Gap.WRAP
