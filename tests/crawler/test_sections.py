"""Sections: found by their numbering, named by their wording, covering the text."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.sections import sections_of
from reports.parts import parts_of
from reports.report import Kind, SectionKind

LEAD, ACHIEVEMENTS, PROBLEMS, LEADERSHIP, PLANS, OTHERS, UNRECOGNISED = SectionKind


def lines(*paragraphs: str) -> str:
    return "\n".join(paragraphs)


def outline(text: str, kind: Kind = Kind.RULE_OF_LAW) -> list[tuple[str, SectionKind]]:
    return [(section.heading, section.kind) for section in sections_of(text, kind)]


ANNUAL = lines(
    "云溪县2021年法治政府建设年度报告",
    "2021年，我县稳步推进各项工作。现将情况报告如下：",
    "一、2021年推进法治政府建设的主要举措和成效",
    "（一）优化服务。窗口全部开放。",
    "（二）规范执法。案卷逐件评查。",
    "二、2021年推进法治政府建设存在的问题和不足",
    "一是人手不多；二是经验不足。",
    "三、2021年党政主要负责人履行推进法治建设第一责任人职责，加强法治政府建设的有关情况",
    "县长主持专题会议六次。",
    "四、2022年推进法治政府建设的主要安排",
    "继续做好各项工作。",
)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("二、主要举措和成效", ACHIEVEMENTS),
        ("二、2021年度推进法治政府建设情况", ACHIEVEMENTS),
        ("二、工作回顾", ACHIEVEMENTS),
        ("二、重点工作完成情况", ACHIEVEMENTS),
        ("二、上年度问题整改情况", ACHIEVEMENTS),
        ("二、法治政府建设中的短板和困难", PROBLEMS),
        ("二、推进法治政府建設存在的差距", PROBLEMS),
        ("二、存在的问题及下一步打算", PROBLEMS),
        ("二、存在的主要问题及改进情况", PROBLEMS),
        ("二、工作成效及存在问题", ACHIEVEMENTS),
        ("二、主要负责人履行法治建设职责情况", LEADERSHIP),
        ("二、黨政主要負責人履行第一責任人職責情況", LEADERSHIP),
        ("二、下步工作思路", PLANS),
        ("二、“十五五”时期总体要求和目标任务", PLANS),
        ("二、2031年重点工作", PLANS),
        ("二、其他需要报告的情况", OTHERS),
        ("二、需要说明的其他事项", OTHERS),
        ("二、深入推进依法行政", UNRECOGNISED),
    ],
)
def test_a_heading_is_of_the_kind_it_names_first(heading: str, kind: SectionKind) -> None:
    text = lines("导语。", "一、总的说明", "正文。", heading, "正文。")
    assert outline(text)[-1] == (heading, kind)


def test_an_annual_report_has_its_lead_and_four_sections() -> None:
    assert [kind for _, kind in outline(ANNUAL)] == [LEAD, ACHIEVEMENTS, PROBLEMS, LEADERSHIP, PLANS]


def test_parts_are_what_stands_under_one_bracketed_heading() -> None:
    parts = parts_of(ANNUAL, sections_of(ANNUAL, Kind.RULE_OF_LAW))
    assert [part.heading for part in parts if part.section is ACHIEVEMENTS] == [
        "一、2021年推进法治政府建设的主要举措和成效",
        "（一）优化服务",
        "（二）规范执法",
    ]
    assert [part.heading for part in parts if part.section is PROBLEMS] == [
        "二、2021年推进法治政府建设存在的问题和不足"
    ]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        (
            lines("导语。", "一、工作成效。全年办件万余。", "二、存在问题。人手不多。"),
            ["", "一、工作成效", "二、存在问题"],
        ),
        (lines("导语。", "（一）工作成效", "甲。", "（二）存在不足", "乙。"), ["", "（一）工作成效", "（二）存在不足"]),
        (
            lines("导语。", "第一部分 工作回顾", "一、甲", "二、乙", "第二部分 目标任务", "丙。"),
            ["", "第一部分 工作回顾", "第二部分 目标任务"],
        ),
        (lines("导语。", "工作回顾", "甲。", "今后五年的主要任务", "乙。"), ["", "工作回顾", "今后五年的主要任务"]),
        (lines("第一章 总则", "第一条 略。", "第二章 附则", "第二条 略。"), ["第一章 总则", "第二章 附则"]),
        (lines("现报告如下：一、工作成效", "甲。", "二、存在问题", "乙。"), ["", "一、工作成效", "二、存在问题"]),
        (lines("导语。", "一、工作成效", "甲。", "三、下一步打算", "乙。"), ["", "一、工作成效", "三、下一步打算"]),
    ],
    ids=[
        "glued to its first sentence",
        "brackets on top",
        "parts",
        "unnumbered",
        "chapters",
        "inside a line",
        "a lost number",
    ],
)
def test_headings_are_found_where_they_stand(text: str, headings: list[str]) -> None:
    assert [heading for heading, _ in outline(text)] == headings


@pytest.mark.parametrize(
    "text",
    [
        "本年度做了几件事。一是修路；二是架桥；三是植树。",
        lines("有下列情形的，不予受理：", "（一）材料不全的；", "（二）期限已过的；", "（三）其他情形。"),
        lines("导语。", "三、孤零零的一段", "五、另一段"),
        lines("清单：", "1.桌子", "2.椅子"),
        lines("第一条 下列情形免予登记：", "（一）自用。", "（二）试用。", "第二条 略。"),
        "没有标题的一则消息。",
    ],
)
def test_enumerations_are_not_headings(text: str) -> None:
    assert outline(text) == [("", UNRECOGNISED)]


def test_a_list_of_contents_is_part_of_the_lead() -> None:
    text = lines("目录", "一、工作成效……1", "二、存在问题……6", "一、工作成效", "甲。", "二、存在问题", "乙。")
    assert [text[section.start :].count("\n") for section in sections_of(text, Kind.RULE_OF_LAW)] == [6, 3, 1]


def test_numbers_that_start_again_below_a_heading_are_not_on_top() -> None:
    text = lines("一、甲", "（一）乙", "一、丙", "二、丁", "三、戊", "（二）己", "二、庚", "辛。")
    assert [heading for heading, _ in outline(text)] == ["一、甲", "二、庚"]


def test_the_year_after_the_reviewed_one_is_a_plan() -> None:
    text = lines("一、2021年主要工作", "甲。", "二、2022年主要工作", "乙。")
    assert [kind for _, kind in outline(text)] == [ACHIEVEMENTS, PLANS]


def test_sub_headings_may_go_on_counting_from_the_section_before() -> None:
    text = lines("一、甲类任务", "（一）子", "（二）丑", "二、乙类任务", "（三）寅", "（四）卯")
    parts = parts_of(text, sections_of(text, Kind.POLICY))
    assert [part.heading for part in parts][3:] == ["二、乙类任务", "（三）寅", "（四）卯"]


def test_policies_and_laws_have_no_account_of_a_year() -> None:
    text = lines("一、总体要求", "甲。", "二、重点任务", "乙。")
    assert {kind for _, kind in outline(text, Kind.POLICY)} == {UNRECOGNISED}


def test_an_empty_text_has_no_sections() -> None:
    assert sections_of("", Kind.OTHER) == ()


NUMBERS = ("一、", "二、", "三、", "（一）", "（二）", "第一章", "第二部分", "1.")
WORDS = ("。", "；", "存在问题", "下一步打算", "工作成效", "甲乙丙丁", "2021年", "\n", "\n", "\u3000", " ")
PIECES = st.sampled_from(NUMBERS + WORDS)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_sections_and_parts_rejoin_to_the_text(text: str) -> None:
    sections = sections_of(text, Kind.RULE_OF_LAW)
    assert "".join(text[section.start : section.stop] for section in sections) == text
    assert "".join(text[part.start : part.stop] for part in parts_of(text, sections)) == text
    assert all(text[section.start : section.stop].lstrip().startswith(section.heading) for section in sections)


@pytest.mark.skipif("ZHENGBAO_REAL" not in os.environ, reason="ZHENGBAO_REAL names no folder of real reports")
def test_real_annual_reports_have_achievements_problems_and_plans() -> None:
    real = Path(os.environ["ZHENGBAO_REAL"])
    seeds = [json.loads(line) for line in (real / "gold/seeds.jsonl").read_text("utf-8").splitlines()]
    annual = [seed["file"] for seed in seeds if seed["kind"] == Kind.RULE_OF_LAW]
    assert annual
    for file in annual:
        kinds = {section.kind for section in sections_of((real / file).read_text("utf-8"), Kind.RULE_OF_LAW)}
        assert {LEAD, ACHIEVEMENTS, PROBLEMS, PLANS} <= kinds, file
