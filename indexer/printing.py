"""A query as canonical query text, which parses to the same again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from indexer.filters import SECTION_NAMES
from indexer.gather import operator_name
from indexer.lexer import Label
from indexer.plain import is_title
from indexer.query import UNKNOWN, And, Filters, Node, Not, Or, Query, Scope, Term, Together

_UNKNOWN = "未知"
_PLAIN_VALUE = re.compile(r"[\w.\-=]+")


def print_query(query: Query) -> str:
    """The root and the filters as query text, which parses to the same again.

    What was chosen beside the text is not in it, nor are values that named nothing. It may be
    longer than what was typed, and so longer than a question may be.
    """
    parts = [_printed(query.root)] if query.root else []
    return " ".join(parts + list(_printed_filters(query.filters)))


def section_names(term: Term) -> list[str]:
    """What the sections a term must stand in are called, in the order of a report."""
    return [names[0] for kind, names in SECTION_NAMES.items() if kind in term.sections]


def spans(filters: Filters, dash: str) -> Iterator[str]:
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
        case Together(part, within):
            return f"{operator_name(within)}{_bracketed(part)}"


def _bracketed(node: Node) -> str:
    return f"({_printed(node)})"


def _printed_term(term: Term) -> str:
    place = f"{Label.TITLE}:" if term.scope is Scope.TITLE else ""
    if term.sections:
        place = f"{Label.SECTION}:{'、'.join(section_names(term))} "
    return place + (f"“{term.text}”" if term.quoted and not is_title(term.text) else term.text)


def _printed_filters(filters: Filters) -> Iterator[str]:
    values: dict[Label, Iterable[str]] = {
        Label.REGION: sorted(filters.regions),
        Label.YEAR: spans(filters, "-"),
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
