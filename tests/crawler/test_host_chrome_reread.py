"""Rereading learns what is chrome on a host, frees its reports, and tells crawls and imports to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.crawl import crawl as crawl_sources
from crawler.extract.page import Given
from crawler.extract.worker import Worker
from crawler.importer import import_paths
from crawler.looking import Looking
from crawler.reread import reread
from crawler.reread_tally import Reread
from crawler.seeing import Eyes, Seeing
from crawler.sights import Piece, Sight, Visit
from crawler.warc_files import FOLDER
from reports.config import Config, ReadingConfig
from reports.crawl_config import SourceConfig
from reports.errors import ReadError
from reports.report import Report
from reports.store import Store
from tests.crawler.here import Here
from tests.crawler.test_host_chrome import BODY, FORM, HOST, LEFT
from tests.crawler.test_importer import line
from tests.crawler.test_reread import crawled

SIGNED = ("沅陵县人民政府", "2023年1月31日")
SOURCE = SourceConfig("某县", (f"http://{HOST}/",))


class FailsSecond(Here):
    """Workers that can read nothing any more once there is something known."""

    def map(self, jobs: Iterable[Any]) -> Iterator[Any]:
        """Results, or failures."""
        return (ReadError("took too long") if self.task.known.pairs else each for each in super().map(jobs))  # type: ignore[attr-defined]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    for module in ("crawler.reread", "crawler.importer"):
        monkeypatch.setattr(f"{module}.Worker", Here)
    with Store(tmp_path / "corpus") as store:
        yield store


def html(number: int, *after: str) -> str:
    title = f"沅陵县{2010 + number}年法治政府建设年度报告"
    lines = "".join(f"<p>{text}</p>" for text in (*BODY, f"第{number}号文。", *SIGNED, *after))
    return f"<html><head><title>{title}</title></head><body><div id=zoom>{lines}</div></body></html>"


def crawl(store: Store, numbers: Iterable[int], *after: str, host: str = HOST) -> None:
    for number in numbers:
        crawled(store, html(number, *after), url=f"http://{host}/{number}.html")


def config(store: Store) -> Config:
    return Config(reading=ReadingConfig(workers=1), source=(SOURCE,)).with_corpus(store.path.parent)


def again(store: Store, *, dry_run: bool = False) -> Reread:
    return reread(store, config(store), lambda so_far: None, dry_run=dry_run)


def kept(store: Store) -> list[Report]:
    return sorted((each.report for each in store.changed_since(0)), key=lambda each: each.id)


def endings(store: Store) -> set[str]:
    return {each.text.rpartition("\n")[2] for each in kept(store)}


def test_a_host_s_line_is_learnt_and_its_reports_are_freed_of_exactly_that(store: Store) -> None:
    crawl(store, range(10), LEFT)
    crawl(store, range(4), LEFT, host="other.gov.example")
    before = {each.id: each.text for each in kept(store)}
    tally = again(store)
    assert (tally.changed, tally.unchanged, tally.freed) == (10, 4, {(HOST, FORM): 10})
    assert tally.fields == {"text": 10, "sections": 10}
    assert store.host_chrome() == {(HOST, FORM)}
    for each in kept(store):
        freed = HOST in (each.url or "")
        assert each.text == (before[each.id].removesuffix(f"\n{LEFT}") if freed else before[each.id])
        assert store.versions(each.id) == ()
    assert f"{HOST}: 10 reports freed of “{FORM}”" in tally.summary()
    assert tally.as_json()["freed"] == [{"host": HOST, "paragraph": FORM, "reports": 10}]


def test_a_second_time_nothing_changes(store: Store) -> None:
    crawl(store, range(10), LEFT)
    again(store)
    before, seq = kept(store), store.last_seq()
    tally = again(store)
    assert (tally.changed, tally.unchanged, tally.freed) == (0, 10, {(HOST, FORM): 10})
    assert (kept(store), store.last_seq()) == (before, seq)
    assert store.host_chrome() == {(HOST, FORM)}


def test_a_dry_run_says_the_same_and_writes_nothing(store: Store) -> None:
    crawl(store, range(10), LEFT)
    before, seq = kept(store), store.last_seq()
    dry = again(store, dry_run=True)
    assert (kept(store), store.last_seq(), store.host_chrome()) == (before, seq, frozenset())
    wet = again(store)
    assert (dry.changed, dry.fields, dry.freed) == (wet.changed, wet.fields, wet.freed) == (10, wet.fields, wet.freed)
    assert f"10 reports would be freed of “{FORM}”" in dry.summary()


def test_what_the_rules_take_out_already_is_not_learnt(store: Store) -> None:
    crawl(store, range(10), "扫一扫在手机打开当前页 分享到：")
    assert endings(store) == {SIGNED[-1]}
    assert (again(store).freed, store.host_chrome()) == ({}, frozenset())


def test_what_is_no_longer_so_is_forgotten_and_given_back(store: Store) -> None:
    crawl(store, range(10), LEFT)
    again(store)
    crawl(store, range(10, 30))  # the site has left it off: the older reports are now the lesser part
    tally = again(store)
    assert (tally.changed, tally.unchanged, tally.freed, store.host_chrome()) == (10, 20, {}, frozenset())
    assert endings(store) == {SIGNED[-1], LEFT}


def test_what_is_known_of_a_host_stays_known_where_its_archive_is_lost(store: Store) -> None:
    crawl(store, range(10), LEFT)
    again(store)
    for file in (store.path.parent / FOLDER).iterdir():
        file.unlink()
    assert again(store).unarchived == 10
    assert store.host_chrome() == {(HOST, FORM)}


def test_it_is_learnt_and_applied_in_workers(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl(store, range(8), LEFT)
    monkeypatch.setattr("crawler.reread.Worker", Worker)
    assert again(store).freed == {(HOST, FORM): 8}
    assert endings(store) == {SIGNED[-1]}


def test_three_reports_teach_nothing(store: Store) -> None:
    crawl(store, range(3), LEFT)
    assert (again(store).changed, store.host_chrome(), endings(store)) == (0, frozenset(), {LEFT})


def test_signatures_and_salutations_stay_however_alike(store: Store) -> None:
    crawl(store, range(20), "特此报告。")
    before = kept(store)
    assert (again(store).freed, kept(store)) == ({}, before)


def test_what_was_learnt_holds_for_imports_to_come(store: Store, tmp_path: Path) -> None:
    crawl(store, range(10), LEFT)
    again(store)
    said = {"title": "沅陵县2030年法治政府建设年度报告", "text": "\n".join((*BODY, *SIGNED, LEFT))}
    (tmp_path / "in.jsonl").write_text(
        line(**said, url=f"http://{HOST}/new") + line(**said, url="http://other.gov.example/new"), "utf-8"
    )
    import_paths([tmp_path / "in.jsonl"], store, config(store), lambda so_far: None)
    ends = {each.url: each.text.endswith(LEFT) for each in kept(store) if each.url and each.url.endswith("/new")}
    assert ends == {f"http://{HOST}/new": False, "http://other.gov.example/new": True}


def test_what_was_learnt_holds_for_crawls_to_come(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.keep_host_chrome({(HOST, FORM)})
    made: list[Seeing] = []

    def eyes(task: Seeing, **bounds: Any) -> Eyes:
        made.append(task)
        return Eyes(task, **bounds)

    monkeypatch.setattr("crawler.crawl.Eyes", eyes)
    crawl_sources(config(store), store, (), alone=True)
    assert _ending(made[0], html(1, LEFT)) == SIGNED[-1]
    assert _ending(Looking(()), html(1, LEFT)) == LEFT


def _ending(look: Seeing | Looking, page: str) -> str:
    url = f"http://{HOST}/new"
    sight = look(Visit((Piece(url, "text/html", page.encode()),), Given(url=url)))
    assert isinstance(sight, Sight)
    assert sight.report is not None
    return sight.report.text.rpartition("\n")[2]


def test_what_cannot_be_read_a_second_time_stays_and_is_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl(store, range(10), LEFT)
    before = kept(store)
    monkeypatch.setattr("crawler.reread.Worker", FailsSecond)
    tally = again(store)
    assert (tally.changed, len(tally.failed)) == (0, 10)
    assert kept(store) == before
