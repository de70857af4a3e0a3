"""数值: the figure that follows a phrase, read and never computed.

What is read as a figure, and what is not: docs/reference/figures.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from compare.numerals import scale_of, value_of
from compare.quantity import Read
from compare.reading import read
from compare.units import BEFORE, MAGNITUDE
from indexer.counting import Counting, Spots
from reports.fold import fold, fold_offsets

FIGURE_CHARS = 60
"""How far behind a phrase the first figure ends at most."""

AHEAD, BEHIND = 160, 80
"""How much of the text is read for all figures: behind a phrase, and up to its end."""

_SCALE = re.compile(rf"{MAGNITUDE}+")
_BEFORE = re.compile(BEFORE)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it was published.

    `text` is number and unit as they stand (86.52%, 4.6万亿元, 5%—6%, 三百二十件), without the words around
    them: `about` is what makes it approximate (约, 超, 近, 余, 以上, 左右 …), `direction` what makes it a change
    (增长, 下降 …), each "" where nothing does. `value` is in `unit` (4.6 of 万亿元), `high` the upper end of a range,
    else None; `value` is None where no number can be read from what stands there. `start` and `stop` are
    code points of the text it was read in, and text[start:stop] == `text`. `omitted`: the part of `unit` that is said
    with the last figure of its list only (提高0.9个和3.3个百分点: 百分点).
    """

    text: str
    value: Decimal | None
    high: Decimal | None
    unit: str
    about: str
    direction: str
    start: int
    stop: int
    omitted: str = ""

    @property
    def shown(self) -> str:
        """As a table shows it: 下降3.2%, 超2万亿元, 5%左右, 86.52%, 0.9个（百分点）."""
        before, after = (self.about, "") if _BEFORE.fullmatch(self.about) else ("", self.about)
        rest = f"（{self.omitted}）" if self.omitted else ""
        # `about` is in the matching form, `text` as published: 餘 is the same as 余.
        return self.direction + before + self.text + rest + ("" if after in fold(self.text) else after)

    @property
    def size(self) -> Decimal | None:
        """To sort by: `value` with 万, 亿 and ‰ counted in (4.6万亿元 before 300亿元); not for showing."""
        if self.value is None:
            return None
        scale = _SCALE.match(self.unit)
        return self.value * (scale_of(scale[0]) if scale else 1)


def figures_after(text: str, stop: int) -> tuple[Figure, ...]:
    """The figure that follows a phrase ending at `stop`, each of several where several are given (分别为12件、15件).

    Empty where none follows in the phrase's sentence. `text` may be published or folded, a report or the rest of
    a sentence; costs the same however long it is.
    """
    right = text[stop : stop + AHEAD]
    offsets = fold_offsets(right)
    figures = []
    for found in read(fold(text[max(0, stop - BEHIND) : stop]), fold(right)):
        start, end = stop + int(offsets[found.start]), stop + int(offsets[found.stop - 1]) + 1
        figures.append(_figure(found, text[start:end], start, end))
    return tuple(figures)


def figure_keys(counting: Counting, spots: Spots) -> list[tuple[bool, Decimal]]:
    """Keys that sort spots by the figure after the phrase: smallest first, those without one last.

    Some 30,000 spots a second: texts are read folded, nothing is fetched.
    """
    return [sort_key(left, right) for left, right in around(counting, spots, FIGURE_CHARS)]


def sort_key(left: str, right: str) -> tuple[bool, Decimal]:
    """The key of one place, from the folded text up to the end of the phrase, and behind it."""
    found = read(left, right)
    size = _figure(found[0], "", 0, 0).size if found else None
    return size is None, size or Decimal(0)


def around(counting: Counting, spots: Spots, ahead: int) -> Iterator[tuple[str, str]]:
    """Of each spot the folded text up to its end, and so many characters behind it, of its paragraph."""
    ends = replace(spots, starts=spots.stops)
    return zip(counting.left(ends, BEHIND), counting.right(spots, ahead), strict=True)


def _figure(found: Read, text: str, start: int, stop: int) -> Figure:
    value, high = value_of(found.number), value_of(found.high) if found.high else None
    return Figure(text, value, high, found.unit, found.about, found.direction, start, stop, found.omitted)
