from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from indexer import pair_writer
from indexer.ask import Question, ask
from indexer.build import Built
from indexer.index import Index
from reports.config import IndexConfig
from reports.errors import SearchIndexError
from reports.regions import load_regions
from reports.store import Store
from tests.indexer.made import ENGINES, config, index_of, report

REPORTS = [
    report(f"推进法治政府建设，第{n}份。", title="报告", year=2020, url=f"http://a.gov.example/{n}") for n in range(5)
]


def build(index: Index, *, full: bool = False) -> tuple[int, int, int, bool]:
    built = index.build(full=full)
    return built.works, built.changed, built.removed, built.anew


def total(index: Index, query: str) -> int:
    return ask(Question(query), index.searcher()).total


@pytest.mark.parametrize("engine", ENGINES)
def test_only_what_changed_is_indexed_and_a_running_reader_sees_it(tmp_path: Path, engine: str) -> None:
    index = index_of(REPORTS, tmp_path, engine)
    assert build(index) == (5, 0, 0, False)
    assert total(index, "首违不罚") == 0
    with Store(tmp_path) as store:
        store.put(report("推行首违不罚。", title="报告", url="http://a.gov.example/3"))
        store.put(report("新增一份，首违不罚。", title="报告", url="http://a.gov.example/9"))
    assert build(index) == (6, 2, 0, False)
    assert total(index, "首违不罚") == 2
    assert total(index, "“第3份”") == 0
    assert len(list((tmp_path / "index").glob("gen-*"))) == 1


def test_a_work_that_turns_out_to_be_a_copy_leaves_the_index(tmp_path: Path) -> None:
    text = "推进法治政府建设。" * 40
    index = index_of([report(text, url="http://news.example/1")], tmp_path, "whoosh")
    with Store(tmp_path) as store:
        store.put(report(text, url="http://www.a.gov.example/1"))
    assert build(index) == (1, 1, 1, False)
    assert total(index, "“法治政府”") == 1


def test_an_index_made_by_other_rules_is_told_and_built_anew(tmp_path: Path) -> None:
    index_of(REPORTS, tmp_path, "memory")
    terms = tmp_path / "terms.txt"
    terms.write_text("第三份\n", "utf-8")
    other = replace(config(tmp_path, "memory"), index=IndexConfig(engine="memory", terms=terms))
    for changed in (config(tmp_path, "whoosh"), other):
        index = Index(changed, load_regions())
        with pytest.raises(SearchIndexError, match="other rules"):
            index.searcher()
        assert build(index) == (5, 5, 0, True)
        assert total(index, "“法治政府”") == 5


@pytest.mark.parametrize(
    ("works", "engine", "outgrown"), [(20_000, "whoosh", False), (20_001, "whoosh", True), (20_001, "tantivy", False)]
)
def test_a_corpus_outgrows_whoosh_beyond_20000_works(tmp_path: Path, works: int, engine: str, outgrown: bool) -> None:
    built = Built(works, 1, 0, anew=False, why="")
    assert Index(config(tmp_path, engine), load_regions()).outgrown(built) is outgrown


def test_one_index_is_built_for_one_engine_after_another_with_the_same_answers(tmp_path: Path) -> None:
    index_of(REPORTS, tmp_path, "whoosh")
    for engine in ("tantivy", "whoosh"):
        index = Index(config(tmp_path, engine), load_regions())
        assert build(index) == (5, 5, 0, True)
        assert build(index) == (5, 0, 0, False)
        assert (total(index, "“第3份”"), total(index, "法治政府"), total(index, "“一份”")) == (1, 5, 0)


