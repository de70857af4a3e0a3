from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.filters import Vocabulary
from indexer.parse import MAX_CHARS, MAX_CLAUSES, parse
from indexer.query import UNKNOWN, And, Filters, Node, Not, Or, Query, Scope, Term, Together, Unit
from reports.errors import QueryError
from reports.fold import fold
from reports.report import Body, Kind, SectionKind

REGIONS = {"110000": "北京市", "310000": "上海市", "320106": "鼓楼区", "350102": "鼓楼区", "710000": "台湾省"}
TOPICS = ("营商环境与放管服", "政务服务", "政务公开", "行政执法")
VOCABULARY = Vocabulary(
    TOPICS, lambda name: tuple(code for code, full in REGIONS.items() if name in {full, full[:-1]}), REGIONS.get
)
PROBLEMS = frozenset({SectionKind.PROBLEMS})
PLANS = frozenset({SectionKind.PLANS})


def asked(text: str, sections: frozenset[SectionKind] = frozenset()) -> Query:
    return parse(text, vocabulary=VOCABULARY, sections=sections, today=date(2024, 6, 1))


def word(text: str, sections: frozenset[SectionKind] = frozenset(), scope: Scope = Scope.ANYWHERE) -> Term:
    return Term(text, fold(text), False, scope, sections)


def phrase(text: str, sections: frozenset[SectionKind] = frozenset(), scope: Scope = Scope.ANYWHERE) -> Term:
    return Term(text, fold(text), True, scope, sections)


def title(term: Term) -> Term:
    return Term(term.text, term.folded, term.quoted, Scope.TITLE)


def either(*parts: Node) -> Or:
    return Or(parts)


def both(*parts: Node) -> And:
    return And(parts)


