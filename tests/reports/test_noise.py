from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.noise import EDGE_LINES, masked, substance
from tests.real import json_lines, real_folder

NOISE = (
    ("浏览次数：123 次", ""),
    ("浏览量:1,234", ""),
    ("阅读：55", ""),
    ("阅读量： 55次", ""),
    ("访问量：", ""),
    ("点击数：9人次", ""),
    ("【阅读次数：55】", "【】"),
    ("本文已被浏览 88 次", ""),
    ("（已阅读12次）", "（）"),
    ("更新时间：2024-03-05 10:11", ""),
    ("最后更新：2024年3月5日 10时11分", ""),
    ("打印时间：2024/03/05 10:11:12", ""),
    ("当前日期：2024年3月5日 星期二", ""),
    ("今天是2024年3月5日 星期二", ""),
    ("今天是：2024年3月5日 周二 10:11", ""),
    ("来源：某市司法局 浏览次数：123 次 更新时间：2024-03-05 10:11", "来源：某市司法局"),
    ("发布日期：2024-03-05 | 点击：7 | 打印", "发布日期：2024-03-05 || 打印"),
)
KEPT = (
    "全年受理来电1234件，解决率86.52%，满意率90.1%。",
    "2024年，本市访问量：123456次的网站有三个。",
    "网站总访问量：123456次",
    "政务公开栏目浏览量达123次",
    "发布日期：2024-03-05",
    "成文日期：2024年3月5日",
    "2024年3月5日",
    "数据更新时间：2024年3月5日",
    "更新时间：2024年3月5日起施行",
    "今天是个好日子",
    "阅读：读书活动55场",
    "网站访问量|123456|次",
    "点击：甲",
    "浏览次数：12.5万次",
)


@pytest.mark.parametrize(("line", "left"), NOISE)
def test_counters_and_clocks_are_noise(line: str, left: str) -> None:
    assert masked(line) == left


@pytest.mark.parametrize("line", KEPT)
def test_figures_and_dates_of_a_report_are_not(line: str) -> None:
    assert masked(line) == line


def test_noise_is_looked_for_at_the_edges_alone() -> None:
    inside = [
        "浏览次数：7次",
        *["甲" for _ in range(EDGE_LINES - 1)],
        "访问量：88次",
        *["乙" for _ in range(EDGE_LINES)],
    ]
    assert masked("\n".join(inside)).split("\n") == ["", *inside[1:]]


def test_layout_has_no_substance() -> None:
    assert substance("一、成效\n 甲 乙\n浏览次数：7次") == substance("一、成效甲\n乙")
    assert substance("甲\n乙") != substance("甲丙")


@pytest.mark.parametrize("name", ["national_work_reports", "provincial_work_reports_2026", "govcn_policies_2019"])
def test_nothing_in_real_reports_is_taken_for_noise(name: str) -> None:
    texts = [line["text"] for line in json_lines(real_folder() / f"docs/{name}.jsonl.gz") if line["text"].strip()]
    assert texts
    assert [text[:40] for text in texts if masked(text) != text] == []


@given(st.text(alphabet="浏览次数：0123年 \n|【】月日", max_size=200))
def test_masking_keeps_the_lines_and_masks_once(text: str) -> None:
    once = masked(text)
    assert once.count("\n") == text.count("\n")
    assert all(len(left) <= len(line) for left, line in zip(once.split("\n"), text.split("\n"), strict=True))
