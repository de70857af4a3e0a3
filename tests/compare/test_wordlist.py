"""批量词表: lists read with every bad line named, rows counted one after the other."""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from compare.asking import Comparison, understand
from compare.cells import Cell
from compare.wordlist import Entry, WordTable, read_wordlist, word_table
from indexer.counting import Tally
from indexer.query import Filters, Query
from reports.errors import QueryError
from reports.report import Kind, Section, SectionKind
from tests.compare.grounds import TODAY, ground_of, said

HANGZHOU = "330100"


def listed(folder: Path, text: str, words: str, *reports: Any, **rest: Any) -> WordTable:
    return word_table(ground_of(reports, folder), Comparison(text, **rest), read_wordlist(words), TODAY)


def test_lines_are_phrases_with_aliases_and_what_is_no_phrase_is_passed_over() -> None:
    words = read_wordlist(
        "\ufeff# 我的词表\r\n\r\n每月一题|每月一題 ｜ “每月 一题”\n  接诉即办\n＃注\n「营商环境」\n接诉即办\n"
    )
    assert words.entries == (
        Entry(3, ("每月一题", "每月一題", "每月 一题")),
        Entry(4, ("接诉即办",)),
        Entry(6, ("营商环境",)),
    )
    assert words.notes == ("第 7 行“接诉即办”与第 4 行相同，只计一次",)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["词表里没有词语"]),
        ("# 只有注\n\n", ["词表里没有词语"]),
        (
            "甲乙\n每月一题|\n“”\n，。",
            ["第 2 行：“|”的一边是空的", "第 3 行：没有可查的文字", "第 4 行：“，。”里没有可查的文字"],
        ),
        ("|".join(f"词{n}" for n in range(11)), ["第 1 行：一行最多 10 种写法，现有 11 种"]),
        ("长" * 101, [f"第 1 行：“{'长' * 20}…”有 101 字，最多 100 字"]),
    ],
)
def test_every_bad_line_is_named(text: str, problems: list[str]) -> None:
    with pytest.raises(QueryError) as refused:
        read_wordlist(text)
    assert list(refused.value.problems) == problems


def test_ten_thousand_lines_are_refused_in_few_words_and_at_once() -> None:
    began = time.perf_counter()
    for line in ("词{}", "，|"):
        with pytest.raises(QueryError) as refused:
            read_wordlist("\n".join(line.format(n) for n in range(10_000)))
        assert refused.value.problems[0] == "词表最多 200 行，现有 10000 行"
        assert len(refused.value.problems) <= 22
    assert time.perf_counter() - began < 1
    assert len(read_wordlist("\n".join(f"词{n}" for n in range(200))).entries) == 200


def test_aliases_that_overlap_are_counted_once(tmp_path: Path) -> None:
    report = said("每月一题，每月一題，一题。", 0, region_code=HANGZHOU, year=2021)
    table = listed(tmp_path, "年份:2021", "每月一题|每月一題|一题\n每月\n没有", report)
    rows = list(table.rows())
    assert [row.total.occurrences for row in rows] == [3, 2, 0]
    assert rows[0].cells == (Cell(1, 1, 3, 13),)
    assert rows[0].behind == "“每月一题” 或 “每月一題” 或 “一题”"
    assert [column.name for column in table.columns] == ["2021"]


def test_the_mark_before_a_file_takes_no_phrase_with_it() -> None:
    assert [entry.label for entry in read_wordlist("\ufeff每月一题\n接诉即办").entries] == ["每月一题", "接诉即办"]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("“每月一题”", "每月一题"),
        ("每月一题”", "每月一题"),
        ("「 每月一题 」", "每月一题"),
        ("“放管服”改革", "“放管服”改革"),
        ("“‘放管服’改革”", "‘放管服’改革"),
    ],
)
def test_quotes_around_a_phrase_are_none_of_it_and_those_inside_are(line: str, label: str) -> None:
    assert read_wordlist(line).entries[0].label == label


def test_a_phrase_with_quotes_in_it_is_counted_as_it_stands_and_leads_back_to_as_many(tmp_path: Path) -> None:
    report = said("深化“放管服”改革，改革。深化“放管服”和别的改革。", 0, region_code=HANGZHOU, year=2021)
    table = listed(tmp_path, "年份:2021", "“放管服”改革", report)
    (row,) = table.rows()
    assert row.total == Cell(1, 1, 1, 26)
    behind = understand(Comparison(row.behind), ground_of([report], tmp_path / "again"), TODAY)
    assert behind.searcher.counting.tally(behind.query).occurrences.tolist() == [1]


def test_sections_and_filters_hold_for_every_line(tmp_path: Path) -> None:
    text = "每月一题。\n不足：每月一题。"
    sections = (Section("", SectionKind.LEAD, 0, 6), Section("", SectionKind.PROBLEMS, 6, len(text)))
    fields = {"year": 2021, "sections": sections}
    reports = [
        said(text, 0, region_code=HANGZHOU, **fields),
        said(text.replace("。\n", "！\n"), 1, region_code="530100", kind=Kind.NEWS, **fields),
    ]
    rest: dict[str, Any] = {"chosen": Filters(years=frozenset({2021})), "sections": frozenset({SectionKind.PROBLEMS})}
    (row,) = listed(tmp_path, "地区:浙江", "每月一题", *reports, **rest).rows()
    assert (row.total.held, row.total.occurrences, row.total.chars) == (1, 1, 8)


def test_words_in_the_question_beside_a_list_are_refused_with_all_that_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(QueryError) as refused:
        listed(tmp_path, "营商环境 地区:火星", "每月一题")
    assert refused.value.problems == ("没有叫“火星”的地区", "这里只能写筛选条件，要比较的词语另外列出")


def test_rows_are_counted_when_they_are_asked_for(tmp_path: Path) -> None:
    table = listed(tmp_path, "", "\n".join(f"词{n}" for n in range(200)), said("词1", 0, year=2021))
    counting, counted = table.asked.searcher.counting, list[str]()
    tally = counting.tally

    def noted(query: Query) -> Tally:
        counted.append(query.text)
        return tally(query)

    counting.tally = noted  # type: ignore[method-assign]
    assert [row.entry.label for row in islice(table.rows(), 3)] == ["词0", "词1", "词2"]
    assert len(counted) == 3


def test_a_list_over_an_empty_corpus_has_rows_and_no_columns(tmp_path: Path) -> None:
    table = listed(tmp_path, "", "每月一题")
    assert table.columns == ()
    assert [row.total for row in table.rows()] == [Cell()]


@pytest.mark.parametrize(
    "words", ["每月一题|每月 一题", "称“好”字", "（一）每月|《办法》", "或|非", "a-b|-c", "地区:杭州"]
)
def test_a_row_leads_back_to_a_question_with_the_same_figures(words: str, tmp_path: Path) -> None:
    text = "每月一题，称“好”字。（一）每月依《办法》，或非。A－B。-c，地区：杭州。"
    ground = ground_of([said(text, 0, region_code=HANGZHOU, year=2021)], tmp_path)
    (row,) = word_table(ground, Comparison("年份:2021"), read_wordlist(words), TODAY).rows()
    assert row.total.occurrences > 0
    asked = understand(Comparison(f"({row.behind}) 年份:2021"), ground, TODAY)
    assert asked.searcher.counting.tally(asked.query).occurrences.tolist() == [row.total.occurrences]
