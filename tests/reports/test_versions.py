from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from reports.report import Report, Section, SectionKind
from reports.store import FILE, Change, Store
from reports.versions import Happening, What, Withdrawal
from tests.indexer.made import SPRING, report

TEXT = "某市法治政府建设年度报告\n全年办结来电1234件，解决率86.52%。\n浏览次数：99次"
URL = "http://www.a.gov.example/1"
MONDAY = datetime(2024, 3, 4, 8, 30, tzinfo=UTC)
WEEK = timedelta(days=7)


def page(text: str = TEXT, **fields: Any) -> Report:
    return report(text, url=URL, **fields)


def test_what_was_published_before_is_kept(tmp_path: Path) -> None:
    first, second = page(sections=(Section("", SectionKind.LEAD, 0, len(TEXT)),)), page(TEXT.replace("1234", "1235"))
    third = replace(second, published=SPRING)
    with Store(tmp_path) as store:
        for week, each in enumerate((first, second, third)):
            store.put(each, seen=MONDAY + week * WEEK)
    with Store(tmp_path) as store:
        newest, oldest = store.versions(first.id)
        assert (oldest.number, oldest.kept_until) == (1, MONDAY + WEEK)
        assert (oldest.report, oldest.successor) == (first, second)
        assert (newest.number, newest.kept_until) == (2, MONDAY + 2 * WEEK)
        assert (newest.report, newest.successor) == (second, third)
        assert store.version(first.id, 1) == oldest
        assert store.version(first.id, 3) is None
        assert store.version_count(first.id) == 2
        assert store.get(first.id) == third


