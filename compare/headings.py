"""What is compared, in words: the line above every table."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from compare.presets import Preset
from indexer.filters import SECTION_NAMES
from indexer.query import Query
from reports.report import Body, Kind, SectionKind

Value = TypeVar("Value", bound=StrEnum)

RATE_NOTE = "次/万字 = 出现次数 × 10,000 ÷ 所查文字（不计空白）的字数；所查文字是报告正文，限定章节时只计这些章节。"
COUNT_NOTE = (
    "份数按作品计，副本不重复计；出现份数是正文或标题里有词语的报告，次数只计正文；限定章节时，"
    "没有这一章节的报告仍在收录份数之内。合计由原始计数相加后再求比率，不是各格比率的平均。"
)
BLANK_NOTE = (
    "0：收录的报告里没有；未收录：应有而未收录，“应有”由前后年份或公布的规定推得，是否有过这份报告并不知道；"
    "—：不在收录范围，或所收录的报告没有这一章节。"
)
HELD_NOTE = "各年、各地收录的报告种类和多少不同：合计、逐年的升降和各地的高低，可能只因收录不同。"


def heading(
    query: Query, issuer: str, sections: frozenset[SectionKind], years: str, chosen: Preset | None = None
) -> str:
    """Kinds, bodies, places of a preset, issuer, sections and by which year: 年度报告（…）· 政府 · 按报告年份."""
    kinds = _both(query.filters.kinds, query.chosen.kinds)
    bodies = _both(query.filters.bodies, query.chosen.bodies)
    parts = [_kinds(kinds), "、".join(each for each in Body if each in bodies)]
    parts += [chosen.name] if chosen else []
    parts += [f"发文机关含“{issuer}”"] if issuer else []
    parts += (
        ["章节：" + "、".join(SECTION_NAMES[kind][0] for kind in SectionKind if kind in sections)] if sections else []
    )
    return " · ".join([*filter(None, parts), years])


def _kinds(kinds: frozenset[Kind]) -> str:
    return "、".join(each for each in Kind if each in kinds)


def _both(asked: frozenset[Value], chosen: frozenset[Value]) -> frozenset[Value]:
    """What is asked for in the text and beside it; an empty set asks for anything."""
    return asked & chosen if asked and chosen else asked | chosen


def all_notes() -> Iterable[str]:
    """What stands under every table."""
    return (RATE_NOTE, COUNT_NOTE, BLANK_NOTE, HELD_NOTE)
