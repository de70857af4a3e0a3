"""Forms near a phrase that a corpus is known to have: read alike, or one character away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.offer_keys import Readings
from indexer.phrases import Offer
from indexer.pinyin import syllables

_SHORTEST, _LONGEST = 2, 8


class NearForms:
    """Over the phrases of a corpus, the most frequent first."""

    def __init__(self, phrases: Readings) -> None:
        self._phrases = phrases
        by_length: defaultdict[int, list[Offer]] = defaultdict(list)
        for offer in phrases.offers:
            by_length[len(offer.text)].append(offer)
        self._by_length = by_length
        self._codes = {length: _codes([offer.text for offer in offers]) for length, offers in by_length.items()}

    def of(self, phrase: str) -> Iterator[str]:
        """Forms worth looking for, likelier ones first: not all of them need stand anywhere, none is the phrase."""
        seen = {phrase}
        for way in (self._read_alike, self._one_other, self._one_more, _swapped, _one_less):
            for form in way(phrase):
                if form not in seen:
                    seen.add(form)
                    yield form

    def _read_alike(self, phrase: str) -> Iterator[str]:
        """With a piece of it, long ones first, written as the corpus writes what is read so: 迎商环境 as 营商环境."""
        reading = syllables(phrase)
        if len(reading) != len(phrase):
            return
        for start, stop in _pieces(phrase):
            for offer in self._phrases.read_as(reading[start:stop])[:2]:
                if len(offer.text) == stop - start:
                    yield phrase[:start] + offer.text + phrase[stop:]

    def _one_other(self, phrase: str) -> Iterator[str]:
        """With one character of a piece of three or more, or of the whole, another."""
        for start, stop in _pieces(phrase):
            length = stop - start
            if length in self._codes and (length > 2 or length == len(phrase)):
                other = (self._codes[length] != _codes([phrase[start:stop]])).sum(axis=1) == 1
                for number in np.flatnonzero(other)[:2].tolist():
                    yield phrase[:start] + self._by_length[length][number].text + phrase[stop:]

    def _one_more(self, phrase: str) -> Iterator[str]:
        """With a character the whole lacks."""
        length = len(phrase) + 1
        if length in self._codes:
            for left_out in range(length):
                same = (np.delete(self._codes[length], left_out, axis=1) == _codes([phrase])).all(axis=1)
                yield from (self._by_length[length][number].text for number in np.flatnonzero(same)[:2].tolist())


def _pieces(phrase: str) -> Iterator[tuple[int, int]]:
    """Spans of the phrase, long ones first."""
    for length in range(min(_LONGEST, len(phrase)), _SHORTEST - 1, -1):
        yield from ((start, start + length) for start in range(len(phrase) - length + 1))


def _swapped(phrase: str) -> Iterator[str]:
    """With two neighbours changed round."""
    for at in range(len(phrase) - 1):
        yield phrase[:at] + phrase[at + 1] + phrase[at] + phrase[at + 2 :]


def _one_less(phrase: str) -> Iterator[str]:
    """Without one of its characters: not the first or last, for that is only a shorter phrase."""
    yield from (phrase[:at] + phrase[at + 1 :] for at in range(1, len(phrase) - 1))


def _codes(texts: list[str]) -> NDArray[np.uint32]:
    return np.frombuffer("".join(texts).encode("utf-32-le"), "<u4").reshape(len(texts), -1)
