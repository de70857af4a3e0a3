from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.fold import fold, fold_offsets, is_traditional, second_form, simplify

CHINESE = st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x9FFF))


@pytest.mark.parametrize(
    ("published", "folded"),
    [
        ("每月一題", "每月一题"),
        ("「每月一題」", '"每月一题"'),
        ("ＡＢＣ（２０２１）", "abc(2021)"),
        ("接 诉\u3000即\u200b办", "接诉即办"),
        ("2021—2025年", "2021-2025年"),
        ("12•4 国家宪法日", "12·4国家宪法日"),
        ("答覆、覆盖、乾隆、干部", "答复、复盖、干隆、干部"),
        ("台灣、臺灣", "台湾、台湾"),
        ("一段\n二段\r\n三段", "一段\n二段\n三段"),
        ("⼀、⽬标", "一、目标"),
    ],
)
def test_forms_that_match_fold_alike(published: str, folded: str) -> None:
    assert fold(published) == folded


@given(CHINESE, CHINESE)
def test_folding_is_character_by_character(a: str, b: str) -> None:
    assert fold(a + b) == fold(a) + fold(b)
    assert all(len(fold(char)) <= 1 for char in a)


@given(CHINESE)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(CHINESE)
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    offsets = fold_offsets(text)
    assert len(offsets) == len(fold(text))
    assert "".join(fold(text[at]) for at in offsets) == fold(text)


def test_regional_words_are_replaced_at_equal_length() -> None:
    assert (
        second_form(fold("資訊系統、程式、水準、品質、運作、共用、加速"))
        == "信息系统、程序、水平、质量、运行、共享、加快"
    )


def test_simplifying_keeps_length_and_white_space() -> None:
    assert simplify("建設 法治\n政府") == "建设 法治\n政府"


def test_a_simplified_text_with_a_few_traditional_characters_is_simplified() -> None:
    assert not is_traditional("乾隆年间的著作" + "法治政府建设" * 20)
    assert is_traditional("全面推進法治政府建設")
    assert not is_traditional("")