A, B, C, D = map(word, "甲乙丙丁")


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("“每月一题”", phrase("每月一题")),
        ("「每月一題」", Term("每月一題", "每月一题", True)),
        ("“red tape”", Term("red tape", "redtape", True)),
        ("营商环境", word("营商环境")),
        ("甲 乙", both(A, B)),
        ("甲　乙\n丙", both(A, B, C)),
        ("甲 AND 乙 且 丙 与 丁", both(A, B, C, D)),
        ("甲 或 乙", either(A, B)),
        ("甲 OR 乙 | 丙 ｜ 丁", either(A, B, C, D)),
        ("甲 ＯＲ 乙", either(A, B)),
        ("甲 乙 或 丙 丁", either(both(A, B), both(C, D))),
        ("甲 (乙 或 丙) 丁", both(A, either(B, C), D)),
        ("甲（乙｜丙）丁", both(A, either(B, C), D)),
        ("甲 (乙 (丙 丁))", both(A, B, C, D)),
        ("甲 或 (乙 或 (丙 或 丁))", either(A, B, C, D)),
        ("((甲))", A),
        ("甲 甲", both(A, A)),
        ("-甲", Not(A)),
        ("－甲", Not(A)),
        ("NOT 甲", Not(A)),
        ("非 甲", Not(A)),
        ("非甲", word("非甲")),
        ("甲 -“乙”", both(A, Not(phrase("乙")))),
        ("-(甲 乙)", Not(both(A, B))),
        ("--甲", A),
        ("NOT -甲", A),
        ("-(-甲)", A),
        ("-(-(甲 乙))", both(A, B)),
        ("-甲 -乙", both(Not(A), Not(B))),
        ("NOT 甲 乙", both(Not(A), B)),
        ("非法集资", word("非法集资")),
        ("2019-2023", word("2019-2023")),
        ("标题:甲 乙", both(title(A), B)),
        ("标题：“甲”", title(phrase("甲"))),
        ("title:(甲 或 乙) 丙", both(either(title(A), title(B)), C)),
        ("-标题:甲", Not(title(A))),
        ("标题:-甲", Not(title(A))),
        ("章节:问题 “出庭应诉”", phrase("出庭应诉", PROBLEMS)),
        ("章节:问题 甲 乙", both(word("甲", PROBLEMS), B)),
        ("章节:问题 (甲 -乙) 丙", both(word("甲", PROBLEMS), Not(word("乙", PROBLEMS)), C)),
        ("章节:问题、安排 甲", word("甲", PROBLEMS | PLANS)),
        ("章节:问题 (甲 章节:安排 乙)", both(word("甲", PROBLEMS), word("乙", PLANS))),
        ("章节:问题 标题:甲", title(A)),
        ("标题:(甲 章节:问题 乙)", both(title(A), word("乙", PROBLEMS))),
        ("章节:问题 年份:2021 甲", word("甲", PROBLEMS)),
        ("“，”", phrase("，")),
        ("甲 年份:2021 或 乙", either(A, B)),
        ("同句(甲 乙)", Together(both(A, B), Unit.SENTENCE)),
        ("同段（甲 乙）", Together(both(A, B), Unit.PARAGRAPH)),
        ("section(甲 乙)", Together(both(A, B), Unit.SECTION)),
        ("近(甲 乙)", Together(both(A, B), 10)),
        ("near/25(甲 乙)", Together(both(A, B), 25)),
        ("近0(甲 乙)", Together(both(A, B), 0)),
        ("-同句(甲 乙) 丙", both(Not(Together(both(A, B), Unit.SENTENCE)), C)),
        ("同句(甲 乙) 或 近(丙 丁)", either(Together(both(A, B), Unit.SENTENCE), Together(both(C, D), 10))),
        ("同句(甲 -乙)", Together(both(A, Not(B)), Unit.SENTENCE)),
        ("同句(-(-甲 -乙))", Together(Not(both(Not(A), Not(B))), Unit.SENTENCE)),
        ("近(甲 (乙 或 丙))", Together(both(A, either(B, C)), 10)),
        ("标题:同句(甲 乙)", Together(both(title(A), title(B)), Unit.SENTENCE)),
        ("同句(标题:甲 乙)", Together(both(title(A), B), Unit.SENTENCE)),
        ("章节:问题 近(甲 乙)", Together(both(word("甲", PROBLEMS), word("乙", PROBLEMS)), 10)),
        ("同句(甲 年份:2021 乙)", Together(both(A, B), Unit.SENTENCE)),
        ("《甲》", phrase("《甲》")),
        ("〈甲〉", Term("〈甲〉", "《甲》", True)),
        ("标题:《甲》 -《乙》", both(title(phrase("《甲》")), Not(phrase("《乙》")))),
        ("(甲 年份:2021) 乙", both(A, B)),
    ],
)
def test_text_becomes_terms_joined_so(text: str, root: Node) -> None:
    query = asked(text)
    assert (query.root, query.notes) == (root, ())


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("导语 lead Lead", SectionKind.LEAD),
        ("举措 成效 成绩 achievements", SectionKind.ACHIEVEMENTS),
        ("问题 不足 問題 problems", SectionKind.PROBLEMS),
        ("履职 负责人 leadership", SectionKind.LEADERSHIP),
        ("安排 计划 打算 plans", SectionKind.PLANS),
        ("其他 others", SectionKind.OTHERS),
        ("未识别 unrecognised", SectionKind.UNRECOGNISED),
    ],
)
def test_sections_are_called_so(names: str, kind: SectionKind) -> None:
    for name in names.split():
        for label in ("章节:", "section:"):
            assert asked(f"{label}{name} 甲").root == word("甲", frozenset({kind}))


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("地区:北京市", Filters(regions=frozenset({"110000"}))),
        ("region:北京", Filters(regions=frozenset({"110000"}))),
        ("地区:臺灣省", Filters(regions=frozenset({"710000"}))),
        ("地区:鼓楼区", Filters(regions=frozenset({"320106", "350102"}))),
        ("地区:310000", Filters(regions=frozenset({"310000"}))),
        ("地区:３１００００", Filters(regions=frozenset({"310000"}))),
        ("地区:北京、上海，110000", Filters(regions=frozenset({"110000", "310000"}))),
        ("地区:北京 地区:上海", Filters(regions=frozenset({"110000", "310000"}))),
        ("地区:北京 或 地区:上海", Filters(regions=frozenset({"110000", "310000"}))),
        *[
            (f"地区:{typed}", Filters(regions=frozenset({"=110000"})))
            for typed in ("=北京", "＝北京市", "=110000", "仅北京", "北京本级", "“=北京”")
        ],
        ("地区:=鼓楼区", Filters(regions=frozenset({"=320106", "=350102"}))),
        ("地区:=上海、北京", Filters(regions=frozenset({"=310000", "110000"}))),
        ("地区:未知", Filters(regions=frozenset({UNKNOWN}))),
        ("地区:Unknown,北京", Filters(regions=frozenset({UNKNOWN, "110000"}))),
        *[(f"{label}2021", Filters(years=frozenset({2021}))) for label in ("年份:", "年份：", "year:")],
        *[
            (f"年份:2019{dash}2021", Filters(years=frozenset({2019, 2020, 2021})))
            for dash in ("..", "-", "—", "——", "～", "~", "–", "至", "到", "…")
        ],
        ("年份:２０１９年－２０２０年", Filters(years=frozenset({2019, 2020}))),
        ("年份:2021-2019", Filters(years=frozenset({2019, 2020, 2021}))),
        ("年份:近三年", Filters(years=frozenset({2022, 2023, 2024}))),
        ("年份:近3年", Filters(years=frozenset({2022, 2023, 2024}))),
        ("年份:近两年,2019", Filters(years=frozenset({2023, 2024, 2019}))),
        ("年份:未知", Filters(years=frozenset({None}))),
        ("主题:营商环境", Filters(topics=frozenset({"营商环境与放管服"}))),
        ("topic:政务", Filters(topics=frozenset({"政务服务", "政务公开"}))),
        ("主题:政务公开", Filters(topics=frozenset({"政务公开"}))),
        ("主题:未知", Filters(topics=frozenset({UNKNOWN}))),
        ("类型:政府工作报告", Filters(kinds=frozenset({Kind.WORK}))),
        ("kind:工作报告", Filters(kinds=frozenset({Kind.WORK}))),
        ("类型:信息公开", Filters(kinds=frozenset({Kind.DISCLOSURE}))),
        ("类型:年度报告", Filters(kinds=frozenset({Kind.RULE_OF_LAW, Kind.DISCLOSURE}))),
        ("主体:部门", Filters(bodies=frozenset({Body.DEPARTMENT}))),
        ("body:街道、政府", Filters(bodies=frozenset({Body.TOWN, Body.GOVERNMENT}))),
        ("地区:北京 年份:2021", Filters(regions=frozenset({"110000"}), years=frozenset({2021}))),
    ],
)
def test_filters_hold_for_the_whole_question(text: str, filters: Filters) -> None:
    for around, root in (
        ("{}", None),
        ("甲 {}", A),
        ("{} 甲", A),
        ("(甲 ({})) 乙", both(A, B)),
        ("甲 或 乙 {}", either(A, B)),
    ):
        query = asked(around.format(text))
        assert (query.filters, query.root, query.nothing) == (filters, root, False)
    assert asked(text).notes == ()


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("地区:火星", "没有叫“火星”的地区"),
        ("地区:999999", "没有叫“999999”的地区"),
        ("年份:abc", "“abc”不是年份，可以写 2021、2019-2023、近三年或未知"),
        ("年份:21", "“21”不是年份，可以写 2021、2019-2023、近三年或未知"),
        ("年份:近0年", "“近0年”不是年份，可以写 2021、2019-2023、近三年或未知"),
        ("主题:航天", "没有叫“航天”的主题"),
        ("类型:小说", "没有叫“小说”的报告类型"),
        ("主体:企业", "没有叫“企业”的主体，可以写政府、部门、街道乡镇或其他"),
        ("-地区:北京", "筛选条件不能排除：-地区:北京"),
        ("NOT (甲 年份:2021)", "筛选条件不能排除：年份:2021"),
    ],
)
def test_a_filter_that_cannot_hold_selects_nothing_and_says_so(text: str, note: str) -> None:
    query = asked(f"乙 {text}")
    assert query.nothing
    assert query.notes == (note,)


