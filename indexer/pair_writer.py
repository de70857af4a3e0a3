"""Writes where every pair of neighbouring word characters stands in a core's forms.

The pairs of some millions of characters at a time are sorted and put aside; what was put aside is then joined, some
millions of places at a time. Memory stays bounded, and every place is written twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from indexer.postings import Ints, encoded, mapped, plain

Units = NDArray[np.uint16]

_BATCH_UNITS = 8_000_000
KEYS, COUNTS, PLACES = "pair_keys.npy", "pair_counts.npy", "pair_places.bin"


@cache
def of_words() -> NDArray[np.bool_]:
    """By UTF-16 unit: whether it is of a word: a letter, a digit, half of a rarer character."""
    return np.array([chr(unit).isalnum() or 0xD800 <= unit < 0xE000 for unit in range(1 << 16)])


@dataclass(frozen=True, slots=True)
class _Run:
    """The pairs of one batch in order: how many places each has, the places one after the other, and where it began."""

    keys: NDArray[np.uint32]
    counts: Ints
    places: NDArray[np.uint32]
    start: int


class PairWriter:
    """Takes in forms as they are written; what it knows is in the folder's files when it is left."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._aside = TemporaryDirectory(dir=folder, prefix="pairs-")
        self._waiting: list[Units] = []
        # In a thread of its own: sorting leaves the other core to whoever makes the forms.
        self._sorting = ThreadPoolExecutor(1)
        self._runs: list[Future[_Run]] = []
        self._units = self._start = 0

    def add(self, form: Units) -> None:
        """The next piece of the forms; it ends with a paragraph break."""
        self._waiting.append(form)
        self._units += len(form)
        if self._units - self._start >= _BATCH_UNITS:
            self._put_aside()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._aside, self._sorting:
            if kind is None:
                self._put_aside()
                self._join([run.result() for run in self._runs])

    def _put_aside(self) -> None:
        if len(self._runs) > 1:
            self._runs[-2].result()
        path = Path(self._aside.name) / str(len(self._runs))
        self._runs.append(self._sorting.submit(_sorted, self._waiting, self._start, path))
        self._waiting, self._start = [], self._units

    def _join(self, runs: list[_Run]) -> None:
        keys = np.unique(np.concatenate([run.keys for run in runs]))
        counts = np.zeros(len(keys), np.int64)
        for run in runs:
            counts[np.searchsorted(keys, run.keys)] += run.counts
        np.save(self._folder / KEYS, keys)
        np.save(self._folder / COUNTS, counts)
        with (self._folder / PLACES).open("wb") as out:
            for first, stop in _portions(counts):
                _write(out, _places(runs, keys[first:stop], counts[first:stop]), counts[first:stop], self._units)


def _sorted(pieces: list[Units], start: int, path: Path) -> _Run:
    """The pairs of a batch, their places in a file."""
    units = np.concatenate([*pieces, np.array([0x0A], np.uint16)])
    word = of_words()[units]
    at = np.flatnonzero(word[:-1] & word[1:])
    pairs = units[at].astype(np.uint64)
    for part, bits in ((units[at + 1], 16), (at, 32)):
        pairs <<= np.uint64(bits)
        pairs |= part.astype(np.uint64)
    pairs.sort()
    keys = (pairs >> np.uint64(32)).astype(np.uint32)
    first = np.flatnonzero(np.diff(keys, prepend=~keys[:1]))
    pairs.astype(np.uint32).tofile(path)
    return _Run(keys[first], np.diff(first, append=at.size), mapped(path, np.dtype(np.uint32)), start)


def _places(runs: list[_Run], keys: NDArray[np.uint32], counts: Ints) -> Ints:
    """The places of these keys, which follow each other, in order."""
    places, filled = np.empty(int(counts.sum()), np.int64), np.cumsum(counts) - counts
    for run in runs:
        one, last = np.searchsorted(run.keys, keys[[0, -1]], side="left").tolist()
        last += int(last < len(run.keys) and run.keys[last] == keys[-1])
        among, many = np.searchsorted(keys, run.keys[one:last]), run.counts[one:last]
        begin, size = int(run.counts[:one].sum()), int(many.sum())
        into = np.repeat(filled[among] - (np.cumsum(many) - many), many) + np.arange(size)
        places[into] = run.places[begin : begin + size].astype(np.int64) + run.start
        filled[among] += many
    return places


def _portions(counts: Ints) -> Iterator[tuple[int, int]]:
    """Keys that follow each other, together with about as many places as a batch has, by number."""
    ends = np.cumsum(counts)
    first = 0
    while first < len(counts):
        before = int(ends[first - 1]) if first else 0
        stop = max(int(np.searchsorted(ends, before + _BATCH_UNITS, side="right")), first + 1)
        yield first, stop
        first = stop


def _write(out: BinaryIO, places: Ints, counts: Ints, bound: int) -> None:
    """The places of each key; those that need no code, which are nearly all keys and few places, many at a time."""
    ends = np.append(0, np.cumsum(counts))
    easy = plain(counts, bound)
    turns: Sequence[int] = np.append(np.flatnonzero(np.diff(easy.astype(np.int8), prepend=2)), len(counts)).tolist()
    for first, stop in pairwise(turns):
        if easy[first]:
            out.write(places[ends[first] : ends[stop]].astype("<u4").tobytes())
        else:
            for number in range(first, stop):
                out.write(encoded(places[ends[number] : ends[number + 1]], bound))
