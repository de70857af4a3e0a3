"""Whether and why one report answers a question: each term, each part of its score, its rank."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.corefile import Core
from indexer.engines import Reader
from indexer.evaluate import Evaluator
from indexer.query import And, Node, Not, Or, Term, Together
from indexer.ranking import Part
from indexer.scan import apart

Json = dict[str, object]

_PART_NAMES = {
    Part.WORDS: "各词",
    Part.PHRASE: "原词出现的次数与密度",
    Part.TITLE: "标题含词",
    Part.COVERED: "占标题的份额",
    Part.WHOLE: "即标题全文",
    Part.NEAR: "各词相距",
    Part.KIND: "类型",
}


@dataclass(frozen=True, slots=True)
class TermSeen:
    """How a term stands in one report.

    `unwanted`: the question excludes it. `occurrences` counts it as typed, in the text, within its sections; `in_title`
    as typed. `missing`: of a bare word without a scope the words that are not in the report.
    """

    text: str
    unwanted: bool
    occurrences: int
    in_title: bool
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a report is a hit, or is none. `id` is that of the original where a copy was asked about.

    `held`: whether the filters let it through. `exact`: whether it matches by the words as typed; those that do stand
    before all others. `rank` is its place among `total` hits, from 1; None if it is none. `parts` add up to `score`.
    """

    id: str
    understood: str
    matches: bool
    held: bool
    exact: bool
    rank: int | None
    total: int
    score: float
    parts: tuple[tuple[Part, float], ...]
    terms: tuple[TermSeen, ...]


class Witness:
    """Tells how a question's terms stand in one work."""

    def __init__(self, core: Core, reader: Reader, evaluator: Evaluator, words: Callable[[str], Iterator[str]]) -> None:
        self._core, self._reader, self._evaluator, self._words = core, reader, evaluator, words

    def terms(self, root: Node | None, number: int) -> tuple[TermSeen, ...]:
        """Every term, in the order typed."""
        return tuple(self._seen(term, number, unwanted=unwanted) for term, unwanted in _terms(root))

    def _seen(self, term: Term, number: int, *, unwanted: bool) -> TermSeen:
        core, found = self._core, self._evaluator.places(term)
        found = found.where(core.row_work[found.rows] == number)
        in_title = found.stops <= core.row_title_stop[found.rows]
        in_text = apart(found.where(found.starts >= core.row_text_start[found.rows]))
        first = in_text.rows == in_text.rows[:1]
        return TermSeen(term.text, unwanted, int(first.sum()), bool(in_title.any()), self._missing(term, number))

    def _missing(self, term: Term, number: int) -> tuple[str, ...]:
        if term.quoted or term.scoped:
            return ()
        words = dict.fromkeys(self._words(term.folded))
        return tuple(word for word in words if number not in self._reader.matching((word,))[0])


def _terms(node: Node | None, *, unwanted: bool = False) -> Iterator[tuple[Term, bool]]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _terms(part, unwanted=unwanted)
        case Not(part):
            yield from _terms(part, unwanted=not unwanted)
        case Together(part):
            yield from _terms(part, unwanted=unwanted)
        case Term():
            yield node, unwanted


def explanation_json(told: Explanation) -> Json:
    """A documented, stable shape."""
    return {
        "id": told.id,
        "understood": told.understood,
        "matches": told.matches,
        "held": told.held,
        "exact": told.exact,
        "rank": told.rank,
        "total": told.total,
        "score": round(told.score, 4),
        "parts": {part.value: round(value, 4) for part, value in told.parts},
        "terms": [
            {
                "text": term.text,
                "unwanted": term.unwanted,
                "occurrences": term.occurrences,
                "in_title": term.in_title,
                "missing": list(term.missing),
            }
            for term in told.terms
        ],
    }


def explanation_lines(told: Explanation) -> list[str]:
    """For a terminal: the verdict, each term, and the score part by part."""
    lines = [told.understood, _verdict(told), *map(_term_line, told.terms)]
    if told.matches:
        lines.append(f"得分 {told.score:.2f}")
        lines += [f"  {value:7.2f}  {_PART_NAMES[part]}" for part, value in told.parts if value]
    return lines


def _verdict(told: Explanation) -> str:
    if told.matches:
        return f"符合{'，含原词' if told.exact else '，未含原词，各词分散出现'}；第 {told.rank} 位，共 {told.total} 份"
    return "不符合" if told.held else "不符合：不在所选地区、年份等范围内"


def _term_line(term: TermSeen) -> str:
    title = "，标题含有" if term.in_title else ""
    missing = f"，缺 {'、'.join(term.missing)}" if term.missing else ""
    return f"  {'不应含' if term.unwanted else ''}“{term.text}”：正文 {term.occurrences} 次{title}{missing}"
