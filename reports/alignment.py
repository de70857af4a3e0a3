"""Two sequences side by side: which stretches are the same. Its cost is bounded, whatever it is given."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Run = tuple[int, int, int]
"""`n` items from `i` on in the one are those from `j` on in the other."""

MAX_PAIRS = 40_000


def runs(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    """The stretches both have, in order, apart in at least one; an empty one at the ends closes them.

    What stands once in each and in the same order holds them together (patience diff); difflib, which is
    quadratic and worse, sees only what is between, and where that is large it counts as replaced.
    """
    i = j = n = 0
    for pair in _pairs(before, after):
        if pair == (i + n, j + n):
            n += 1
            continue
        if n:
            yield i, j, n
        (i, j), n = pair, 1
    if n:
        yield i, j, n
    yield len(before), len(after), 0


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    start, stop = _edges(before, after)
    yield from ((at, at) for at in range(start))
    at, there = start, start
    ends = (len(before) - stop, len(after) - stop)
    for i, j in (*_anchors(before[start : ends[0]], after[start : ends[1]], start), ends):
        for a, b, n in _between(before[at:i], after[there:j]):
            yield from ((at + a + k, there + b + k) for k in range(n))
        if (i, j) != ends:
            yield i, j
        at, there = i + 1, j + 1
    yield from zip(range(ends[0], len(before)), range(ends[1], len(after)), strict=True)


def _edges(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How many items are the same at the beginning, and of the rest at the end."""
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    rest = shorter - start
    return start, next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)


def _anchors(before: Sequence[str], after: Sequence[str], offset: int) -> list[tuple[int, int]]:
    """Of the items that stand once in each, the longest series that keeps its order."""
    once = {item for item, count in Counter(before).items() if count == 1}
    places = {item: at for at, item in enumerate(after) if item in once}
    once = {item for item, count in Counter(after).items() if count == 1}
    common = [(at, places[item]) for at, item in enumerate(before) if item in places and item in once]
    tops: list[int] = []
    heads: list[int] = []
    below: list[int] = []
    for number, (_, place) in enumerate(common):
        pile = bisect_left(tops, place)
        tops[pile : pile + 1] = [place]
        heads[pile : pile + 1] = [number]
        below.append(heads[pile - 1] if pile else -1)
    series: list[tuple[int, int]] = []
    at = heads[-1] if heads else -1
    while at >= 0:
        series.append((common[at][0] + offset, common[at][1] + offset))
        at = below[at]
    return series[::-1]


def _between(before: Sequence[str], after: Sequence[str]) -> list[Run]:
    if not 0 < len(before) * len(after) <= MAX_PAIRS:
        return []
    found = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return [(match.a, match.b, match.size) for match in found]
