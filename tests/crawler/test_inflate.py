"""Content codings are undone whole, within bounds, or refused."""

from __future__ import annotations

import gzip
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.inflate import Unsound, codings_of, inflate


@given(st.binary(max_size=300_000), st.sampled_from(["gzip", "deflate", "bare"]), st.integers(0, 9))
def test_what_is_packed_is_unpacked(data: bytes, way: str, level: int) -> None:
    wbits = {"gzip": 31, "deflate": 15, "bare": -15}[way]
    engine = zlib.compressobj(level, wbits=wbits)
    raw = engine.compress(data) + engine.flush()
    assert inflate(raw, ("gzip" if way == "gzip" else "deflate",), len(data)) == data


@pytest.mark.parametrize("length", [65535, 65536, 65537, 131072, 1_000_000])
def test_nothing_is_lost_where_pieces_meet(length: int) -> None:
    assert inflate(gzip.compress(bytes(length)), ("gzip",), length) == bytes(length)
    with pytest.raises(Unsound, match="unpacks to more"):
        inflate(gzip.compress(bytes(length)), ("gzip",), length - 1)


def test_nothing_is_lost_where_the_input_ends_before_the_output() -> None:
    """Bare deflate has no checksum after it: the last match can be all read while it is not yet all written."""
    for length in range(65536, 65536 + 600):
        assert len(inflate(zlib.compress(bytes(length), wbits=-15), ("deflate",), length)) == length


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate"]))
def test_any_bytes_are_unpacked_or_refused(raw: bytes, coding: str) -> None:
    with suppress(Unsound):
        assert len(inflate(raw, (coding,), 10_000)) <= 10_000


def test_nothing_packed_needs_no_unpacking() -> None:
    assert codings_of("") == codings_of("identity, ") == ()
    assert inflate(b"as it is", (), 8) == b"as it is"
