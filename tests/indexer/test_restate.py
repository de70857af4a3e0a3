from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.filters import Vocabulary
from indexer.parse import MAX_CHARS, parse
from indexer.printing import print_query
from indexer.query import UNKNOWN, And, Filters, Node, Not, Or, Query, Scope, Term, Together, Unit
from indexer.restate import restate
from reports.errors import QueryError
from reports.fold import fold
from reports.report import Body, SectionKind

REGIONS = {"110000": "北京市", "310000": "上海市", "320106": "鼓楼区", "350102": "鼓楼区"}
TOPICS = ("营商环境与放管服", "政务服务", "水、电 与气", "政务公开")
VOCABULARY = Vocabulary(
    TOPICS, lambda name: tuple(code for code, full in REGIONS.items() if name in {full, full[:-1]}), REGIONS.get
)
NONE = Filters()
SECTIONS: list[frozenset[SectionKind]] = [frozenset(), frozenset({SectionKind.PROBLEMS}), frozenset(SectionKind)]


def asked(text: str, chosen: Filters = NONE, sections: frozenset[SectionKind] = frozenset()) -> Query:
    return parse(text, vocabulary=VOCABULARY, extra=chosen, sections=sections, today=date(2024, 6, 1))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "全部报告"),
        ("“每月一题” -“跨省通办”", "含“每月一题”，且不含“跨省通办”"),
        ("营商环境", "含“营商环境”（可拆词）"),
        ("“甲” 或 “乙” “丙”", "含“甲”，或（含“乙”，且含“丙”）"),
        ("(“甲” 或 “乙”) “丙”", "（含“甲”，或含“乙”），且含“丙”"),
        ("-(“甲” “乙”)", "排除（含“甲”，且含“乙”）"),
        ("标题:“甲” -标题:“乙”", "标题含“甲”，且标题不含“乙”"),
        ("章节:问题 “甲”", "问题部分含“甲”"),
        ("章节:安排、问题 -“甲”", "问题或安排部分不含“甲”"),
        (
            "“每月一题” 地区:北京 年份:2021 主题:政务 类型:工作报告 主体:部门",
            "含“每月一题”；地区：北京市；年份：2021；主题：政务服务、政务公开；类型：政府工作报告；主体：部门",
        ),
        ("年份:2023,2019-2021,未知", "年份：2019—2021、2023、未知"),
        ("地区:鼓楼区,北京,未知 主题:未知", "地区：北京市、鼓楼区（2 处）、未知；主题：未知"),
        ("地区:=鼓楼区、北京", "地区：北京市、鼓楼区本级（2 处）"),
        ("同句(“甲” -“乙”)", "同一句（含“甲”，且不含“乙”）"),
        ("-近5(“甲” “乙”)", "排除（相距 5 字以内（含“甲”，且含“乙”））"),
        ("章节:问题 -《甲》 标题:〈乙〉", "问题部分不提到《甲》，且标题提到〈乙〉"),
        ("地区:火星", "筛选条件不能成立，没有报告符合"),
        ("“甲” -年份:2021", "含“甲”；筛选条件不能成立，没有报告符合"),
    ],
)
def test_a_query_is_said_in_words(text: str, words: str) -> None:
    assert restate(asked(text), VOCABULARY) == words


def test_chosen_filters_are_said_too_and_once() -> None:
    chosen = Filters(regions=frozenset({"310000"}), years=frozenset({2021}), bodies=frozenset({Body.TOWN}))
    words = restate(asked("地区:北京 年份:2021", chosen), VOCABULARY)
    assert words == "地区：北京市；年份：2021；并且地区：上海市；主体：街道乡镇"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("sentence（甲 OR 乙 －丙）", "同句(甲 或 乙 -丙)"),
        ("-near(甲 标题:乙)", "-近10(甲 标题:乙)"),
        ("“《甲》” 〈乙〉 《丙", "《甲》 〈乙〉 “《丙”"),
        ("地区:仅北京、上海", "地区:310000、=110000"),
        ("", ""),
        ("「每月一題」　－跨省通办", "“每月一題” -跨省通办"),
        ("甲 | 乙 AND (丙 OR NOT 丁)", "甲 或 乙 (丙 或 -丁)"),
        ("NOT (甲 乙)", "-(甲 乙)"),
        ("title:(甲 章节:plans 乙)", "标题:甲 章节:安排 乙"),
        ("年份:近三年 地区:鼓楼,未知 甲", "甲 地区:320106、350102、未知 年份:2022-2024"),
        ("主题:气,政务 类型:公报 主体:街道", "主题:“政务公开”、“政务服务”、“水、电 与气”"),
    ],
)
def test_a_query_is_printed_in_one_way(text: str, printed: str) -> None:
    assert print_query(asked(text)).startswith(printed)


