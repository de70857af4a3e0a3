"""The order of hits: what a person would want first stands first, on every engine, and ties are broken alike."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from benchmarks.ranking import judged, ndcg, recall
from benchmarks.rivals import plain
from indexer.ask import Question, understand
from indexer.searcher import Searcher
from reports.report import Kind, Report
from tests.indexer.made import ENGINES, report, searcher_of

FILLER = "本市坚持依法行政，持续推进各项工作，人民群众的满意度不断提高。" * 20


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if name == "tantivy":
        pytest.importorskip("tantivy")
        pytest.importorskip("rjieba")
    return name


def ranked(query: str, reports: Iterable[Report], folder: Path, engine: str) -> list[str]:
    """The titles of the hits, in order."""
    held = {each.id: each.title for each in reports}
    searcher = searcher_of(reports, folder, engine)
    return [held[id_] for id_ in searcher.ranked(understand(Question(query), searcher))]


def test_a_whole_title_equal_to_the_question_comes_first(tmp_path: Path, engine: str) -> None:
    reports = [
        report("湿地保护条例规定了湿地保护。" * 30, title="某省实施湿地保护条例办法"),
        report(FILLER + "湿地保护条例。", title="湿地保护条例"),
        report("湿地保护条例。" * 60, title="某市工作报告"),
    ]
    assert ranked("湿地保护条例", reports, tmp_path, engine)[0] == "湿地保护条例"
    assert ranked("“湿地保护条例”", reports, tmp_path / "again", engine)[0] == "湿地保护条例"


def test_a_law_is_found_first_by_its_usual_name(tmp_path: Path, engine: str) -> None:
    reports = [
        report("反垄断法的适用。" * 40, title="关于适用反垄断法若干问题的解释"),
        report(FILLER + "制定反垄断法。", title="中华人民共和国反垄断法"),
        report("反垄断法。" * 40, title="某市反垄断法普法活动"),
    ]
    assert ranked("反垄断法", reports, tmp_path, engine)[0] == "中华人民共和国反垄断法"


def test_a_title_counts_more_than_the_text(tmp_path: Path, engine: str) -> None:
    reports = [
        report(FILLER + "物业管理。" * 3, title="甲市城市更新条例"),
        report(FILLER + "物业管理。", title="乙市物业管理条例"),
    ]
    assert ranked("“物业管理”", reports, tmp_path, engine) == ["乙市物业管理条例", "甲市城市更新条例"]


def test_words_as_typed_come_before_scattered_ones_whatever_the_score(tmp_path: Path, engine: str) -> None:
    reports = [
        report("流程很好。审批很难。" * 50, title="审批与流程"),
        report(FILLER + "优化审批流程。", title="丙市工作报告"),
    ]
    assert ranked("审批流程", reports, tmp_path, engine) == ["丙市工作报告", "审批与流程"]


def test_the_shorter_of_two_texts_that_say_it_as_often_comes_first(tmp_path: Path, engine: str) -> None:
    reports = [
        report(FILLER * 8 + "跨省通办。", title="汇编一"),
        report(FILLER + "跨省通办。", title="短文一"),
        report(FILLER * 8 + "推行跨省通办。" * 30, title="专题一"),
    ]
    assert ranked("“跨省通办”", reports, tmp_path, engine) == ["专题一", "短文一", "汇编一"]


def test_terms_near_each_other_come_before_terms_far_apart(tmp_path: Path, engine: str) -> None:
    reports = [
        report(f"老旧小区。{FILLER}加装电梯。", title="远"),
        report(f"老旧小区加装电梯。{FILLER}", title="近"),
    ]
    assert ranked("“老旧小区” “加装电梯”", reports, tmp_path, engine) == ["近", "远"]


def test_news_of_a_report_comes_after_the_report(tmp_path: Path, engine: str) -> None:
    reports = [
        report(FILLER + "接诉即办。", title="甲", kind=Kind.NEWS),
        report(FILLER + "接诉即办！", title="乙", kind=Kind.POLICY),
    ]
    assert ranked("“接诉即办”", reports, tmp_path, engine) == ["乙", "甲"]


def test_ties_break_by_year_newest_first_then_by_id(tmp_path: Path, engine: str) -> None:
    reports = [
        report(f"{FILLER}首违不罚。", title="同名", year=year, url=f"http://{number}.gov.example/")
        for number, year in enumerate((2020, 2022, None, 2022, 2021))
    ]
    searcher = searcher_of(_unlike(reports), tmp_path, engine)
    found = searcher.ranked(understand(Question("“首违不罚”"), searcher))
    key = {each.id: (-(each.year or 0), each.id) for each in _unlike(reports)}
    assert list(found) == sorted(found, key=lambda id_: key[id_])
    assert len(found) == 5


def _unlike(reports: list[Report]) -> list[Report]:
    """Texts of the same length and words that are no copies of each other."""
    marks = "甲乙丙丁戊"
    return [
        report(f"{each.text}{marks[number]}", title=each.title, year=each.year, url=each.url)
        for number, each in enumerate(reports)
    ]


def test_a_question_without_terms_keeps_the_order_of_ties_but_for_the_kind(tmp_path: Path) -> None:
    reports = [report(f"第{year}份", title=f"{year}", year=year) for year in (2019, 2021, 2020)]
    assert ranked("年份:2019..2021", reports, tmp_path, "memory") == ["2021", "2020", "2019"]


def test_the_first_page_shows_hits_in_the_order_of_rank(tmp_path: Path) -> None:
    searcher = searcher_of([report(f"{FILLER}营商环境{'。营商环境' * n}", title=f"{n}") for n in range(30)], tmp_path)
    query = understand(Question("营商环境"), searcher)
    pages = [hit.id for page in (1, 2) for hit in searcher.search(query, page=page).hits]
    assert pages == list(searcher.ranked(query))


def test_excluded_terms_add_nothing_to_a_score(tmp_path: Path) -> None:
    searcher = searcher_of([report("甲乙丙。" * 9, title="一"), report("甲乙。" * 9, title="二")], tmp_path)
    plain, excluding = (_scores(searcher, text) for text in ("“甲乙”", "“甲乙” -“戊己”"))
    assert plain == excluding


def _scores(searcher: Searcher, text: str) -> list[float]:
    told = [searcher.explain(understand(Question(text), searcher), id_) for id_ in searcher.core.ids]
    return [each.score for each in told if each]


def test_the_best_order_has_a_quality_of_one_and_each_exchange_costs() -> None:
    grades = {"a": 3, "b": 2, "c": 1}
    assert ndcg(["a", "b", "c"], grades) == pytest.approx(1)
    assert ndcg(["b", "a", "c"], grades) < 1
    assert ndcg([], grades) == 0
    assert recall(["x", "a"], grades) == pytest.approx(1 / 3)


def test_the_judged_set_is_large_enough_and_asks_what_the_rivals_can_be_asked() -> None:
    queries = judged()
    assert len(queries) >= 60
    assert {grade for grades in queries.values() for grade in grades.values()} == {1, 2, 3}
    assert all(plain(query).every for query in queries)
    assert np.mean([len(grades) for grades in queries.values()]) > 5
