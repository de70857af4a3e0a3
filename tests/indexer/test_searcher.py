"""Whole answers over small corpora, on every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pytest

from indexer.answer import Answer, Sort
from indexer.ask import Question, ask
from indexer.query import Filters
from indexer.searcher import Searcher
from reports.report import Body, Kind, Report, Section, SectionKind
from tests.indexer.made import ENGINES, SPRING, report, searcher_of

Search = Callable[..., Answer]

BEIJING = report(
    "建立“每月一题”机制。\n全年办理接诉即办诉求一百件，每月一题专题十二个。",
    title="北京市2021年法治政府建设年度情况报告",
    region_code="110000",
    year=2021,
    topics=frozenset({"接诉即办与热线"}),
)
XICHENG = report(
    "街道推进接诉即办。\n营商的环境有所改善。",
    title="西城区2022年法治政府建设年度报告",
    region_code="110102",
    year=2022,
    body=Body.TOWN,
)
CHONGWEN = report("崇文区优化营商环境。", title="崇文区工作报告", region_code="110103", year=2009, kind=Kind.WORK)
SHUNYI = report(
    "順義區以“每月一題”為抓手，提升服務水準，加強資訊公開。", title="顺义报告", region_code="110113", year=2023
)
NOWHERE = report("每月一题，优化营商环境。", title="某报告")
ALL = (BEIJING, XICHENG, CHONGWEN, SHUNYI, NOWHERE)


@pytest.fixture(scope="module", params=ENGINES)
def make(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Iterable[Report]], Searcher]:
    return lambda reports: searcher_of(reports, tmp_path_factory.mktemp("corpus"), request.param)


@pytest.fixture(scope="module")
def searcher(make: Callable[[Iterable[Report]], Searcher]) -> Searcher:
    return make(ALL)


def titles(answer: Answer) -> set[str]:
    return {hit.title.text[:3] for hit in answer.hits}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("“每月一题”", {"北京市", "顺义报", "某报告"}),
        ("「每月一題」", {"北京市", "顺义报", "某报告"}),
        ("“服务水平”", {"顺义报"}),
        ("“服务水准”", {"顺义报"}),
        ("“信息公开”", {"顺义报"}),
        ("“机制。全年”", set()),
        ("“营商环境”", {"崇文区", "某报告"}),
        ("营商环境", {"崇文区", "某报告"}),
        ("营商环境优化", {"崇文区", "某报告"}),
        ("“每月一题” -“接诉即办”", {"顺义报", "某报告"}),
        ("-“每月一题”", {"西城区", "崇文区"}),
        ("“接诉即办” 或 “营商环境”", {"北京市", "西城区", "崇文区", "某报告"}),
        ("(“接诉即办” OR “营商环境”) “每月一题”", {"北京市", "某报告"}),
        ("标题:“法治政府”", {"北京市", "西城区"}),
        ("标题:“每月一题”", set()),
        ("地区:北京市", {"北京市", "西城区", "崇文区", "顺义报"}),
        ("地区:东城区", {"崇文区"}),
        ("地区:未知", {"某报告"}),
        ("年份:2021-2022", {"北京市", "西城区"}),
        ("年份:未知", {"某报告"}),
        ("主题:接诉即办", {"北京市"}),
        ("主题:未知 年份:2022", {"西城区"}),
        ("类型:政府工作报告", {"崇文区"}),
        ("主体:街道乡镇", {"西城区"}),
        ("地区:火星", set()),
        ("", {"北京市", "西城区", "崇文区", "顺义报", "某报告"}),
    ],
)
def test_a_question_finds_exactly_its_reports(searcher: Searcher, query: str, found: set[str]) -> None:
    answer = ask(Question(query), searcher)
    assert titles(answer) == found
    assert answer.total == len(found)


def test_both_totals_are_given_and_exact_matches_come_first(make: Callable[[Iterable[Report]], Searcher]) -> None:
    scattered = report("推进政务公开。\n改进服务窗口。\n" * 9, title="甲")
    exact = report("深化政务公开服务。" + "其他工作有序开展。" * 50, title="乙")
    answer = ask(Question("政务公开服务"), make([scattered, exact]))
    assert [hit.title.text for hit in answer.hits] == ["乙", "甲"]
    assert (answer.total, answer.exact) == (2, 1)
    assert [hit.exact for hit in answer.hits] == [True, False]
    assert [hit.occurrences for hit in answer.hits] == [1, 0]


def test_occurrences_are_counted_in_the_text_without_overlap(make: Callable[[Iterable[Report]], Searcher]) -> None:
    one = report("人人人人。标题不算。", title="人人")
    answer = ask(Question("“人人”"), make([one]))
    assert answer.occurrences == 2
    both = ask(Question("“人人” 或 “人人人”"), make([one]))
    assert both.occurrences == 1
    assert ask(Question("标题:“人人”"), make([one])).occurrences is None


def test_every_hit_shows_the_phrase_that_made_it_one(searcher: Searcher) -> None:
    for hit in ask(Question("“每月一题”"), searcher).hits:
        marked = [snippet.text[a:b] for snippet in hit.snippets for a, b in snippet.marks]
        assert set(marked) <= {"每月一题", "每月一題"}
        assert marked


def test_a_snippet_does_not_repeat_the_title(make: Callable[[Iterable[Report]], Searcher]) -> None:
    made = report("法治政府建设报告\n全面推进法治政府建设。", title="法治政府建设报告")
    (hit,) = ask(Question("“法治政府”"), make([made])).hits
    assert [snippet.text for snippet in hit.snippets] == ["全面推进法治政府建设。"]
    assert hit.title.marks == ((0, 4),)


def test_facet_counts_are_what_a_click_gives(searcher: Searcher) -> None:
    asked = Question("“每月一题” 或 “营商环境” 或 “接诉即办”", Filters(years=frozenset({2021, 2009, None})))
    for facet in ("region", "year", "topic", "kind", "body"):
        for value in getattr(ask(asked, searcher).facets, facet):
            alone = replace(asked, chosen=_choosing(asked.chosen, facet, value.value))
            assert ask(alone, searcher).total == value.count, (facet, value)


def _choosing(chosen: Filters, facet: str, value: str) -> Filters:
    match facet:
        case "region":
            return replace(chosen, regions=frozenset({value}))
        case "year":
            return replace(chosen, years=frozenset({None if value == "unknown" else int(value)}))
        case "topic":
            return replace(chosen, topics=frozenset({value}))
        case "kind":
            return replace(chosen, kinds=frozenset({Kind(value)}))
    return replace(chosen, bodies=frozenset({Body(value)}))


def test_regions_are_a_tree_in_which_the_abolished_stand_below_their_successor(searcher: Searcher) -> None:
    regions = ask(Question(""), searcher).facets.region
    below = [("北京市", 1, 4), ("东城区", 3, 1), ("崇文区", 3, 1), ("西城区", 3, 1), ("顺义区", 3, 1)]
    shown = [(value.label, value.level, value.count) for value in regions]
    assert shown == [("全国", 0, 4), *below, ("未知", 0, 1)]


def test_chosen_and_typed_filters_both_hold(searcher: Searcher) -> None:
    answer = ask(Question("地区:北京市", Filters(regions=frozenset({"310000"}))), searcher)
    assert (answer.total, answer.held) == (0, 0)


def test_held_is_what_the_filters_alone_select(searcher: Searcher) -> None:
    assert ask(Question("“没有的话” 年份:2021"), searcher).held == 1
    assert ask(Question("“没有的话” 年份:1999"), searcher).held == 0


def test_sections_scope_terms(make: Callable[[Iterable[Report]], Searcher]) -> None:
    text = "导语。\n一、成效\n出庭应诉制度落实。\n二、问题\n公开不够。"
    at = text.index("二、")
    sections = (
        Section("", SectionKind.LEAD, 0, 4),
        Section("一、成效", SectionKind.ACHIEVEMENTS, 4, at),
        Section("二、问题", SectionKind.PROBLEMS, at, len(text)),
    )
    searcher = make([report(text, title="", sections=sections)])
    assert ask(Question("章节:问题 “出庭应诉”"), searcher).total == 0
    assert ask(Question("章节:成效 “出庭应诉”"), searcher).total == 1
    assert ask(Question("“公开”", sections=frozenset({SectionKind.PROBLEMS})), searcher).total == 1
    assert ask(Question("“公开”", sections=frozenset({SectionKind.LEAD})), searcher).total == 0
    assert ask(Question("“落实。二、”"), searcher).total == 0


def test_copies_change_no_total_and_are_found_by_their_own_words(make: Callable[[Iterable[Report]], Searcher]) -> None:
    text = "本区推进信息互通共享，提升服务水平。" * 20
    own = report(text, title="某区报告", url="http://www.a.gov.example/1", year=2020)
    twin = report(
        "本區推進資訊互通共用，提升服務水準。" * 20,
        title="某區報告",
        url="http://www.a.gov.example/gate/big5/www.a.gov.example/1",
        year=2020,
    )
    searcher = make([own, twin])
    for query in ("“信息互通共享”", "“資訊互通共用”", "“信息互通”"):
        answer = ask(Question(query), searcher)
        assert (answer.total, answer.occurrences) == (1, 20)
        assert [(hit.id, hit.copies) for hit in answer.hits] == [(own.id, 1)]
        assert answer.hits[0].snippets[0].marks
        assert [value.count for value in answer.facets.year] == [1]


def test_sorting_breaks_ties_by_year_then_id(make: Callable[[Iterable[Report]], Searcher]) -> None:
    reports = [report(f"法治政府建设。第{n}号", title="报告", year=2019 + n % 3) for n in range(45)]
    reports.append(report("法治政府建设，法治政府建设。", title="报告", year=2015, published=SPRING))
    searcher = make(reports)
    pages = [ask(Question("“法治政府”", sort=Sort.NEWEST, page=page), searcher) for page in (1, 2, 3)]
    hits = [hit for page in pages for hit in page.hits]
    assert [page.pages for page in pages] == [3, 3, 3]
    assert len({hit.id for hit in hits}) == 46
    assert [(-(hit.year or 0), hit.id) for hit in hits] == sorted((-(hit.year or 0), hit.id) for hit in hits)
    assert ask(Question("“法治政府”", sort=Sort.OLDEST), searcher).hits[0].year == 2015
    assert ask(Question("“法治政府”", sort=Sort.OCCURRENCES), searcher).hits[0].occurrences == 2
    assert ask(Question("“法治政府”", page=9), searcher).hits == ()


@pytest.mark.parametrize(
    ("sort", "order"),
    [(Sort.NEWEST, ["2021六月", "2021", "2020", "无"]), (Sort.OLDEST, ["2020", "2021六月", "2021", "无"])],
)
def test_what_has_no_date_comes_last_either_way(
    make: Callable[[Iterable[Report]], Searcher], sort: Sort, order: list[str]
) -> None:
    dates = {"2020": (2020, SPRING), "2021": (2021, None), "2021六月": (2021, date(2021, 6, 1)), "无": (None, SPRING)}
    searcher = make(
        report(f"法治政府建设，{title}。", title=title, year=year, published=published)
        for title, (year, published) in dates.items()
    )
    assert [hit.title.text for hit in ask(Question("法治政府", sort=sort), searcher).hits] == order


def test_an_empty_corpus_answers(make: Callable[[Iterable[Report]], Searcher]) -> None:
    answer = ask(Question("“每月一题” 营商环境"), make([]))
    assert (answer.total, answer.held, answer.hits) == (0, 0, ())


def test_a_region_is_asked_for_with_or_without_what_lies_below_it(searcher: Searcher) -> None:
    assert titles(ask(Question("地区:=北京市"), searcher)) == {"北京市"}
    assert titles(ask(Question("地区:=东城区"), searcher)) == set()
    assert titles(ask(Question("地区:=北京市、西城区"), searcher)) == {"北京市", "西城区"}
    chosen = Filters(regions=frozenset({"=110000", "110102"}))
    assert titles(ask(Question("", chosen), searcher)) == {"北京市", "西城区"}
