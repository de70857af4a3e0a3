"""Ascending numbers in few bytes, readable as one array: Elias and Fano's code with whole bytes for the low part.

A list of n numbers below `bound` keeps the low 8, 16 or 32 bits of each as they are, and the high part in unary:
a bit for each number, behind as many empty bits as its high part has grown (Elias 1974; Vigna 2013). The width is
the one that is shortest for n and `bound`, so that it need not be kept: about two bytes a number for a posting of
characters in texts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

_LOW: dict[int, np.dtype[Any]] = {8: np.dtype("<u1"), 16: np.dtype("<u2"), 32: np.dtype("<u4")}


def mapped(path: Path, dtype: np.dtype[Any]) -> NDArray[Any]:
    """A file's numbers without reading them; an empty file, which cannot be mapped, has none."""
    return np.asarray(np.memmap(path, dtype, "r")) if path.stat().st_size else np.empty(0, dtype)


def sizes(counts: Ints, bound: int) -> Ints:
    """How many bytes lists of so many numbers below `bound` take."""
    least: Ints = np.minimum.reduce([_size(counts, bits, bound) for bits in _LOW])
    return least


def encoded(numbers: Ints, bound: int) -> bytes:
    """The ascending numbers as bytes."""
    bits = _width(len(numbers), bound)
    low = (numbers & ((1 << bits) - 1)).astype(_LOW[bits]).tobytes()
    if not bound >> bits:
        return low
    high = np.zeros(len(numbers) + (bound >> bits), bool)
    high[(numbers >> bits) + np.arange(len(numbers))] = True
    return low + np.packbits(high).tobytes()


def decoded(data: Bytes, count: int, bound: int) -> Ints:
    """The numbers again; `data` begins where theirs does."""
    bits = _width(count, bound)
    at = count * bits // 8
    low: Ints = data[:at].view(_LOW[bits]).astype(np.int64)
    if not bound >> bits:
        return low
    size = count + (bound >> bits)
    high: Ints = np.flatnonzero(np.unpackbits(data[at : at + -(-size // 8)], count=size).view(bool))
    high -= np.arange(count)
    high <<= bits
    high |= low
    return high


def plain(counts: Ints, bound: int) -> NDArray[np.bool_]:
    """Which lists of these lengths are nothing but their numbers in 32 bits each."""
    least = np.minimum(_size(counts, 8, bound), _size(counts, 16, bound))
    return (_size(counts, 32, bound) < least) & (bound >> 32 == 0)


def _width(count: int, bound: int) -> int:
    return min(_LOW, key=lambda bits: int(_size(np.array(count), bits, bound)))


def _size(counts: Ints, bits: int, bound: int) -> Ints:
    high = -(-(counts + (bound >> bits)) // 8) if bound >> bits else 0
    return np.asarray(counts * (bits // 8) + high, np.int64)


def firsts(ordered: Ints) -> Ints:
    """Where each value of a sorted array of numbers from 0 on first stands."""
    return np.flatnonzero(np.diff(ordered, prepend=-1))


def distinct(ordered: Ints) -> Ints:
    """The different numbers of a sorted array; for millions many times as fast as numpy's hashing."""
    return ordered[firsts(ordered)]
