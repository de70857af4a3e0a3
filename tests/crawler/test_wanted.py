"""Which links announce an annual report, of which kind and year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.links import ANNUAL, Labelled, title_score, titles
from crawler.extract.wanted import unwanted_reason, wanted
from crawler.sights import Wanted
from reports.report import Kind

LABELLED = tuple(titles())


def test_kind_and_year_of_link_titles_are_right() -> None:
    right, found = title_score(LABELLED)
    assert len(LABELLED) >= 150
    assert right >= 0.97
    assert found == 1.0, "an annual report was missed"


@pytest.mark.parametrize("each", [each for each in LABELLED if each.announces], ids=lambda each: each.title)
def test_only_a_kind_asked_for_is_wanted(each: Labelled) -> None:
    assert each.announces
    others = ANNUAL - {each.announces.kind}
    assert wanted(each.title, others) is None
    assert each.announces.kind in unwanted_reason(each.title, others)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于进一步优化营商环境的通知", Kind.POLICY),
        ("某市城市管理条例", Kind.LAW),
        ("《某市城市管理条例》政策解读", Kind.EXPLAINER),
        ("某市法治政府建设实施方案（2021—2025年）", Kind.POLICY),
    ],
)
def test_other_kinds_are_told_by_the_titles_of_their_genre(title: str, kind: Kind) -> None:
    found = wanted(title, frozenset({kind}))
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    ("published", "year"),
    [
        (date(2024, 3, 31), 2023),
        (date(2024, 1, 2), 2023),
        (date(2024, 7, 1), None),
        (date(2024, 12, 20), 2024),
        (None, None),
    ],
)
def test_without_a_year_in_the_title_the_day_beside_it_tells(published: date | None, year: int | None) -> None:
    assert wanted("法治政府建设年度报告", ANNUAL, published=published) == Wanted(Kind.RULE_OF_LAW, year)


def test_a_work_report_is_named_by_its_title_or_congress_alone() -> None:
    assert wanted("政府工作报告", ANNUAL, published=date(2024, 2, 1)) == Wanted(Kind.WORK, None)
    assert wanted("政府工作报告（2023年12月28日）", ANNUAL) == Wanted(Kind.WORK, 2024)


def test_the_reason_says_what_was_wanted_and_what_stood_against_it() -> None:
    said = unwanted_reason("一图读懂2023年法治政府建设年度报告", frozenset({Kind.RULE_OF_LAW}))
    assert said.startswith("not an annual report of a kind wanted: 法治政府建设年度报告")
    assert "读懂" in said or "解读" in said


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_title_is_judged(before: str, after: str) -> None:
    title = f"{before}法治政府建设{after}"
    found = wanted(title, ANNUAL)
    assert found is None or found.kind in ANNUAL
    assert unwanted_reason(title, ANNUAL)
