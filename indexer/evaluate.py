"""A question's words against the core: which works match, which of them as typed, how often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.corefile import Core, Ints
from indexer.engines import Reader
from indexer.query import And, Node, Not, Or, Scope, Term, Together
from indexer.scan import Found, Scanner, apart, merged
from indexer.together import Gatherer

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Matched:
    """By work: whether it matches, whether by the words as typed, and how often the positive
    terms stand in its text (None where no term is counted)."""

    all: Mask
    exact: Mask
    occurrences: Ints | None


class Evaluator:
    """Answers the words of questions over one core and one engine's reader."""

    def __init__(self, core: Core, reader: Reader, words: Callable[[str], Iterator[str]]) -> None:
        self._core, self._reader, self._words = core, reader, words
        self._scanner = Scanner(core)
        self._gatherer = Gatherer(core, self._scanner.find, words)

    def match(self, root: Node | None) -> Matched:
        """Which works the words select; None selects all."""
        core = self._core
        if root is None:
            everything = np.ones(core.works, bool)
            return Matched(everything, everything, None)
        found: dict[Term, Found] = {}
        loose = self._mask(root, found, exact=False)
        exact = self._mask(root, found, exact=True)
        terms = [term for term in dict.fromkeys(positive_terms(root)) if term.scope is not Scope.TITLE]
        counted = [found.get(term) or self._scanner.find(term) for term in terms]
        return Matched(loose, exact, self._count(counted) if counted else None)

    def places(self, term: Term) -> Found:
        """Where the term stands as typed, in the place it asks for."""
        return self._scanner.find(term)

    def _works(self, rows: Ints) -> Mask:
        mask = np.zeros(self._core.works, bool)
        mask[self._core.row_work[rows]] = True
        return mask

    def _mask(self, node: Node, found: dict[Term, Found], *, exact: bool) -> Mask:
        match node:
            case And(parts):
                return _all([self._mask(part, found, exact=exact) for part in parts])
            case Or(parts):
                return ~_all([~self._mask(part, found, exact=exact) for part in parts])
            case Not(part):
                return ~self._mask(part, found, exact=False)
            case Term():
                return self._term(node, found, exact=exact)
            case Together():
                return self._works(np.flatnonzero(self._gatherer.rows(node, exact=exact)))

    def _term(self, term: Term, found: dict[Term, Found], *, exact: bool) -> Mask:
        if term not in found:
            found[term] = self._scanner.find(term)
        mask = self._works(found[term].rows)
        return mask if term.quoted or exact else mask | self._all_words(term)

    def _all_words(self, term: Term) -> Mask:
        """Works with all the words of a bare term. In a scope, words are looked for as they stand there."""
        words = tuple(dict.fromkeys(self._words(term.folded)))
        if not words or (words == (term.folded,) and term.scoped):
            return np.zeros(self._core.works, bool)
        return _all([self._word(word, term) for word in words])

    def _word(self, word: str, term: Term) -> Mask:
        if term.scoped:
            return self._works(self._scanner.find(replace(term, folded=word)).rows)
        mask = np.zeros(self._core.works, bool)
        mask[self._reader.holding(word)] = True
        return mask

    def _count(self, counted: list[Found]) -> Ints:
        """Occurrences in the text of each work's first form that has any; the others are its second form or copies."""
        core = self._core
        occurrences = np.zeros(core.works, np.int64)
        places = merged(counted)
        places = apart(places.where(places.starts >= core.row_text_start[places.rows]))
        rows, counts = np.unique(places.rows, return_counts=True)
        # Of several rows of one work the first is assigned last, and stays.
        occurrences[core.row_work[rows[::-1]]] = counts[::-1]
        return occurrences


def _all(masks: list[Mask]) -> Mask:
    mask: Mask = np.logical_and.reduce(masks)
    return mask


def positive_terms(node: Node | None) -> Iterator[Term]:
    """The terms that make a report a hit, in order: those under no negation."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from positive_terms(part)
        case Together(part):
            yield from positive_terms(part)
        case Term():
            yield node
