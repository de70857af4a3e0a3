"""The words of a question as a comparison takes them: as typed, where asked for in one section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from indexer.query import And, Node, Not, Or, Term, Together
from reports.report import SectionKind


def as_typed(node: Node) -> Node:
    """The same with every word a phrase: a report with its parts here and there does not say it.

    A first use, or a share of reports, would else tell of a phrase nobody wrote.
    """
    return _changed(node, lambda term: replace(term, quoted=True))


def within(node: Node, kind: SectionKind) -> Node:
    """The same with every word looked for in sections of one kind alone."""
    return _changed(node, lambda term: replace(term, sections=frozenset({kind})))


def _changed(node: Node, change: Callable[[Term], Term]) -> Node:
    match node:
        case Term():
            return change(node)
        case And(parts):
            return And(tuple(_changed(part, change) for part in parts))
        case Or(parts):
            return Or(tuple(_changed(part, change) for part in parts))
        case Not(part):
            return Not(_changed(part, change))
        case Together(part, distance):
            return Together(_changed(part, change), distance)
