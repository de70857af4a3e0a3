"""Readings go, abbreviations stay, lost characters are flagged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.pinyin import without_pinyin
from crawler.extract.repair import is_damaged, tidy


@pytest.mark.parametrize(
    ("published", "repaired"),
    [
        ("法治政府建設(shè)示范地區(qū)", "法治政府建設示范地區"),
        ("國(guó)民經(jīng)濟(jì)和社會(huì)發(fā)展", "國民經濟和社會發展"),
        ("市長(zhǎng)與長(cháng)江", "市長與長江"),
        ("全角（shè）不是，建设（shè）是", "全角（shè）不是，建设是"),
        ("核心系統(tǒng)(GDBOS)與PPP(政府)", "核心系統(GDBOS)與PPP(政府)"),
        ("生产总值(GDP)，方式(bot)，附件(a)", "生产总值(GDP)，方式(bot)，附件(a)"),
        ("建设(jì)", "建设(jì)"),
        ("各地?cái)?shù)字", "各地?cái)?shù)字"),
    ],
)
def test_a_reading_goes_only_after_its_own_character(published: str, repaired: str) -> None:
    assert without_pinyin(published) == repaired


@given(st.text(st.sampled_from("建设shè()（）GDP是")))
def test_repairing_only_removes(text: str) -> None:
    remaining = iter(text)
    assert all(char in remaining for char in without_pinyin(text))


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("全年办\ufffd案件", True),
        ("全套解決方案?；谑袌", True),
        ("政府?dāng)據", True),
        ("锟斤拷", True),
        ("工作??落实", True),
        ("怎么办?我们的回答是：依法办。", False),
        ("是否继续？", False),
    ],
)
def test_lost_characters_are_recognised(text: str, damaged: bool) -> None:
    assert is_damaged(text) is damaged


def test_a_line_is_composed_trimmed_and_freed_of_the_invisible() -> None:
    assert tidy("\u3000\u3000e\u0301\u200b一\xa0二\ufeff ") == "é一 二"
