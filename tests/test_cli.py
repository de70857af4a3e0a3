"""The front door: exit statuses, one-line reasons, JSON alone on stdout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.crawler.test_importer import BODY, TITLE
from zhengbao import main


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    text = tmp_path / "a.txt"
    text.write_text(f"{TITLE}\n{BODY}", "utf-8")
    assert run("--corpus", tmp_path / "corpus", "import", text).exit_code == 0
    assert run("--corpus", tmp_path / "corpus", "build").exit_code == 0
    return tmp_path / "corpus"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--corpus", "{tmp}/none", "search", "x"], "no index yet"),
        (["--corpus", "{tmp}/none", "status"], "no corpus here yet"),
        (["--corpus", "{tmp}/none", "build"], "no corpus here yet"),
        (["--corpus", "{tmp}/file", "import", "{tmp}/file"], "cannot be opened as a corpus"),
        (["--corpus", "{tmp}/new", "import", "{tmp}/none"], "nothing was read"),
        (["--config", "{tmp}/none.toml", "status"], "no such file"),
        (["--corpus", "{tmp}/none", "show", "abc"], "no corpus here yet"),
    ],
)
def test_what_a_person_can_mend_ends_with_one_and_one_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "file").write_text("x")
    result = run(*(each.format(tmp=tmp_path) for each in arguments))
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.strip().splitlines()[-1].startswith("zhengbao: ")
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "arguments", [["serch"], ["search"], ["search", "x", "--page", "0"], ["search", "x", "--sort", "y"]]
)
def test_wrong_usage_ends_with_two(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_search_gives_json_alone_on_stdout(corpus: Path) -> None:
    result = run("--corpus", corpus, "search", "“法治政府”", "--region", "沅陵县", "--year", "2022", "--json")
    answer = json.loads(result.stdout)
    assert (answer["total"], answer["hits"][0]["region"]) == (1, "湖南省怀化市沅陵县")
    keys = "query understood notes total exact occurrences held took_ms page pages hits facets"
    assert list(answer) == keys.split()


def test_search_for_a_person_shows_the_phrase_marked(corpus: Path) -> None:
    said = run("--corpus", corpus, "search", "“依法行政”").stdout
    assert "1 份" in said
    assert "【依法行政】" in said


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("政" * 10_000, "256"),
        (" ".join("政府" for _ in range(60)), "32"),
    ],
)
def test_a_question_that_is_too_long_is_refused_with_its_limits(corpus: Path, query: str, said: str) -> None:
    result = run("--corpus", corpus, "search", query)
    assert result.exit_code == 1
    assert said in result.stderr


@pytest.mark.parametrize(
    "query",
    ["“”", "““”", "或 OR |", "((((", "-", "）（", "“法治", "\x00", "-每月", "-“法治政府”"],
)
def test_odd_questions_are_answered(corpus: Path, query: str) -> None:
    assert run("--corpus", corpus, "search", query, "--json").exit_code == 0


def test_what_the_locale_cannot_decode_is_wrong_usage_not_another_question(corpus: Path) -> None:
    for arguments in (["search", "“\udce6\udcaf”"], ["show", "\udcff"]):
        result = run("--corpus", corpus, *arguments)
        assert result.exit_code == 2
        assert "UTF-8 locale" in result.stderr


def test_choices_that_name_nothing_are_all_told(corpus: Path) -> None:
    result = run("--corpus", corpus, "search", "x", "--region", "火星", "--kind", "小说")
    assert result.exit_code == 1
    assert "火星" in result.stderr
    assert "小说" in result.stderr


def test_show_status_and_check_say_what_is_there(corpus: Path) -> None:
    status = json.loads(run("--corpus", corpus, "status", "--json").stdout)
    assert (status["reports"], status["index"]) == (1, [])
    exported = json.loads(run("--corpus", corpus, "export").stdout)
    assert json.loads(run("--corpus", corpus, "show", exported["id"], "--json").stdout) == exported
    assert exported["text"].splitlines()[-1] in run("--corpus", corpus, "show", exported["id"]).stdout
    assert run("--corpus", corpus, "check").stdout.strip() == "corpus and index are whole"
    assert run("--corpus", corpus, "export", "--query", "“没有的话”").stdout == ""
    assert run("--corpus", corpus, "show", "0" * 16).exit_code == 1


def test_check_ends_with_one_where_something_is_damaged(corpus: Path) -> None:
    for file in (corpus / "index").glob("gen-*/core/arrays.npz"):
        file.write_bytes(b"")
    result = run("--corpus", corpus, "check")
    assert result.exit_code == 1
    assert "arrays.npz" in result.stdout


def test_a_search_that_finds_nothing_says_on_stderr_what_to_ask_instead(corpus: Path) -> None:
    result = run("--corpus", corpus, "search", "“法治政府”", "--year", "1999")
    assert result.exit_code == 0
    assert result.stderr.strip() == "可以改查：“法治政府”（去掉 年份：1999），1 份"
    assert run("--corpus", corpus, "search", "“法治政府”").stderr == ""
    as_json = run("--corpus", corpus, "search", "“法治政府”", "--year", "1999", "--json")
    assert (json.loads(as_json.stdout)["total"], as_json.stderr) == (0, "")
