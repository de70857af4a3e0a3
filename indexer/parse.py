"""A question as a person typed it becomes a `Query`; docs/reference/query-language.md says how.

What cannot be understood is left out and named in the notes. Nothing recurses on the way in, so
brackets nest as deep as a question is long.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from indexer.brackets import Alternative, Bracket, Pending, Place
from indexer.filters import SECTION_NAMES, FilterReader, Vocabulary, read_section
from indexer.gather import gathered, operator_name
from indexer.hints import Hints
from indexer.lexer import Field, Label, Mark, Opening, Phrase, Sign, Token, Word, tokens
from indexer.plain import clean
from indexer.query import Filters, Node, Query, Scope, Term, Unit
from reports.errors import QueryError
from reports.fold import fold
from reports.report import SectionKind

MAX_CHARS = 256
MAX_CLAUSES = 32

# A question too long is still counted, so that all that is wrong with it is said at once.
_COUNTED_CHARS = 10 * MAX_CHARS
_NO_FILTERS = Filters()
_ANY_SECTION: frozenset[SectionKind] = frozenset()
_SEVERAL = re.compile(r"[”〞」』’﹂].*[“〝「『‘﹁]|[\"'＂＇](?:\W*|或|与|且|和|OR|AND)[\"'＂＇]")


def parse(
    text: str,
    *,
    vocabulary: Vocabulary,
    extra: Filters = _NO_FILTERS,
    sections: frozenset[SectionKind] = _ANY_SECTION,
    today: date,
) -> Query:
    """The question that `text` asks, with the filters chosen beside it.

    `sections` is where terms must stand that name no place themselves. `today` dates 近三年.
    Raises QueryError, with every reason, for more than MAX_CHARS characters or MAX_CLAUSES
    terms and filters; never for anything else.
    """
    cleaned = clean(text)
    reader, hints = _Reader(Place(sections=sections), FilterReader(vocabulary, today)), Hints()
    for token in tokens(cleaned[:_COUNTED_CHARS]):
        reader.take(token)
        hints.take(token)
    root = reader.finish()
    if problems := _excesses(len(cleaned), reader.clauses):
        raise QueryError(*problems)
    notes = [*reader.notes, *hints.notes()] if cleaned else ["没有输入要查的词语"]
    asked = reader.filters
    return Query(cleaned, root, asked.filters, extra, asked.nothing, tuple(dict.fromkeys(notes)))


def _excesses(chars: int, clauses: int) -> list[str]:
    problems = []
    if chars > MAX_CHARS:
        problems.append(f"查询最多 {MAX_CHARS} 个字符，现有 {chars} 个")
    if clauses > MAX_CLAUSES:
        counted = "至少 " if chars > _COUNTED_CHARS else " "
        problems.append(f"查询最多 {MAX_CLAUSES} 个词语和筛选条件，现有{counted}{clauses} 个")
    return problems


class _Reader:
    """Takes tokens one by one; the open brackets are a stack."""

    def __init__(self, place: Place, filters: FilterReader) -> None:
        self._open = [Bracket(place)]
        self.filters, self.clauses = filters, 0
        self.notes: list[str] = []

    def take(self, token: Token) -> None:
        match token:
            case Phrase(text, closed, marks):
                self._note_marks(text, closed, marks)
                self._term(text, quoted=True)
            case Word(text):
                self._term(text, quoted=False)
            case Field(label=Label.TITLE | Label.SECTION):
                self._scope(token)
            case Field():
                self._filter(token)
            case Mark(sign, typed):
                self._mark(sign, typed)
            case Opening(within):
                self._operator(within)

    def finish(self) -> Node | None:
        """What was asked, once all tokens are taken."""
        if len(self._open) > 1:
            self.notes.append("有括号没有闭合，按到末尾为止理解")
        while len(self._open) > 1:
            self._close()
        self._end(self._open[0])
        return self._open[0].node()

    def _note_marks(self, text: str, closed: bool, marks: str) -> None:
        if not closed:
            self.notes.append(f"{marks}没有成对，按“{text}”理解" if text else f"有一个{marks}没有成对，已忽略")
        elif not text.strip():
            self.notes.append("引号里没有文字，已忽略")
        elif marks == "引号" and _SEVERAL.search(text):
            self.notes.append(f"“{text}”按一整句查找；要分别查找，请在各词之间加空格")

    def _term(self, text: str, *, quoted: bool) -> None:
        here, folded = self._open[-1], fold(text)
        if not folded or (not quoted and _only_punctuation(folded)):
            here.pending = Pending()
            self.notes += [f"“{text}”里没有可查的文字，已忽略"] if text.strip() else []
            return
        self.clauses += 1
        place = here.pending.place or here.place
        here.add(Term(text, folded, quoted, place.scope, place.sections))

    def _scope(self, token: Field) -> None:
        pending = self._open[-1].pending
        pending.typed += token.typed
        if token.label is Label.TITLE:
            pending.place = Place(Scope.TITLE)
            return
        kinds = {name: read_section(name) for name in token.values}
        self.notes += [_unknown_section(name) for name, kind in kinds.items() if kind is None]
        if not kinds:
            self.notes.append(f"“{token.typed}”后面要写章节的名称，如 章节:问题")
        if sections := frozenset(kind for kind in kinds.values() if kind):
            pending.place = Place(sections=sections)

    def _filter(self, token: Field) -> None:
        here = self._open[-1]
        # A scope that waits is for the next term, and the sign before it too.
        pending = Pending() if here.pending.place else here.pending
        if pending is here.pending:
            here.pending = Pending()
        here.add_filters({token.label})
        self.clauses += bool(token.values)
        if pending.negated == here.negated:
            self.notes += self.filters.read(token)
        else:
            self.filters.refused = True
            self.notes.append(f"筛选条件不能排除：{pending.typed}{token.typed}")

    def _mark(self, sign: Sign, typed: str) -> None:
        here = self._open[-1]
        match sign:
            case Sign.NOT:
                here.pending.negated = not here.pending.negated
                here.pending.typed += typed
            case Sign.OPEN:
                self._begin(None)
            case Sign.CLOSE if len(self._open) == 1:
                self.notes.append("有括号没有成对，已忽略")
            case Sign.CLOSE:
                self._close()
            case Sign.AND | Sign.OR:
                self._join(here, sign, typed)

    def _operator(self, within: Unit | int) -> None:
        outer = next((each.within for each in self._open if each.within is not None), None)
        if outer is None:
            self._begin(within)
        else:
            self.notes.append(f"“{operator_name(outer)}”里的“{operator_name(within)}”按普通括号理解")
            self._begin(None)

    def _begin(self, within: Unit | int | None) -> None:
        here = self._open[-1]
        self._open.append(Bracket(here.pending.place or here.place, here.negated != here.pending.negated, within))

    def _join(self, here: Bracket, sign: Sign, typed: str) -> None:
        self._drop_pending(here)
        if here.operator or not here.alternatives[-1]:
            self.notes.append(f"“{typed}”前面没有词语，已忽略")
            return
        here.operator = typed
        if sign is Sign.OR:
            here.alternatives.append(Alternative())

    def _close(self) -> None:
        """Ends the innermost bracket and puts what it asks where it stood."""
        inner = self._open.pop()
        outer = self._open[-1]
        self._end(inner)
        if node := inner.node():
            outer.add(node if inner.within is None else self._gathered(node, inner.within))
            return
        if inner.labels:
            outer.add_filters(inner.labels)
        else:
            self.notes.append("括号里没有词语，已忽略")
        outer.pending = Pending()

    def _gathered(self, node: Node, within: Unit | int) -> Node:
        node, note = gathered(node, within)
        self.notes += [note] if note else []
        return node

    def _end(self, bracket: Bracket) -> None:
        self._drop_pending(bracket)
        if bracket.operator:
            self.notes.append(f"“{bracket.operator}”后面没有词语，已忽略")
        if bracket.mixed:
            self.notes.append("筛选条件对整个问题起作用，不能用“或”与词语或别的筛选条件相连")

    def _drop_pending(self, bracket: Bracket) -> None:
        if bracket.pending.typed:
            self.notes.append(f"“{bracket.pending.typed}”后面没有词语，已忽略")
        bracket.pending = Pending()


def _only_punctuation(folded: str) -> bool:
    return all(unicodedata.category(char).startswith("P") for char in folded)


def _unknown_section(name: str) -> str:
    known = "、".join(names[0] for names in SECTION_NAMES.values())
    return f"没有叫“{name}”的章节，可以写{known}"
