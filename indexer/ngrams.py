"""What a sample of texts says again and again: runs of characters that hold together, found by counting alone.

A run is kept where several documents have it, where it is not nearly always part of one longer run, and where
its pieces stand together far oftener than chance (cohesion: Church and Hanks 1990, at the weakest seam).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 2, 8
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_PART_OF_LONGER = 0.85
_LEAST_COHESION = 30.0
# In a few pages everything is rare, and nothing could stand together oftener than chance.
_FEWEST_CHARS = 100_000

Hashes = NDArray[np.uint64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grams:
    """All frequent runs of one length, by hash: how often, in how many documents, and where one of them stands."""

    hashes: Hashes
    times: Counts
    documents: Counts
    first: Counts

    def of(self, hashes: Hashes) -> Counts:
        """The place of each of these among them; all of them must be there."""
        return np.searchsorted(self.hashes, hashes)


def codes_of(text: str) -> Hashes:
    """Its characters as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)


def rolled(codes: Hashes) -> Iterator[Hashes]:
    """Hashes of the runs of 1, 2, 3 … characters that begin at each place, as long as there are any."""
    hashes = codes
    for length in range(1, len(codes) + 1):
        yield hashes
        hashes = hashes[:-1] * _FACTOR + codes[length:]


def recurring(texts: Sequence[str], fewest: int) -> list[tuple[str, int]]:
    """Runs of SHORTEST to LONGEST word characters that at least `fewest` of the texts have, with how many have them.

    About 1.5 s and 150 MB for a million characters.
    """
    whole = "\n".join((*texts, ""))
    document = np.repeat(np.arange(len(texts)), [len(each) + 1 for each in texts])
    levels, codes, found = list(_levels(whole, document, fewest)), codes_of(whole), []
    for length in range(SHORTEST, min(LONGEST, len(levels) - 1) + 1):
        grams = levels[length]
        longer = levels[length + 1] if length + 1 < len(levels) else None
        for at in np.flatnonzero(_closed(codes, length, grams, longer) & _cohesive(codes, length, levels)):
            start = int(grams.first[at])
            found.append((whole[start : start + length], int(grams.documents[at])))
    return found


def _levels(whole: str, document: Counts, fewest: int) -> Iterator[Grams]:
    """The frequent runs by length, from an empty level 0 on. A longer run is frequent only where its ends are."""
    none = np.empty(0, np.int64)
    yield Grams(np.empty(0, np.uint64), none, none, none)
    alive = np.fromiter(map(str.isalnum, whole), bool, len(whole))
    for length, hashes in zip(range(1, LONGEST + 2), rolled(codes_of(whole)), strict=False):
        if length > 1:
            alive = alive[:-1] & alive[1:]
        places = np.flatnonzero(alive)
        grams, member = _group(hashes[places], document[places], places)
        frequent = grams.documents >= fewest
        alive[places[~frequent[member]]] = False
        kept = Grams(*(getattr(grams, name)[frequent] for name in ("hashes", "times", "documents", "first")))
        yield kept
        if not kept.hashes.size:
            return


def _group(hashes: Hashes, document: Counts, places: Counts) -> tuple[Grams, Counts]:
    """Equal runs counted, and for each place which of them it has."""
    order = np.argsort(hashes, kind="stable")
    sorted_hashes, sorted_document = hashes[order], document[order]
    new = np.ones(len(order), bool)
    new[1:] = sorted_hashes[1:] != sorted_hashes[:-1]
    new_document = new.copy()
    new_document[1:] |= sorted_document[1:] != sorted_document[:-1]
    number = np.cumsum(new) - 1
    starts = np.flatnonzero(new)
    member = np.empty(len(order), np.int64)
    member[order] = number
    times = np.diff(np.append(starts, len(order)))
    documents = np.bincount(number[new_document], minlength=len(starts))
    return Grams(sorted_hashes[starts], times, documents, places[order[starts]]), member


def _pieces(codes: Hashes, grams: Grams, start: int, stop: int) -> Hashes:
    """The hash of the piece from `start` to `stop` of each of these runs."""
    hashes = codes[grams.first + start].copy()
    for step in range(start + 1, stop):
        hashes = hashes * _FACTOR + codes[grams.first + step]
    return hashes


def _closed(codes: Hashes, length: int, grams: Grams, longer: Grams | None) -> NDArray[np.bool_]:
    """Which of the runs are more than a part of one longer run."""
    most = np.zeros(len(grams.hashes), np.int64)
    if longer is not None and longer.hashes.size:
        for start in (0, 1):
            np.maximum.at(most, grams.of(_pieces(codes, longer, start, start + length)), longer.times)
    return most <= _PART_OF_LONGER * grams.times


def _cohesive(codes: Hashes, length: int, levels: Sequence[Grams]) -> NDArray[np.bool_]:
    """Which of the runs stand together far oftener than their pieces would by chance, wherever they are cut."""
    grams = levels[length]
    weakest = np.full(len(grams.hashes), np.inf)
    for cut in range(1, length):
        left, right = levels[cut], levels[length - cut]
        apart = left.times[left.of(_pieces(codes, grams, 0, cut))] * right.times[
            right.of(_pieces(codes, grams, cut, length))
        ].astype(float)
        weakest = np.minimum(weakest, grams.times * max(len(codes), _FEWEST_CHARS) / apart)
    return weakest >= _LEAST_COHESION
