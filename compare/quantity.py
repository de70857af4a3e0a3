"""One figure in folded text: a number with its unit, and the words that make it approximate or a change."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from compare import units
from compare.masking import FREE

HAN = "[零〇○一二两三四五六七八九十百千万亿]"
START = re.compile(rf"\d|{HAN}")
"""Where a figure may begin."""

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_HAN_NUMBER = (
    rf"(?:[一二三四五六七八]、(?=[二三四五六七八九]{units.MAGNITUDE}))?{HAN}+(?:点[零〇○一二三四五六七八九]+[万亿]*)?"
)
_NUMBER = (
    rf"(?:(?:{_DIGITS}|{HAN}+)分之(?:{_DIGITS}|{_HAN_NUMBER})"
    rf"|{_DIGITS}(?:{units.MAGNITUDE}+\d+(?={units.MAGNITUDE}))*|{_HAN_NUMBER})"
)
_ONE = rf"""(?P<number>{_NUMBER})(?P<scale>{units.MAGNITUDE}*)(?P<more>[多余来几]{units.MAGNITUDE}*)?
    (?P<ratio>:1(?![\d:]))?(?P<unit>{units.UNIT})?"""
_TO = rf"(?P<high>{_NUMBER})(?P<high_scale>{units.MAGNITUDE}*)(?P<high_unit>{units.UNIT})?"
_AFTER = rf"(?P<after>{units.AFTER})?"
_FIGURE = re.compile(_ONE + _AFTER, re.VERBOSE)
_RANGE = re.compile(rf"{_ONE}[-~至到]{_TO}{_AFTER}", re.VERBOSE)
OTHERS = re.compile(rf"{HAN}+分之|{HAN}{{2,}}{units.UNIT}")
_DIRECTION = re.compile(rf"({units.CHANGES})了?([到至为]?)(?:{FREE}|{units.WORDS})*+\Z")
_ABOUT = re.compile(rf"({units.BEFORE})\Z")
_GOES_ON_WITH = (
    "和 与 及 或 并 至 到 居 位居 位列 转为 较 比 安排 支持 用于 台阶 新台阶 大关 关口"
    " 创历史 创新 创近 创有 创下 创出 创造"
)
_FOLLOWS = re.compile(
    rf"\Z|[,、)\":-]|{FREE}|{units.any_of(_GOES_ON_WITH)}|{units.CHANGES}(?:了|到|至|为|近|约|超|\d|{HAN})"
)
_AFTERWARDS = re.compile(units.AFTER)
_MINUS = re.compile(r"(?<![-\d%‰])-\Z")
_PLAIN = re.compile(r"[\d,.]+")
_FROM = re.compile("[从由]")
_ONLY_SCALE = re.compile(r"[十百千万亿]+\Z")


@dataclass(frozen=True, slots=True)
class Read:
    """A figure in folded text: where number and unit stand, and its parts as they stand there."""

    start: int
    stop: int
    number: str
    high: str
    unit: str
    about: str
    direction: str
    omitted: str = ""

    def completed(self, last: Read) -> Read:
        """With the unit of the list's last figure, where this one leaves its rest to that (提高0.9个和3.3个百分点)."""
        if self.unit == last.unit or not last.unit.startswith(self.unit):
            return self
        return replace(self, unit=last.unit, omitted=last.unit.removeprefix(self.unit))


def figure_at(text: str, start: int) -> Read | None:
    """The figure that begins at `start`; None where what stands there is none, or counts a noun behind it."""
    before = text[:start]
    found = (None if _FROM.search(before[-12:]) else _RANGE.match(text, start)) or _FIGURE.match(text, start)
    if found is None or before.endswith("的") or not _FOLLOWS.match(text, found.end()):
        return None
    sign = 1 if _MINUS.search(before) else 0
    before = before[: start - sign]
    ahead, more = _ABOUT.search(before), found["more"] or ""
    about = ahead[1] if ahead else more[:1] or found["after"] or ""
    number, high, unit = _valued(found)
    if not _counts(found, unit, about):
        return None
    change = _DIRECTION.search(before)
    return Read(
        start=start - sign,
        stop=found.start("after") if found["after"] else found.end(),
        number="-" * sign + number,
        high=high,
        unit=unit,
        about=about,
        direction=change[1] + change[2] if change else "",
    )


def end_of(text: str, figure: Read) -> int:
    """Where the text goes on behind a figure and the word that makes it approximate."""
    after = _AFTERWARDS.match(text, figure.stop)
    return after.end() if after else figure.stop


def _valued(found: re.Match[str]) -> tuple[str, str, str]:
    """The number and the upper end to be valued, and their unit, 万 and 亿 with it (2400多万户: 2400, 万户)."""
    groups = found.groupdict("")
    number, scale, more = groups["number"], groups["scale"], groups["more"]
    high, high_scale = groups.get("high", ""), groups.get("high_scale", "")
    unit = groups.get("high_unit") or groups["unit"] or groups["ratio"]
    for words, sign in (("百分之", "%"), ("千分之", "‰")):
        if number.startswith(words):
            return number, high, sign
    if _PLAIN.fullmatch(number) and (not high or scale in ("", high_scale)):
        return number, high, (high_scale or scale) + more[1:] + unit
    return number + scale + more, high + high_scale, unit


def _counts(found: re.Match[str], unit: str, about: str) -> bool:
    """Whether number and unit make a figure, not a word or a slogan."""
    number = found["number"]
    if "分之" in number:
        return True
    # Years of age of a population, of schooling; whole years are spans of time.
    if unit == "年":
        return "." in number
    if _ONLY_SCALE.match(number):
        return bool(about) or number.startswith("十")
    if not number[0].isdigit():
        return bool(unit or about) and (len(number) > 1 or unit in units.SMALL_UNITS)
    return bool(unit or about) or "." in number
