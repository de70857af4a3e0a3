"""The whole way on the five starting documents: import, build, search, through the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indexer.index import Index
from reports.config import Config
from reports.regions import load_regions
from tests.real import json_lines, real_folder
from webapp.app import create_app
from webapp.library import IndexedLibrary
from zhengbao import main

Lines = dict[str, dict[str, Any]]
_GIVEN_AS_IS = ("title_inferred", "region_code", "place", "year", "kind", "script", "published")
_CHECKED_UNLESS_NULL = ("title", "issuer", "body")


def run(corpus: Path, *arguments: str) -> Any:
    """What a command says on stdout; fails with what it says on stderr."""
    result = CliRunner().invoke(main, ["--corpus", str(corpus), *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds")
    summary = json.loads(run(folder, "import", str(real_folder() / "seeds"), "--json"))
    assert (summary["added"], summary["failed"]) == (5, [])
    run(folder, "build")
    return folder


@pytest.fixture(scope="module")
def exported(corpus: Path) -> Lines:
    lines = (json.loads(line) for line in run(corpus, "export").splitlines())
    return {line["origin"]: line for line in lines}


def test_every_field_of_every_seed_is_read_right(exported: Lines) -> None:
    wrong = []
    for gold in json_lines(real_folder() / "gold" / "seeds.jsonl"):
        report = exported[Path(gold["file"]).name]
        names = [name for name in _GIVEN_AS_IS if name in gold]
        names += [name for name in _CHECKED_UNLESS_NULL if gold[name] is not None]
        wrong += [(gold["file"], name, report[name]) for name in names if report[name] != gold[name]]
        folded = "".join(report["text"].split())
        wrong += [(gold["file"], "lacks", each) for each in gold["must_contain"] if "".join(each.split()) not in folded]
        wrong += [(gold["file"], "has", each) for each in gold["must_not_contain"] if "".join(each.split()) in folded]
        wrong += [(gold["file"], "no topic", each) for each in gold["topics_include"] if each not in report["topics"]]
        wrong += [(gold["file"], "topic", each) for each in gold["topics_exclude"] if each in report["topics"]]
    assert wrong == []


def test_every_seed_query_returns_exactly_its_set(corpus: Path, exported: Lines) -> None:
    numbers = {line["id"]: origin[:3] for origin, line in exported.items()}
    wrong = []
    for gold in json_lines(real_folder() / "gold" / "seeds_search.jsonl"):
        answer = json.loads(run(corpus, "search", gold["query"], "--json"))
        found = sorted(numbers[hit["id"]] for hit in answer["hits"])
        if found != gold["files"] or answer["total"] != len(found):
            wrong.append((gold["query"], found, gold["files"]))
    assert wrong == []


def test_the_api_and_the_page_give_the_same_sets(corpus: Path, exported: Lines) -> None:
    config, numbers = Config().with_corpus(corpus), {line["id"]: origin[:3] for origin, line in exported.items()}
    regions = load_regions()
    client = create_app(IndexedLibrary(Index(config, regions), regions, config)).test_client()
    wrong = []
    for gold in json_lines(real_folder() / "gold" / "seeds_search.jsonl"):
        api = client.get("/api/search", query_string={"q": gold["query"]}).get_json()
        page = client.get("/search", query_string={"q": gold["query"]}).text
        found = sorted(numbers[hit["id"]] for hit in api["hits"])
        shown = sorted({numbers[each] for each in re.findall(r'href="/report/([0-9a-f]{16})', page)})
        if (found, shown, api["total"]) != (gold["files"], gold["files"], len(gold["files"])):
            wrong.append((gold["query"], found, shown))
    assert wrong == []


def test_importing_twice_changes_nothing(corpus: Path) -> None:
    summary = json.loads(run(corpus, "import", str(real_folder() / "seeds"), "--json"))
    assert (summary["added"], summary["changed"], summary["unchanged"]) == (0, 0, 5)
    assert run(corpus, "build").startswith("up to date")


def test_what_is_exported_comes_back_the_same(corpus: Path, tmp_path: Path) -> None:
    lines = run(corpus, "export")
    (tmp_path / "all.jsonl").write_text(lines, "utf-8")
    run(tmp_path / "again", "import", str(tmp_path / "all.jsonl"))
    run(tmp_path / "again", "build")
    assert sorted(run(tmp_path / "again", "export").splitlines()) == sorted(lines.splitlines())
    for query in ("“每月一题”", "行政复议 -“跨省通办”"):
        first, again = (json.loads(run(each, "search", query, "--json")) for each in (corpus, tmp_path / "again"))
        assert {**first, "took_ms": 0} == {**again, "took_ms": 0}
