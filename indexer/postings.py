"""Ascending numbers in few bytes, readable as one array: Elias and Fano's code with few widths for the low part.

A list of n numbers below `bound` keeps the low 8, 12, 16 or 32 bits of each as they are, and the high part in unary:
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

_LOW: dict[int, np.dtype[Any]] = {8: np.dtype("<u1"), 12: np.dtype("<u2"), 16: np.dtype("<u2"), 32: np.dtype("<u4")}


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
    part = (numbers & ((1 << bits) - 1)).astype(_LOW[bits])
    low: bytes = (_paired(part) if bits == 12 else part).tobytes()
    if not bound >> bits:
        return low
    high = np.zeros(len(numbers) + (bound >> bits), bool)
    high[(numbers >> bits) + np.arange(len(numbers))] = True
    return low + np.packbits(high).tobytes()


def decoded(data: Bytes, count: int, bound: int) -> Ints:
    """The numbers again; `data` begins where theirs does."""
    bits = _width(count, bound)
    at = int(_low_size(np.array(count), bits))
    low: Ints = (_unpaired(data[:at])[:count] if bits == 12 else data[:at].view(_LOW[bits])).astype(np.int64)
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
    least: Ints = np.minimum.reduce([_size(counts, bits, bound) for bits in _LOW if bits < 32])
    return (_size(counts, 32, bound) < least) & (bound >> 32 == 0)


def _width(count: int, bound: int) -> int:
    return min(_LOW, key=lambda bits: int(_size(np.array(count), bits, bound)))


def _size(counts: Ints, bits: int, bound: int) -> Ints:
    high = -(-(counts + (bound >> bits)) // 8) if bound >> bits else 0
    return np.asarray(_low_size(counts, bits) + high, np.int64)


def _low_size(counts: Ints, bits: int) -> Ints:
    """Numbers of 12 bits lie in pairs of three bytes."""
    return -(-counts // 2) * 3 if bits == 12 else counts * (bits // 8)


def _paired(low: NDArray[np.uint16]) -> Bytes:
    one, other = np.append(low, low[:0] if len(low) % 2 == 0 else np.uint16(0)).reshape(-1, 2).T
    return np.stack([one & 0xFF, one >> 8 | (other & 0xF) << 4, other >> 4], axis=1).astype(np.uint8)


def _unpaired(data: Bytes) -> NDArray[np.uint16]:
    first, second, third = data.reshape(-1, 3).astype(np.uint16).T
    return np.stack([first | (second & 0xF) << 8, second >> 4 | third << 4], axis=1).reshape(-1)


def firsts(ordered: Ints) -> Ints:
    """Where each value of a sorted array of numbers from 0 on first stands."""
    return np.flatnonzero(np.diff(ordered, prepend=-1))


def distinct(ordered: Ints) -> Ints:
    """The different numbers of a sorted array; for millions many times as fast as numpy's hashing."""
    return ordered[firsts(ordered)]


def in_order(parts: list[Ints]) -> Ints:
    """The different numbers of sorted arrays; a stable sort takes each of these for a run to be merged."""
    return distinct(np.sort(np.concatenate(parts), kind="stable"))
