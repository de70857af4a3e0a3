from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.lexer import Field, Label, Mark, Opening, Phrase, Sign, Token, Word, tokens
from indexer.plain import clean
from indexer.query import Unit

Cases = list[tuple[str, Sequence[Token]]]


def each(pattern: str, ways: Iterable[str], read: Callable[[str], Sequence[Token]]) -> Cases:
    """The same case for each way to type it."""
    return [(pattern.format(typed), read(typed)) for typed in ways]


PAIRS = ("“”", '""', "＂＂", "「」", "『』", "‘’", "''", "＇＇", "”“", "““", '“"', "””", "「”", "﹃﹄")
WORDS = ("非法集资", "或者", "甲或乙", "ORDER", "NOTE", "or", "not", "2019-2023", "A-甲")
TITLES = ("标题:", "標題：", "title:", "Title：", "ＴＩＴＬＥ:")

QUOTES: Cases = [
    *[(f"{pair[0]}每月一题{pair[1]}", [Phrase("每月一题")]) for pair in PAIRS],
    ("“建立“每月一题”机制”", [Phrase("建立“每月一题”机制")]),
    ('"建立"每月一题"机制"', [Phrase('建立"每月一题"机制')]),
    ("“每月一题”机制", [Phrase("每月一题"), Word("机制")]),
    ("机制“每月一题”", [Word("机制"), Phrase("每月一题")]),
    ("“每月一题”“接诉即办”", [Phrase("每月一题”“接诉即办")]),
    ("“每月一题” “接诉即办”", [Phrase("每月一题"), Phrase("接诉即办")]),
    ("“每月一题”|“接诉即办”", [Phrase("每月一题"), Mark(Sign.OR, "|"), Phrase("接诉即办")]),
    ("(“每月一题”)", [Mark(Sign.OPEN, "("), Phrase("每月一题"), Mark(Sign.CLOSE, ")")]),
    ('"red tape"', [Phrase("red tape")]),
    ('"red tape" "cut it"', [Phrase("red tape"), Phrase("cut it")]),
    ("“red tape“ x", [Phrase("red tape"), Word("x")]),
    ("“ 每月一题 ”", [Phrase(" 每月一题 ")]),
    ("“每月一题（试行）”", [Phrase("每月一题（试行）")]),
    ("“a|b”", [Phrase("a|b")]),
    ("“甲 OR 乙”", [Phrase("甲 OR 乙")]),
    ("“建立“每月一题”机制（试行）”", [Phrase("建立“每月一题”机制（试行）")]),
    ("“全面（含“每月一题”）推进”", [Phrase("全面（含“每月一题”）推进")]),
    ("“建立 “每月一题” 机制”", [Phrase("建立 “每月一题” 机制")]),
    ("“每月一题", [Phrase("每月一题", closed=False)]),
    ("“每月一题 机制", [Phrase("每月一题", closed=False), Word("机制")]),
    ("“每月一题 “接诉即办”", [Phrase("每月一题", closed=False), Phrase("接诉即办")]),
    ("每月一题”", [Word("每月一题"), Phrase("", closed=False)]),
    ("“”", [Phrase("")]),
    ("people's day", [Word("people's"), Word("day")]),
    ("“people’s day”", [Phrase("people’s day")]),
]

TITLES_OF_DOCUMENTS: Cases = [
    *each("{}", ("《条例》", "〈条例〉"), lambda typed: [Phrase(typed, marks="书名号")]),
    ("《法治 纲要（2021—2025年）》", [Phrase("《法治 纲要（2021—2025年）》", marks="书名号")]),
    ("《关于印发〈纲要〉的通知》", [Phrase("《关于印发〈纲要〉的通知》", marks="书名号")]),
    ("《关于“放管服”的意见》", [Phrase("《关于“放管服”的意见》", marks="书名号")]),
    ("《甲》《乙》", [Phrase("《甲》", marks="书名号"), Phrase("《乙》", marks="书名号")]),
    ("落实《甲》精神", [Word("落实"), Phrase("《甲》", marks="书名号"), Word("精神")]),
    ("“落实《甲》精神”", [Phrase("落实《甲》精神")]),
    ("-《甲》", [Mark(Sign.NOT, "-"), Phrase("《甲》", marks="书名号")]),
    ("《甲 乙", [Phrase("《甲", closed=False, marks="书名号"), Word("乙")]),
    ("甲》", [Word("甲"), Phrase("", closed=False, marks="书名号")]),
    ("《", [Phrase("", closed=False, marks="书名号")]),
]

