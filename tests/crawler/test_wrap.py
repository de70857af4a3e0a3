"""A break inside a sentence is joined; what is a line of its own stays one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.lines import Gap, Line
from crawler.extract.wrap import ends_sentence, paragraphs


def wrapped(text: str) -> list[str]:
    """The paragraphs of a text whose lines are divided by /, by // where a blank line stands."""
    lines: list[Line] = []
    gap = Gap.BLANK
    for at, part in enumerate(text.split("/")):
        if part:
            lines.append(Line(part, at, gap, kind="row" if "|" in part else ""))
        gap = Gap.WRAP if part else Gap.BLANK
    return paragraphs(lines)


SENTENCE = "全年办理行政复议案件一百二十件，按期办结率百分之百，行政争议得到实质性化解"


@pytest.mark.parametrize(
    "text",
    [
        f"{SENTENCE}，/群众满意。",
        f"{SENTENCE}，//群众满意。",
        f"{SENTENCE}。按照/某某工作条例/的规定，落实各项工作。",
        "根据《/某某工作条例/》的规定执行。",
        f"{SENTENCE}。完善基础制//度。扎实推进各项改革，{SENTENCE}。",
        "持续改善空气质量。以PM/2.5/、臭氧协同控制为抓手。",
    ],
)
def test_a_broken_sentence_is_made_whole(text: str) -> None:
    assert wrapped(text) == [text.replace("/", "")]


@pytest.mark.parametrize(
    "text",
    [
        f"一、主要工作/{SENTENCE}。",
        f"（一）坚持党的领导，压实工作责任/{SENTENCE}。",
        f"1.加强组织领导/{SENTENCE}。",
        f"各位代表：/{SENTENCE}。",
        f"{SENTENCE}。/某某市人民政府/2021年1月20日",
        f"{SENTENCE}。现将有关情况报告如下/某某市人民政府/2021年1月20日",
        f"{SENTENCE}，/（二）下一步安排",
        "产品 | 单位 | 产量/水泥 | 吨 | 120/电 | 万度 | 8",
        "主任：张某某　　副市长/李某某　　秘书长/王某某　　局长",
        f"{SENTENCE}。/（此件公开发布）",
        f"某某市2021年工作报告/——2021年1月20日在某某市第一届人民代表大会上/市长　某某某/各位代表：/{SENTENCE}。",
    ],
)
def test_lines_of_their_own_stay_lines(text: str) -> None:
    assert wrapped(text) == text.split("/")


def test_a_block_of_html_is_a_paragraph_even_where_its_full_stop_is_missing() -> None:
    lines = [Line(f"{SENTENCE}。另外，{SENTENCE}"), Line(f"{SENTENCE}。")]
    assert paragraphs(lines) == [line.text for line in lines]


def test_a_text_wrapped_to_a_width_is_unwrapped_and_keeps_its_headings() -> None:
    sentence = (SENTENCE + "，") * 4 + "各项工作取得新的成效。"
    cut = [sentence[start : start + 30] for start in range(0, len(sentence), 30)]
    assert wrapped("/".join(["一、工作情况", *cut, "二、存在的问题", *cut])) == [
        "一、工作情况",
        sentence,
        "二、存在的问题",
        sentence,
    ]


@pytest.mark.parametrize(
    "text", ["办结。", "“办结。”", "如下：", "（此件公开发布）", "成效。（市司法局负责）", "谢谢大家！"]
)
def test_these_end_a_sentence(text: str) -> None:
    assert ends_sentence(text)


@given(st.lists(st.text(st.sampled_from("一、二。，（）《》2021年a|"), min_size=1), max_size=8), st.sampled_from(Gap))
def test_joining_loses_nothing_but_breaks(texts: list[str], gap: Gap) -> None:
    lines = [Line(text, at, gap) for at, text in enumerate(texts)]
    assert "".join(paragraphs(lines)).replace(" ", "") == "".join(texts)