def test_of_alternatives_the_one_that_exists_still_holds() -> None:
    query = asked("地区:北京、火星")
    assert (query.filters, query.nothing) == (Filters(regions=frozenset({"110000"})), False)
    assert query.notes == ("没有叫“火星”的地区",)
    assert asked("地区:火星 年份:2021").nothing


@pytest.mark.parametrize(
    ("text", "root", "notes"),
    [
        ("", None, ["没有输入要查的词语"]),
        ("或 甲", A, ["“或”前面没有词语，已忽略"]),
        ("甲 OR", A, ["“OR”后面没有词语，已忽略"]),
        ("甲 OR OR 乙", either(A, B), ["“OR”前面没有词语，已忽略"]),
        ("甲 AND", A, ["“AND”后面没有词语，已忽略"]),
        ("甲 NOT", A, ["“NOT”后面没有词语，已忽略"]),
        ("(甲 或 ) 乙", both(A, B), ["“或”后面没有词语，已忽略"]),
        ("NOT 或 甲", A, ["“NOT”后面没有词语，已忽略", "“或”前面没有词语，已忽略"]),
        ("甲 - 乙", both(A, B), ["“-”里没有可查的文字，已忽略"]),
        ("-", None, ["“-”里没有可查的文字，已忽略"]),
        ("| 或 非", None, ["“|”前面没有词语，已忽略", "“或”前面没有词语，已忽略", "“非”后面没有词语，已忽略"]),
        ("()", None, ["括号里没有词语，已忽略"]),
        ("-() 甲", A, ["括号里没有词语，已忽略"]),
        ("(甲", A, ["有括号没有闭合，按到末尾为止理解"]),
        ("甲) 乙", both(A, B), ["有括号没有成对，已忽略"]),
        ("“”", None, ["引号里没有文字，已忽略"]),
        ("“ ” 甲", A, ["引号里没有文字，已忽略"]),
        ("-“” 甲", A, ["引号里没有文字，已忽略"]),
        ("“每月一题", phrase("每月一题"), ["引号没有成对，按“每月一题”理解"]),
        ("甲”", A, ["有一个引号没有成对，已忽略"]),
        ("， 甲", A, ["“，”里没有可查的文字，已忽略"]),
        ("-， 甲", A, ["“，”里没有可查的文字，已忽略"]),
        ("标题:", None, ["“标题:”后面没有词语，已忽略"]),
        ("章节:问题", None, ["“章节:问题”后面没有词语，已忽略"]),
        ("章节:“甲”", phrase("甲"), ["“章节:”后面要写章节的名称，如 章节:问题"]),
        ("章节:结论 甲", A, ["没有叫“结论”的章节，可以写导语、成效、问题、履职、安排、其他、未识别"]),
        ("甲 地区:", A, ["“地区:”后面没有写值，已忽略"]),
        ("年份:2021, 甲", A, ["“年份:2021,”后面有空格，空格后面的按词语理解"]),
        ("“甲”“乙”", phrase("甲”“乙"), ["“甲”“乙”按一整句查找；要分别查找，请在各词之间加空格"]),
        ('"甲"或"乙"', phrase('甲"或"乙'), ['“甲"或"乙”按一整句查找；要分别查找，请在各词之间加空格']),
        ("《甲", phrase("《甲"), ["书名号没有成对，按“《甲”理解"]),
        ("甲》", A, ["有一个书名号没有成对，已忽略"]),
        ("同句()", None, ["括号里没有词语，已忽略"]),
        ("同句(甲", A, ["有括号没有闭合，按到末尾为止理解", "“同句”里只有一个词语，按普通括号理解"]),
        ("同句(-甲)", Not(A), ["“同句”里要有一定出现的词语，不能只有排除的，按普通括号理解"]),
        ("同段(甲 或 -乙)", either(A, Not(B)), ["“同段”里要有一定出现的词语，不能只有排除的，按普通括号理解"]),
        ("近5(甲 -乙)", both(A, Not(B)), ["“近5”里不能排除词语，按普通括号理解"]),
        ("近999(甲 乙)", Together(both(A, B), 100), ["“近”最多 100 字，按 100 字理解"]),
        (
            "同段(甲 近(乙 丙))",
            Together(both(A, B, C), Unit.PARAGRAPH),
            ["“同段”里的“近10”按普通括号理解"],
        ),
        ("甲 NEAR 乙", both(A, B), ["“NEAR”按“且”理解；要查相近的词语，请写 近10(词语 词语)"]),
        ("甲 或 年份:2021", A, ["筛选条件对整个问题起作用，不能用“或”与词语或别的筛选条件相连"]),
        (
            "(年份:2021 或 地区:北京) 甲",
            A,
            ["筛选条件对整个问题起作用，不能用“或”与词语或别的筛选条件相连"],
        ),
    ],
)
def test_what_is_not_understood_is_left_out_and_named(text: str, root: Node | None, notes: list[str]) -> None:
    query = asked(text)
    assert (query.root, list(query.notes), query.nothing) == (root, notes, False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *[(f"{name}:甲", "地区:") for name in ("地域", "地方", "区地", "省份", "regoin", "area")],
        *[(f"{name}:甲", "年份:") for name in ("年度", "年分", "时间", "yaer", "years")],
        *[(f"{name}：甲", "标题:") for name in ("题目", "标提", "titel", "intitle")],
        *[(f"{name}:甲", "主题:") for name in ("话题", "topics")],
        *[(f"{name}:甲", "类型:") for name in ("种类", "类形", "kinds")],
        *[(f"{name}:甲", "主体:") for name in ("单位", "部门")],
        *[(f"{name}:甲", "章节:问题") for name in ("部分", "问题", "sections")],
        ("安排:甲", "章节:安排"),
        ("不足:甲", "章节:不足"),
        ("本级:甲", "地区:=…"),
        ("同一句(甲 乙)", "同句(…)"),
        ("同句 (甲 乙)", "同句(…)"),
        ("段内(甲 乙)", "同段(…)"),
        ("附近(甲 乙)", "近10(…)"),
        ("甲 or 乙", "写 或"),
        ("甲 or 乙 或者 丙", "写 或"),
        ("甲 not 乙", "写 -"),
        ("甲 和 乙", "用空格隔开"),
    ],
)
def test_what_looks_like_something_else_is_named_with_a_suggestion(typed: str, meant: str) -> None:
    notes = asked(typed).notes
    assert notes
    assert all(meant in note for note in notes[:1])


