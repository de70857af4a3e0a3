"""Pages of links to reports: recognised, so that none is indexed as a report."""

from __future__ import annotations

import re

from crawler.extract.lines import Outline
from crawler.extract.weights import Weights, is_link

_ENOUGH_LINKS = 5
_ENOUGH_ENTRIES = 10
_FEW_CHARS = 60
_CHARS_AN_ENTRY = 40
_DATED = re.compile(r"\d{2,4}[-/.年]\d{1,2}[-/.月]\d{1,2}")


def is_list(page: Outline, weights: Weights, start: int, stop: int) -> bool:
    """Whether a page, whose best body is lines[start:stop], is a list of links.

    It is where next to nothing is said beside links, or nearly all that is said are dated
    links. The last page of a list may hold a single one.
    """
    said = weights.sentences(start, stop)
    if said < _FEW_CHARS:
        return weights.links(0, len(page.lines)) >= _ENOUGH_LINKS or _entries(page, 0, len(page.lines)) > 0
    entries = _entries(page, start, stop)
    return entries >= _ENOUGH_ENTRIES and said < entries * _CHARS_AN_ENTRY


def _entries(page: Outline, start: int, stop: int) -> int:
    return sum(is_link(line) and _DATED.search(line.text) is not None for line in page.lines[start:stop])
