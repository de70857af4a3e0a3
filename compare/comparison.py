"""A question of a view as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from indexer.query import Filters
from reports.report import Kind, SectionKind

ANNUAL_KINDS = frozenset({Kind.RULE_OF_LAW, Kind.WORK, Kind.DISCLOSURE, Kind.STATISTICS})
"""The kinds a government publishes once a year: what is compared unless kinds are asked for."""


class YearBy(StrEnum):
    """Which year a report is put under: the one its genre names it by, or the one it reviews."""

    EDITION = "edition"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What every view asks: the words with their filters as typed, and what is chosen beside them.

    Words without quotes are taken as if they had some: a comparison counts the phrase as typed.
    Kinds default to ANNUAL_KINDS, bodies to 政府, or to 部门 where an `issuer` is named (司法局: every body
    whose issuer's name contains it); what `text` or `chosen` names goes before these. `preset`: the key of places
    often compared (compare.presets), in place of `chosen.regions`.
    """

    text: str
    chosen: Filters = field(default_factory=Filters)
    sections: frozenset[SectionKind] = frozenset()
    issuer: str = ""
    year_by: YearBy = YearBy.EDITION
    preset: str = ""
