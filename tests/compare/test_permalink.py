from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.permalink import Changed, Gone, Passage, Stands, passage_at, read_code, resolve
from compare.sentences import sentence_at, sentences
from reports.fold import fold
from reports.report import Report
from reports.store import Store
from reports.versions import Version
from tests.indexer.made import report

URL = "http://www.a.gov.example/1"
OLD = "一、成效\n持续办好“每月一题”。全年办结来电1234件，解决率86.52%。\n二、安排\n持续办好“每月一题”。"
MONDAY, LATER = datetime(2024, 3, 4, 8, 30, tzinfo=UTC), datetime(2024, 5, 6, 9, 0, tzinfo=UTC)


def page(text: str) -> Report:
    return report(text, url=URL)


def words(each: Report, span: tuple[int, int]) -> str:
    return each.text[slice(*span)]


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("甲。乙。", 0, "甲。"),
        ("甲。乙。", 2, "乙。"),
        ("甲；乙！丙？丁", 2, "乙！"),
        ("甲；乙！丙？丁", 6, "丁"),
        ("他说：“甲。”乙。", 4, "他说：“甲。”"),
        ("他说：“甲。”乙。", 7, "乙。"),
        ("甲？！乙", 0, "甲？！"),
        ("甲\n　　乙。丙", 5, "乙。"),
        ("甲\n　　乙。丙", 2, "乙。"),
        ("增长3.5%，A.B公司。", 3, "增长3.5%，A.B公司。"),
        ("甲｡乙!丙", 2, "乙!"),
        ("标题", 1, "标题"),
    ],
)
def test_a_sentence_ends_behind_a_full_stop_and_with_its_paragraph(text: str, at: int, expected: str) -> None:
    assert text[slice(*sentence_at(text, at))] == expected


@given(st.text(alphabet="甲乙。！；”\n　 a.", max_size=40))
def test_sentences_follow_each_other_and_leave_out_white_space_alone(text: str) -> None:
    found = list(sentences(text))
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    kept = "".join(text[slice(*span)] for span in found)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(sentence_at(text, at) == span for span in found for at in range(*span))


class Shelf:
    """A corpus of one report that never changed."""

    def __init__(self, each: Report) -> None:
        self.report = each

    def get(self, report_id: str) -> Report | None:
        return self.report if report_id == self.report.id else None

    def versions(self, report_id: str) -> tuple[Version, ...]:
        return ()


@given(
    st.text(alphabet="甲乙。。！；”\n　 a\u200b", min_size=1, max_size=60).filter(lambda text: bool(fold(text).strip()))
)
def test_every_place_of_any_text_has_an_address_that_leads_back(text: str) -> None:
    each = page(text)
    for at in range(len(text)):
        span = sentence_at(text, at)
        if fold(text[slice(*span)]):
            assert resolve(passage_at(each, at), Shelf(each)) == Stands(each, span)


def test_an_address_leads_back_to_every_sentence_of_a_report(tmp_path: Path) -> None:
    each = page(OLD)
    with Store(tmp_path) as store:
        store.put(each)
        for span in sentences(OLD):
            passage = passage_at(each, span[0])
            assert read_code(each.id, passage.code) == passage
            assert passage.path == f"/report/{each.id}/at/{passage.code}"
            assert resolve(passage, store) == Stands(each, span)


def test_sentences_that_read_the_same_are_told_apart_by_their_number() -> None:
    each = page(OLD)
    first, second = (passage_at(each, at) for at in (OLD.index("每月"), OLD.rindex("每月")))
    assert (first.digest, first.ordinal, second.digest, second.ordinal) == (first.digest, 1, first.digest, 2)


def test_an_address_is_the_same_whatever_the_width_script_and_white_space() -> None:
    plain, other = page("办结１２３４件，群众满意。"), page("办结 1234件，群眾滿意。")
    assert passage_at(plain, 0).code == passage_at(other, 3).code


@pytest.mark.parametrize(
    "code", ["", "3f9a0c21b7", "3f9a0c21b7-0", "3F9A0C21B7-1", "3f9a0c21b-1", "3f9a0c21b7-1x", "x-1"]
)
def test_what_is_no_address_names_nothing(code: str) -> None:
    assert read_code("0123456789abcdef", code) is None


NEW = OLD.replace("1234", "1235").replace("二、安排\n持续办好“每月一题”。", "二、安排\n新增一项。")


def test_a_sentence_that_was_changed_is_found_in_the_version_it_stood_in(tmp_path: Path) -> None:
    old, new = page(OLD), page(NEW)
    with Store(tmp_path) as store:
        store.put(old, seen=MONDAY)
        store.put(new, seen=LATER)
        fate = resolve(passage_at(old, OLD.index("1234")), store)
    assert isinstance(fate, Changed)
    assert (fate.version.number, fate.version.kept_until) == (1, LATER)
    assert words(fate.version.report, fate.span) == "全年办结来电1234件，解决率86.52%。"
    assert fate.nearest
    assert words(fate.report, fate.nearest) == "全年办结来电1235件，解决率86.52%。"


def test_a_change_elsewhere_leaves_an_address_as_it_is(tmp_path: Path) -> None:
    old, new = page(OLD), page("导语一段。\n" + NEW)
    with Store(tmp_path) as store:
        store.put(old, seen=MONDAY)
        store.put(new, seen=LATER)
        stands = resolve(passage_at(old, OLD.index("每月")), store)
        fewer = resolve(passage_at(old, OLD.rindex("每月")), store)
    assert stands == Stands(new, sentence_at(new.text, new.text.index("每月")))
    assert fewer == Stands(new, sentence_at(new.text, new.text.index("每月")), fewer=True)


def test_what_never_stood_there_is_gone(tmp_path: Path) -> None:
    each = page(OLD)
    with Store(tmp_path) as store:
        store.put(each)
        assert resolve(Passage(each.id, "0" * 10, 1), store) == Gone(each)
        assert resolve(Passage("f" * 16, "0" * 10, 1), store) == Gone(None)


def test_nothing_is_called_nearest_that_is_not_half_alike(tmp_path: Path) -> None:
    old, new = page(OLD), page("完全不同的另一篇文字。")
    with Store(tmp_path) as store:
        store.put(old, seen=MONDAY)
        store.put(new, seen=LATER)
        fate = resolve(passage_at(old, OLD.index("1234")), store)
    assert isinstance(fate, Changed)
    assert fate.nearest is None
