"""The numbers Word puts before paragraphs by itself: 一、 is in no paragraph's text, but it is in the report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
)
_NUMERALS = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_PLACE = re.compile(r"%([1-9])")
_MAX_STYLES = 10


@dataclass(frozen=True, slots=True)
class Level:
    """How a level is numbered: `text` is "%1、", `%1` standing for the number of the first level.

    `is_legal`: the numbers of all levels are written in digits (二、 but 2.1).
    """

    form: str
    text: str
    start: int
    is_legal: bool = False


class Numbering:
    """Counts as Word does, paragraph by paragraph; a form that is not known gives no mark."""

    def __init__(self, document: Any) -> None:
        self._styles: dict[str, Any] = {style.get(qn("w:styleId")): style for style in document.styles.element}
        root = _numbering(document)
        self._levels = {each.get(qn("w:abstractNumId")): _levels(each) for each in _all(root, "w:abstractNum")}
        self._nums = {each.get(qn("w:numId")): each for each in _all(root, "w:num")}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._seen: set[tuple[str, int]] = set()

    def mark(self, paragraph: Any) -> str:
        """What stands before the paragraph, "" where nothing does. Counts it."""
        number, depth = self._place(paragraph)
        num = self._nums.get(number)
        abstract = _value(num, "w:abstractNumId")
        levels: Mapping[int, Level] = self._levels.get(abstract, {})
        if num is None or depth not in levels:
            return ""
        counts = self._counts[abstract]
        if (restart := _restart(num, depth)) is not None and (number, depth) not in self._seen:
            counts[depth] = restart - 1
        self._seen.add((number, depth))
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return _written(levels[depth], levels, counts)

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """The list a paragraph is in, by itself or by its style, and how deep."""
        number = depth = ""
        for properties in self._properties(paragraph):
            inside = properties.find(qn("w:numPr"))
            number = number or _value(inside, "w:numId")
            depth = depth or _value(inside, "w:ilvl")
        return number, int(depth) if depth.isdigit() else 0

    def _properties(self, paragraph: Any) -> Iterator[Any]:
        element = paragraph
        for _ in range(_MAX_STYLES):
            properties = element.find(qn("w:pPr"))
            if properties is not None:
                yield properties
            named = _value(properties, "w:pStyle") if element is paragraph else _value(element, "w:basedOn")
            if named not in self._styles:
                return
            element = self._styles[named]


def _written(level: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
    if level.form == "bullet":
        return ""
    parts = {}
    for place in _PLACE.findall(level.text):
        depth = int(place) - 1
        form = "decimal" if level.is_legal else levels[depth].form if depth in levels else ""
        parts[place] = _in_form(counts.get(depth, 1), form)
    return _PLACE.sub(lambda found: parts[found[1]], level.text) if all(parts.values()) else ""


def _in_form(number: int, form: str) -> str:
    """The number as a form writes it; "" where we do not know how.

    >>> _in_form(21, "chineseCounting"), _in_form(3, "decimalEnclosedCircle"), _in_form(4, "lowerRoman")
    ('二十一', '③', '')
    """
    if form in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        head = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
        return head + (_NUMERALS[ones] if ones else "")
    if form.startswith("decimalEnclosedCircle"):
        return _CIRCLED[number - 1] if 0 < number <= len(_CIRCLED) else ""
    if form == "decimalFullWidth":
        return str(number).translate(_WIDE)
    return str(number) if form == "decimal" else ""


def _numbering(document: Any) -> Any:
    try:
        return document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        return None


def _levels(abstract: Any) -> dict[int, Level]:
    levels = {}
    for level in _all(abstract, "w:lvl"):
        start = _value(level, "w:start")
        depth, first = int(level.get(qn("w:ilvl"))), int(start) if start.isdigit() else 1
        form, legal = _value(level, "w:numFmt") or "decimal", level.find(qn("w:isLgl")) is not None
        levels[depth] = Level(form, _value(level, "w:lvlText"), first, legal)
    return levels


def _restart(num: Any, depth: int) -> int | None:
    for override in _all(num, "w:lvlOverride"):
        start = _value(override, "w:startOverride")
        if override.get(qn("w:ilvl")) == str(depth) and start.isdigit():
            return int(start)
    return None


def _all(parent: Any, name: str) -> list[Any]:
    return [] if parent is None else parent.findall(qn(name))


def _value(parent: Any, name: str) -> str:
    """The `w:val` of a child; "" where there is none."""
    child = None if parent is None else parent.find(qn(name))
    return "" if child is None else str(child.get(qn("w:val"), ""))