CHARS = st.text(alphabet="“”\"'「 （()|-：:，甲乙a或非《〉同句近1\u200b\u0301", max_size=40)
PIECES = st.sampled_from(
    [
        *'甲“"()- ，《》',
        "同句(",
        "同节(",
        "近(",
        "近/30（",
        "《甲〈乙〉》",
        "地区:=北京 ",
        "“甲",
        "乙”",
        "乙。",
        " 或 ",
        "NOT ",
        "标题:",
        "章节:问题,安排 ",
        "地区:北京 ",
        "地区:未知,鼓楼 ",
    ]
) | st.sampled_from(["年份:近三年 ", "年份:2019,未知 ", "主题:政务 ", "主题:气 ", "类型:公报,解读 ", "主体:部门 "])


@given(CHARS | st.lists(PIECES, max_size=25).map("".join), st.sets(st.sampled_from(SectionKind), max_size=2))
@example("“甲“乙“丙 “丁”戊”", set())
@example("“a b““ ”", set())
def test_a_query_prints_back(text: str, sections: set[SectionKind]) -> None:
    query = asked(text, sections=frozenset(sections))
    printed = print_query(query)
    if len(printed) <= MAX_CHARS:
        again = asked(printed)
        assert (again.root, again.filters) == (query.root, query.filters)
        assert print_query(again) == printed
    assert restate(query, VOCABULARY)


PLACES = st.sampled_from([(Scope.TITLE, frozenset[SectionKind]()), *((Scope.ANYWHERE, each) for each in SECTIONS)])
TEXTS = st.text("甲乙丙a.1", min_size=1, max_size=3).filter(lambda text: fold(text).strip(".") != "")
PHRASES = TEXTS | st.text("甲乙 （）|", min_size=1, max_size=6).filter(fold) | TEXTS.map("《{}》".format)
TERMS = st.builds(
    lambda typed, place: Term(typed[0], fold(typed[0]), typed[1], *place),
    st.tuples(TEXTS, st.just(False)) | st.tuples(PHRASES, st.just(True)),
    PLACES,
)


def joined(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Two or three of the parts, in a way that has no shorter one."""
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    both = several.map(lambda nodes: And(tuple(part for each in nodes for part in _parts(each, And))))
    either = several.map(lambda nodes: Or(tuple(part for each in nodes for part in _parts(each, Or))))
    return both | either | parts.map(lambda node: node.part if isinstance(node, Not) else Not(node))


def _parts(node: Node, join: type[And] | type[Or]) -> tuple[Node, ...]:
    return node.parts if isinstance(node, join) else (node,)


WITHIN = st.sampled_from([*Unit, 0, 10, 100])
TOGETHER = st.builds(lambda terms, within: Together(And(terms), within), st.tuples(TERMS, TERMS), WITHIN) | st.builds(
    lambda term, other, unit: Together(And((term, Not(other))), unit), TERMS, TERMS, st.sampled_from(Unit)
)
NODES = st.recursive(TERMS | TOGETHER, joined, max_leaves=6)
FILTERS = st.builds(
    Filters,
    regions=st.frozensets(st.sampled_from(["110000", "=110000", "=320106", UNKNOWN]), max_size=2),
    years=st.frozensets(st.none() | st.integers(1949, 2030), max_size=3),
    topics=st.frozensets(st.sampled_from([*TOPICS, UNKNOWN]), max_size=2),
)


@given(st.none() | NODES, FILTERS)
def test_every_query_prints_to_text_that_parses_to_it(root: Node | None, filters: Filters) -> None:
    printed = print_query(Query("", root, filters))
    if len(printed) > MAX_CHARS:
        return
    again = asked(printed)
    assert (again.root, again.filters, again.nothing) == (root, filters, False)
    assert again.notes == (() if printed else ("没有输入要查的词语",))


def test_printing_may_outgrow_what_may_be_asked() -> None:
    query = asked(f"章节:问题、安排 ({' '.join('甲' * 31)})")
    with pytest.raises(QueryError):
        asked(print_query(query))
