from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.alignment import runs
from reports.changes import (
    Changed,
    Edit,
    Field,
    Passage,
    Side,
    compare,
    is_noise,
    is_published_change,
)
from reports.report import Section, SectionKind
from tests.indexer.made import SPRING, report

OLD = "\n".join(
    (
        "某市法治政府建设年度报告",
        "全年办结来电1234件，解决率86.52%，回访满意率有所提高。",
        "二、不足",
        "培训不够。",
        "某市",
    )
)
TEXTS = st.text(alphabet="甲乙丙丁1，。\n", min_size=1, max_size=120).filter(str.strip)


def compared(old: str, new: str) -> tuple[Passage, ...]:
    return compare(report(old), report(new)).passages


def edits(old: str, new: str) -> list[Edit]:
    return [passage.edit for passage in compared(old, new)]


def marked(side: Side | None) -> list[str]:
    assert side
    return [side.text[start:stop] for start, stop in side.marks]


def test_a_report_does_not_differ_from_itself() -> None:
    assert compare(report(OLD), report(OLD)) == Changed((), (Passage(Edit.SAME, Side(OLD), Side(OLD)),))


def test_a_figure_that_was_corrected_is_marked_as_a_whole() -> None:
    same, changed, rest = compared(OLD, OLD.replace("86.52%", "87.1%"))
    assert [same.edit, changed.edit, rest.edit] == [Edit.SAME, Edit.CHANGED, Edit.SAME]
    assert (marked(changed.before), marked(changed.after)) == (["86.52%"], ["87.1%"])
    assert (same.paragraphs, rest.paragraphs) == (1, 3)


def test_a_clause_that_was_added_is_marked_on_one_side_alone() -> None:
    changed = compared(OLD, OLD.replace("培训不够。", "培训不够，人手紧。"))[1]
    assert (marked(changed.before), marked(changed.after)) == ([], ["，人手紧"])


def test_a_rewritten_clause_is_marked_whole_rather_than_in_shreds() -> None:
    old, new = "甲乙丙丁戊己庚辛，其余各项工作照旧推进。", "子甲丑寅乙卯辰巳，其余各项工作照旧推进。"
    (changed,) = compared(old, new)
    assert (marked(changed.before), marked(changed.after)) == (["甲乙丙丁戊己庚辛，"], ["子甲丑寅乙卯辰巳，"])


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (OLD.replace("培训不够。\n", ""), [Edit.SAME, Edit.REMOVED, Edit.SAME]),
        (OLD.replace("二、不足\n", "二、不足\n一是宣传面不广。\n"), [Edit.SAME, Edit.ADDED, Edit.SAME]),
        (
            OLD.replace("培训不够。", "队伍人手短缺，山区执法力量薄弱。"),
            [Edit.SAME, Edit.REMOVED, Edit.ADDED, Edit.SAME],
        ),
        (OLD + "\n附件", [Edit.SAME, Edit.ADDED]),
    ],
)
def test_paragraphs_come_and_go(new: str, found: list[Edit]) -> None:
    assert edits(OLD, new) == found


def test_a_changed_paragraph_is_found_beside_a_new_one() -> None:
    new = OLD.replace("全年办结来电1234件", "新增一段说明来由的话。\n全年办结来电1235件")
    passages = compared(OLD, new)
    assert [passage.edit for passage in passages] == [Edit.SAME, Edit.ADDED, Edit.CHANGED, Edit.SAME]
    assert marked(passages[2].before) == ["1234"]


def test_noise_makes_no_passage() -> None:
    assert edits(OLD + "\n浏览次数：99次", OLD + "\n浏览次数：100次") == [Edit.SAME]
    gone = compared(OLD + "\n浏览次数：99次", OLD)[-1]
    assert (gone.edit, gone.paragraphs, gone.after) == (Edit.SAME, 0, None)


def test_metadata_that_differs_is_told_as_text() -> None:
    before = report(OLD, published=SPRING, topics=frozenset({"政务公开"}))
    after = replace(before, published=date(2022, 4, 2), topics=frozenset(), doc_no="某发〔2022〕1号", read_by="trs")
    assert compare(before, after).fields == (
        Field("published", "2022-03-20", "2022-04-02"),
        Field("doc_no", None, "某发〔2022〕1号"),
        Field("topics", "政务公开", None),
    )


def test_noise_is_the_same_but_for_counters() -> None:
    text = OLD + "\n浏览次数：99次"
    before, after = report(text, url="http://a.gov.example/1"), report(text, url="http://a.gov.example/1")
    counted = report(OLD + "\n浏览次数：1000次", url="http://a.gov.example/1")
    assert is_noise(before, after)
    assert is_noise(before, counted)
    assert not is_noise(before, replace(counted, published=SPRING))
    assert not is_noise(before, replace(counted, sections=(Section("一、", SectionKind.LEAD, 0, len(counted.text)),)))
    assert not is_noise(before, report(OLD.replace("86.52", "87"), url="http://a.gov.example/1"))


