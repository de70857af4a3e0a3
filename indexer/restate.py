"""A query back in words: for the person who asked, and as canonical query text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from indexer.filters import SECTION_NAMES, Vocabulary
from indexer.lexer import Label
from indexer.query import UNKNOWN, And, Filters, Node, Not, Or, Query, Scope, Term
from reports.report import Body, Kind

_UNKNOWN = "未知"
_PLAIN_VALUE = re.compile(r"[\w.\-]+")


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


def print_query(query: Query) -> str:
    """The root and the filters as query text, which parses to the same again.

    What was chosen beside the text is not in it, nor are values that named nothing. It may be
    longer than what was typed, and so longer than a question may be.
    """
    parts = [_printed(query.root)] if query.root else []
    return " ".join(parts + list(_printed_filters(query.filters)))


def _said(node: Node) -> str:
    match node:
        case Term():
            return _said_term(node, "含")
        case Not(Term() as term):
            return _said_term(term, "不含")
        case Not(part):
            return f"排除（{_said(part)}）"
        case And(parts):
            return "，且".join(map(_said_within, parts))
        case Or(parts):
            return "，或".join(map(_said_within, parts))


def _said_within(node: Node) -> str:
    return f"（{_said(node)}）" if isinstance(node, And | Or) else _said(node)


def _said_term(term: Term, verb: str) -> str:
    place = "标题" if term.scope is Scope.TITLE else ""
    if term.sections:
        place = "或".join(_sections(term)) + "部分"
    return f"{place}{verb}“{term.text}”{'' if term.quoted else '（可拆词）'}"


def _sections(term: Term) -> list[str]:
    return [names[0] for kind, names in SECTION_NAMES.items() if kind in term.sections]


def _stated(filters: Filters, vocabulary: Vocabulary) -> Iterator[tuple[Label, str]]:
    topics = [*vocabulary.topics, *sorted(filters.topics - {*vocabulary.topics, UNKNOWN}), UNKNOWN]
    values: dict[Label, Iterable[str]] = {
        Label.REGION: _region_names(filters, vocabulary),
        Label.YEAR: _spans(filters, "—"),
        Label.TOPIC: [_UNKNOWN if topic == UNKNOWN else topic for topic in topics if topic in filters.topics],
        Label.KIND: [kind for kind in Kind if kind in filters.kinds],
        Label.BODY: [body for body in Body if body in filters.bodies],
    }
    yield from ((label, stated) for label, names in values.items() if (stated := "、".join(names)))


def _region_names(filters: Filters, vocabulary: Vocabulary) -> Iterator[str]:
    """The names by code; one that several divisions share once, with how many."""
    codes = sorted(filters.regions - {UNKNOWN})
    named = Counter(vocabulary.region_name(code) or code for code in codes)
    yield from (name if times == 1 else f"{name}（{times} 处）" for name, times in named.items())
    if UNKNOWN in filters.regions:
        yield _UNKNOWN


def _spans(filters: Filters, dash: str) -> Iterator[str]:
    """The years in order, those in a row as `first-last`, the unknown at the end."""
    years = sorted(year for year in filters.years if year is not None)
    breaks = [at for at, (one, next_one) in enumerate(pairwise(years), start=1) if next_one != one + 1]
    for start, stop in pairwise([0, *breaks, len(years)]):
        run = years[start:stop]
        if run:
            yield f"{run[0]:04}" if len(run) == 1 else f"{run[0]:04}{dash}{run[-1]:04}"
    if None in filters.years:
        yield _UNKNOWN


def _printed(node: Node) -> str:
    match node:
        case Term():
            return _printed_term(node)
        case Not(part):
            return f"-{_bracketed(part) if isinstance(part, And | Or) else _printed(part)}"
        case And(parts):
            return " ".join(_bracketed(part) if isinstance(part, Or) else _printed(part) for part in parts)
        case Or(parts):
            return " 或 ".join(map(_printed, parts))


def _bracketed(node: Node) -> str:
    return f"({_printed(node)})"


def _printed_term(term: Term) -> str:
    place = f"{Label.TITLE}:" if term.scope is Scope.TITLE else ""
    if term.sections:
        place = f"{Label.SECTION}:{'、'.join(_sections(term))} "
    return place + (f"“{term.text}”" if term.quoted else term.text)


def _printed_filters(filters: Filters) -> Iterator[str]:
    values: dict[Label, Iterable[str]] = {
        Label.REGION: sorted(filters.regions),
        Label.YEAR: _spans(filters, "-"),
        Label.TOPIC: sorted(filters.topics),
        Label.KIND: sorted(filters.kinds),
        Label.BODY: sorted(filters.bodies),
    }
    for label, names in values.items():
        shown = [_UNKNOWN if name == UNKNOWN else str(name) for name in names]
        # A list that begins with a bare value ends before a quote.
        plain = all(map(_PLAIN_VALUE.fullmatch, shown))
        if shown:
            yield f"{label}:{'、'.join(shown if plain else [f'“{name}”' for name in shown])}"
