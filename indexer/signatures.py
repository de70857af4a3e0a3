"""Which rows may hold a phrase: a bit-sliced signature file over pairs of neighbouring characters.

A row's signature has the bit of every pair of characters in it; a row without the bit of one
of a phrase's pairs cannot hold the phrase (Roberts 1979; Faloutsos and Christodoulakis 1984).
At 3,000 characters a row about one bit in nine is set, so a phrase of four characters leaves
one row in seven hundred to be looked through for nothing. 2 KiB a row.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint8]

_BITS = 1 << 14
_BLOCK_ROWS = 1024
_FIRST, _SECOND, _SHIFT = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(18)


class SignatureWriter:
    """Writes the signatures of rows as they come, a block of rows at a time."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._block = np.zeros((_BLOCK_ROWS, _BITS), bool)
        self._filled = 0

    def add(self, form: str) -> None:
        """The next row."""
        self._block[self._filled, _pairs(form)] = True
        self._filled += 1
        if self._filled == _BLOCK_ROWS:
            self._flush()

    def _flush(self) -> None:
        self._file.write(np.ascontiguousarray(np.packbits(self._block, axis=0).T).tobytes())
        self._block[:] = False
        self._filled = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._filled:
            self._flush()
        self._file.close()


class Signatures:
    """The signatures of a core's rows, mapped. Raises ValueError for a file of another size than `rows` need."""

    def __init__(self, path: Path, rows: int) -> None:
        self._rows = rows
        shape = (-(-rows // _BLOCK_ROWS), _BITS, _BLOCK_ROWS // 8)
        self._bits: Bits = np.zeros(shape, np.uint8)
        if rows:
            self._bits = np.memmap(path, np.uint8, "r").reshape(shape)

    def candidates(self, phrase: str) -> NDArray[np.int64] | None:
        """Rows that may hold the phrase, in order; None for one character, which has no pair."""
        pairs = np.unique(_pairs(phrase))
        if not pairs.size:
            return None
        held: Bits = np.bitwise_and.reduce([self._bits[:, pair, :] for pair in pairs])
        return np.flatnonzero(np.unpackbits(held.reshape(-1))[: self._rows])


def _pairs(text: str) -> NDArray[np.uint32]:
    """The bits of all pairs of neighbouring characters."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    return ((codes[:-1] * _FIRST) ^ (codes[1:] * _SECOND)) >> _SHIFT
