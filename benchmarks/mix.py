"""200 queries of all sorts, the same at every size: cut under a seed from the first 2,000 recombined reports.

The sorts: phrases that few, some and most reports have, bare words, words joined and excluded, and words with filters.
How many have a phrase is counted among those 2,000.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from benchmarks.material import SEED, Recombined
from reports.report import Report

SAMPLE = 2000
PROVINCE, PROVINCE_NAME = "44", "广东省"
_TRIED = 1500
_BARE = (
    "营商环境", "行政执法", "政务公开", "行政复议", "乡村振兴", "数字经济", "生态环境", "社会保障", "公共服务",
    "义务教育", "食品安全", "土地管理", "住房公积金", "安全生产", "市场监督", "科技创新", "城乡规划", "劳动者",
    "残疾人", "知识产权", "财政预算", "新型城镇化", "改革开放", "高质量发展",
    "优化营商环境", "推进依法行政", "行政执法监督", "公共法律服务体系", "乡村振兴战略", "数字经济发展",
    "生态环境保护", "安全生产责任", "食品安全监管", "社会保障制度", "科技创新能力",
)  # fmt: skip


class Sort(StrEnum):
    """What a query is of."""

    RARE = "phrase, rare"
    MIDDLING = "phrase, middling"
    COMMON = "phrase, very common"
    BARE = "bare words"
    JOINED = "joined, excluded"
    FILTERED = "filtered"


@dataclass(frozen=True, slots=True)
class Asked:
    """One term: a quoted phrase or a bare word."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Mixed:
    """A query: all of `every`, one of `either` where there are any, none of `without`.

    With `since` only reports of one province from that year on.
    """

    sort: Sort
    every: tuple[Asked, ...]
    either: tuple[Asked, ...] = ()
    without: tuple[Asked, ...] = ()
    since: int | None = None

    @property
    def text(self) -> str:
        """As it is typed."""
        either = f"({' 或 '.join(map(_typed, self.either))})" if self.either else ""
        filters = f"地区:{PROVINCE_NAME} 年份:{self.since}..2025" if self.since else ""
        parts = (*map(_typed, self.every), either, *(f"-{_typed(each)}" for each in self.without), filters)
        return " ".join(filter(None, parts))


def mix(count: int = 200) -> list[Mixed]:
    """So many queries: a fifth rare phrases, then 3 : 2 : 4 : 3.5 : 3.5 of the other sorts."""
    chance = random.Random(SEED)
    texts = [each.text for each in islice(Recombined(SAMPLE), SAMPLE)]
    rare, middling, common = _by_frequency(texts, chance)
    scale = count / 200
    queries = [Mixed(Sort.RARE, (Asked(each, True),)) for each in rare[: round(40 * scale)]]
    queries += [Mixed(Sort.MIDDLING, (Asked(each, True),)) for each in middling[: round(30 * scale)]]
    queries += [Mixed(Sort.COMMON, (Asked(each, True),)) for each in common[: round(20 * scale)]]
    queries += [Mixed(Sort.BARE, (Asked(each, False),)) for each in _BARE[: round(35 * scale)]]
    queries += islice(_joined(rare, middling, common, chance), round(40 * scale))
    queries += islice(_filtered(rare, middling, common, chance), round(35 * scale))
    return queries


def _by_frequency(texts: Sequence[str], chance: random.Random) -> tuple[list[str], list[str], list[str]]:
    """Phrases of 2 to 8 Chinese characters: in at most 0.2 %, in 0.2 to 5 %, and in 20 % or more of the texts."""
    rare: list[str] = []
    middling: list[str] = []
    common: list[str] = []
    for phrase in dict.fromkeys(cut(texts, chance, chance.choice((2, 2, 3, 4, 4, 5, 6, 8))) for _ in range(_TRIED)):
        share = sum(phrase in text for text in texts) / len(texts)
        for least, most, found in ((0, 0.002, rare), (0.002, 0.05, middling), (0.2, 1, common)):
            if least < share <= most:
                found.append(phrase)
    return rare, middling, common


def cut(texts: Sequence[str], chance: random.Random, chars: int) -> str:
    """So many Chinese characters side by side, from somewhere in the texts."""
    while True:
        text = chance.choice(texts)
        at = chance.randrange(len(text) - chars)
        piece = text[at : at + chars]
        if all("\u4e00" <= char <= "\u9fff" for char in piece):
            return piece


def _joined(rare: list[str], middling: list[str], common: list[str], chance: random.Random) -> Iterator[Mixed]:
    while True:
        one, other, third = (Asked(chance.choice(each), True) for each in (middling, common, common))
        yield Mixed(Sort.JOINED, (one, other))
        yield Mixed(Sort.JOINED, (), (one, Asked(chance.choice(rare), True)), (third,))
        yield Mixed(Sort.JOINED, (other,), (), (one,))
        yield Mixed(Sort.JOINED, (third,), (one, Asked(chance.choice(middling), True)))


def _filtered(rare: list[str], middling: list[str], common: list[str], chance: random.Random) -> Iterator[Mixed]:
    while True:
        for phrases in (rare, middling, common):
            yield Mixed(Sort.FILTERED, (Asked(chance.choice(phrases), True),), since=chance.randint(2010, 2022))
        yield Mixed(Sort.FILTERED, (Asked(chance.choice(_BARE), False),), since=chance.randint(2010, 2022))


def holds(report: Report, query: Mixed) -> bool:
    """Whether the report is within the query's filters."""
    return query.since is None or (
        (report.year or 0) >= query.since and (report.region_code or "").startswith(PROVINCE)
    )


def _typed(term: Asked) -> str:
    return f"“{term.text}”" if term.quoted else term.text
