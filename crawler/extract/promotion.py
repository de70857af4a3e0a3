"""Promotional appendices of commercial mirrors: recognised by where they stand and how they speak.

An appendix goes only where it begins like one (附1：…, 关于某某科技), speaks a seller's language
throughout, and does not begin like an official annex (附件：…实施细则). The words are data.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from crawler.extract.lines import Line
from reports.fold import simplify

_SPACE = re.compile(r"\s+")
_CONTACT = re.compile(r"(?:400|800)-?\d{3}-?\d{3,4}|www\.|https?://|微信公众号")
_CLAUSE = re.compile(r"第[一二三四五六七八九十百]+[条章]|[（(]?[一二三四五六七八九十]{1,3}[)）、]")
_FIRST_CLAUSE = re.compile(r"[，,。；;（(].*")
_LABEL = re.compile(r"^附(?:件|录)?[一二三四五六七八九十\d]{0,2}[:：、.]")
# Strong words and score that an appendix needs; less where its first line names a product.
_NEEDS, _PRODUCT_NEEDS = (3, 8), (1, 5)
_CHARS_A_STRONG_WORD = 220
_BODY_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Language:
    """The words of data/promotion.toml; `examples` are promotion, `keeps` are not."""

    start: re.Pattern[str]
    product: re.Pattern[str]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    official: tuple[str, ...]
    examples: tuple[str, ...]
    keeps: tuple[str, ...]


def strip(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The report's lines and those of promotional appendices behind it."""
    starts = [index for index, line in enumerate(lines) if _starts(line.text) and _is_behind(lines, index)]
    kept, removed = list(lines[: starts[0]] if starts else lines), list[Line]()
    for start, stop in pairwise([*starts, len(lines)]):
        block = lines[start:stop]
        (removed if is_promotion("\n".join(line.text for line in block)) else kept).extend(block)
    return kept, removed


def is_promotion(block: str) -> bool:
    """Whether an appendix, its first line included, sells something."""
    words = language()
    first, _, _ = block.partition("\n")
    opening = _FIRST_CLAUSE.sub("", _plain(first))
    text = _plain(block)
    if (
        not words.start.fullmatch(_plain(first))
        or any(word in opening for word in words.official)
        or _CLAUSE.search(text)
    ):
        return False
    strong = sum(word in text for word in words.strong) + len(_CONTACT.findall(text))
    uses = sum(text.count(word) for word in words.strong)
    score = 2 * strong + sum(word in text for word in words.weak)
    least_strong, least_score = _PRODUCT_NEEDS if _names_product(_plain(first)) else _NEEDS
    return strong >= least_strong and score >= least_score and len(text) <= max(uses, strong) * _CHARS_A_STRONG_WORD


def _names_product(first: str) -> bool:
    label = _LABEL.match(first)
    return label is not None and language().product.fullmatch(first, label.end()) is not None


@cache
def language() -> Language:
    """The words that tell promotion from annexes."""
    table = tomllib.loads(files("crawler.extract").joinpath("data/promotion.toml").read_text("utf-8"))
    words = {key: tuple(table[key]) for key in ("strong", "weak", "official", "examples", "keeps")}
    return Language(re.compile(table["start"]), re.compile(table["product"]), **words)


def _starts(text: str) -> bool:
    return language().start.fullmatch(_plain(text)) is not None


def _is_behind(lines: Sequence[Line], index: int) -> bool:
    """Whether a good part of the text stands before a line: an appendix does not open a page."""
    before = sum(len(line.text) for line in lines[:index])
    return before >= _BODY_SHARE * sum(len(line.text) for line in lines)


def _plain(text: str) -> str:
    return "\n".join(_SPACE.sub("", line) for line in simplify(text).split("\n"))
