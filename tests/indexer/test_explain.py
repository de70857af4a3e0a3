"""Explanations agree with the search: verdict, rank and score are those of the answer, and the parts add up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.ask import Question, ask, understand
from indexer.explain import Explanation, explanation_json, explanation_lines
from indexer.searcher import Searcher
from tests.indexer.made import report, searcher_of
from zhengbao import main

TEXTS = {
    "深化“每月一题”机制": "棠浦区推进“每月一题”。接诉即办。",
    "接诉即办工作报告": "接诉即办，每月一题，共两次每月一题。",
    "审批与流程": "流程清楚，审批便利。",
    "旧报告": "依法行政，审批流程。",
}


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("explain")
    return searcher_of(
        [report(text, title=title, year=2020 + n) for n, (title, text) in enumerate(TEXTS.items())], folder
    )


def told(searcher: Searcher, query: str, id_: str) -> Explanation:
    found = searcher.explain(understand(Question(query), searcher), id_)
    assert found
    return found


@pytest.mark.parametrize(
    "query",
    ["“每月一题”", "审批流程", "每月一题 接诉即办", "“接诉即办” 或 “审批流程”", "审批流程 -“依法行政”", "年份:2021"],
)
def test_verdict_and_rank_are_those_of_the_answer(searcher: Searcher, query: str) -> None:
    answer = ask(Question(query), searcher)
    ranks = {hit.id: place for place, hit in enumerate(answer.hits, start=1)}
    exact = {hit.id: hit.exact for hit in answer.hits}
    assert ranks
    for id_ in searcher.core.ids:
        each = told(searcher, query, id_)
        assert (each.matches, each.rank, each.total) == (id_ in ranks, ranks.get(id_), answer.total)
        assert each.exact == exact.get(id_, False)
        assert each.score == pytest.approx(sum(value for _, value in each.parts))


def test_scores_fall_along_the_ranks_within_exact_and_scattered_hits(searcher: Searcher) -> None:
    for query in ("“每月一题”", "审批流程", "“接诉即办”"):
        hits = [told(searcher, query, id_) for id_ in searcher.ranked(understand(Question(query), searcher))]
        keys = [(-each.exact, -each.score) for each in hits]
        assert keys == sorted(keys)


def test_each_term_says_how_it_stands_in_the_report(searcher: Searcher) -> None:
    scattered = next(id_ for id_ in searcher.core.ids if _title(searcher, id_) == "审批与流程")
    (term,) = told(searcher, "审批流程", scattered).terms
    assert (term.occurrences, term.in_title, term.missing) == (0, False, ())
    without, unwanted = told(searcher, "依法行政 -“审批”", scattered).terms
    assert without.missing
    assert (unwanted.text, unwanted.unwanted, unwanted.occurrences, unwanted.in_title) == ("审批", True, 1, True)


def _title(searcher: Searcher, id_: str) -> str:
    return next(hit.title.text for hit in ask(Question(""), searcher).hits if hit.id == id_)


def test_filters_that_keep_a_report_out_are_told_apart_from_words(searcher: Searcher) -> None:
    id_ = searcher.ranked(understand(Question("“依法行政”"), searcher))[0]
    kept_out = told(searcher, "“依法行政” 年份:1999", id_)
    assert (kept_out.matches, kept_out.held) == (False, False)
    assert "不在所选" in explanation_lines(kept_out)[1]
    assert told(searcher, "“跨省通办”", id_).held
    assert explanation_lines(told(searcher, "“跨省通办”", id_))[1] == "不符合"


def test_an_unknown_id_is_told_as_such(searcher: Searcher) -> None:
    assert searcher.explain(understand(Question("甲"), searcher), "0" * 16) is None


def test_the_json_of_an_explanation_has_every_part_and_term(searcher: Searcher) -> None:
    id_ = searcher.ranked(understand(Question("审批流程"), searcher))[0]
    shown = json.loads(json.dumps(explanation_json(told(searcher, "审批流程", id_))))
    assert set(shown["parts"]) == {"words", "phrase", "title", "covered", "whole", "near", "kind"}
    assert sum(shown["parts"].values()) == pytest.approx(shown["score"], abs=0.001)
    assert shown["terms"] == [
        {"text": "审批流程", "unwanted": False, "occurrences": 1, "in_title": False, "missing": []}
    ]


def test_the_command_explains_a_hit_and_names_an_id_it_does_not_know(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "某市2022年法治政府建设年度报告\n" + "深化每月一题机制，推进依法行政。" * 20, "utf-8"
    )
    corpus = ["--corpus", str(tmp_path / "corpus")]
    for arguments in (["import", str(tmp_path / "a.txt")], ["build"]):
        assert CliRunner().invoke(main, [*corpus, *arguments]).exit_code == 0
    search = CliRunner().invoke(main, [*corpus, "search", "每月一题", "--json"])
    id_ = json.loads(search.stdout)["hits"][0]["id"]
    said = CliRunner().invoke(main, [*corpus, "explain", "每月一题", id_])
    assert (said.exit_code, "第 1 位，共 1 份" in said.stdout) == (0, True)
    assert json.loads(CliRunner().invoke(main, [*corpus, "explain", "每月一题", id_, "--json"]).stdout)["rank"] == 1
    unknown = CliRunner().invoke(main, [*corpus, "explain", "每月一题", "f" * 16])
    assert (unknown.exit_code, "no report in the index" in unknown.stderr) == (1, True)