@pytest.mark.parametrize(
    "text",
    ["http://a.gov.cn", "12:30", "甲:乙", "会议时间为2021:甲", "或者", "and", "合同(甲)", "近年(甲)", "和谐 和平"],
)
def test_what_may_be_meant_so_is_not_remarked_upon(text: str) -> None:
    assert asked(text).notes == ()


def test_terms_without_a_place_stand_in_the_sections_asked_for_beside() -> None:
    found = asked("甲 标题:乙 章节:安排 丙", PROBLEMS).root
    assert found == both(word("甲", PROBLEMS), title(B), word("丙", PLANS))


def test_chosen_filters_stand_beside_those_of_the_text() -> None:
    chosen = Filters(regions=frozenset({"310000"}))
    query = parse("地区:北京市", vocabulary=VOCABULARY, extra=chosen, today=date(2024, 6, 1))
    assert (query.filters, query.chosen) == (Filters(regions=frozenset({"110000"})), chosen)


def test_controls_and_surrogates_are_white_space() -> None:
    query = asked("甲\x00乙\ud800丙\n丁")
    assert query.root == both(A, B, C, D)
    assert query.text == "甲 乙 丙 丁"


def test_as_much_as_allowed_is_understood() -> None:
    assert isinstance(asked("甲" * MAX_CHARS).root, Term)
    assert asked(" ".join("甲" * 31) + " 年份:2021").notes == ()


