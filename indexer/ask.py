"""A question as typed, with what is chosen beside it, put to the index."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from indexer.answer import Answer, Sort
from indexer.parse import parse
from indexer.query import Filters, Query
from indexer.searcher import Searcher
from reports.report import SectionKind


@dataclass(frozen=True, slots=True)
class Question:
    """What a page, the API or the command line asks: the text, and choices made beside it."""

    text: str
    chosen: Filters = field(default_factory=Filters)
    sections: frozenset[SectionKind] = frozenset()
    sort: Sort = Sort.RELEVANCE
    page: int = 1


def understand(question: Question, searcher: Searcher) -> Query:
    """The question as a value. Raises QueryError with every problem at once."""
    return parse(
        question.text,
        vocabulary=searcher.vocabulary,
        extra=question.chosen,
        sections=question.sections,
        today=date.today(),
    )


def ask(question: Question, searcher: Searcher) -> Answer:
    """The answer. Raises QueryError with every problem at once."""
    return searcher.search(understand(question, searcher), sort=question.sort, page=question.page)


def every(question: Question, searcher: Searcher) -> tuple[str, ...]:
    """The ids of all works that match, newest year first. Raises QueryError with every problem at once."""
    return searcher.every(understand(question, searcher))
