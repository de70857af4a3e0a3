"""Offers by their characters and by their reading: sorted keys, long strings, and bisection."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.phrases import Offer

_LAST_CHAR = "\U0010ffff"
_MOST = 64


class Texts:
    """Texts in one string, in their order: the first that fit are found first."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._joined = "\n" + "".join(f"{text}\n" for text in texts)
        line_ends = np.frombuffer(self._joined.encode("utf-32-le"), "<u4") == ord("\n")
        self._starts = np.flatnonzero(line_ends)[:-1] + 1

    def find(self, stem: str) -> Iterator[int]:
        """The numbers of the texts that are `stem`, then of those that begin with it, then of those with it inside."""
        for wanted, within in ((f"\n{stem}\n", 1), (f"\n{stem}", 1), (stem, 0)):
            at, found = self._joined.find(wanted), 0
            while at >= 0 and found < _MOST:
                yield int(np.searchsorted(self._starts, at + within, side="right")) - 1
                at, found = self._joined.find(wanted, self._joined.find("\n", at + 1)), found + 1


class Readings:
    """Offers by pinyin and by its initials, from their beginning and, if `inside`, from every syllable."""

    def __init__(self, offers: Sequence[Offer], *, inside: bool) -> None:
        self.offers = offers
        self._heads = _Keys(pair for number, offer in enumerate(offers) for pair in _keys(offer.reading, number))
        self._inner = _Keys(
            pair
            for number, offer in enumerate(offers if inside else ())
            for start in range(1, len(offer.reading))
            for pair in _keys(offer.reading[start:], number)
        )

    def find(self, typed: str) -> Iterator[int]:
        """The numbers of the offers read so, or so abbreviated; those read on after it; those with it inside."""
        yield from self._heads.equal(typed)[:_MOST].tolist()
        yield from self._heads.beginning(typed)[:_MOST].tolist()
        yield from self._inner.beginning(typed)[:_MOST].tolist()

    def read_as(self, reading: Sequence[str]) -> list[Offer]:
        """The offers that are read exactly so."""
        found = (self.offers[number] for number in self._heads.equal("".join(reading)).tolist())
        return [offer for offer in found if offer.reading == tuple(reading)]


class _Keys:
    """Keys in order, each with the number it leads to."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(pairs)
        self._keys = [key for key, _ in ordered]
        self._numbers = np.array([number for _, number in ordered], np.int32)

    def equal(self, key: str) -> NDArray[np.int32]:
        return self._between(key, key + "\0")

    def beginning(self, start: str) -> NDArray[np.int32]:
        return self._between(start, start + _LAST_CHAR)

    def _between(self, first: str, beyond: str) -> NDArray[np.int32]:
        """Each number once, in order."""
        return np.unique(self._numbers[bisect_left(self._keys, first) : bisect_left(self._keys, beyond)])


def _keys(reading: Sequence[str], number: int) -> Iterator[tuple[str, int]]:
    yield "".join(reading), number
    yield "".join(syllable[:1] for syllable in reading), number