@pytest.mark.parametrize(
    ("changes", "published"),
    [
        ({"title": "更正后的标题"}, True),
        ({"published": SPRING}, True),
        ({"doc_no": "某发〔2022〕1号"}, True),
        ({"text": OLD.replace("86.52", "87")}, True),
        ({"text": OLD.replace("\n二", "\n\n二")}, False),
        ({"text": OLD + "\n点击：7"}, False),
        ({"topics": frozenset({"政务公开"})}, False),
        ({"region_code": "110000", "year": 2021, "quality": frozenset({"damaged"})}, False),
    ],
)
def test_what_was_published_changes_by_words_not_by_layout_or_by_our_reading(
    changes: dict[str, object], published: bool
) -> None:
    before = replace(report(OLD), sections=())
    assert is_published_change(before, replace(before, **changes)) is published  # type: ignore[arg-type]


@given(TEXTS, TEXTS)
def test_the_passages_are_the_whole_of_both_texts(old: str, new: str) -> None:
    passages = compared(old, new)
    assert "\n".join(passage.before.text for passage in passages if passage.before) == old
    assert "\n".join(passage.after.text for passage in passages if passage.after) == new


def test_a_site_that_reworded_every_paragraph_is_compared_paragraph_by_paragraph() -> None:
    old = [f"第{number}项工作由第{number * 7}处牵头办理，年内办结。" for number in range(300)]
    new = [line.replace("年内", "本年度内") for line in old]
    assert edits("\n".join(old), "\n".join(["新的标题", *new])) == [Edit.ADDED, *[Edit.CHANGED] * 300]


@given(TEXTS, TEXTS)
def test_what_is_not_marked_is_on_both_sides(old: str, new: str) -> None:
    for passage in compared(old, new):
        if passage.before and passage.after:
            assert _unmarked(passage.before) == _unmarked(passage.after)


def _unmarked(side: Side) -> str:
    at, kept = 0, ""
    for start, stop in side.marks:
        assert at <= start < stop <= len(side.text)
        kept, at = kept + side.text[at:start], stop
    return kept + side.text[at:]


@given(st.lists(st.sampled_from("abcdefgh"), max_size=40), st.lists(st.sampled_from("abcdefgh"), max_size=40))
def test_runs_are_the_same_on_both_sides_and_in_order(before: list[str], after: list[str]) -> None:
    _check_runs(before, after)


def test_runs_are_found_between_what_stands_once() -> None:
    assert list(runs("axbxc", "ayybxc")) == [(0, 0, 1), (2, 3, 3), (5, 6, 0)]
    assert list(runs("", "")) == [(0, 0, 0)]


def _check_runs(before: Sequence[str], after: Sequence[str]) -> None:
    i = j = 0
    found = list(runs(before, after))
    for a, b, n in found:
        assert a >= i
        assert b >= j
        assert before[a : a + n] == after[b : b + n]
        i, j = a + n, b + n
    assert found[-1] == (len(before), len(after), 0)


LONG = 200_000


def _hard() -> list[tuple[str, str, str]]:
    chance = random.Random(1)
    words = "".join(chance.choices("的一是在有和国人政府法治建设", k=LONG))
    other = "".join(chance.choices("的一是在有和国人政府法治建设", k=LONG))
    lines = [words[at : at + 50] for at in range(0, LONG, 50)]
    others = [line[:20] + "改" + line[21:] for line in lines]
    mixed = [each for pair in zip(lines, others, strict=True) for each in pair]
    clauses = "，".join(lines)
    rewritten = ["\n".join(text[at : at + 500] for at in range(0, LONG, 500)) for text in (words, other)]
    return [
        ("one paragraph, nothing in common", words, other),
        ("one letter a line", "\n".join("甲" * (LONG // 2)), "\n".join("甲乙" * (LONG // 4))),
        ("every line changed", "\n".join(lines), "\n".join(others)),
        ("half the lines new", "\n".join(lines), "\n".join(mixed[: len(lines)])),
        ("every clause of one paragraph changed", clauses, "，".join(others)),
        ("reversed", "\n".join(lines), "\n".join(reversed(lines))),
        ("paragraphs of five hundred, rewritten", rewritten[0], rewritten[1]),
    ]


@pytest.mark.parametrize(("old", "new"), [pytest.param(old, new, id=name) for name, old, new in _hard()])
def test_long_texts_are_compared_in_bounded_time(old: str, new: str) -> None:
    began = time.process_time()
    compared(old, new)
    assert time.process_time() - began < 2
