"""What a reader must know of the figures of one question: it stands beside them, on the page and in every file."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.evaluate import positive_terms
from indexer.query import Query, Scope

SEVERAL_TERMS = (
    "检索式里有几个词：次数是符合的报告里各词出现之和，同句、同段等条件只决定哪些报告符合；"
    "要数带引号的原文，请把整个词语放进引号，例如“‘放管服’改革”"
)
TITLES_ONLY = "只查标题：标题不计次数和次/万字（写作“—”），只有份数和占比有意义"
TITLES_TOO = "限定在标题里的词只决定哪些报告符合，不计次数"
SECTIONS_APART = "各词所限的章节不同：字数按报告全文计，次/万字因此偏低"


def uncounted(query: Query) -> bool:
    """Whether its words are looked for in titles alone, where nothing is counted."""
    terms = tuple(positive_terms(query.root))
    return bool(terms) and all(term.scope is Scope.TITLE for term in terms)


def cautions(query: Query) -> Iterator[str]:
    """Nothing of a question of one phrase."""
    terms = tuple(dict.fromkeys(positive_terms(query.root)))
    counted = [term for term in terms if term.scope is not Scope.TITLE]
    if uncounted(query):
        yield TITLES_ONLY
    elif len(counted) < len(terms):
        yield TITLES_TOO
    if len(counted) > 1:
        yield SEVERAL_TERMS
    # As indexer.counting counts characters: of the whole text, unless all terms ask for the same sections.
    if counted and len({term.sections for term in terms}) > 1:
        yield SECTIONS_APART
