"""A query back in words, for the person who asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from indexer.filters import Vocabulary
from indexer.lexer import Label
from indexer.plain import is_title
from indexer.printing import section_names, spans
from indexer.query import ONLY, UNKNOWN, And, Filters, Node, Not, Or, Query, Scope, Term, Together, Unit
from reports.report import Body, Kind

_UNKNOWN = "未知"
_SHARED = {Unit.SENTENCE: "同一句", Unit.PARAGRAPH: "同一段", Unit.SECTION: "同一节"}


def restate(query: Query, vocabulary: Vocabulary) -> str:
    """What was understood, in one Chinese line; 全部报告 for a question that asks for everything."""
    asked = dict(_stated(query.filters, vocabulary))
    chosen = dict(_stated(query.chosen, vocabulary))
    parts = [_said(query.root)] if query.root else []
    parts += [f"{label}：{values}" for label, values in asked.items()]
    for label, values in chosen.items():
        if asked.get(label) != values:
            parts.append(f"{'并且' if label in asked else ''}{label}：{values}")
    if query.nothing:
        parts.append("筛选条件不能成立，没有报告符合")
    return "；".join(parts) or "全部报告"


def _said(node: Node) -> str:
    match node:
        case Term():
            return _said_term(node, "")
        case Not(Term() as term):
            return _said_term(term, "不")
        case Not(part):
            return f"排除（{_said(part)}）"
        case And(parts):
            return "，且".join(map(_said_within, parts))
        case Or(parts):
            return "，或".join(map(_said_within, parts))
        case Together(part, within):
            return f"{_shared(within)}（{_said(part)}）"


def _said_within(node: Node) -> str:
    return f"（{_said(node)}）" if isinstance(node, And | Or) else _said(node)


def _shared(within: Unit | int) -> str:
    return _SHARED[within] if isinstance(within, Unit) else f"相距 {within} 字以内"


def _said_term(term: Term, no: str) -> str:
    place = "标题" if term.scope is Scope.TITLE else ""
    if term.sections:
        place = "或".join(section_names(term)) + "部分"
    if term.quoted and is_title(term.text):
        return f"{place}{no}提到{term.text}"
    return f"{place}{no}含“{term.text}”{'' if term.quoted else '（可拆词）'}"


def _stated(filters: Filters, vocabulary: Vocabulary) -> Iterator[tuple[Label, str]]:
    topics = [*vocabulary.topics, *sorted(filters.topics - {*vocabulary.topics, UNKNOWN}), UNKNOWN]
    values: dict[Label, Iterable[str]] = {
        Label.REGION: _region_names(filters, vocabulary),
        Label.YEAR: spans(filters, "—"),
        Label.TOPIC: [_UNKNOWN if topic == UNKNOWN else topic for topic in topics if topic in filters.topics],
        Label.KIND: [kind for kind in Kind if kind in filters.kinds],
        Label.BODY: [body for body in Body if body in filters.bodies],
    }
    yield from ((label, stated) for label, names in values.items() if (stated := "、".join(names)))


def _region_names(filters: Filters, vocabulary: Vocabulary) -> Iterator[str]:
    """The names by code; one that several divisions share once, with how many; those asked for alone at the end."""
    codes = sorted(filters.regions - {UNKNOWN}, key=lambda code: (code.startswith(ONLY), code))
    named = Counter(_region_name(code, vocabulary) for code in codes)
    yield from (name if times == 1 else f"{name}（{times} 处）" for name, times in named.items())
    if UNKNOWN in filters.regions:
        yield _UNKNOWN


def _region_name(code: str, vocabulary: Vocabulary) -> str:
    bare = code.removeprefix(ONLY)
    return (vocabulary.region_name(bare) or bare) + ("本级" if code != bare else "")
