"""Titles are told from issuers, numbers, dates and sentences."""

from __future__ import annotations

import pytest

from crawler.extract.info import pairs
from crawler.extract.lines import Line
from crawler.extract.titles import title_lines, without_site


@pytest.mark.parametrize(
    ("first_lines", "count"),
    [
        (["某某市2023年法治政府建设年度报告", "2023年，我市"], 1),
        (["某某市人民政府关于印发《某某规划》", "的通知", "某政发〔2023〕1号"], 2),
        (["某某市人民政府办公室关于全面推行执法公示制度", "重大决定审核制度的指导意见", "某政办发〔2023〕2号"], 2),
        (["某某市人民政府关于印发某某市数字政府", "建设规划的通知", "各县（市、区）人民政府："], 2),
        (["某某市物业管理条例", "第一章 总则"], 1),
        (["某某市某某办法（试行）", "第一条 为了"], 1),
        (["2023年，我市坚持依法行政，各项工作取得成效。", "一、工作情况"], 0),
        (["各位代表：", "现在，我代表市人民政府作工作报告"], 0),
        (["一、工作情况报告", "二、计划"], 0),
        (["2021年5月21日某某市第十五届人民代表大会常务委员会第一次会议通过", "某某市某某条例"], 0),
    ],
)
def test_a_title_is_the_first_lines_up_to_its_genre(first_lines: list[str], count: int) -> None:
    assert title_lines([Line(text) for text in first_lines]) == count


def test_a_known_title_is_found_spelled_over_lines() -> None:
    assert title_lines([Line("一个没有体裁的"), Line("标 题"), Line("正文。")], "一个没有体裁的标题") == 2


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("关于开展检查的通知_某某市人民政府门户网站", "关于开展检查的通知"),
        ("关于开展检查的通知-某某委员会", "关于开展检查的通知"),
        ("关于开展检查的通知_通知公告_某某市政府网", "关于开展检查的通知_通知公告"),
        ("某某县人民政府 | 某某县2015年统计公报", "某某县2015年统计公报"),
        ("【关于印发规划的通知】-某某委员会 ", "关于印发规划的通知"),
        ("1-10月某某县投资结构趋稳", "1-10月某某县投资结构趋稳"),
        ("某某市“2021-2025年”规划", "某某市“2021-2025年”规划"),
    ],
)
def test_the_site_is_taken_off_a_title(head: str, title: str) -> None:
    assert without_site(head) == title


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["发布日期：2016-11-22 浏览次数：3 信息来源：某某局"], {"发布日期": "2016-11-22", "信息来源": "某某局"}),
        (["索 引 号：", "0123/2024-1", "发布机构：", "某某局"], {"索引号": "0123/2024-1", "发布机构": "某某局"}),
        (["來源：某某日報", "發布日期：2024-01-01"], {"來源": "某某日報", "發布日期": "2024-01-01"}),
        (["（来源：某某日报）"], {"来源": "某某日报"}),
        (["数据来源：某某局", "日期计算：略"], {}),
    ],
)
def test_labels_and_values_are_read(lines: list[str], found: dict[str, str]) -> None:
    assert found.items() <= dict(pairs(lines)).items()
    assert found or not pairs(lines)