@pytest.mark.parametrize("engine", ENGINES)
def test_damage_is_found_by_check_and_mended_by_build(tmp_path: Path, engine: str) -> None:
    index = index_of(REPORTS, tmp_path, engine)
    assert index.problems() == ()
    forms = next((tmp_path / "index").glob("gen-*/core/forms.bin"))
    forms.write_bytes(forms.read_bytes()[:-9])
    assert "forms.bin: damaged" in index.problems()[0]
    with pytest.raises(SearchIndexError, match="zhengbao build --full"):
        index.searcher()
    assert build(index) == (5, 5, 0, True)
    assert index.problems() == ()


def test_a_byte_changed_anywhere_in_the_index_is_noticed_before_it_answers(tmp_path: Path) -> None:
    index_of(REPORTS, tmp_path, "whoosh")
    for file in sorted(each for each in (tmp_path / "index").glob("gen-*/*/*") if each.stat().st_size):
        data = file.read_bytes()
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        with pytest.raises(SearchIndexError, match="damaged; run `zhengbao build --full`"):
            Index(config(tmp_path, "whoosh"), load_regions()).searcher()
        file.write_bytes(data)
    assert Index(config(tmp_path, "whoosh"), load_regions()).problems() == ()


@pytest.mark.parametrize("written", [b"\xff\xfe", b"gen-999999", b""])
def test_a_pointer_to_nowhere_is_told_and_mended(tmp_path: Path, written: bytes) -> None:
    index_of(REPORTS, tmp_path)
    (tmp_path / "index" / "CURRENT").write_bytes(written)
    index = Index(config(tmp_path, "memory"), load_regions())
    with pytest.raises(SearchIndexError, match="build --full"):
        index.searcher()
    assert "build --full" in index.problems()[0]
    assert build(index) == (5, 5, 0, True)
    assert total(index, "“法治政府”") == 5


@pytest.mark.parametrize("written", ["[" * 100_000, "[]", '{"rules": 1, "seqs": [], "files": []}'])
def test_a_manifest_that_is_none_is_told_and_mended(tmp_path: Path, written: str) -> None:
    index = index_of(REPORTS, tmp_path)
    next((tmp_path / "index").glob("gen-*/manifest.json")).write_text(written, "utf-8")
    assert "build --full" in index.problems()[0]
    assert build(index) == (5, 5, 0, True)


def test_an_engine_that_cannot_be_read_is_found_by_check_and_mended_by_build(tmp_path: Path) -> None:
    index = index_of(REPORTS, tmp_path, "whoosh")
    for file in (tmp_path / "index").glob("gen-*/engine/*.seg"):
        file.write_bytes(b"")
    assert "build --full" in index.problems()[0]
    assert build(index) == (5, 5, 0, True)
    assert total(index, "法治政府") == 5


def test_an_index_behind_its_corpus_is_told(tmp_path: Path) -> None:
    index = index_of(REPORTS, tmp_path)
    with Store(tmp_path) as store:
        store.put(report("又一份。", url="http://a.gov.example/9"))
    assert "1 works have changed" in index.problems()[0]


def test_a_copy_that_leaves_a_work_takes_its_words_along(tmp_path: Path) -> None:
    text = "推进法治政府建设。" * 40
    reprint = "http://news.example/1"
    index = index_of(
        [report(text, url="http://www.a.gov.example/1"), report(text, title="熊猫转载", url=reprint)], tmp_path
    )
    assert total(index, "熊猫") == 1
    with Store(tmp_path) as store:
        store.put(report("别的文字。" * 60, title="别的", url=reprint))
    build(index)
    assert total(index, "熊猫") == 0


def test_a_copy_of_the_same_text_is_found_by_its_own_title(tmp_path: Path) -> None:
    text = "某市法治政府建设年度报告发布。" + "推进依法行政。" * 40
    index = index_of(
        [
            report(text, title="某市法治政府", url="http://www.a.gov.example/1"),
            report(text, title="某市法治政府建设年度报告", url="http://news.example/1"),
        ],
        tmp_path,
    )
    assert (total(index, "法治政府"), total(index, "标题:“年度报告”"), total(index, "标题:“发布”")) == (1, 1, 0)


