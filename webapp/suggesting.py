"""Completion while a question is typed; and where it finds nothing, why, and what to ask instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from indexer.amend import Amendment
from indexer.answer import Answer
from indexer.parse import MAX_CHARS
from indexer.query import ONLY, UNKNOWN, Filters
from indexer.suggest import Suggestion
from reports.errors import QueryError
from reports.watch import Row, State
from webapp.params import SearchParams
from webapp.reading import Arguing
from webapp.sources import Library
from webapp.words import say

Json = dict[str, object]
MOST_MISSING = 6
_MISSING = (State.UNSEEN, State.UNLOOKED, State.PENDING)


class Why(StrEnum):
    """Four different things: looked through and not written, not held, not expected, and nothing that could be."""

    NO_HIT = "no_hit"
    NOT_HELD = "not_held"
    OUTSIDE = "outside"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Missing:
    """A report that is expected and not held."""

    row: Row
    year: int
    state: State


@dataclass(frozen=True, slots=True)
class Another:
    """Another search that finds something: in words, and where it is."""

    amendment: Amendment
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why a search finds nothing. `held` reports were looked through; `missing_total` more are expected of what it is
    narrowed to, and `missing` are the first of them."""

    why: Why
    held: int
    missing: tuple[Missing, ...]
    missing_total: int
    instead: tuple[Another, ...]


class Suggesting:
    """What the form asks while one types."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def blueprint(self) -> Blueprint:
        """Under its address."""
        suggesting = Blueprint("suggesting", __name__)
        suggesting.add_url_rule("/api/suggest", "json", self.json)
        return suggesting

    def json(self) -> ResponseReturnValue:
        """Ways to go on with what is typed."""
        given = Arguing(request.args.to_dict(flat=False))
        given.refuse_all_but(("q",))
        q = given.text("q", MAX_CHARS)
        if given.problems:
            raise QueryError(*given.problems)
        return {"q": q, "suggestions": [_suggestion_json(each) for each in self.library.suggest(q)]}


def why_nothing(params: SearchParams, answer: Answer, library: Library) -> Nothing | None:
    """Why a search finds nothing; None where it finds something."""
    if answer.total:
        return None
    found = library.instead(params)
    missing = () if found.impossible else tuple(_missing(library, found.narrowed))
    return Nothing(
        why=_why(answer, found.impossible, found.narrowed, bool(missing)),
        held=answer.held,
        missing=missing[:MOST_MISSING],
        missing_total=len(missing),
        instead=tuple(_another(params, each) for each in found.amendments),
    )


def nothing_json(nothing: Nothing) -> Json:
    """The same for programs; `url` goes behind the address of a search."""
    return {
        "why": nothing.why,
        "held": nothing.held,
        "missing_total": nothing.missing_total,
        "missing": [_missing_json(each) for each in nothing.missing],
        "instead": [
            {
                "how": each.amendment.how,
                "what": each.amendment.what,
                "query": each.amendment.question.text,
                "url": each.href,
                "count": each.amendment.count,
            }
            for each in nothing.instead
        ],
    }


def _why(answer: Answer, impossible: bool, narrowed: Iterable[Filters], missing: bool) -> Why:
    if answer.held:
        return Why.NO_HIT
    if impossible:
        return Why.IMPOSSIBLE
    # By its topic or an unknown value no report is expected, so nobody can say that it is not.
    expectable = any(each.regions or each.years for each in narrowed) and not any(
        each.topics or UNKNOWN in each.regions or None in each.years for each in narrowed
    )
    return Why.OUTSIDE if expectable and not missing else Why.NOT_HELD


def _missing(library: Library, narrowed: tuple[Filters, ...]) -> Iterator[Missing]:
    """What is expected of the divisions and years a search is narrowed to, and not held; none where it is to none."""
    if not any(each.regions or each.years for each in narrowed):
        return
    for row in _rows(library, narrowed):
        for cell in row.cells:
            if cell.state in _MISSING and all(not each.years or cell.year in each.years for each in narrowed):
                yield Missing(row, cell.year, cell.state)


def _rows(library: Library, narrowed: tuple[Filters, ...]) -> Iterator[Row]:
    """Who is expected to report, of those that every filter lets through."""
    allowed = [_rows_of(library, each.regions) for each in narrowed if each.regions] or [library.watch().rows]
    others = [{row.reporter for row in rows} for rows in allowed[1:]]
    for row in allowed[0]:
        fits = all(
            (not each.kinds or row.reporter.kind in each.kinds)
            and (not each.bodies or row.reporter.body in each.bodies)
            for each in narrowed
        )
        if fits and all(row.reporter in each for each in others):
            yield row


def _rows_of(library: Library, codes: frozenset[str]) -> tuple[Row, ...]:
    """Who reports for these divisions: with those below them, unless a code asks for itself alone."""
    alone = frozenset(code.removeprefix(ONLY) for code in codes if code.startswith(ONLY))
    whole = frozenset(code for code in codes if not code.startswith(ONLY) and code != UNKNOWN)
    rows = {row.reporter: row for row in library.watch(None, whole).rows} if whole else {}
    own = library.watch(None, alone).rows if alone else ()
    return tuple((rows | {row.reporter: row for row in own if row.reporter.region_code in alone}).values())


def _another(params: SearchParams, amendment: Amendment) -> Another:
    question = amendment.question
    words = say(f"nothing.{amendment.how}", what=amendment.what)
    return Another(amendment, words, SearchParams(question.text, question.chosen, question.sections, params.sort).url)


def _suggestion_json(suggestion: Suggestion) -> Json:
    return {"kind": suggestion.kind, "label": suggestion.label, "text": suggestion.text, "count": suggestion.count}


def _missing_json(missing: Missing) -> Json:
    reporter = missing.row.reporter
    return {
        "kind": reporter.kind,
        "body": reporter.body,
        "region_code": reporter.region_code,
        "region": missing.row.path,
        "name": reporter.name or None,
        "year": missing.year,
        "state": missing.state,
    }
