"""Where the sentences and paragraphs of a core's forms end, kept so that no text is looked through for it.

Kept by spans of whole rows, about a million units each: the ends in a span are one coded list, behind which
a bit for each says whether a paragraph ends there too. That is about a byte for each end.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from indexer.pair_writer import Units
from indexer.postings import Ints, decoded, encoded, mapped, sizes

_SPAN_UNITS, _SPAN = 1 << 20, np.dtype("<u4")
_LINE_FEED = 0x0A
# What folding leaves of 。 ！ ？ ；
_ENDS = tuple(map(ord, "\n。!?;"))
ENDS, SPANS = "ends.bin", "ends_spans.bin"


@cache
def _of_ends() -> NDArray[np.bool_]:
    return np.isin(np.arange(1 << 16), _ENDS)


class EndWriter:
    """Takes in forms as they are written; what it knows is in the folder's files when it is left."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._out = folder, (folder / ENDS).open("wb")
        self._waiting: list[Units] = []
        self._units = 0
        self._spans: list[tuple[int, int]] = []

    def add(self, form: Units) -> None:
        """The next piece of the forms; it ends with a paragraph break."""
        self._waiting.append(form)
        self._units += len(form)
        if self._units >= _SPAN_UNITS:
            self._put()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._out:
            if kind is None:
                self._put()
                (self._folder / SPANS).write_bytes(np.array(self._spans, _SPAN).tobytes())

    def _put(self) -> None:
        if self._units:
            units = np.concatenate(self._waiting)
            ends, breaks = _of_ends()[units], units == _LINE_FEED
            # Between a sentence's end and its paragraph's nothing stands: one of the two says both.
            ends[:-1] &= breaks[:-1] | ~breaks[1:]
            at = np.flatnonzero(ends)
            self._out.write(encoded(at, self._units) + np.packbits(breaks[at]).tobytes())
            self._spans.append((self._units, at.size))
        self._waiting, self._units = [], 0


class Ends:
    """The ends in some forms, mapped. Raises ValueError where the files do not fit together."""

    def __init__(self, folder: Path, forms: Units) -> None:
        self._units, self._counts = mapped(folder / SPANS, _SPAN).reshape(-1, 2).T.tolist()
        taken = [_size(count, units) for units, count in zip(self._units, self._counts, strict=True)]
        self._starts, self._at = (np.append(0, np.cumsum(each, dtype=np.int64)) for each in (self._units, taken))
        self._bytes = mapped(folder / ENDS, np.dtype(np.uint8))
        if (self._starts[-1], self._at[-1]) != (len(forms), len(self._bytes)):
            raise ValueError(f"{ENDS} is not of the size it should be")

    def around(self, places: Ints, *, paragraphs: bool) -> tuple[Ints, Ints]:
        """Starts and stops of the sentences, or paragraphs, in which these ascending places are."""
        starts, stops = np.empty_like(places), np.empty_like(places)
        for span, (first, stop) in enumerate(pairwise(np.searchsorted(places, self._starts).tolist())):
            if first < stop:
                bounds = self._bounds(span, paragraphs=paragraphs)
                following = np.searchsorted(bounds, places[first:stop], side="right")
                starts[first:stop], stops[first:stop] = bounds[following - 1], bounds[following]
        return starts, stops

    def _bounds(self, span: int, *, paragraphs: bool) -> Ints:
        """Where the span begins, and just behind each end in it."""
        units, count, start = self._units[span], self._counts[span], int(self._starts[span])
        data = self._bytes[self._at[span] : self._at[span + 1]]
        at = decoded(data, count, units)
        if paragraphs:
            at = at[np.unpackbits(data[data.size - (count + 7) // 8 :], count=count).view(bool)]
        return np.append(start, at + (start + 1))


def _size(count: int, units: int) -> int:
    """In bytes, of a span."""
    return int(sizes(np.array(count), units)) + (count + 7) // 8
