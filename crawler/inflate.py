"""Content codings undone in bounded memory: a small payload can unpack to anything."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from crawler.answers import Fault
from reports.errors import ReadError

_STEP = 1 << 16
_EITHER, _RAW = 47, -15
_MAX_CODINGS = 2
# Each member of a gzip file costs a fresh decompressor; real ones have one, rarely a handful.
_MAX_MEMBERS = 1000
_KNOWN = frozenset({"gzip", "x-gzip", "deflate"})


class Unsound(ReadError):
    """A payload that is not taken: broken or too large."""

    def __init__(self, fault: Fault, why: str) -> None:
        super().__init__(why)
        self.fault = fault


def codings_of(header: str) -> tuple[str, ...]:
    """What a Content-Encoding names, in the order applied; raises Unsound for what cannot be undone.

    >>> codings_of("identity, GZIP")
    ('gzip',)
    """
    named = (each.strip().lower() for each in header.split(","))
    codings = tuple(each for each in named if each not in ("", "identity"))
    if unknown := [each for each in codings if each not in _KNOWN]:
        raise Unsound(Fault.BROKEN, f"packed in a way that was not asked for: {unknown[0][:40]}")
    if len(codings) > _MAX_CODINGS:
        raise Unsound(Fault.BROKEN, f"packed {len(codings)} times over")
    return codings


def inflate(raw: bytes, codings: tuple[str, ...], max_bytes: int) -> bytes:
    """The payload unpacked; raises Unsound if it is broken, cut short, or unpacks to more than `max_bytes`."""
    return b"".join(unpacked(raw, codings, max_bytes))


def unpacked(raw: bytes, codings: tuple[str, ...], max_bytes: int) -> Iterator[bytes]:
    """As `inflate`, in pieces of at most 64 KiB; none of the stages between holds more than that."""
    pieces: Iterator[bytes] = (raw[start : start + _STEP] for start in range(0, len(raw), _STEP))
    for coding in reversed(codings):
        pieces = _bounded(_undone(pieces, coding), max_bytes)
    return pieces


def _bounded(pieces: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > max_bytes:
            raise Unsound(Fault.TOO_LARGE, f"unpacks to more than {max_bytes:,} bytes")
        yield piece


def _undone(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    engine, members = None, 0
    try:
        for packed in pieces:
            rest = packed
            while rest:
                if engine is None:
                    # Browsers take what follows the last member for padding, whatever it is.
                    if members and rest[:2] not in (b"\x1f\x8b", b"\x1f"):
                        return
                    engine, members = zlib.decompressobj(_window(coding, rest)), members + 1
                if members > _MAX_MEMBERS:
                    raise Unsound(Fault.BROKEN, f"packed in more than {_MAX_MEMBERS:,} parts")
                yield from _drained(engine, rest)
                rest = engine.unused_data
                engine = None if engine.eof else engine
    except zlib.error:
        raise Unsound(Fault.BROKEN, f"says it is packed with {coding}, and is not or is damaged") from None
    if engine is not None:
        raise Unsound(Fault.BROKEN, f"packed with {coding}, and cut short")


def _drained(engine: zlib._Decompress, packed: bytes) -> Iterator[bytes]:
    """All that comes out for `packed`; a full piece says that there may be more even when the input is used up."""
    while True:
        piece = engine.decompress(packed, _STEP)
        if piece:
            yield piece
        packed = engine.unconsumed_tail
        if engine.eof or (not packed and len(piece) < _STEP):
            return


def _window(coding: str, start: bytes) -> int:
    """`deflate` means zlib (RFC 9110 8.4.1.2); servers that send bare deflate are told by the missing header."""
    is_zlib = len(start) > 1 and start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0
    return _RAW if coding == "deflate" and not is_zlib and start[:2] != b"\x1f\x8b" else _EITHER
