"""摘编: sentences a reader has chosen, by their addresses, as they stand today or stood when they were last there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from compare.citation import Citation, cite_sentence
from compare.permalink import Changed, Gone, Kept, Passage, Stands, resolve
from compare.sentences import Span
from indexer.filters import SECTION_NAMES
from reports.errors import QueryError
from reports.expected import BEIJING
from reports.fold import fold, fold_offsets
from reports.regions import Regions
from reports.report import Report, SectionKind

MOST_EXCERPTS = 500


class Grouping(StrEnum):
    """What sentences stand under one heading."""

    REGION = "region"
    YEAR = "year"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence with its source. `report` is as it was when the sentence stood in it; `kept_until`: the day a change
    of it was noticed, None if it stands there today. `region` is "" where unknown; `section` None without sections.
    """

    passage: Passage
    sentence: str
    report: Report
    region: str
    section: SectionKind | None
    citation: Citation
    kept_until: date | None = None


@dataclass(frozen=True, slots=True)
class Excerpts:
    """What was found, in the order asked for; `lost`: what neither today's texts nor their versions have."""

    found: tuple[Excerpt, ...]
    lost: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where sentences are looked up; the day it is; the address of the site for links, "" without one."""

    kept: Kept
    regions: Regions
    accessed: date
    site: str = ""


def excerpts(passages: Iterable[Passage], shelf: Shelf) -> Excerpts:
    """Every passage looked up, each once. Raises QueryError for more than MOST_EXCERPTS."""
    wanted = list(dict.fromkeys(passages))
    if len(wanted) > MOST_EXCERPTS:
        raise QueryError(f"一次最多摘编 {MOST_EXCERPTS} 句，现在选了 {len(wanted)} 句")
    found, lost = [], []
    for passage in wanted:
        match resolve(passage, shelf.kept):
            case Stands(report, span):
                found.append(_excerpt(passage, report, span, shelf))
            case Changed(_, version, span):
                found.append(
                    _excerpt(passage, version.report, span, shelf, version.kept_until.astimezone(BEIJING).date())
                )
            case Gone():
                lost.append(passage)
    return Excerpts(tuple(found), tuple(lost))


def grouped(found: Sequence[Excerpt], by: Grouping) -> tuple[tuple[str, tuple[Excerpt, ...]], ...]:
    """Headings with their sentences: divisions by code, years newest first, sections as in a report; unknown last."""
    groups: dict[tuple[object, ...], list[Excerpt]] = {}
    for each in found:
        groups.setdefault(_key(each, by), []).append(each)
    return tuple((str(key[-1]), tuple(groups[key])) for key in sorted(groups))


def marks(sentence: str, phrases: Sequence[str]) -> tuple[Span, ...]:
    """Where phrases stand in a sentence, apart, in order; whatever their width, case or script."""
    folded, offsets = fold(sentence), fold_offsets(sentence)
    found: list[Span] = []
    for start, stop in sorted(_places(folded, [fold(phrase) for phrase in phrases])):
        if not found or offsets[start] >= found[-1][1]:
            found.append((int(offsets[start]), int(offsets[stop - 1]) + 1))
    return tuple(found)


def _excerpt(passage: Passage, report: Report, span: Span, shelf: Shelf, kept_until: date | None = None) -> Excerpt:
    sentence = report.text[slice(*span)]
    section = next((each.kind for each in report.sections if each.start <= span[0] < each.stop), None)
    region = shelf.regions.full_name(report.region_code, report.year) if report.region_code else ""
    citation = cite_sentence(report, shelf.accessed, sentence, shelf.site.rstrip("/") + passage.path)
    return Excerpt(passage, sentence, report, region + (report.place or ""), section, citation, kept_until)


def _key(each: Excerpt, by: Grouping) -> tuple[object, ...]:
    match by:
        case Grouping.REGION:
            return (not each.region, each.report.region_code or "", each.region or "地区不详")
        case Grouping.YEAR:
            year = each.report.year
            return (year is None, -(year or 0), f"{year}年" if year else "年份不详")
        case Grouping.SECTION:
            place = list(SECTION_NAMES).index(each.section) if each.section else len(SECTION_NAMES)
            return (each.section is None, place, SECTION_NAMES[each.section][-1] if each.section else "未识别")


def _places(folded: str, phrases: Sequence[str]) -> Iterable[Span]:
    for phrase in filter(None, phrases):
        at = folded.find(phrase)
        while at >= 0:
            yield at, at + len(phrase)
            at = folded.find(phrase, at + len(phrase))
