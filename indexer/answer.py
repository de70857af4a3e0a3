"""What comes back: the values a page, the API and the command line present."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from reports.report import Body, Kind

PAGE_SIZE = 20
LAST_PAGE = 500


class Sort(StrEnum):
    """The order of hits; ties break by year, newest first, then id."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    OCCURRENCES = "occurrences"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of published text; `marks` are [start, stop) code points in it, in order, apart."""

    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One work that matches. `copies` counts its further copies; `region` is the full name.

    `occurrences` is None when not counted (a question without a term that counts). `withdrawn`: since when its site
    no longer has it; `versions`: how often it was changed after publication.
    """

    id: str
    title: Snippet
    url: str | None
    region_code: str | None
    region: str | None
    place: str | None
    issuer: str | None
    body: Body
    year: int | None
    kind: Kind
    published: date | None
    copies: int
    occurrences: int | None
    exact: bool
    snippets: tuple[Snippet, ...]
    withdrawn: datetime | None = None
    versions: int = 0


class FacetValue(NamedTuple):
    """One value of a facet; `count` is what one gets by choosing it alone in this facet.

    A tuple, as an answer has thousands; no one asks it for the method that `count` hides.
    `value` is what goes into the URL. `parent` and `level` (0 country, 1 province, 2 city,
    3 county) are of regions only.
    """

    value: str
    label: str
    count: int  # type: ignore[assignment]
    selected: bool
    parent: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of works, in display order: regions as a tree in preorder, years newest first."""

    region: tuple[FacetValue, ...]
    year: tuple[FacetValue, ...]
    topic: tuple[FacetValue, ...]
    kind: tuple[FacetValue, ...]
    body: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer. `total` works match, `exact` of them by the words as typed.

    `held` counts what the filters alone select; `understood` restates the question in words.
    """

    query: str
    understood: str
    notes: tuple[str, ...]
    total: int
    exact: int
    occurrences: int | None
    held: int
    took_ms: float
    page: int
    pages: int
    hits: tuple[Hit, ...]
    facets: Facets