OPERATORS: Cases = [
    *each(
        "{}甲",
        ("同句(", "同句（", "同句:(", "sentence(", "Ｓentence("),
        lambda typed: [Opening(Unit.SENTENCE, typed), Word("甲")],
    ),
    *each("{}甲", ("同段(", "paragraph("), lambda typed: [Opening(Unit.PARAGRAPH, typed), Word("甲")]),
    *each("{}甲", ("同节(", "同節（", "section("), lambda typed: [Opening(Unit.SECTION, typed), Word("甲")]),
    *each("{}甲", ("近20(", "近／２０（", "近20字(", "near/20("), lambda typed: [Opening(20, typed), Word("甲")]),
    *each("{}甲", ("近(", "NEAR（", "near:("), lambda typed: [Opening(10, typed), Word("甲")]),
    ("-同句(甲)", [Mark(Sign.NOT, "-"), Opening(Unit.SENTENCE, "同句("), Word("甲"), Mark(Sign.CLOSE, ")")]),
    ("标题:同句(甲", [Field(Label.TITLE, "标题:"), Opening(Unit.SENTENCE, "同句("), Word("甲")]),
    ("地区: 同句(甲", [Field(Label.REGION, "地区:"), Opening(Unit.SENTENCE, "同句("), Word("甲")]),
    ("同句 (甲", [Word("同句"), Mark(Sign.OPEN, "("), Word("甲")]),
    ("合同句(甲", [Word("合同句"), Mark(Sign.OPEN, "("), Word("甲")]),
    ("近年(甲", [Word("近年"), Mark(Sign.OPEN, "("), Word("甲")]),
    *each("甲 {} 乙", ("近/10", "NEAR/5", "NEAR"), lambda typed: [Word("甲"), Mark(Sign.AND, typed), Word("乙")]),
    ("近10 near", [Word("近10"), Word("near")]),
    ("地区:=北京", [Field(Label.REGION, "地区:=北京", ("=北京",))]),
]

SIGNS: Cases = [
    ("甲 乙", [Word("甲"), Word("乙")]),
    ("甲　乙", [Word("甲"), Word("乙")]),
    *each("甲 {} 乙", ("OR", "或", "|", "｜", "ＯＲ"), lambda typed: [Word("甲"), Mark(Sign.OR, typed), Word("乙")]),
    *each("甲 {} 乙", ("AND", "ＡＮＤ", "与", "且"), lambda typed: [Word("甲"), Mark(Sign.AND, typed), Word("乙")]),
    *each("{} 甲", ("NOT", "非", "ＮＯＴ"), lambda typed: [Mark(Sign.NOT, typed), Word("甲")]),
    *each("{}甲", ("-", "－", "﹣"), lambda typed: [Mark(Sign.NOT, typed), Word("甲")]),
    *each("{}", WORDS, lambda typed: [Word(typed)]),
    ("甲|乙", [Word("甲"), Mark(Sign.OR, "|"), Word("乙")]),
    ("（甲）", [Mark(Sign.OPEN, "（"), Word("甲"), Mark(Sign.CLOSE, "）")]),
    ("-(甲)", [Mark(Sign.NOT, "-"), Mark(Sign.OPEN, "("), Word("甲"), Mark(Sign.CLOSE, ")")]),
    ("-“甲”", [Mark(Sign.NOT, "-"), Phrase("甲")]),
    ("-标题:甲", [Mark(Sign.NOT, "-"), Field(Label.TITLE, "标题:"), Word("甲")]),
    ("(-甲)", [Mark(Sign.OPEN, "("), Mark(Sign.NOT, "-"), Word("甲"), Mark(Sign.CLOSE, ")")]),
    ("甲 - 乙", [Word("甲"), Word("-"), Word("乙")]),
    ("NOT“甲”", [Mark(Sign.NOT, "NOT"), Phrase("甲")]),
    ("〔2015〕12号", [Word("〔2015〕12号")]),
]