def test_reading_again_by_other_rules_makes_no_version_and_leaves_those_there_are_as_they_were(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(page(), seen=MONDAY)
        store.put(page(TEXT.replace("1234", "1235")), seen=MONDAY + WEEK)
        kept = store.versions(page().id)
        assert (
            store.put(page(TEXT.replace("1234", "1235").replace("浏览次数：99次", "完")), reread=True) is Change.CHANGED
        )
        assert store.versions(page().id) == kept


def test_what_the_program_alone_makes_of_a_report_makes_no_version(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(page())
        assert store.put(page(topics=frozenset({"政务公开"}))) is Change.CHANGED
        assert store.versions(page().id) == ()


def test_a_counter_that_counts_writes_nothing(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(page())
        seq = store.last_seq()
        for count in (100, 1000, 123456):
            assert store.put(page(TEXT.replace("99次", f"{count}次"))) is Change.UNCHANGED
        assert (store.last_seq(), store.version_count(page().id)) == (seq, 0)
        assert store.get(page().id) == page()


def test_reading_again_keeps_what_it_reads_noise_too(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(page())
        assert store.put(page(TEXT.replace("99次", "99 次")), reread=True) is Change.CHANGED


def test_a_withdrawn_report_stays_and_is_new_to_the_index(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(page())
        seq = store.last_seq()
        assert store.withdrawn(page().id) is None
        assert store.withdraw(page().id, MONDAY)
        assert store.withdrawn(page().id) == MONDAY
        assert [each.report for each in store.changed_since(seq)] == [page()]


def test_withdrawing_twice_changes_nothing(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(page())
        store.withdraw(page().id, MONDAY)
        seq = store.last_seq()
        assert not store.withdraw(page().id, MONDAY + WEEK)
        assert (store.withdrawn(page().id), store.last_seq()) == (MONDAY, seq)


def test_what_is_not_held_cannot_be_withdrawn(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        assert not store.withdraw("0" * 16, MONDAY)
        assert store.withdrawals() == ()


def test_a_report_that_is_back_is_withdrawn_no_more_and_both_are_remembered(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(page())
        store.withdraw(page().id, MONDAY, noted=MONDAY)
        seq = store.last_seq()
        assert store.put(page(), seen=MONDAY + WEEK) is Change.UNCHANGED
        assert store.withdrawn(page().id) is None
        assert store.last_seq() > seq
        store.withdraw(page().id, MONDAY + 2 * WEEK, noted=MONDAY + 3 * WEEK)
        assert store.withdrawals(page().id) == store.withdrawals() == (
            Withdrawal(page().id, MONDAY, MONDAY, MONDAY + WEEK),
            Withdrawal(page().id, MONDAY + 2 * WEEK, MONDAY + 3 * WEEK, None),
        )  # fmt: skip
        assert store.withdrawals("0" * 16) == ()


def test_reading_the_archive_again_does_not_bring_a_report_back(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(page())
        store.withdraw(page().id, MONDAY)
        store.put(page(year=2021), reread=True)
        assert store.withdrawn(page().id) == MONDAY


def test_a_report_that_comes_back_different_leaves_a_version_and_a_return(tmp_path: Path) -> None:
    back = page(TEXT.replace("1234", "1235"))
    with Store(tmp_path) as store:
        store.put(page(), seen=MONDAY)
        store.withdraw(page().id, MONDAY, noted=MONDAY + WEEK)
        store.put(back, seen=MONDAY + 2 * WEEK)
        store.put(report("别的报告"), seen=MONDAY)
        store.withdraw(report("别的报告").id, MONDAY, noted=MONDAY + 3 * WEEK)
        assert store.happenings(9) == (
            Happening(report("别的报告").id, What.WITHDRAWN, MONDAY + 3 * WEEK),
            Happening(back.id, What.CHANGED, MONDAY + 2 * WEEK, 1),
            Happening(back.id, What.RESTORED, MONDAY + 2 * WEEK),
            Happening(back.id, What.WITHDRAWN, MONDAY + WEEK),
        )
        assert store.happenings(1) == store.happenings(9)[:1]
        assert store.happenings(9, back.id) == store.happenings(9)[1:]


def test_an_arrival_is_the_first_and_stays(tmp_path: Path) -> None:
    other = report("别的报告")
    with Store(tmp_path) as store:
        store.put(page(), seen=MONDAY)
        store.put(other, seen=MONDAY + WEEK)
        store.put(page(TEXT + "完"), seen=MONDAY + 2 * WEEK)
        assert store.arrived(page().id) == MONDAY
        assert store.arrived("0" * 16) is None
        assert store.arrivals(9) == ((other.id, MONDAY + WEEK), (page().id, MONDAY))
        assert store.arrivals(1) == ((other.id, MONDAY + WEEK),)


def test_times_are_told_in_utc_whatever_zone_they_came_in(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(page(), seen=MONDAY.astimezone(timezone(timedelta(hours=8))))
        assert str(store.arrived(page().id)) == "2024-03-04 08:30:00+00:00"
        with pytest.raises(ValueError, match="zone"):
            store.withdraw(page().id, datetime(2024, 3, 4, 8, 30))
        assert store.withdrawn(page().id) is None


def test_a_report_kept_without_a_time_arrives_now(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(page())
        arrived = store.arrived(page().id)
        assert arrived
        assert abs(datetime.now(UTC) - arrived) < timedelta(minutes=1)


def test_a_corpus_of_the_first_schema_is_brought_up_and_loses_nothing(tmp_path: Path) -> None:
    reports = [page(published=SPRING, sections=(Section("", SectionKind.LEAD, 0, len(TEXT)),)), report("别的报告")]
    _first_schema(tmp_path, reports)
    with Store(tmp_path) as store:
        assert {each.report.id: each.report for each in store.changed_since(0)} == {each.id: each for each in reports}
        assert (store.last_seq(), store.arrivals(9), store.withdrawals(), store.happenings(9)) == (2, (), (), ())
        assert store.put(page(TEXT + "完")) is Change.CHANGED
        assert store.arrived(page().id) is None, "when it first came is not known, and not made up"
        assert store.version_count(page().id) == 1
    with sqlite3.connect(tmp_path / FILE) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (4,)


def _first_schema(folder: Path, reports: list[Report]) -> None:
    """A corpus as the first schema kept it: today's rows in yesterday's tables."""
    with Store(folder / "new") as store:
        for each in reports:
            store.put(each)
    with sqlite3.connect(folder / FILE) as db:
        db.executescript(files("reports").joinpath("schema.sql").read_text("utf-8"))
        db.execute("ATTACH ? AS new", (str(folder / "new" / FILE),))
        for table in ("report", "section", "archived"):
            db.execute(f"INSERT INTO main.{table} SELECT * FROM new.{table}")
        db.execute("PRAGMA user_version = 1")
