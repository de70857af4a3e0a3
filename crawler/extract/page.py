"""The values that pass between the steps of reading a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.report import Body, Kind


@dataclass(frozen=True, slots=True)
class Page:
    """The body of one page or text file, cleaned and repaired, and what stood around it.

    `title` as published, None where none survived. `paragraphs`: the body, one string a
    paragraph, heading, table row or signature line; NFC, as published, without line breaks.
    `chrome`: lines taken out or standing around the body, in page order: they may carry
    metadata (source, dates, site code). `meta`: <meta> names in lower case with their non-empty
    contents. `info`: labels and values of the 信息公开 table, as published. `read_by` names the
    rule that found the body; `quality` holds flags such as "damaged", "short", "tables_only".
    """

    title: str | None
    paragraphs: tuple[str, ...]
    chrome: tuple[str, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    info: tuple[tuple[str, str], ...] = ()
    read_by: str = "text"
    quality: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """What the bringer of a report says of it (a manifest, a JSON line, a source's table).

    What is given is believed; None is read from the report.
    """

    title: str | None = None
    url: str | None = None
    region_code: str | None = None
    place: str | None = None
    issuer: str | None = None
    body: Body | None = None
    year: int | None = None
    covers: int | None = None
    published: date | None = None
    doc_no: str | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report says of itself; None is unknown. `year_from` names where `year` was read:
    given, title, lead, session, date, covers."""

    title: str
    title_inferred: bool
    kind: Kind
    body: Body
    region_code: str | None = None
    place: str | None = None
    issuer: str | None = None
    year: int | None = None
    year_from: str | None = None
    covers: int | None = None
    published: date | None = None
    doc_no: str | None = None
