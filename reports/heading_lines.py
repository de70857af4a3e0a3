"""The lines of a text that may be headings: numbered ones, and short ones that name a section's kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from reports.fold import simplify
from reports.wording import kind_named


class Style(IntEnum):
    """How a heading is numbered, the highest first."""

    PART = 1
    CHAPTER = 2
    TOP = 3
    SUB = 4
    ITEM = 5
    BARE = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as published, numbering included; `start` is where its part begins."""

    text: str
    style: Style
    number: int
    start: int


_DIGITS = "一二三四五六七八九十"
_COUNT = rf"[{_DIGITS}]{{1,3}}"
_SPACE = r"[^\S\n]*"
_NUMBERED = re.compile(
    rf"(?m)^{_SPACE}(?P<heading>(?:第{_SPACE}(?P<PART>{_COUNT}){_SPACE}(?:部分|部份|篇|编|編)"
    rf"|第{_SPACE}(?P<CHAPTER>{_COUNT}){_SPACE}章"
    rf"|(?P<TOP>{_COUNT}){_SPACE}[、．.]"
    rf"|[(（]{_SPACE}(?P<SUB>{_COUNT}){_SPACE}[)）]{_SPACE}、?"
    rf"|(?P<ITEM>\d{{1,2}}){_SPACE}(?:[、．]|\.(?!\d)))"
    rf"{_SPACE}(?P<words>\S[^\n]*))"
)
_INSIDE = re.compile(
    rf"(?<=[。！？；：:;”」])(?P<heading>(?P<TOP>{_COUNT})、(?P<words>[^。；;\n]{{2,40}}(?=[。\n]|$)))"
)
_ARTICLE = re.compile(rf"(?m)^{_SPACE}第[{_DIGITS}百]{{1,5}}[条條]")
_BARE = re.compile(r"(?m)^[^\S\n]*(?P<heading>[^\s。；，：:;,！!？?|][^\n。；，：:;,！!？?|]{1,30})[^\S\n]*$")
_FIRST_SENTENCE = re.compile(r"[^。！？；]{2,}?(?=[。！？；]|$)")
_CLAUSE_ENDS = re.compile(r"(?<=[^\s、）)])\s+|[：:，,]")
_SENTENCE_ENDS = tuple("。！？；：:;!?”」）)")
_LONGEST_HEADING = 60
_LONGEST_LINE = 90
_BLANKS = 40


def numbered_lines(text: str, start: int, stop: int, inside: bool = False) -> list[Heading]:
    """The numbered lines of `text[start:stop]`; with `inside`, also headings glued to the sentence before."""
    patterns = (_NUMBERED, _INSIDE) if inside else (_NUMBERED,)
    found = [line for pattern in patterns for match in pattern.finditer(text, start, stop) if (line := _heading(match))]
    # Under the articles of a law （一） numbers the cases of a rule.
    lowest = Style.CHAPTER if _ARTICLE.search(text, start, stop) else Style.ITEM
    return sorted((heading for heading in found if heading.style <= lowest), key=lambda heading: heading.start)


def bare_lines(text: str) -> tuple[Heading, ...]:
    """Unnumbered headings: short paragraphs that name a kind; not the title, which names the whole."""
    title_ends = len(text) - len(text.lstrip()) + len(text.strip().partition("\n")[0])
    found = (_bare_heading(text, line) for line in _BARE.finditer(text, title_ends))
    return tuple(heading for heading in found if heading)


def _heading(match: re.Match[str]) -> Heading | None:
    """None for an item of an enumeration, which runs on after a semicolon."""
    line = match["heading"].rstrip()
    if line.endswith(("；", ";")):
        return None
    style, digits = next((style, digits) for style in Style if (digits := match.groupdict().get(style.name)))
    if match.re is _INSIDE and kind_named(line) is None:
        return None
    return Heading(_cut(line), style, _number(digits), match.start())


def _cut(line: str) -> str:
    """The heading alone, where the first sentence of its part is glued to it."""
    sentence = _FIRST_SENTENCE.match(line)
    text = sentence[0] if sentence else line
    if len(text) > (_LONGEST_LINE if text == line else _LONGEST_HEADING):
        text = _CLAUSE_ENDS.split(text, maxsplit=1)[0]
    return text.rstrip()


def _number(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    return (_DIGITS.find(tens) + 1) * 10 * bool(ten) + _DIGITS.find(ones or " ") + 1


def _bare_heading(text: str, line: re.Match[str]) -> Heading | None:
    heading = line["heading"].rstrip()
    starts_anew = text[max(0, line.start() - _BLANKS) : line.start()].rstrip().endswith(_SENTENCE_ENDS)
    if not starts_anew or kind_named(heading) is None or "报告" in simplify(heading) or _NUMBERED.match(line[0]):
        return None
    return Heading(heading, Style.BARE, 0, line.start())
