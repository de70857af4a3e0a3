from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from reports.errors import CorpusError
from reports.report import Section, SectionKind
from reports.store import FILE, Change, Store
from tests.indexer.made import SPRING, report

LONG = "本市全面推进法治政府建设，各项工作取得新成效。" * 20
HANT = "本市全面推進法治政府建設，各項工作取得新成效。" * 20


def test_a_report_comes_back_as_it_was_put(tmp_path: Path) -> None:
    sections = (Section("", SectionKind.LEAD, 0, 10), Section("一、成效", SectionKind.ACHIEVEMENTS, 10, len(LONG)))
    full = report(
        LONG, url="http://a.gov.example/1", sections=sections, region_code="110000", place="某街道", issuer="某局",
        year=2021, year_from="title", covers=2021, published=SPRING, doc_no="某发〔2022〕1号",
        topics=frozenset({"政务公开", "行政执法"}), quality=frozenset({"damaged"}),
    )  # fmt: skip
    with Store(tmp_path) as store:
        assert store.put(full) is Change.ADDED
    with Store(tmp_path) as store:
        assert store.get(full.id) == full
        assert store.get("0" * 16) is None


def test_putting_twice_changes_nothing_and_a_correction_moves_the_sequence(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        first = report(LONG, url="http://a.gov.example/1")
        store.put(first)
        seq = store.last_seq()
        assert store.put(first) is Change.UNCHANGED
        assert store.last_seq() == seq
        assert store.put(replace(first, year=2020)) is Change.CHANGED
        assert [each.report.year for each in store.changed_since(seq)] == [2020]


def test_the_same_text_elsewhere_is_a_copy_whatever_came_first(tmp_path: Path) -> None:
    own = report(LONG, url="http://www.a.gov.example/1")
    reprint = report(LONG.replace("。", "。\n"), url="http://news.example/9")
    for order in ((own, reprint), (reprint, own)):
        with Store(tmp_path / order[0].id) as store:
            for each in order:
                store.put(each)
            assert [each.id for each in store.copies(own.id)] == [reprint.id]
            assert [id_ for id_, _, _ in store.works()] == [own.id]
            assert store.tally("kind") == (("法治政府建设年度报告", 1),)


def test_a_gateway_twin_is_a_copy_of_the_page_behind_it_even_if_its_words_differ(tmp_path: Path) -> None:
    own = report(LONG, url="http://www.a.gov.example/1")
    twin = report(HANT + "另有一句。", url="http://www.a.gov.example/gate/big5/www.a.gov.example/1")
    for order in ((own, twin), (twin, own)):
        with Store(tmp_path / order[0].id) as store:
            for each in order:
                store.put(each)
            assert [each.id for each in store.copies(own.id)] == [twin.id]


def test_a_twin_without_its_original_stands_for_itself(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        twin = report(HANT, url="http://www.a.gov.example/gate/big5/www.a.gov.example/1")
        store.put(twin)
        assert [id_ for id_, _, _ in store.works()] == [twin.id]


def test_a_correction_that_makes_texts_differ_parts_the_copies(tmp_path: Path) -> None:
    own, reprint = report(LONG, url="http://www.a.gov.example/1"), report(LONG, url="http://news.example/9")
    with Store(tmp_path) as store:
        store.put(own)
        store.put(reprint)
        store.put(report(LONG + "更正。", url="http://news.example/9"))
        assert len(list(store.works())) == 2


def test_short_texts_are_copies_only_under_the_same_title(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(report("现予公布。", title="甲县报告", url="http://a.gov.example/1"))
        store.put(report("现予公布。", title="乙县报告", url="http://b.gov.example/1"))
        assert len(list(store.works())) == 2


def test_a_write_that_fails_leaves_nothing_half_done(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        broken = replace(report(LONG), sections=(Section("\ud800", SectionKind.LEAD, 0, len(LONG)),))
        with pytest.raises(UnicodeEncodeError):
            store.put(broken)
        assert store.count() == 0


def test_a_file_in_the_corpus_folders_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(CorpusError, match="taken"):
        Store(tmp_path / "taken")


def test_what_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database, " * 100)
    with pytest.raises(CorpusError, match="not a database"):
        Store(tmp_path)


def test_a_corpus_of_a_later_program_is_left_alone(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(CorpusError, match="schema 99"):
        Store(tmp_path)


def test_reading_does_not_make_a_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="zhengbao crawl"):
        Store(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_both_works_are_new_again_when_a_copy_leaves_one(tmp_path: Path) -> None:
    own, reprint = report(LONG, url="http://www.a.gov.example/1"), report(LONG, url="http://news.example/9")
    with Store(tmp_path) as store:
        for each in (own, reprint):
            store.put(each)
        seq = store.last_seq()
        store.put(report(LONG + "更正。", url="http://news.example/9"))
        assert {each.report.id for each in store.changed_since(seq)} == {own.id, reprint.id}


def test_many_pages_of_one_text_are_settled_in_little_time(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for number in range(300):
            store.put(report("页面不存在", url=f"http://a.gov.example/{number:03}"))
        assert len(list(store.works())) == 1


def test_reading_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE, isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with Store(tmp_path, create=False) as store:
            assert store.count() == 0


def test_a_damaged_page_is_told_as_a_fault_of_the_corpus(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for number in range(200):
            store.put(report(f"{LONG}{number}"))
    (tmp_path / f"{FILE}-wal").unlink(missing_ok=True)
    file = tmp_path / FILE
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))
    with Store(tmp_path) as store, pytest.raises(CorpusError, match="corpus database"):
        list(store.changed_since(0))