def test_without_an_index_the_reader_is_told_what_to_run(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with pytest.raises(SearchIndexError, match="run `zhengbao build`"):
        Index(config(tmp_path, "memory"), load_regions()).searcher()


def test_two_builds_at_once_are_refused_and_leave_the_first_alone(tmp_path: Path) -> None:
    index = index_of(REPORTS, tmp_path)
    with FileLock(tmp_path / "index" / "build.lock"), pytest.raises(SearchIndexError, match="another build"):
        build(index)
    assert total(index, "“法治政府”") == 5


def test_a_build_that_fails_keeps_the_index_there_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = index_of(REPORTS, tmp_path, "whoosh")
    with Store(tmp_path) as store:
        store.put(report("又一份。", url="http://a.gov.example/9"))

    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("indexer.build._swap", broken)
    with pytest.raises(SearchIndexError, match="disk is full"):
        build(index)
    monkeypatch.undo()
    assert total(index, "“法治政府”") == 5
    assert len(list((tmp_path / "index").glob("gen-*"))) == 1
    assert build(index) == (6, 1, 0, False)


def stops_in_the_pairs(monkeypatch: pytest.MonkeyPatch, error: type[BaseException]) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error("the disk is full")

    monkeypatch.setattr(pair_writer._Run, "write", broken)


def stops_in_the_words(monkeypatch: pytest.MonkeyPatch, error: type[BaseException]) -> None:
    def broken(_: object, items: Iterable[object], __: int) -> Iterator[object]:
        yield next(iter(items))
        raise error("the disk is full")

    monkeypatch.setattr("indexer.build._Build._watched", broken)
    # Else so few works are all taken in before the first is given on.
    monkeypatch.setattr("indexer.documents._WORTH_PROCESSES", 1)
    monkeypatch.setattr("indexer.documents._processes", lambda: 1)


@pytest.mark.parametrize("batch", [1, 8_000_000])
@pytest.mark.parametrize("stops", [stops_in_the_pairs, stops_in_the_words])
@pytest.mark.parametrize(("error", "told"), [(OSError, SearchIndexError), (KeyboardInterrupt, KeyboardInterrupt)])
def test_a_build_that_stops_leaves_no_file_and_no_thread(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    batch: int,
    stops: Callable[[pytest.MonkeyPatch, type[BaseException]], None],
    error: type[BaseException],
    told: type[BaseException],
) -> None:
    index = index_of(REPORTS, tmp_path, "whoosh")
    before, threads = sorted((tmp_path / "index").rglob("*")), threading.active_count()
    with Store(tmp_path) as store:
        store.put(report("又一份。", url="http://a.gov.example/9"))
    monkeypatch.setattr(pair_writer, "_BATCH_UNITS", batch)
    stops(monkeypatch, error)
    remove, held = shutil.rmtree, list[Path]()

    def removed(path: Any, *rest: Any, **named: Any) -> None:
        # Where files are still open, Windows removes no folder.
        held.extend(Path(path).rglob("pairs-*") if Path(path).name.startswith("gen-") else ())
        remove(path, *rest, **named)

    monkeypatch.setattr(shutil, "rmtree", removed)
    with pytest.raises(told, match="disk is full"):
        build(index)
    assert held == []
    assert sorted((tmp_path / "index").rglob("*")) == before
    assert threading.active_count() == threads
    monkeypatch.undo()
    assert build(index) == (6, 1, 0, False)


def test_the_corpus_alone_rebuilds_the_index(tmp_path: Path) -> None:
    index = index_of(REPORTS, tmp_path, "whoosh")
    before = ask(Question("法治政府"), index.searcher())
    shutil.rmtree(tmp_path / "index")
    assert build(index) == (5, 5, 0, True)
    assert [hit.id for hit in ask(Question("法治政府"), index.searcher()).hits] == [hit.id for hit in before.hits]
