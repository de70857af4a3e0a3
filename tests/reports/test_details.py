"""What comparisons need beside the index: of works alone, and without reading their texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reports.details import Issued
from reports.store import Store
from tests.indexer.made import report


def test_issuers_and_years_reviewed_are_told_of_works_and_not_of_copies(tmp_path: Path) -> None:
    fields: dict[str, Any] = {"issuer": "上城区司法局", "place": "某街道", "covers": 2020}
    with Store(tmp_path) as store:
        store.put(report("一份报告", url="http://a.example/", **fields))
        store.put(report("一份报告", url="http://b.example/", **fields))
        store.put(report("另一份", url="http://c.example/"))
        works = {work for work, _, _ in store.works()}
        issued = {each.report_id: each for each in store.issued()}
        assert issued.keys() == works
        (original,) = {work for work, _, copies in store.works() if copies}
        assert issued[original] == Issued(original, "上城区司法局", "某街道")
        assert dict(store.reviewed()) == {original: 2020}


def test_what_is_asked_of_every_report_is_read_from_an_index(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        asked: list[str] = []
        store._db.set_trace_callback(asked.append)
        for read in (store.issued, store.reviewed, store.works):
            assert list(read()) == []
        store._db.set_trace_callback(None)
        for statement in asked:
            steps = [step[-1] for step in store._db.execute(f"EXPLAIN QUERY PLAN {statement}")]
            reads = [step for step in steps if step.startswith(("SCAN", "SEARCH"))]
            assert reads
            assert all("COVERING INDEX" in step for step in reads), steps
        assert len(asked) == 3
