from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from compare.citation import cite, cite_sentence
from reports.report import Kind
from tests.indexer.made import report

TODAY = date(2026, 11, 22)
URL = "https://www.a.gov.example/art/1.html"
KNOWN: dict[str, Any] = {
    "title": "某市2025年法治政府建设年度报告",
    "issuer": "某市人民政府",
    "published": date(2026, 3, 20),
    "url": URL,
}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, f"某市人民政府. 某市2025年法治政府建设年度报告[R/OL]. 2026-03-20. {URL}."),
        (
            {"doc_no": "某政发〔2026〕1号"},
            f"某市人民政府. 某市2025年法治政府建设年度报告：某政发〔2026〕1号[R/OL]. 2026-03-20. {URL}.",
        ),
        ({"issuer": None}, f"某市2025年法治政府建设年度报告[R/OL]. 2026-03-20. {URL}."),
        ({"published": None}, f"某市人民政府. 某市2025年法治政府建设年度报告[R/OL]. [2026-11-22]. {URL}."),
        ({"url": None}, "某市人民政府. 某市2025年法治政府建设年度报告[R]. 2026-03-20."),
        ({"url": "file:///home/a.html"}, "某市人民政府. 某市2025年法治政府建设年度报告[R]. 2026-03-20."),
        ({"url": None, "published": None, "issuer": None}, "某市2025年法治政府建设年度报告[R]."),
        (
            {"kind": Kind.NEWS},
            f"某市人民政府. 某市2025年法治政府建设年度报告[EB/OL]. （2026-03-20）[2026-11-22]. {URL}.",
        ),
        (
            {"kind": Kind.POLICY, "published": None},
            f"某市人民政府. 某市2025年法治政府建设年度报告[EB/OL]. [2026-11-22]. {URL}.",
        ),
        (
            {"title": "某市\n政府工作报告", "kind": Kind.WORK},
            f"某市人民政府. 某市 政府工作报告[R/OL]. 2026-03-20. {URL}.",
        ),
    ],
)
def test_a_report_is_cited_as_the_standard_has_it(given: dict[str, Any], expected: str) -> None:
    assert cite(report("正文。", **{**KNOWN, **given}), TODAY).gbt == expected


def test_bibtex_has_every_field_that_is_known() -> None:
    each = report("正文。", **KNOWN, doc_no="某政发〔2026〕1号")
    assert cite(each, TODAY).bibtex == (
        f"@techreport{{zhengbao-{each.id},\n"
        "  author = {{某市人民政府}},\n"
        "  title = {{某市2025年法治政府建设年度报告}},\n"
        "  institution = {{某市人民政府}},\n"
        "  number = {某政发〔2026〕1号},\n"
        "  date = {2026-03-20},\n"
        "  year = {2026},\n"
        f"  url = {{{URL}}},\n"
        "  urldate = {2026-11-22},\n"
        "  langid = {chinese},\n"
        "}"
    )


def test_bibtex_leaves_out_what_is_not_known() -> None:
    bare = cite(report("正文。", kind=Kind.NEWS), TODAY).bibtex
    assert bare.startswith("@online{")
    assert not any(
        f"{name} =" in bare for name in ("author", "institution", "number", "date", "year", "url", "urldate")
    )


@pytest.mark.parametrize(
    ("title", "escaped"),
    [
        ("100% & #1_$", r"100\% \& \#1\_\$"),
        ("a{b}c\\d", r"a\textbraceleft{}b\textbraceright{}c\textbackslash{}d"),
        ("~^", r"\textasciitilde{}\textasciicircum{}"),
    ],
)
def test_what_tex_would_read_as_commands_is_escaped(title: str, escaped: str) -> None:
    assert f"  title = {{{{{escaped}}}}},\n" in cite(report("正文。", title=title), TODAY).bibtex


def test_an_address_cannot_close_its_field() -> None:
    bibtex = cite(report("正文。", url="http://a.gov.example/{x}?q=\\a b"), TODAY).bibtex
    assert "  url = {http://a.gov.example/%7Bx%7D?q=%5Ca%20b},\n" in bibtex
    assert bibtex.count("{") == bibtex.count("}")


def test_a_sentence_is_cited_with_its_words_and_where_they_stand() -> None:
    link = "https://search.example/report/0123456789abcdef/at/3f9a0c21b7-1"
    cited = cite_sentence(report("正文。", **KNOWN), TODAY, "解决率86.52%。", link)
    assert cited.gbt == cite(report("正文。", **KNOWN), TODAY).gbt
    assert (cited.sentence, cited.link) == ("解决率86.52%。", link)
    assert "  note = {引文：“解决率86.52\\%。”；定位：" in cited.bibtex
