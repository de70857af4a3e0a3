from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.webapp.fakes import HOSTILE, make_report
from webapp.markup import marked, safe_href
from webapp.report_page import report_page
from webapp.words import catalogue, label, say

ROOT = Path(__file__).parents[2]
SPANS = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=6)


@given(st.text(alphabet="甲乙<>&\"' \n", max_size=30), SPANS)
def test_marking_loses_no_character_and_escapes_them_all(text: str, marks: list[tuple[int, int]]) -> None:
    html = re.sub("</?mark>", "", str(marked(text, marks)))
    assert unescape(html) == text
    assert "<" not in html


def test_a_hostile_text_is_escaped_inside_a_mark_too() -> None:
    assert "<script" not in marked(HOSTILE, [(0, 8)])


@pytest.mark.parametrize("url", ["http://a.example/x", "https://a.example/?q=1"])
def test_a_web_address_becomes_a_link(url: str) -> None:
    assert safe_href(url) == url


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "data:text/html,x", "//a.example", "http:", "http://[", " javascript:1"]
)
def test_nothing_else_does(url: str | None) -> None:
    assert safe_href(url) is None


def plain(html: object) -> str:
    return unescape(re.sub("<[^>]+>", "", str(html)))


def test_a_report_page_holds_the_whole_text_once() -> None:
    report = make_report("970101", 2022)
    page = report_page(report, [(0, 4), (30, 34)])
    lines = ["|".join(map(plain, row)) for block in page.blocks for row in (block.rows or ((block.html,),))]
    assert "\n".join(lines) == report.text


def test_a_title_that_opens_the_text_is_shown_once() -> None:
    report = make_report("970101", 2022, title="甲市报告", text="甲市报告\n正文在此。", sections=())
    page = report_page(report, [(0, 2)])
    assert plain(page.title) == "甲市报告"
    assert "<mark" in page.title
    assert [plain(block.html) for block in page.blocks] == ["正文在此。"]


def test_the_contents_count_marks_by_section() -> None:
    report = make_report("970101", 2022)
    at = [found.span() for found in re.finditer("每月一题", report.text)]
    page = report_page(report, at)
    assert [(entry.marks, entry.first) for entry in page.contents] == [(2, 1), (0, 0), (0, 0), (1, 3)]


def test_the_last_mark_leads_back_to_the_first() -> None:
    report = make_report("970101", 2022)
    html = "".join(str(block.html) for block in report_page(report, [(0, 2), (5, 7)]).blocks)
    assert re.findall(r'id="(m\d)"><a href="#(m\d)"', html) == [("m1", "m2"), ("m2", "m1")]


def test_headings_tables_and_signatures_are_told_apart() -> None:
    tags = [block.tag for block in report_page(make_report("970101", 2022), ()).blocks]
    assert tags[:4] == ["p", "h2", "h3", "p"]
    assert tags.count("table") == 1
    assert tags[-2:] == ["sign", "sign"]


def test_words_nobody_wrote_are_an_error() -> None:
    with pytest.raises(KeyError):
        say("no.such.words")


def test_counts_have_their_thousands_apart() -> None:
    assert say("search.total", total=12345) == "12,345 份"


def test_no_words_accuse() -> None:
    assert not [key for key, words in catalogue().items() if "抄袭" in words]


def test_every_word_of_the_catalogue_is_used_and_every_word_used_is_there() -> None:
    rooms = [*(ROOT / "webapp").glob("*.py"), *(ROOT / "webapp/templates").glob("*.html")]
    source = "".join(path.read_text("utf-8") for path in rooms)
    said = set(re.findall(r'say\(\s*"(\w+\.\w+)"[,)]', source))
    by_table = {
        "facet",
        "sort",
        "error",
        "section",
        "quality",
        "year_from",
        "region",
        "year",
        "topic",
        "report",
        "site",
        "change_field",
        "crawl_count",
        "crawl_legend",
        "crawl_state",
        "change_said",
        "change_side",
        "edit",
        "happening",
        "nothing",
        "watch_evidence",
        "watch_legend",
        "watch_state",
        "compare_about",
        "compare_axis",
        "compare_body",
        "compare_by",
        "compare_by_said",
        "compare_file",
        "compare_kind",
        "compare_measure",
        "compare_switch",
        "compare_view",
        "compare_year_by",
        "concordance_group",
        "concordance_sort",
        "first_level",
        "passage",
    }
    assert said <= set(catalogue())
    plain = {key for key in catalogue() if key.split(".")[0] not in by_table}
    assert {key for key in plain if f'"{key}"' not in source} == set()


@pytest.mark.parametrize("flag", ["damaged", "short", "tables_only", "selector_missed"])
def test_a_quality_flag_is_told_in_words(flag: str) -> None:
    assert label("quality", flag) != flag


def test_a_flag_nobody_named_is_shown_as_it_is() -> None:
    assert label("quality", "new_flag") == "new_flag"
