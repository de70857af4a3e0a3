"""What is written down beside archived bytes, so that they can be read again as they were: and read back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from crawler.archived import record_at
from crawler.extract.page import Given
from crawler.files import Form, Job
from crawler.sights import Piece, Role, Visit
from crawler.warc_files import Where
from crawler.warc_records import Record
from reports.crawl_config import SourceConfig
from reports.errors import CorpusError
from reports.report import Body, Kind
from reports.urls import is_web_url

_NO_SOURCES: Mapping[str, SourceConfig] = {}
SOURCE_FILE, GIVEN = "WARC-Source-File", "WARC-Given"
_FROM_TEXT: dict[str, Callable[[str], object]] = {
    "year": int,
    "covers": int,
    "published": date.fromisoformat,
    "body": Body,
    "kind": Kind,
}


def said_of(given: Given) -> dict[str, str]:
    """What the bringer said, as text; what was not said is left out."""
    return {name: str(value) for name, value in asdict(given).items() if value is not None}


def given_said(said: Mapping[str, str]) -> Given:
    """The Given that was written down."""
    known = {field.name for field in fields(Given)}
    values: dict[str, Any] = {name: _FROM_TEXT.get(name, str)(value) for name, value in said.items() if name in known}
    return Given(**values)


def address_of(job: Job) -> str | None:
    """The address of the report in a job, if it has one; a line may say it itself."""
    url = job.given.url
    if url is None and job.form is Form.LINE:
        try:
            url = json.loads(job.data.decode("utf-8-sig")).get("url")
        except (ValueError, AttributeError, RecursionError):
            return None
    return url if isinstance(url, str) and is_web_url(url) else None


def job_of(record: Record) -> Job:
    """The job that a `resource` record was written for. Raises CorpusError if we did not write it."""
    try:
        origin, said = unquote(record.header(SOURCE_FILE) or ""), json.loads(record.header(GIVEN) or "{}")
        return Job(origin, Form(record.content_type), record.data, given_said(said))
    except (ValueError, AttributeError) as error:
        raise _strange(record, error) from error


def reading_said(visit: Visit, places: tuple[Where, ...], source: str) -> bytes:
    """How a report was read from responses, as JSON; `places`: where the pieces stand, in their order."""
    pieces = [
        {"url": piece.url, "content_type": piece.content_type, "role": piece.role, **asdict(where)}
        for piece, where in zip(visit.pieces, places, strict=True)
    ]
    said = {"source": source, "given": said_of(visit.given), "selector": visit.selector, "pieces": pieces}
    return json.dumps(said, ensure_ascii=False).encode()


def visit_of(record: Record, corpus: Path, sources: Mapping[str, SourceConfig] = _NO_SOURCES) -> Visit:
    """The visit that a `metadata` record tells of; what its source says of its reports today, it says.

    Raises CorpusError if a piece is not in the archive any more.
    """
    try:
        said = json.loads(record.data)
        pieces = tuple(
            Piece(
                each["url"],
                each["content_type"],
                record_at(corpus, Where(each["file"], each["offset"])).data,
                Role(each["role"]),
            )
            for each in said["pieces"]
        )
        visit, source = Visit(pieces, given_said(said["given"]), said["selector"]), sources.get(said["source"])
        return visit if source is None else _as_today(visit, source)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _strange(record, error) from error


def _as_today(visit: Visit, source: SourceConfig) -> Visit:
    given = replace(
        visit.given,
        region_code=source.region or None,
        issuer=source.issuer or None,
        body=Body(source.body) if source.body else None,
    )
    return replace(visit, given=given, selector=source.selector or None)


def _strange(record: Record, error: Exception) -> CorpusError:
    return CorpusError(f"{record.where.file}: the record at byte {record.where.offset:,} is none of ours: {error}")
