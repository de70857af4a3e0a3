"""What a person asked, as values. `indexer.parse` makes them from text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from reports.report import Body, Kind, SectionKind

NEAR_CHARS = 10
"""How near terms stand that ask for no number of characters."""

MAX_NEAR_CHARS = 100


class Unit(StrEnum):
    """What terms may have to share: the value is what is typed before a bracket.

    A sentence ends behind 。 ！ ？ ； and with its paragraph. A title that stands before the text
    is a sentence, a paragraph and a section of its own.
    """

    SENTENCE = "同句"
    PARAGRAPH = "同段"
    SECTION = "同节"


class Scope(StrEnum):
    """Where a term must stand: anywhere, or in the title."""

    ANYWHERE = "anywhere"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Term:
    """A quoted phrase or a bare word, with the place it must stand in.

    `folded` is the matching form of `text` and is never empty. A quoted term matches iff
    `folded` stands inside one paragraph; a bare one also if all its words are in the report.
    With `sections`, only those sections count (of the report's text, not its title).
    """

    text: str
    folded: str
    quoted: bool
    scope: Scope = Scope.ANYWHERE
    sections: frozenset[SectionKind] = frozenset()

    @property
    def scoped(self) -> bool:
        """Whether it must stand in a certain place."""
        return self.scope is not Scope.ANYWHERE or bool(self.sections)


@dataclass(frozen=True, slots=True)
class And:
    """All of `parts`, two or more."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of `parts`, two or more."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but `part`."""

    part: Node


@dataclass(frozen=True, slots=True)
class Together:
    """`part` holds of one unit of one form of the report, or of places near each other in a paragraph.

    With a number: within `part`'s terms have places in one paragraph such that the one that begins
    last begins at most so many characters (white space not counted) behind the end of the one that
    ends first. `part` holds no Together; what it asks needs at least one of its terms, and where
    `within` is a number it excludes none.
    """

    part: Node
    within: Unit | int


Node = Term | And | Or | Not | Together

UNKNOWN = "unknown"
"""The facet value, and the word in a URL, for what is not known."""


ONLY = "="
"""Stands before a region's code where what lies below it is not asked for."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What must hold of a report beside its words; an empty set filters nothing.

    Values of one filter are alternatives, filters are joined by and. `regions` holds codes, each
    meaning itself and all below it, or with ONLY before it itself alone; UNKNOWN is a value of
    `regions` and `topics`, None of `years`.
    """

    regions: frozenset[str] = frozenset()
    years: frozenset[int | None] = frozenset()
    topics: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    bodies: frozenset[Body] = frozenset()

    def __bool__(self) -> bool:
        return any((self.regions, self.years, self.topics, self.kinds, self.bodies))


@dataclass(frozen=True, slots=True)
class Query:
    """A whole question. `root` None asks for every report the filters let through.

    `filters` stand in the text, `chosen` beside it (the facets of a page): both must hold.
    `nothing`: a filter named something that does not exist, so no report can match.
    `notes`: what was not understood, one sentence each, for the person who asked.
    """

    text: str
    root: Node | None
    filters: Filters = field(default_factory=Filters)
    chosen: Filters = field(default_factory=Filters)
    nothing: bool = False
    notes: tuple[str, ...] = ()
