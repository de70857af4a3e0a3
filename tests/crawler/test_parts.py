"""Reports split over several pages: which pages belong together, and that they become one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.anchors import anchors_of
from crawler.extract.page import Page
from crawler.extract.parts import MAX_PARTS, joined, may_have_parts, parts
from crawler.extract.shown import shown
from tests.crawler.papers import PARAGRAPHS, SENTENCE, TITLE

FOLDER = "http://www.yuanling.gov.example/xxgk/"


def found(html: str, name: str) -> list[str]:
    """The further pages of the article called `name`, without their folder."""
    url = FOLDER + name
    if not may_have_parts(html):
        return []
    return [each.removeprefix(FOLDER) for each in parts(html, anchors_of(shown(html, url)), url)]


SERIES: tuple[tuple[str, str, list[str]], ...] = (
    (
        "t1_2.html",
        "<a href=t1_2.html>1</a><a href=t1_2_1.html>2</a><a href=t1_2_2.html>3</a>",
        ["t1_2_1.html", "t1_2_2.html"],
    ),
    ("content_12.htm", "<a href=content_12_2.htm>下一页</a>", ["content_12_2.htm"]),
    ("c5.html", "<a href=c5_2.html>[2]</a> <a href=c5_9.html>尾页</a>", [f"c5_{n}.html" for n in range(2, 10)]),
    ("c5.html", "<a href='c5-2.html'>第2页</a>", ["c5-2.html"]),
    ("c5.html", "<link rel=next href=c5_2.html>", ["c5_2.html"]),
    ("t2.jsp?id=7", "<a href='t2.jsp?id=7&amp;page=2'>下一页</a>", ["t2.jsp?id=7&page=2"]),
    (
        "t2.jsp?a=%C4%EA",
        "<a href='?a=%C4%EA&amp;page=3'>末页</a><a href='?a=%C4%EA&amp;page=2'>2</a>",
        ["t2.jsp?a=%C4%EA&page=2", "t2.jsp?a=%C4%EA&page=3"],
    ),
    ("t2024_1.html", '<script>createPageHTML(3, 0, "t2024_1", "html");</script>', ["t2024_1_1.html", "t2024_1_2.html"]),
    ("t2024_1.shtml", "<script>createPageHTML('page_div',2, 1,'t2024_1','shtml',20);</script>", ["t2024_1_1.shtml"]),
    # The articles before and after, other lists and other articles are no parts.
    ("t1_2.html", "<a href=t1_3.html>下一篇</a><a href=t1_1.html>上一篇：通知</a>", []),
    ("t1_2.html", "<a href=t1_3.html>下一页</a><a rel=next href=t1_3.html>2</a>", []),
    ("t1_2.html", "<a href=t1_2_1.html>下一篇</a>", []),
    ("t1_2.html", "<a href=t1_2_1.html>附件2</a>", []),
    ("t1_2.html", "<a href=t1_2.html>1</a>", []),
    ("t1_2.html", "<a href=http://www.other.example/xxgk/t1_2_1.html>下一页</a>", []),
    ("t1_2.html", '<script>createPageHTML(9, 0, "index", "html");</script>', []),
    ("index.html", '<script>createPageHTML(9, 0, "index", "html");</script>', []),
    ("t1_2.html", '<script>createPageHTML(1, 0, "t1_2", "html");</script>', []),
    ("t2.jsp?id=7", "<a href='t2.jsp?id=8&amp;page=2'>下一页</a>", []),
    ("t2.jsp?id=7", "<a href='t2.jsp?id=7&amp;page=1'>2</a>", []),
)


@pytest.mark.parametrize(("name", "html", "expected"), SERIES)
def test_the_further_pages_of_a_report_are_found_in_order(name: str, html: str, expected: list[str]) -> None:
    assert found(html, name) == expected


def test_an_endless_series_is_bounded() -> None:
    assert len(found('<script>createPageHTML(900000, 0, "a", "html");</script>', "a.html")) == MAX_PARTS
    assert len(found("<a href=a_99.html>尾页</a><a href=a_2.html>2</a>", "a.html")) == MAX_PARTS


def test_pages_become_one_text_without_their_repeated_heads() -> None:
    first = Page(TITLE, (TITLE, "来源：县政府办", *PARAGRAPHS[:2]), quality=frozenset({"short"}))
    second = Page(TITLE, (TITLE, "来源：县政府办", *PARAGRAPHS[2:]), quality=frozenset({"damaged", "short"}))
    whole = joined([first, second])
    assert whole.paragraphs == (TITLE, "来源：县政府办", *PARAGRAPHS)
    assert whole.quality == {"damaged"}


@pytest.mark.parametrize("cut", [20, 45, 61, 70, 90])
def test_a_sentence_cut_by_the_border_is_made_whole(cut: int) -> None:
    text = SENTENCE * 3
    whole = joined([Page(TITLE, (TITLE, text[:cut])), Page(TITLE, (text[cut:], "二、存在的不足"))])
    assert whole.paragraphs == (TITLE, text, "二、存在的不足")


def test_a_heading_at_the_border_stays_a_line() -> None:
    whole = joined([Page(TITLE, (TITLE, SENTENCE, "二、存在的不足")), Page(TITLE, (SENTENCE * 2, "尾"))])
    assert whole.paragraphs == (TITLE, SENTENCE, "二、存在的不足", SENTENCE * 2, "尾")


@given(
    st.lists(
        st.lists(st.sampled_from(["甲。", "乙，", "一、丙", "丁 | 戊", TITLE, SENTENCE]), max_size=6),
        min_size=1,
        max_size=4,
    )
)
def test_joining_loses_nothing_but_repeated_heads(pages: list[list[str]]) -> None:
    whole = joined([Page(TITLE, tuple(texts)) for texts in pages])
    said = "".join(whole.paragraphs)
    head = {TITLE, *pages[0][:4]}
    assert all(text in said for texts in pages for text in texts if text not in head)
