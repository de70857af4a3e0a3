"""WARC records as bytes, made and read back: the only place that speaks to warcio.

WARC 1.1 (ISO 28500), a record a gzip member. A `resource` record is a file, `response` and `revisit` are answers
of the web, `metadata` says how a report was read from answers, `warcinfo` who wrote the file.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from crawler.answers import Fetched, Headers
from crawler.inflate import codings_of, inflate
from crawler.warc_files import Where
from reports.errors import CorpusError, ReadError

# The most that [crawl] max_bytes can allow, and room for headers.
MAX_BYTES = 101_000_000
# The payload is kept as it came out of its chunks.
_OF_THE_WAY = ("transfer-encoding", "content-length")


@dataclass(frozen=True, slots=True)
class Record:
    """A record read back. `headers` are WARC's own; `data` is the payload, its content coding undone."""

    where: Where
    type: str
    url: str
    headers: Headers
    content_type: str
    data: bytes

    def header(self, name: str) -> str | None:
        """The WARC header of that name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def digest(self) -> str | None:
        """That of the payload as it was sent."""
        return self.header("WARC-Payload-Digest")


def payload_digest(raw: bytes) -> str:
    """The digest by which WARC knows a payload."""
    return f"sha1:{b32encode(sha1(raw, usedforsecurity=False).digest()).decode()}"


def info(name: str, user_agent: str) -> bytes:
    """What stands at the head of a file: who wrote it."""
    try:
        software = f"Zhengbao/{version('zhengbao')}"
    except PackageNotFoundError:
        software = "Zhengbao"
    said = {"software": software, "format": "WARC File Format 1.1", "http-header-user-agent": user_agent}
    return _bytes(_writer(BytesIO()).create_warcinfo_record(name, said))


def block(uri: str, kind: str, content_type: str, data: bytes, headers: Mapping[str, str]) -> bytes:
    """A `resource` or `metadata` record."""
    record = _writer(BytesIO()).create_warc_record(
        uri, kind, payload=BytesIO(data), length=len(data), warc_content_type=content_type,
        warc_headers_dict=dict(headers),
    )  # fmt: skip
    return _bytes(record)


def response(fetched: Fetched) -> bytes:
    """An answer with its payload."""
    record = _writer(BytesIO()).create_warc_record(
        fetched.url, "response", payload=BytesIO(fetched.raw), length=len(fetched.raw),
        warc_headers_dict={**_moment(fetched), "WARC-Payload-Digest": payload_digest(fetched.raw)},
        http_headers=_http(fetched),
    )  # fmt: skip
    return _bytes(record)


def revisit(fetched: Fetched, kept: Record) -> bytes:
    """An answer whose payload is that of a kept one."""
    record = _writer(BytesIO()).create_revisit_record(
        fetched.url, kept.digest, kept.url, kept.header("WARC-Date"), _http(fetched), _moment(fetched)
    )
    return _bytes(record)


def parse(where: Where, data: bytes) -> Record:
    """The record in what a gzip member held. Raises CorpusError if it is none."""
    try:
        parsed = ArcWarcRecordLoader(arc2warc=False).parse_record_stream(BytesIO(data), known_format="warc")
        payload = _unpacked(parsed)
    except (ArchiveLoadFailed, StatusAndHeadersParserException, ReadError, EOFError, ValueError) as error:
        raise CorpusError(f"{where.file}: what stands at byte {where.offset:,} is no WARC record: {error}") from error
    said = parsed.http_headers or parsed.rec_headers
    url = parsed.rec_headers.get_header("WARC-Target-URI") or ""
    headers = tuple(parsed.rec_headers.headers)
    return Record(where, parsed.rec_type, url, headers, said.get_header("Content-Type") or "", payload)


def _unpacked(parsed: ArcWarcRecord) -> bytes:
    raw: bytes = parsed.raw_stream.read()
    said = parsed.http_headers.headers if parsed.http_headers else ()
    codings = ",".join(value for name, value in said if name.lower() == "content-encoding")
    return inflate(raw, codings_of(codings), MAX_BYTES) if raw and codings else raw


def _writer(file: BytesIO) -> WARCWriter:
    return WARCWriter(file, gzip=True, warc_version="WARC/1.1")


def _bytes(record: ArcWarcRecord) -> bytes:
    written = BytesIO()
    _writer(written).write_record(record)
    return written.getvalue()


def _moment(fetched: Fetched) -> dict[str, str]:
    at = datetime.fromtimestamp(fetched.started_at, UTC)
    return {"WARC-Date": f"{at:%Y-%m-%dT%H:%M:%S.%fZ}", **({"WARC-IP-Address": fetched.ip} if fetched.ip else {})}


def _http(fetched: Fetched) -> StatusAndHeaders:
    """The headers as sent, but fitting what is kept."""
    sent = [(name, _line(value)) for name, value in fetched.headers if name.lower() not in _OF_THE_WAY]
    headers = [*sent, ("Content-Length", str(len(fetched.raw)))]
    return StatusAndHeaders(_line(f"{fetched.status} {fetched.reason}"), headers, protocol="HTTP/1.1")


def _line(text: str) -> str:
    return re.sub(r"[\r\n\0]+", " ", text).strip()
