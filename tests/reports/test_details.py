"""What comparisons need beside the index: of works alone, and without reading their texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reports.database import open_database
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


def test_issuers_are_read_from_an_index(tmp_path: Path) -> None:
    Store(tmp_path).close()
    db = open_database(tmp_path / "corpus.db", "schema.sql", "schema-2.sql", "schema-3.sql")
    plan = db.execute("EXPLAIN QUERY PLAN SELECT id, issuer, place FROM report WHERE copy_of IS NULL").fetchall()
    assert "COVERING INDEX report_annual" in plan[0][-1]
    db.close()
