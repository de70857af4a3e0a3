"""What to ask instead of a question that finds nothing: each amendment finds something, and says how much."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import lru_cache
from itertools import chain, islice, takewhile
from typing import Any

from indexer.ask import Question, understand
from indexer.evaluate import positive_terms
from indexer.near import NearForms
from indexer.parse import MAX_CHARS
from indexer.phrases import OfferKind
from indexer.printing import print_query
from indexer.query import And, Filters, Node, Query, Term
from indexer.restate import restate
from indexer.suggest import Suggester
from reports.fold import fold, second_form

MOST = 5
_MOST_NEAR, _TRIED, _LONGEST = 2, 24, 24
# After this long no further form is tried: a hard question is its own answer's burden, not doubled here.
_PATIENCE_S = 0.06

Draft = tuple["How", str, Query]


class How(StrEnum):
    """What an amendment changes."""

    VARIANT = "variant"
    NEAR = "near"
    APART = "apart"
    WITHOUT_TERM = "without_term"
    WITHOUT_FILTER = "without_filter"


@dataclass(frozen=True, slots=True)
class Amendment:
    """Another question that finds `count` works, never 0. `what`: the form, words or filter that is new or gone."""

    how: How
    what: str
    question: Question
    count: int


def amend(question: Question, suggester: Suggester) -> tuple[Amendment, ...]:
    """At most MOST questions near one that finds nothing. Raises QueryError like `ask`."""
    searcher = suggester.searcher
    asked = understand(question, searcher)
    suggester.warm()
    near_forms(suggester)
    amending = _Amending(replace(question, page=1), asked, suggester, time.perf_counter() + _PATIENCE_S)
    if asked.nothing:
        # A filter that names nothing lets nothing through: before it goes, no other word helps.
        return tuple(amending.kept([(How.WITHOUT_FILTER, "；".join(asked.notes), replace(asked, nothing=False))]))
    wider = [*amending.kept(amending.without_filters()), *amending.kept(amending.without_terms())]
    found: list[Amendment] = []
    for term in dict.fromkeys(positive_terms(asked.root)):
        if not amending.stands(term):
            found += amending.written_otherwise(term)
    found += wider
    return tuple({each.question: each for each in found}.values())[:MOST]


@dataclass(frozen=True, slots=True)
class _Amending:
    question: Question
    asked: Query
    suggester: Suggester
    until: float

    def kept(self, drafts: Iterable[Draft]) -> Iterator[Amendment]:
        """Of these drafts those that find something."""
        for how, what, query in drafts:
            if time.perf_counter() > self.until:
                return
            text = print_query(query)
            if (query.root or query.filters or query.chosen) and len(text) <= MAX_CHARS:
                question = replace(self.question, text=text, chosen=query.chosen)
                if count := self.suggester.count(question):
                    yield Amendment(how, what, question, count)

    def stands(self, term: Term) -> bool:
        """Whether a term finds anything at all by itself."""
        return bool(self.suggester.searcher.every(Query("", term)))

    def written_otherwise(self, term: Term) -> Iterator[Amendment]:
        """The term in other forms, then its words apart."""
        variant = second_form(term.folded)
        if variant != term.folded:
            yield from self.kept([self._instead(How.VARIANT, term, variant)])
        if len(term.folded) <= _LONGEST:
            forms = islice(chain(self._read_aloud(term), near_forms(self.suggester).of(term.folded)), _TRIED)
            in_time = takewhile(lambda _: time.perf_counter() < self.until, forms)
            alike = (self._instead(How.NEAR, term, form) for form in in_time if self.stands(_as(term, form)))
            yield from islice(self.kept(alike), _MOST_NEAR)
        words = list(self.suggester.searcher.words(term.folded))
        if term.quoted and len(words) > 1:
            root = _replaced(self.asked.root, term, replace(term, quoted=False))
            yield from self.kept([(How.APART, " ".join(words), replace(self.asked, root=root))])

    def _read_aloud(self, term: Term) -> Iterator[str]:
        """What a term typed in pinyin, or its initials, may stand for."""
        if term.folded.isascii():
            for each in self.suggester.suggest(term.folded):
                if each.kind is OfferKind.PHRASE:
                    yield fold(each.label)

    def without_terms(self) -> Iterator[Draft]:
        """The question with one of several terms left out."""
        root = self.asked.root
        if isinstance(root, And):
            for part in root.parts:
                rest = tuple(each for each in root.parts if each is not part)
                if any(positive_terms(part)) and any(True for each in rest for _ in positive_terms(each)):
                    left: Node = And(rest) if len(rest) > 1 else rest[0]
                    yield How.WITHOUT_TERM, print_query(Query("", part)), replace(self.asked, root=left)

    def without_filters(self) -> Iterator[Draft]:
        """The question with one kind of filter left out, in its text and beside it."""
        for each in fields(Filters):
            none: dict[str, Any] = {each.name: frozenset()}
            text, beside = replace(self.asked.filters, **none), replace(self.asked.chosen, **none)
            if (text, beside) != (self.asked.filters, self.asked.chosen):
                yield How.WITHOUT_FILTER, self._said(each.name), replace(self.asked, filters=text, chosen=beside)

    def _said(self, name: str) -> str:
        """One kind of filter in words: 年份：2031."""
        ways = (getattr(filters, name) for filters in (self.asked.filters, self.asked.chosen))
        values: dict[str, Any] = {name: frozenset().union(*ways)}
        return restate(Query("", None, Filters(**values)), self.suggester.searcher.vocabulary)

    def _instead(self, how: How, term: Term, form: str) -> Draft:
        root = _replaced(self.asked.root, term, _as(term, form))
        return how, form, replace(self.asked, root=root)


def _as(term: Term, form: str) -> Term:
    return replace(term, text=form, folded=form)


def _replaced(node: Any, old: Term, new: Term) -> Any:
    """The same question with another term in the place of one; whatever nodes there are keep theirs in fields."""
    if node == old:
        return new
    if isinstance(node, tuple):
        return tuple(_replaced(part, old, new) for part in node)
    if isinstance(node, Term) or not hasattr(node, "__dataclass_fields__"):
        return node
    return replace(node, **{each.name: _replaced(getattr(node, each.name), old, new) for each in fields(node)})


def amendment_line(amendment: Amendment) -> str:
    """For a terminal: what to ask instead, and how much it finds; what stands beside the text is named if it goes."""
    gone = f"（去掉 {amendment.what}）" if amendment.how in {How.WITHOUT_TERM, How.WITHOUT_FILTER} else ""
    return f"可以改查：{amendment.question.text or '全部报告'}{gone}，{amendment.count} 份"


@lru_cache(maxsize=2)
def near_forms(suggester: Suggester) -> NearForms:
    """The forms near its corpus's phrases; made once (0.1 s)."""
    return NearForms(suggester.phrases)
