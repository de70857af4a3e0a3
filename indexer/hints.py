"""Words that look as if something else was meant: each is named with what would say it.

They are still looked for as words: a hint changes nothing.
"""

from __future__ import annotations

import re

from indexer.filters import SECTION_NAMES
from indexer.lexer import INFIX, Label, Mark, Opening, Phrase, Sign, Token, Word
from indexer.plain import plain
from indexer.query import Unit
from reports.fold import fold

_PREFIX = re.compile(r"([^:/]{1,8}):(?!/)")
_SAID = {label: f"{label.value}:" for label in Label} | {Label.SECTION: "章节:问题"}
_SIMILAR = {
    Label.TITLE: "题目 标题名 题名 篇名 名称 标题词 intitle subject headline",
    Label.SECTION: "部分 小节 段落 章 节 chapter part",
    Label.REGION: "地域 地方 区域 地点 省份 省 市 区 县 城市 行政区 area place province city",
    Label.YEAR: "年度 年 年代 时间 日期 date time",
    Label.TOPIC: "话题 专题 题材 领域 theme tag",
    Label.KIND: "种类 类别 文种 体裁 报告类型 type genre",
    Label.BODY: "单位 部门 机关 机构 发布机构 发文机关 issuer org",
}
_LABELS = {name: label for label, names in _SIMILAR.items() for name in names.split()}
_NAMES = {name: label for label in Label for name in (label.value, label.name.lower())}
_SECTIONS = {fold(name): name for names in SECTION_NAMES.values() for name in names}
_JOINING = {
    **dict.fromkeys(("or", "或者", "或是", "或则"), "“或”，请写 或"),
    **dict.fromkeys(("and", "和", "及", "以及", "并且", "而且", "&", "&&", "+"), "“且”，请用空格隔开"),
    **dict.fromkeys(("not", "不含", "不包含", "不要", "排除", "除了", "!"), "“不含”，请在词语前写 -"),
}
_OPERATORS = {
    **dict.fromkeys(("同一句", "同句子", "句内", "同句中", "一句", "同据", "sentense"), "同句(…)"),
    **dict.fromkeys(("同一段", "同段落", "段内", "同段中", "一段", "同断", "paragragh"), "同段(…)"),
    **dict.fromkeys(("同一节", "同章节", "同章", "章内", "节内", "同一章", "同结"), "同节(…)"),
    **dict.fromkeys(("附近", "邻近", "临近", "相邻", "靠近", "进", "neer", "within"), "近10(…)"),
    **{unit.value: f"{unit.value}(…)" for unit in Unit},
    "近": "近10(…)",
}


class Hints:
    """Takes the tokens of a question in order."""

    def __init__(self) -> None:
        self._joining: list[str] = []
        self._others: list[str] = []
        self._last, self._terms = "", 0

    def take(self, token: Token) -> None:
        """The next token."""
        last, self._last = self._last, ""
        match token:
            case Word(text):
                self._last = text
                self._word(text)
            case Mark(Sign.OPEN) if last:
                self._before_bracket(last)
            case Mark(Sign.AND, typed) if INFIX.fullmatch(plain(typed)):
                self._others.append(f"“{typed}”按“且”理解；要查相近的词语，请写 近10(词语 词语)")
            case Phrase() | Opening():
                self._terms += 1

    def notes(self) -> list[str]:
        """One sentence for each word that seems to be meant otherwise."""
        return self._others + (self._joining if self._terms > 1 else [])

    def _word(self, text: str) -> None:
        read = fold(plain(text))
        if read in _JOINING:
            self._joining.append(f"“{text}”按词语查找；如果表示{_JOINING[read]}")
            return
        self._terms += 1
        if (prefix := _PREFIX.match(read)) and (meant := _meant(prefix[1])):
            self._others.append(f"“{prefix[1]}:”不是筛选条件，按词语查找；是不是要写 {meant}")

    def _before_bracket(self, text: str) -> None:
        if meant := _OPERATORS.get(fold(plain(text))):
            self._others.append(f"“{text}”按词语查找；是不是要写 {meant}，括号紧跟在后")


def _meant(name: str) -> str | None:
    """What to write for a prefix that is no label; None if it is like none."""
    if name in _SECTIONS:
        return f"章节:{_SECTIONS[name]}"
    if name in {"本级", "仅"}:
        return "地区:=…"
    label = _LABELS.get(name) or next((label for each, label in _NAMES.items() if _one_edit_apart(name, each)), None)
    return _SAID[label] if label else None


def _one_edit_apart(one: str, other: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes one of the other."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest, more = short[same:], long[same:]
    if len(short) != len(long):
        return rest == more[1:]
    return rest[1:] == more[1:] or (rest[:2] == more[1::-1] and rest[2:] == more[2:])
