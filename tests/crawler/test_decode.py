"""Bytes become text by evidence, and what is no text is refused with its reason."""

from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.decode import MAX_BYTES, decode, decode_flagged, decoded
from reports.errors import ReadError

REPORT = "某某市2023年法治政府建设工作情况的报告：朱镕同志，建筑面积120㎡，䶮。全年办理行政复议案件一百二十件。"
HANT = "某某市2023年法治政府建設工作情況的報告：全年辦理行政復議案件一百二十件，推進政務公開工作。"


def page(charset: str, text: str = REPORT) -> str:
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><p>{text}</p>'


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("gb2312", "utf-8"),
        ("utf-8", "gb18030"),
        ("big5", "utf-8"),
        ("iso-8859-1", "gb18030"),
        ("no-such-charset", "utf-8"),
    ],
)
def test_a_page_is_decoded_whatever_it_declares(declared: str, actual: str) -> None:
    html = page(declared)
    assert decode_flagged(html.encode(actual)) == (html, False)


def test_big5_is_recognised_declared_or_not() -> None:
    assert decode(page("big5", HANT).encode("big5")) == page("big5", HANT)
    assert decode(HANT.encode("big5")) == HANT


def test_the_servers_charset_comes_before_the_pages() -> None:
    assert decoded(page("utf-8").encode("gb18030"), "GBK").encoding == "gb18030"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    assert decode(REPORT.encode(encoding), "gbk") == REPORT


def test_utf_16_without_a_mark_is_read() -> None:
    html = page("utf-16") + "<p>body</p>" * 20
    assert decode(html.encode("utf-16-le")) == html


def test_a_cut_character_at_the_end_loses_only_itself() -> None:
    text, damaged = decode_flagged(REPORT.encode()[:-1])
    assert text == REPORT[:-1] + "\ufffd"
    assert damaged


def test_a_few_foreign_bytes_lose_only_themselves() -> None:
    mixed = (REPORT * 20).encode() + "页脚".encode("gb18030") + (REPORT * 20).encode()
    text, damaged = decode_flagged(mixed)
    assert text.count(REPORT) == 40
    assert damaged


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"%PDF-1.7\n...", "binary, not text: this is a PDF"),
        (b"PK\x03\x04....", "binary, not text: this is a zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "binary, not text: this is an Office document"),
        (b"\x89PNG\r\n\x1a\n", "binary, not text: this is an image"),
        (bytes(range(256)) * 8, "binary, not text"),
        (b"x" * (MAX_BYTES + 1), "larger than the limit of 10,000,000"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        decode(data)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_utf_8_with_a_mark_always_comes_back(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_reason(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        text, damaged = decode_flagged(data)
        assert not damaged or "\ufffd" in text