FIELDS: Cases = [
    *each("{}甲", TITLES, lambda typed: [Field(Label.TITLE, typed), Word("甲")]),
    ("标题: 甲", [Field(Label.TITLE, "标题:"), Word("甲")]),
    ("标题:“甲”", [Field(Label.TITLE, "标题:"), Phrase("甲")]),
    ("章节:问题 甲", [Field(Label.SECTION, "章节:问题", ("问题",)), Word("甲")]),
    ("章节:问题“甲”", [Field(Label.SECTION, "章节:问题", ("问题",)), Phrase("甲")]),
    ("章节:问题、plans (", [Field(Label.SECTION, "章节:问题、plans", ("问题", "plans")), Mark(Sign.OPEN, "(")]),
    ("章节:“甲”", [Field(Label.SECTION, "章节:"), Phrase("甲")]),
    ("地区:北京市", [Field(Label.REGION, "地区:北京市", ("北京市",))]),
    (
        "地区:北京，上海,天津、重庆",
        [Field(Label.REGION, "地区:北京，上海,天津、重庆", ("北京", "上海", "天津", "重庆"))],
    ),
    ("地区:“北京”、“上海”", [Field(Label.REGION, "地区:“北京”、“上海”", ("北京", "上海"))]),
    ("地区:北京，“甲”", [Field(Label.REGION, "地区:北京，", ("北京",)), Phrase("甲")]),
    (
        "地区:北京，年份:2021",
        [Field(Label.REGION, "地区:北京，", ("北京",)), Field(Label.YEAR, "年份:2021", ("2021",))],
    ),
    ("地区:北京, 甲", [Field(Label.REGION, "地区:北京,", ("北京",), more=True), Word("甲")]),
    ("地区: 北京", [Field(Label.REGION, "地区: 北京", ("北京",))]),
    ("地区:", [Field(Label.REGION, "地区:")]),
    ("地区:“”", [Field(Label.REGION, "地区:“”")]),
    ("地区: “甲”", [Field(Label.REGION, "地区:"), Phrase("甲")]),
    ("地区: 或", [Field(Label.REGION, "地区:"), Mark(Sign.OR, "或")]),
    ("地区: 年份:2021", [Field(Label.REGION, "地区:"), Field(Label.YEAR, "年份:2021", ("2021",))]),
    ("年份:2021“甲”", [Field(Label.YEAR, "年份:2021", ("2021",)), Phrase("甲")]),
    ("年份:2021)", [Field(Label.YEAR, "年份:2021", ("2021",)), Mark(Sign.CLOSE, ")")]),
    ("http://a.gov.cn", [Word("http://a.gov.cn")]),
    ("甲标题:乙", [Word("甲标题:乙")]),
]


@pytest.mark.parametrize(("text", "expected"), QUOTES + SIGNS + FIELDS + TITLES_OF_DOCUMENTS + OPERATORS)
def test_a_question_reads_as_these_tokens(text: str, expected: Sequence[Token]) -> None:
    assert list(tokens(clean(text))) == expected


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (" 甲\t乙\n丙　丁 ", "甲 乙 丙 丁"),
        ("甲\x00乙\x1b", "甲 乙"),
        ("甲\ud800乙", "甲 乙"),
        ("\ufeff“每月\u200b一题”", "“每月一题”"),
        ("e\u0301", "é"),
    ],
)
def test_what_cannot_be_seen_is_a_space_or_nothing(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(alphabet=st.characters()) | st.text(alphabet="“”\"'() |-:，地区标题a《〉同句近/1=\n\x00\ud800"))
def test_every_text_is_some_row_of_tokens(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert bool(list(tokens(cleaned))) == bool(cleaned)
