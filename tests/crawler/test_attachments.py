"""Which files a page offers, and which of them is its report."""

from __future__ import annotations

import pytest

from crawler.extract.anchors import anchors_of
from crawler.extract.attachments import attachments, ending, is_note, is_read
from crawler.extract.shown import shown
from crawler.sights import Link
from tests.crawler.papers import SENTENCE, TITLE

PAGE = "http://www.yuanling.gov.example/xxgk/t20230120_1.html"


def found(html: str, title: str | None = TITLE) -> list[str]:
    """The last parts of the addresses of the attachments of a page."""
    return [link.url.rpartition("/")[2] for link in attachments(anchors_of(shown(html, PAGE)), title)]


OFFERED: tuple[tuple[str, list[str]], ...] = (
    (f"<a href='./P1.pdf'>{TITLE}.pdf</a>", ["P1.pdf"]),
    (f"<a href=a.doc>附件：{TITLE}</a> <a href=b.pdf>附件：{TITLE}（PDF版）</a>", ["b.pdf", "a.doc"]),
    (f"<a href=1.pdf>附件1：名单</a><a href=2.docx>附件2：{TITLE}</a>", ["2.docx", "1.pdf"]),
    ("<a href=2023.pdf>2023</a>", ["2023.pdf"]),
    ("<a href=2022.pdf>2022</a><a href=2023.pdf>2023</a>", []),
    ("<a href=a.wps>附件</a><a href=b.ofd>附件</a>", ["a.wps", "b.ofd"]),
    ("<a href=a.xlsx>附件</a><a href=b.zip>附件</a><a href=c.html>附件</a>", []),
    ("<a href='javascript:void(0)'>附件.pdf</a><a href='#a.pdf'>下载</a>", []),
    ("<a href=/down.jsp?id=5>年度报告.pdf</a>", ["down.jsp?id=5"]),
    ("<a href='/down?name=%E6%8A%A5.pdf&amp;id=5'>下载</a>", ["down?name=%E6%8A%A5.pdf&id=5"]),
    ("<iframe src='/files/a.pdf'></iframe>", ["a.pdf"]),
    ("<iframe src='/pdfjs/web/viewer.html?file=/files/a.pdf'></iframe>", ["a.pdf"]),
    ("<embed src=a.pdf><object data=a.pdf></object>", ["a.pdf"]),
    ("<a href=a.pdf><img src=icon.gif></a><a href=a.pdf>附件下载</a>", ["a.pdf"]),
    ("<a href=a.pdf title='附件：名单'>…</a><a href=b.pdf>附件</a>", ["a.pdf", "b.pdf"]),
)


@pytest.mark.parametrize(("html", "expected"), OFFERED)
def test_the_likeliest_file_comes_first(html: str, expected: list[str]) -> None:
    assert found(html) == expected


def test_a_page_with_thousands_of_files_offers_ten() -> None:
    assert len(found("".join(f"<a href={n}.pdf>附件{n}</a>" for n in range(3000)))) == 10


@pytest.mark.parametrize(
    ("url", "name", "expected", "read"),
    [
        ("http://a.example/x.PDF", "", ".pdf", True),
        ("http://a.example/x.docx?v=1", "", ".docx", True),
        ("http://a.example/x.doc", "", ".doc", False),
        ("http://a.example/d?f=x.wps", "", ".wps", False),
        ("http://a.example/d?id=1", "报告.pdf（1.2M）", ".pdf", True),
        ("http://a.example/t1.html", "报告", "", False),
        ("http://a.example/t1.html", "PDF阅读器使用说明", "", False),
    ],
)
def test_a_file_is_known_by_its_ending(url: str, name: str, expected: str, read: bool) -> None:
    assert ending(url, name) == expected
    assert is_read(url, name) is read


FILE = (Link("http://a.example/a.pdf", f"{TITLE}.pdf"),)


@pytest.mark.parametrize(
    ("paragraphs", "links", "expected"),
    [
        ((TITLE, "现将报告予以公布，详见附件。", SENTENCE), FILE, True),
        ((TITLE, SENTENCE, f"附件：{TITLE}.pdf"), FILE, True),
        ((TITLE, SENTENCE), (), False),
        ((TITLE, SENTENCE * 6, "详见附件。"), FILE, False),
        (("关于召开会议的通知", SENTENCE, "附件：参会回执"), (Link("http://a.example/a.docx", "参会回执"),), False),
        (("关于召开会议的通知", SENTENCE, "名单见附件。"), (Link("http://a.example/a.docx", "名单"),), True),
    ],
)
def test_a_note_beside_a_file_is_not_the_report(
    paragraphs: tuple[str, ...], links: tuple[Link, ...], expected: bool
) -> None:
    assert is_note(paragraphs, paragraphs[0], links) is expected
