"""PDF and DOCX files to text: what is printed around a text goes, what belongs together is put together."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.documents import document_in, read_document
from crawler.extract.pdf import IMAGE_ONLY
from crawler.extract.printed import Printed, lines_of
from crawler.extract.word import MAX_UNPACKED_BYTES
from reports.errors import ReadError
from tests.crawler.papers import PARAGRAPHS, SENTENCE, TITLE, Put, pdf, printed, word

WHOLE = (TITLE, *PARAGRAPHS)


@pytest.mark.parametrize("lines", [6, 9, 20])
@pytest.mark.parametrize("head", ["", "沅陵县人民政府公报 2023年第{}期", TITLE])
@pytest.mark.parametrize("number", ["— {} —", "第 {} 页 共 9 页", "{}", "- {} -", "{}/9"])
def test_a_printed_report_gives_its_paragraphs_and_no_more(lines: int, head: str, number: str) -> None:
    page = read_document(printed(WHOLE, head=head, number=number, lines=lines))
    assert page.title == TITLE
    assert page.paragraphs == WHOLE
    assert (page.read_by, page.quality) == ("pdf", frozenset())


def test_characters_named_by_their_radicals_are_what_is_printed() -> None:
    page = read_document(printed((TITLE, "⼀、⻓期⼯作", SENTENCE.replace("行", "⾏") * 3)))
    assert page.paragraphs[1:] == ("一、长期工作", SENTENCE * 3)


def test_a_numeral_that_is_no_page_number_stays() -> None:
    first = [Put(SENTENCE[:27], 80, 700), Put(SENTENCE[27:], 80, 672), Put("35", 80, 644)]
    second = [Put(SENTENCE[:27], 80, 700), Put(SENTENCE[27:], 80, 672), Put("99", 80, 644)]
    text = "\n".join(read_document(pdf([first, second])).paragraphs)
    assert "35" in text
    assert "99" in text


def test_a_head_that_reads_like_the_title_leaves_the_title() -> None:
    title = [Printed("年度报告", 200, 330, 760, 22)]
    body = [Printed("正文" * 12, 80, 460, 700 - 28 * row, 16) for row in range(5)]
    head = [Printed("年度报告", 250, 290, 810, 9)]
    texts = [line.text for line in lines_of([[*title, *body], [*body, *head], [*body, *head], [*body, *head]])]
    assert texts.count("年度报告") == 1


def test_pages_that_are_pictures_are_named_and_not_read() -> None:
    with pytest.raises(ReadError, match=IMAGE_ONLY):
        read_document(pdf([[], []], picture=True))


def test_a_picture_among_the_pages_is_noted() -> None:
    lines = [Put(SENTENCE[at : at + 27], 80, 700 - at) for at in range(0, len(SENTENCE), 27)]
    page = read_document(pdf([[*lines, Put(SENTENCE[:26], 80, 500)], []], picture=True))
    assert page.quality >= {"image_pages"}


BAD = (
    (lambda: pdf([[Put(SENTENCE, 1, 1)]], locked=True), "password"),
    (lambda: printed(WHOLE)[:900], "broken or cut short"),
    (lambda: b"%PDF-1.7\n" + b"\0" * 5000, "broken or cut short"),
    (lambda: pdf([]), "broken|without pages"),
    (lambda: pdf([[]] * 501), "501 pages"),
    (lambda: pdf([[Put("目录", 80, 700)]]), "no body"),
    (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Word format"),
    (lambda: b"{\\rtf1 x}", "RTF"),
    (lambda: b"Rar!\x1a\x07", "rar archive"),
    (lambda: word(WHOLE)[:4000], "broken or cut short"),
    (lambda: b"PK\x03\x04" + b"\0" * 100, "broken or cut short"),
    (lambda: _zip({"content.xml": b"x"}), "no .docx"),
    (lambda: _zip({"word/document.xml": b"<x"}), "broken or cut short"),
    (lambda: _docx_with(b"<w:document"), "broken or cut short"),
    (lambda: _zip({"word/document.xml": b"0" * (MAX_UNPACKED_BYTES + 1)}), "unpacks to 50 MB"),
    (lambda: _zip({"word/document.xml": b"0" * 5_000_000}), "times its size"),
    (lambda: b"plain text", "neither"),
)


@pytest.mark.parametrize(("make", "why"), BAD)
def test_a_document_that_cannot_be_read_is_named(make: Callable[[], bytes], why: str) -> None:
    with pytest.raises(ReadError, match=why):
        read_document(make())


@given(st.binary(max_size=300), st.sampled_from([b"%PDF-1.4\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b""]))
@settings(max_examples=60, deadline=None)
def test_no_bytes_do_more_than_be_refused(data: bytes, magic: bytes) -> None:
    with pytest.raises(ReadError):
        read_document(magic + data)


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_damaged_document_is_read_or_refused(at: int, noise: bytes) -> None:
    for whole in (PRINTED, WORD):
        place = at % len(whole)
        with suppress(ReadError):
            assert read_document(whole[:place] + noise + whole[place + len(noise) :]).paragraphs


def test_a_page_is_no_document() -> None:
    assert document_in(b"<html><body>%d" % 5) is None


def test_a_word_document_gives_paragraphs_and_rows_in_order() -> None:
    page = read_document(word(WHOLE, table=(("指标", "单位", "2022年"), ("收到复议申请", "件", "123"))))
    assert page.paragraphs == (*WHOLE, "指标 | 单位 | 2022年", "收到复议申请 | 件 | 123")
    assert (page.title, page.read_by) == (TITLE, "docx")


def test_the_numbers_word_writes_by_itself_are_written() -> None:
    document = docx.Document()
    document.add_paragraph(TITLE)
    numbering = document.part.numbering_part.element
    numbering.insert(0, _list("chineseCounting", "%1、", "decimal", "%1.%2"))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for depth, text in ((0, "主要成效"), (1, "政务公开"), (1, "行政执法"), (0, "存在不足"), (1, "人员不足")):
        _numbered(document.add_paragraph(text), depth)
        document.add_paragraph(SENTENCE)
    said = read_document(_saved(document)).paragraphs[1::2]
    assert said == ("一、主要成效", "1.1政务公开", "1.2行政执法", "二、存在不足", "2.1人员不足")


def test_insertions_are_read_and_deletions_are_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph(SENTENCE * 2)._p
    for tag, inner, text in (("w:ins", "w:t", "新增内容"), ("w:del", "w:delText", "删去内容")):
        change, run, said = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        said.text = text
        run.append(said)
        change.append(run)
        paragraph.append(change)
    text = "".join(read_document(_saved(document)).paragraphs)
    assert "新增内容" in text
    assert "删去" not in text


def test_a_table_that_lays_out_the_page_gives_paragraphs() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).rows[0].cells[0]
    cell.text = PARAGRAPHS[0]
    for text in PARAGRAPHS[1:]:
        cell.add_paragraph(text)
    inner = cell.add_table(1, 2).rows[0].cells
    inner[0].text, inner[1].text = "甲", "乙"
    assert read_document(_saved(document)).paragraphs == (*PARAGRAPHS, "甲 | 乙")


def test_no_entity_is_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "放大"><!ENTITY b "&a;&a;">]>'
    texts = f"<w:p><w:r><w:t>{SENTENCE * 2}</w:t></w:r></w:p><w:p><w:r><w:t>甲&b;</w:t></w:r></w:p>"
    page = read_document(_docx_with(f"{bomb}<w:document {nsdecls('w')}><w:body>{texts}</w:body></w:document>".encode()))
    assert page.paragraphs == (SENTENCE * 2, "甲")


def _zip(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def _docx_with(document: bytes) -> bytes:
    """A DOCX whose text is these bytes."""
    with zipfile.ZipFile(io.BytesIO(word(WHOLE))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return _zip(files | {"word/document.xml": document})


def _saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _list(*levels: str) -> object:
    made = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{"<w:isLgl/>" * depth}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(zip(levels[::2], levels[1::2], strict=True))
    )
    return parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{made}</w:abstractNum>')


def _numbered(paragraph: Any, depth: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().set(qn("w:val"), str(depth))
    properties.get_or_add_numId().set(qn("w:val"), "77")


PRINTED, WORD = printed(WHOLE), word(WHOLE)
