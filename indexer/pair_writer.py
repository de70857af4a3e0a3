"""Writes where every pair of neighbouring word characters stands in a core's forms.

The pairs of some millions of characters at a time are sorted and put aside in files; what was put aside is then
joined, some millions of places at a time. Memory stays bounded, and every place is written twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, reduce
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from indexer.postings import Ints, encoded, in_order, plain

Units = NDArray[np.uint16]
Numbers = NDArray[np.uint32]

_BATCH_UNITS = 8_000_000
KEYS, COUNTS, PLACES = "pair_keys.bin", "pair_counts.bin", "pair_places.bin"
ALONE = 0
"""Stands for the second of a pair where a word character has no other on either side: no text's word has it."""


@cache
def of_words() -> NDArray[np.bool_]:
    """By UTF-16 unit: whether it is of a word: a letter, a digit, half of a rarer character."""
    return np.array([chr(unit).isalnum() or 0xD800 <= unit < 0xE000 for unit in range(1 << 16)])


@dataclass(frozen=True, slots=True)
class _Run:
    """The pairs of one batch, put aside in order: how many places each has, the places one after the other.

    They are in files beside `path` and read anew: mapped ones could not be removed on Windows.
    """

    path: Path
    start: int

    def write(self, **lists: Numbers) -> None:
        """Put lists aside, each under its name."""
        # Not `tofile`: it keeps silent of a full disk.
        for name, numbers in lists.items():
            self.path.with_suffix(f".{name}").write_bytes(numbers.data)

    def read(self, name: str, first: int = 0, stop: int | None = None) -> Numbers:
        """A list, or a piece of it."""
        count = -1 if stop is None else stop - first
        return np.fromfile(self.path.with_suffix(f".{name}"), np.uint32, count, offset=4 * first)

    def cuts(self, keys: Ints) -> tuple[list[int], list[int]]:
        """How many of its keys, and of their places, stand before each of these; and all of them."""
        own = self.read("keys")
        ends = np.append(0, np.cumsum(self.read("counts"), dtype=np.int64))
        at = np.append(np.searchsorted(own, keys), own.size)
        return at.tolist(), ends[at].tolist()


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
            else:
                self._sorting.shutdown(cancel_futures=True)

    def _put_aside(self) -> None:
        if len(self._runs) > 1:
            self._runs[-2].result()
        run = _Run(Path(self._aside.name) / str(len(self._runs)), self._start)
        self._runs.append(self._sorting.submit(_sorted, self._waiting, run))
        self._waiting, self._start = [], self._units

    def _join(self, runs: list[_Run]) -> None:
        keys = reduce(_both, (run.read("keys").astype(np.int64) for run in runs), np.empty(0, np.int64))
        counts = np.zeros(len(keys), np.int64)
        for run in runs:
            counts[np.searchsorted(keys, run.read("keys"))] += run.read("counts")
        (self._folder / KEYS).write_bytes(keys.astype("<u4").tobytes())
        (self._folder / COUNTS).write_bytes(counts.astype("<u4").tobytes())
        portions = list(_portions(counts))
        cuts = [run.cuts(keys[np.array([first for first, _ in portions], np.int64)]) for run in runs]
        with (self._folder / PLACES).open("wb") as out:
            for number, (first, stop) in enumerate(portions):
                parts = (_part(run, cut, number) for run, cut in zip(runs, cuts, strict=True))
                _write(out, _joined(parts, keys[first:stop], counts[first:stop]), counts[first:stop], self._units)


def _both(one: Ints, other: Ints) -> Ints:
    return in_order([one, other])


def _sorted(pieces: list[Units], run: _Run) -> _Run:
    """The run, with the pairs of a batch put aside."""
    units = np.concatenate([*pieces, np.array([0x0A], np.uint16)])
    word = of_words()[units]
    at = np.flatnonzero(word[:-1] & (word[1:] | ~np.append(False, word[:-2])))
    pairs = units[at].astype(np.uint64)
    for part, bits in ((np.where(word[at + 1], units[at + 1], ALONE), 16), (at, 32)):
        pairs <<= np.uint64(bits)
        pairs |= part.astype(np.uint64)
    pairs.sort()
    keys = (pairs >> np.uint64(32)).astype(np.uint32)
    first = np.flatnonzero(np.diff(keys, prepend=~keys[:1]))
    counts = np.diff(first, append=at.size).astype(np.uint32)
    run.write(keys=keys[first], counts=counts, places=pairs.astype(np.uint32))
    return run


def _part(run: _Run, cuts: tuple[list[int], list[int]], number: int) -> tuple[Numbers, Numbers, Ints]:
    """What a run has of one portion: keys, how many places each has, and the places in the forms."""
    keys, places = ((cut[number], cut[number + 1]) for cut in cuts)
    return run.read("keys", *keys), run.read("counts", *keys), run.read("places", *places).astype(np.int64) + run.start


def _joined(parts: Iterable[tuple[Numbers, Numbers, Ints]], keys: Ints, counts: Ints) -> Ints:
    """The places of these keys, which follow each other, in order."""
    joined, filled = np.empty(int(counts.sum()), np.int64), np.cumsum(counts) - counts
    for own, many, places in parts:
        among = np.searchsorted(keys, own)
        joined[np.repeat(filled[among] - (np.cumsum(many, dtype=np.int64) - many), many) + np.arange(places.size)] = (
            places
        )
        filled[among] += many
    return joined


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
