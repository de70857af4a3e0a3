"""A question's words against the core: which works match, which of them as typed, how often."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from indexer.corefile import Core, Ints
from indexer.engines import Reader
from indexer.postings import distinct, firsts
from indexer.query import And, Node, Not, Or, Scope, Term, Together
from indexer.scan import Found, Scanner, apart, merged
from indexer.together import Gatherer

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Matched:
    """By work: whether it matches, whether by the words as typed, and how often the positive
    terms stand in its text (None where no term is counted); and where each of them stands."""

    all: Mask
    exact: Mask
    occurrences: Ints | None
    found: Mapping[Term, Found] = field(default_factory=dict)


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
        positive = {term: found.get(term) or self._scanner.find(term) for term in dict.fromkeys(positive_terms(root))}
        exact = loose if all(term.quoted for term in positive) else self._mask(root, found, exact=True)
        spots = self.spots(positive)
        return Matched(loose, exact, None if spots is None else self._by_work(spots), positive)

    def places(self, term: Term) -> Found:
        """Where the term stands as typed, in the place it asks for."""
        return self._scanner.find(term)

    def _works(self, rows: Ints) -> Mask:
        mask = np.zeros(self._core.works, bool)
        mask[self._core.row_work[distinct(rows)]] = True
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
        words, mask = words_of(term, self._words), np.zeros(self._core.works, bool)
        if not words or words == (term.folded,):
            return mask  # where it is one of the words it also stands as typed
        if term.scoped:
            return _all([self._works(self._scanner.find(replace(term, folded=word)).rows) for word in words])
        mask[self._reader.matching(words)[0]] = True
        return mask

    def spots(self, found: Mapping[Term, Found]) -> Found | None:
        """The places that are counted: of all terms together, apart, in the text of each work's first form that has
        any; the others are its second form or copies. None where no term is counted."""
        core = self._core
        parts = [places for term, places in found.items() if term.scope is not Scope.TITLE]
        if not parts:
            return None
        places = merged(parts)
        places = apart(places.where(places.starts >= core.row_text_start[places.rows]))
        if len(core.row_ids) == core.works:
            return places
        rows = distinct(places.rows)
        first = np.zeros(len(core.row_ids), bool)
        first[rows[firsts(core.row_work[rows])]] = True
        return places.where(first[places.rows])

    def _by_work(self, spots: Found) -> Ints:
        return np.bincount(self._core.row_work[spots.rows], minlength=self._core.works)


def _all(masks: list[Mask]) -> Mask:
    mask: Mask = np.logical_and.reduce(masks)
    return mask


def words_of(term: Term, words: Callable[[str], Iterator[str]]) -> tuple[str, ...]:
    """The different words of a term, in order."""
    return tuple(dict.fromkeys(words(term.folded)))


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
