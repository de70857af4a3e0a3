"""A question as tokens: phrases, words, signs, operators and the labels before a colon.

Nothing here fails: whatever a person types is some row of tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from indexer.plain import OPENING, plain, titles
from indexer.query import NEAR_CHARS, Unit
from reports.fold import fold


class Sign(StrEnum):
    """What joins, turns or groups terms."""

    AND = "and"
    OR = "or"
    NOT = "not"
    OPEN = "("
    CLOSE = ")"


class Label(StrEnum):
    """What may stand before a colon: two scopes, then the filters."""

    TITLE = "标题"
    SECTION = "章节"
    REGION = "地区"
    YEAR = "年份"
    TOPIC = "主题"
    KIND = "类型"
    BODY = "主体"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stood in quotes, as typed, or in book title marks, and then with them.

    Without a closing mark it ran to the end of its token.
    """

    text: str
    closed: bool = True
    marks: str = "引号"


@dataclass(frozen=True, slots=True)
class Word:
    """A run without quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign, and how it was typed."""

    sign: Sign
    typed: str


@dataclass(frozen=True, slots=True)
class Field:
    """A label with the values after its colon, in order; a title scope has none.

    `more`: the list of values ended in a comma.
    """

    label: Label
    typed: str
    values: tuple[str, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """An operator with its opening bracket: a unit, or a number of characters."""

    within: Unit | int
    typed: str


Token = Phrase | Word | Mark | Field | Opening

_LABELS = {label.value: label for label in Label} | {label.name.lower(): label for label in Label}
_SIGNS = {"或": Sign.OR, "OR": Sign.OR, "非": Sign.NOT, "NOT": Sign.NOT} | dict.fromkeys(("与", "且", "AND"), Sign.AND)
_SINGLE = {"(": Sign.OPEN, ")": Sign.CLOSE, "|": Sign.OR}

_UNITS = {name: unit for unit in Unit for name in (unit.value, unit.name.lower())}

# The patterns read the plain form.
_STOPS = ' ()|"《》'
_RUN = re.compile(r'[^ ()|"《》]+')
_LABEL = re.compile(r'([^ ()|":《》]{1,8}):')
_UNIT = re.compile(r'([^ ()|":《》]{2,9}):?\(')
_NEAR = re.compile(r"(?:近|near)/?([0-9]{0,6})字?:?\(", re.IGNORECASE)
# What stands between two words elsewhere; here it joins them and no more.
INFIX = re.compile(r"近/[0-9]+|NEAR(?:/[0-9]+)?")
_SINGLE_SIGN = re.compile(r"[()|]|-(?=[^ )|])")
_VALUE = re.compile(r'"([^"]*)"|"([^ ()|",、]*)|([^ ()|",、]+)')
_COMMAS = re.compile("[,、]+")


def tokens(cleaned: str) -> Iterator[Token]:
    """The tokens of a text that `clean` gave, in order."""
    lexer, at = _Lexer(cleaned), 0
    while at < len(cleaned):
        if cleaned[at] == " ":
            at += 1
            continue
        token, at = lexer.read(at)
        yield token


class _Lexer:
    """Reads one token at a place; gives it with the place behind it."""

    def __init__(self, text: str) -> None:
        self.text, self.plain = text, plain(text)
        self._titles = titles(self.plain)

    def read(self, at: int) -> tuple[Token, int]:
        if self.plain[at] == '"':
            return self._phrase(at + 1)
        if self.plain[at] in "《》":
            return self._title(at)
        if single := _SINGLE_SIGN.match(self.plain, at):
            return Mark(_SINGLE.get(single[0], Sign.NOT), self.text[at]), at + 1
        if label := self._label(at):
            return self._field(at, label)
        if found := self._operator(at):
            return found
        end = self._end(at, _STOPS)
        typed = self.text[at:end]
        word = self.plain[at:end]
        sign = Sign.AND if INFIX.fullmatch(word) else _SIGNS.get(word)
        return (Mark(sign, typed) if sign else Word(typed)), end

    def _phrase(self, start: int) -> tuple[Token, int]:
        close = self._close(start)
        if close is not None:
            return Phrase(self.text[start:close]), close + 1
        end = self._end(start, " ()|")
        return Phrase(self.text[start:end], closed=False), end

    def _title(self, start: int) -> tuple[Token, int]:
        """A document's name up to the mark that closes it; one that nothing closes runs as a word does."""
        if stop := self._titles.get(start):
            return Phrase(self.text[start:stop], marks="书名号"), stop
        end = self._end(start + 1, _STOPS)
        if self.plain[start] == "》" or end == start + 1:
            return Phrase("", closed=False, marks="书名号"), start + 1
        return Phrase(self.text[start:end], closed=False, marks="书名号"), end

    def _operator(self, at: int) -> tuple[Token, int] | None:
        found = _UNIT.match(self.plain, at)
        if found and (unit := _UNITS.get(fold(found[1]))):
            return Opening(unit, self.text[at : found.end()]), found.end()
        if near := _NEAR.match(self.plain, at):
            return Opening(int(near[1] or NEAR_CHARS), self.text[at : near.end()]), near.end()
        return None

    def _close(self, start: int) -> int | None:
        """Where the phrase begun before `start` closes: the last quote of its run.

        A run without one, or cut by a bracket while a quote inside is still open, looks on to
        where every quote inside has found its partner: “red tape”, “建立“每月一题”机制（试行）”.
        """
        last = self.plain.rfind('"', start, self._end(start, " ()|"))
        if last < 0:
            return self._partner(start, len(self.text))
        return max(last, self._partner(start, self._end(start, " ")) or last)

    def _partner(self, start: int, stop: int) -> int | None:
        depth = 1
        for at in range(start, stop):
            if self.plain[at] == '"':
                depth += 1 if self._opens(at) else -1
            if not depth:
                return at
        return None

    def _opens(self, at: int) -> bool:
        """Whether the quote at `at` opens rather than closes; mistyped ones tell by the gap beside them."""
        if self.plain[at + 1 : at + 2] in {"", *" ()|"}:
            return False
        return self.text[at] in OPENING or self.plain[at - 1] in " ()|"

    def _label(self, at: int) -> Label | None:
        found = _LABEL.match(self.plain, at)
        return _LABELS.get(fold(found[1])) if found else None

    def _field(self, at: int, label: Label) -> tuple[Token, int]:
        start = self.plain.index(":", at) + 1
        if label is Label.TITLE:
            return Field(label, self.text[at:start]), start
        values, end, more = self._values(start, label)
        return Field(label, self.text[at:end], values, more), end

    def _values(self, start: int, label: Label) -> tuple[tuple[str, ...], int, bool]:
        """The values from `start`, the place behind them, and whether a comma and a space stand there."""
        at = self._value_start(start)
        quoted = self._next_is('"', at)
        if quoted and label is Label.SECTION:
            return (), start, False
        values: list[str] = []
        while (quoted or not self._next_is('"', at)) and (value := _VALUE.match(self.plain, at)):
            values += [name] if (name := self.text[slice(*value.span(value.lastindex or 0))].strip()) else []
            comma = _COMMAS.match(self.plain, value.end())
            at = comma.end() if comma else value.end()
            if not comma or self._label(at):
                return tuple(values), at, False
        return (tuple(values), at, self._next_is(" ", at)) if values else ((), start, False)

    def _value_start(self, start: int) -> int:
        """Where the values begin: a space may stand before a bare one, `地区: 北京市`."""
        at = start
        while self._next_is(" ", at):
            at += 1
        if at == start or _SINGLE_SIGN.match(self.plain, at) or self._label(at) or self._operator(at):
            return start
        run = _RUN.match(self.plain, at)
        return at if run and run[0] not in _SIGNS else start

    def _next_is(self, char: str, at: int) -> bool:
        return self.plain[at : at + 1] == char

    def _end(self, at: int, stops: str) -> int:
        while at < len(self.text) and self.plain[at] not in stops:
            at += 1
        return at
