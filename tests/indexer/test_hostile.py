"""No question is too much: whatever is typed is answered soon, or refused in words."""

from __future__ import annotations

import random
import time
from contextlib import suppress

import pytest

from indexer.ask import Question, ask
from indexer.parse import MAX_CHARS
from indexer.searcher import Searcher
from reports.errors import QueryError
from tests.indexer.made import ENGINES, report, searcher_of

HOSTILE = 700
LONGEST_S = 1.0
COMMON = ("政府", "的", "。", "法治政府建设", "，", "一", "推进依法行政工作深入开展", "2021", "a", "\U00020000")
PIECES = (
    *COMMON,
    *("同句(", "同段（", "同节(", "近100(", "近(", "近/10", "NEAR", "(", ")", "-", "|", " 或 ", " 非 ", "NOT "),
    *("“", "”", '"', "《", "》", "〈", " ", "　", "、", ":", "：", "=", "\x00", "\u200b", "\ud800"),
    *(
        "标题:",
        "章节:问题 ",
        "章节:问题、成效、安排 ",
        "地区:全国 ",
        "地区:=北京 ",
        "年份:0000-9999 ",
        "主题:未知 ",
        "类型:报 ",
    ),
)
SHAPES = (
    "{0}" * 200,
    "近100(“{0}” “{1}” “{2}”)",
    "同句({0} {1} {2} {3})",
    "同节(“{0}” -“{1}” -“{2}”)",
    "同段(“{0}” 或 (“{1}” -“{2}”))",
    "章节:问题 近100(" + "“{0}” " * 20 + ")",
    "标题:({0} 或 {1})" * 10,
    "-(" * 60 + "“{0}”",
    "同句(" * 50 + "“{0}” “{1}”",
    "《" * 100 + "{0}" + "》" * 100,
    "同句(" + "政府工作报告依法行政" * 24 + " {0})",
)


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    chance = random.Random(1)
    texts = ["".join(chance.choices([*COMMON, "\n"], k=600)).strip() for _ in range(60)]
    return searcher_of(map(report, texts), tmp_path_factory.mktemp("hostile"), request.param)


def hostile(chance: random.Random) -> str:
    """Half of them pieces in a row, half of a shape that costs much."""
    if chance.random() < 0.5:
        return "".join(chance.choices(PIECES, k=chance.randint(1, 80)))[: MAX_CHARS + 4]
    return chance.choice(SHAPES).format(*chance.choices(COMMON, k=4))[:MAX_CHARS]


def test_hostile_questions_are_answered_or_refused_soon(searcher: Searcher) -> None:
    chance, slow, answered = random.Random(7), [], 0
    for _ in range(HOSTILE):
        text, begun = hostile(chance), time.process_time()
        with suppress(QueryError):
            ask(Question(text), searcher)
            answered += 1
        slow += [text] if time.process_time() - begun > LONGEST_S else []
    assert slow == []
    assert answered > HOSTILE / 2
