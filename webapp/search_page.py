"""An answer, arranged for the search page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexer.answer import Answer, Sort
from webapp.facets import Chip, Group, chips, groups
from webapp.params import SearchParams
from webapp.words import say

AROUND = 2


class Outcome(StrEnum):
    """Three different things: found, held without a hit, not held at all."""

    FOUND = "found"
    NO_HIT = "no_hit"
    NOT_HELD = "not_held"
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class PageLink:
    """A step of the pagination; number None is a gap."""

    number: int | None
    href: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class SortLink:
    """An order of hits to choose."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything the template shows beside the hits themselves.

    `summary`: the totals, in words. `feed`: what the feed of new hits is asked, without order and page;
    `compare`: what a comparison is.
    """

    params: SearchParams
    answer: Answer
    outcome: Outcome
    summary: tuple[str, ...]
    chips: tuple[Chip, ...]
    groups: tuple[Group, ...]
    sorts: tuple[SortLink, ...]
    pages: tuple[PageLink, ...]
    previous: str | None
    next: str | None
    bare: str
    feed: str
    compare: str


def search_page(params: SearchParams, answer: Answer) -> SearchPage:
    """Arrange an answer for its page."""
    here, last = answer.page, answer.pages
    return SearchPage(
        params=params,
        answer=answer,
        outcome=outcome(answer),
        summary=summary(answer),
        chips=chips(params, answer.facets),
        groups=groups(params, answer.facets),
        sorts=tuple(
            SortLink(say(f"sort.{sort.value}"), params.sorted_by(sort).url, sort is params.sort) for sort in Sort
        ),
        pages=steps(params, here, last),
        previous=params.at(here - 1).url if 1 < here <= last else None,
        next=params.at(here + 1).url if here < last else None,
        bare=SearchParams(q=params.q, sort=params.sort).url,
        feed=params.sorted_by(Sort.RELEVANCE).url,
        compare=params.sorted_by(Sort.RELEVANCE).url,
    )


def outcome(answer: Answer) -> Outcome:
    """Why the list looks as it does."""
    if answer.hits:
        return Outcome.FOUND
    if answer.total:
        return Outcome.BEYOND
    return Outcome.NO_HIT if answer.held else Outcome.NOT_HELD


def summary(answer: Answer) -> tuple[str, ...]:
    """The totals: works, those with the words as typed, occurrences, and what was searched."""
    said = [say("search.total", total=answer.total)]
    if answer.exact != answer.total:
        said = [say("search.total_exact", total=answer.total, exact=answer.exact)]
    if answer.occurrences is not None:
        said.append(say("search.occurrences", count=answer.occurrences))
    said.append(say("search.held", held=answer.held))
    return tuple(said)


def steps(params: SearchParams, here: int, last: int) -> tuple[PageLink, ...]:
    """First, last and what is around here, with gaps; none for a single page.

    >>> [step.number for step in steps(SearchParams(), 6, 12)]
    [1, None, 4, 5, 6, 7, 8, None, 12]
    """
    if last < 2:
        return ()
    near = sorted({1, last, *range(max(1, here - AROUND), min(last, here + AROUND) + 1)})
    found: list[PageLink] = []
    for before, number in zip((0, *near), near, strict=False):
        if number - before > 1:
            found.append(PageLink(None))
        found.append(PageLink(number, params.at(number).url, number == here))
    return tuple(found)