def test_a_question_too_long_names_every_reason() -> None:
    with pytest.raises(QueryError) as one:
        asked("甲" * (MAX_CHARS + 1))
    assert one.value.problems == ("查询最多 256 个字符，现有 257 个",)
    with pytest.raises(QueryError) as other:
        asked(" ".join("甲" * MAX_CLAUSES) + " 年份:2021")
    assert other.value.problems == ("查询最多 32 个词语和筛选条件，现有 33 个",)
    with pytest.raises(QueryError) as both_reasons:
        asked("每月一题 " * 100)
    assert both_reasons.value.problems == (
        "查询最多 256 个字符，现有 499 个",
        "查询最多 32 个词语和筛选条件，现有 100 个",
    )
    with pytest.raises(QueryError, match="现有至少 512 个"):
        asked("每月一题 " * 1000)


@pytest.mark.parametrize(
    "text", ["(" * 128 + ")" * 128, "(" * 127 + "甲" + ")" * 127, "(-" * 127 + "甲", "-" * 255 + "甲"]
)
def test_deep_nesting_is_read(text: str) -> None:
    assert asked(text).root in {None, A, Not(A)}


HOSTILE = st.text(
    alphabet="“”\"'「 　()（|｜-－:：，、.甲或非与且OR《〉同句近1/=\n\x00\ud800\u200b\u0301", max_size=300
)
PIECES = st.lists(
    st.sampled_from(
        [
            "地区:",
            "年份：",
            "标题:",
            "章节:",
            "问题",
            "近三年",
            "2019-",
            "OR",
            "“",
            " ",
            "(",
            ")",
            "-",
            "甲",
            "未知",
            "NOT ",
        ]
    )
).map("".join)


@given(st.text(alphabet=st.characters()) | HOSTILE | PIECES)
def test_any_text_is_a_question_or_too_long(text: str) -> None:
    try:
        query = asked(text)
    except QueryError:
        return
    query.text.encode()
    assert query.root or query.filters or query.notes


def test_reading_is_fast() -> None:
    texts = ["“" * 256, "( “甲 " * 60, "地区: " * 64, "“甲 “" * 64, "-(" * 128, '"甲|' * 80, "甲,、" * 80]
    begun = time.perf_counter()
    for _ in range(20):
        for text in texts:
            try:
                asked(text)
            except QueryError:
                continue
    assert (time.perf_counter() - begun) / (20 * len(texts)) < 0.02
