"""Completion, amendments and the phrases they are made from, over small corpora."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from indexer.amend import How, amend
from indexer.ask import Question, ask
from indexer.ngrams import recurring
from indexer.phrases import OfferKind, read_offers
from indexer.query import Filters
from indexer.suggest import MOST, Suggester
from reports.errors import SearchIndexError
from reports.report import Report
from tests.indexer.made import index_of, report
from tests.real import json_lines, real_folder

LINES = (
    "持续优化营商环境，推行“每月一题”，办好群众来电。",
    "行政复议与出庭应诉有新进展，營商環境評議按季张榜。",
    "重庆的经验值得学，优化营商环境永无止境，行政复议办得快。",
    "推进信息公开，公开清单，“每月一题”专题十二个，营商环境好。",
)
PLACES = ("500000", "110102", "320106", None)


def reports() -> list[Report]:
    return [
        report(
            f"{LINES[n % 4]}\n第{n}份。",
            title=f"某区营商环境第{'甲乙丙丁戊己庚辛壬癸子丑'[n]}号报告",
            url=f"http://a.gov.example/{n}",
            year=2015 + n % 6,
            region_code=PLACES[n % 4],
            topics=frozenset({"营商环境与放管服"}),
        )
        for n in range(12)
    ]


@pytest.fixture(scope="module")
def suggester(tmp_path_factory: pytest.TempPathFactory) -> Suggester:
    return index_of(reports(), tmp_path_factory.mktemp("corpus")).suggester()


def labels(suggester: Suggester, typed: str) -> list[str]:
    return [each.label for each in suggester.suggest(typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("营商", "营商环境"),
        ("營商", "营商环境"),
        ("商环", "营商环境"),
        ("yingshang", "营商环境"),
        ("YingShangHuan", "营商环境"),
        ("yshj", "营商环境"),
        ("myyt", "每月一题"),
        ("“每月", "每月一题"),
        ("行政复议 yshj", "营商环境"),
        ("-myyt", "每月一题"),
        ("地区:chongq", "重庆市"),
        ("地区：西城", "北京市西城区"),
        ("主题:yingshang", "营商环境与放管服"),
    ],
)
def test_the_likeliest_completion_comes_first(suggester: Suggester, typed: str, first: str) -> None:
    assert labels(suggester, typed)[0] == first


@pytest.mark.parametrize("typed", ["", " ", "营商环境 ", "”", "地区:", "zzzz", "查无此语", "()|"])
def test_where_nothing_fits_nothing_is_offered(suggester: Suggester, typed: str) -> None:
    assert labels(suggester, typed) == []


def test_kinds_are_told_and_mixed(suggester: Suggester) -> None:
    kinds = [each.kind for each in suggester.suggest("营商")]
    assert list(dict.fromkeys(kinds)) == [OfferKind.PHRASE, OfferKind.TOPIC, OfferKind.TITLE]
    assert OfferKind.REGION in {each.kind for each in suggester.suggest("chongqing")}


@pytest.mark.parametrize(
    "typed", ["营", "y", "x", "行政", "某", "公开", "行政复议 y", "y 或 x", "地区:b", "标题:某", "-y"]
)
def test_a_count_is_what_the_suggestion_finds_and_never_nothing(suggester: Suggester, typed: str) -> None:
    suggested = suggester.suggest(typed)
    assert len(suggested) <= MOST
    for each in suggested:
        assert ask(Question(each.text), suggester.searcher).total == each.count > 0


def test_the_question_before_the_last_word_is_kept(suggester: Suggester) -> None:
    assert suggester.suggest("(行政复议 或 yshj")[0].text == "(行政复议 或 “营商环境”"


def test_titles_are_completed_by_characters_and_pinyin(suggester: Suggester) -> None:
    for typed in ("标题:某区", "标题:mouqu", "标题:mqys", "标题:第甲"):
        suggested = suggester.suggest(typed)
        assert {each.kind for each in suggested} == {OfferKind.TITLE}
        assert suggested[0].text.startswith("标题:“某区营商环境第")


def test_a_phrase_of_one_report_alone_is_not_offered(suggester: Suggester) -> None:
    assert all(each.works > 1 for each in read_offers(suggester._raw) if each.kind is OfferKind.PHRASE)


@pytest.mark.parametrize("raw", [b"x\t1\ty\tz\n", "词语\tx\t营商\tying shang\n".encode(), b"\xff\n", b"one\n"])
def test_a_damaged_file_of_phrases_is_told(raw: bytes) -> None:
    with pytest.raises(SearchIndexError):
        read_offers(raw)


def test_an_empty_corpus_suggests_nothing(tmp_path: Path) -> None:
    suggester = index_of([], tmp_path).suggester()
    assert labels(suggester, "营商") == []
    assert amend(Question("“营商坏境”"), suggester) == ()


def test_runs_are_counted_by_texts_and_closed() -> None:
    texts = ["营商环境好。", "说营商环境，营商环境。", "论营商环境；", "别的话"]
    assert dict(recurring(texts, 2)) == {"营商环境": 3}


def amended(suggester: Suggester, text: str) -> dict[str, How]:
    return {each.question.text: each.how for each in amend(Question(text), suggester)}


@pytest.mark.parametrize(
    ("typed", "instead", "how"),
    [
        ("“迎商环境”", "“营商环境”", How.NEAR),
        ("“营商坏境”", "“营商环境”", How.NEAR),
        ("“营上环境”", "“营商环境”", How.NEAR),
        ("“商营环境”", "“营商环境”", How.NEAR),
        ("“营商的环境”", "“营商环境”", How.NEAR),
        ("“优化迎商环境永无止境”", "“优化营商环境永无止境”", How.NEAR),
        ("“資訊公開”", "“信息公开”", How.VARIANT),
        ("“公开信息”", "公开信息", How.APART),
        ("“营商环境” “查无此语”", "“营商环境”", How.WITHOUT_TERM),
        ("“营商环境” 年份:2031", "“营商环境”", How.WITHOUT_FILTER),
        ("“营商环境” 地区:某处", "“营商环境”", How.WITHOUT_FILTER),
        ("标题:“迎商环境第甲号”", "标题:“营商环境第甲号”", How.NEAR),
        ("yshj", "营商环境", How.NEAR),
    ],
)
def test_a_question_that_finds_nothing_is_amended(suggester: Suggester, typed: str, instead: str, how: How) -> None:
    assert ask(Question(typed), suggester.searcher).total == 0
    assert amended(suggester, typed).get(instead) is how


def test_the_filter_that_removes_all_is_named(suggester: Suggester) -> None:
    amendments = amend(Question("“营商环境” 年份:2031", Filters(regions=frozenset({"500000"}))), suggester)
    assert [(each.how, each.what) for each in amendments] == [(How.WITHOUT_FILTER, "年份：2031")]
    assert amendments[0].question.chosen.regions == {"500000"}


def test_amendments_find_what_they_say_and_are_few(suggester: Suggester) -> None:
    chance, chars = random.Random(4), "".join(LINES)
    asked = 0
    for _ in range(150):
        start = chance.randrange(len(chars) - 8)
        piece = list(chars[start : start + chance.randint(2, 8)].replace("“", "").replace("”", ""))
        piece[chance.randrange(len(piece))] = chance.choice("营坏复意体题环")
        question = Question(f"“{''.join(piece)}” 年份:{chance.choice((2016, 2031))}")
        if ask(question, suggester.searcher).total:
            continue
        asked += 1
        amendments = amend(question, suggester)
        assert len(amendments) <= 5
        for each in amendments:
            assert ask(each.question, suggester.searcher).total == each.count > 0
    assert asked > 80


def test_counts_of_real_phrases_are_exact_and_keystrokes_quick(tmp_path: Path) -> None:
    lines = json_lines(real_folder() / "docs" / "provincial_work_reports_2026.jsonl.gz")
    real = [report(line["text"], title=line["title"], url=f"http://r.example/{n}") for n, line in enumerate(lines)]
    suggester = index_of(real, tmp_path).suggester()
    offers = [each for each in read_offers(suggester._raw) if each.kind is OfferKind.PHRASE]
    assert "营商环境" in {each.text for each in offers}
    for each in random.Random(5).sample(offers, 200):
        assert ask(Question(f"“{each.text}”"), suggester.searcher).total == each.works
    suggester.suggest("y")
    began = time.process_time()
    for each in offers[:200]:
        assert each.text in labels(suggester, each.text)
    assert (time.process_time() - began) / 200 < 0.02
