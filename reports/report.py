"""What a report is: the values every room agrees on."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256


class Kind(StrEnum):
    """The genre; the value is its name in Chinese."""

    RULE_OF_LAW = "法治政府建设年度报告"
    WORK = "政府工作报告"
    DISCLOSURE = "政府信息公开工作年度报告"
    STATISTICS = "统计公报"
    POLICY = "政策文件"
    LAW = "法律法规"
    EXPLAINER = "解读"
    NEWS = "新闻报道"
    OTHER = "其他"


class Body(StrEnum):
    """Whose work a report gives an account of."""

    GOVERNMENT = "政府"
    DEPARTMENT = "部门"
    TOWN = "街道乡镇"
    OTHER = "其他"


class Script(StrEnum):
    """The script the text was published in."""

    HANS = "hans"
    HANT = "hant"


class SectionKind(StrEnum):
    """What a section is for: art. 24 of 《法治政府建设与责任落实督察工作规定》 names them."""

    LEAD = "lead"
    ACHIEVEMENTS = "achievements"
    PROBLEMS = "problems"
    LEADERSHIP = "leadership"
    PLANS = "plans"
    OTHERS = "others"
    UNRECOGNISED = "unrecognised"


@dataclass(frozen=True, slots=True)
class Section:
    """A top-level part of a report: `text[start:stop]`, its heading line included.

    The lead has an empty heading. Sections are in order, do not overlap and cover the text.
    """

    heading: str
    kind: SectionKind
    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"section {self.heading!r} spans {self.start}..{self.stop}")


@dataclass(frozen=True, slots=True)
class Report:
    """One published report. Offsets are Unicode code points of `text`, which is NFC.

    `None` means unknown, never a guess. `region_code` "000000" is the whole country.
    """

    id: str
    url: str | None
    origin: str
    title: str
    title_inferred: bool
    text: str
    sections: tuple[Section, ...]
    kind: Kind
    region_code: str | None
    place: str | None
    issuer: str | None
    body: Body
    year: int | None
    year_from: str | None
    covers: int | None
    published: date | None
    doc_no: str | None
    topics: frozenset[str]
    script: Script
    copy_of: str | None
    quality: frozenset[str]
    read_by: str
    sha256: str

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a report without text")
        if not unicodedata.is_normalized("NFC", self.title + self.text):
            raise ValueError("title and text must be in Unicode's form NFC")
        at = 0
        for section in self.sections:
            if section.start != at:
                raise ValueError(f"section {section.heading!r} starts at {section.start}, not at {at}")
            at = section.stop
        if self.sections and at != len(self.text):
            raise ValueError(f"the sections end at {at}, the text at {len(self.text)}")


def text_sha256(text: str) -> str:
    """Hex SHA-256 of the text's UTF-8 bytes."""
    return sha256(text.encode()).hexdigest()


def report_id(canonical_url: str | None, text: str) -> str:
    """16 hex digits derived from the canonical URL, without one from the text."""
    return text_sha256(canonical_url or text)[:16]
