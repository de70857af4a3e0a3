"""What changes on a page without the report changing: visit counters, clocks, dates of the last update.

The extraction takes most of it out; this is the last defence. A rule takes a whole item, label and value, set apart
from what stands around it, and only near the edges of a text, where a site's own lines stand: a figure in a sentence,
or in a table of the report, is never one.
"""

from __future__ import annotations

import re

EDGE_LINES = 6
_SPACE = r"\s{0,9}"
_DATE = rf"\d{{4}}{_SPACE}[-/.年]{_SPACE}\d{{1,2}}{_SPACE}[-/.月]{_SPACE}\d{{1,2}}日?"
_CLOCK = rf"(?:{_SPACE}T?\d{{1,2}}[:：时点]\d{{1,2}}(?:[:：分]\d{{0,2}}秒?)?)?"
_DAY = rf"(?:{_SPACE}(?:星期|周)[一二三四五六日天])?"
_MOMENT = f"{_DATE}{_DAY}{_CLOCK}{_DAY}"
_COUNT = r"\d[\d,，]*"
RULES = (
    rf"(?:浏览|阅读|访问|点击)(?:次数|人数|总数|量|数|率)?{_SPACE}[:：]{_SPACE}(?:{_COUNT})?{_SPACE}(?:人?次|人)?",
    rf"(?:本文|本页)?已?被?(?:浏览|阅读|访问|点击)了?{_SPACE}{_COUNT}{_SPACE}次",
    rf"(?:最[后近])?(?:更新|修改)(?:时间|日期)?{_SPACE}[:：]{_SPACE}{_MOMENT}",
    rf"(?:打印|当前|现在)(?:时间|日期){_SPACE}[:：]?{_SPACE}{_MOMENT}",
    rf"(?:今天是|今日是|今天|今日){_SPACE}[:：]?{_SPACE}{_MOMENT}",
)
"""Each with its examples, and what it must leave, in tests/reports/test_noise.py."""

_NOISE = re.compile(rf"(?:^|\s|(?<=[|｜【\[（(])){_SPACE}(?:{'|'.join(RULES)})(?=$|[\s|｜】\]）)])")


def masked(text: str) -> str:
    """The text without noise; it has as many lines as before.

    >>> masked("来源：某市司法局 浏览次数：123 次")
    '来源：某市司法局'
    """
    lines = text.split("\n")
    for number in {*range(len(lines))[:EDGE_LINES], *range(len(lines))[-EDGE_LINES:]}:
        lines[number] = _NOISE.sub("", lines[number])
    return "\n".join(lines)


def substance(text: str) -> str:
    """The text without noise and white space: while it stays, what a site did is layout."""
    return "".join(masked(text).split())
