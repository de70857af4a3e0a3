"""A report as one JSON object, and back: what `export` writes and `import` takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from reports.errors import ReadError
from reports.regions import Regions
from reports.report import Body, Kind, Report, Script, Section, SectionKind, report_id, text_sha256
from reports.urls import canonical_url, is_web_url

YEARS = range(1900, 2101)
MAX_TITLE_CHARS = 1000
_PLAIN = ("id", "url", "origin", "title", "title_inferred", "kind", "region_code")
_REST = ("place", "issuer", "body", "year", "year_from", "covers")
KEYS = frozenset(
    (*_PLAIN, "region", *_REST, "published", "doc_no", "topics", "script", "copy_of", "sections", "quality", "read_by")
) | {"text"}


def to_json(report: Report, regions: Regions) -> dict[str, object]:
    """Every field, in a fixed order; `region` is the division's full name, for the reader."""
    code = report.region_code
    return {
        **{name: getattr(report, name) for name in _PLAIN},
        "region": regions.full_name(code) if code and regions.get(code) else None,
        **{name: getattr(report, name) for name in _REST},
        "published": report.published.isoformat() if report.published else None,
        "doc_no": report.doc_no,
        "topics": sorted(report.topics),
        "script": report.script,
        "copy_of": report.copy_of,
        "sections": [{"heading": s.heading, "kind": s.kind, "start": s.start, "stop": s.stop} for s in report.sections],
        "quality": sorted(report.quality),
        "read_by": report.read_by,
        "text": report.text,
    }


def from_json(line: Mapping[str, Any]) -> Report:
    """The report an exported object stands for; id and checksum are derived anew, `copy_of` is the store's to settle.

    Raises ReadError naming the key that is missing or has a value it cannot have.
    """
    key = ""
    try:
        values: dict[str, Any] = {}
        for key, read in _READ.items():
            values[key] = read(line[key])
        key, url = "text", values["url"]
        id_ = report_id(canonical_url(url) if url else None, values["text"])
        return Report(id=id_, copy_of=None, sha256=text_sha256(values["text"]), **values)
    except KeyError as error:
        raise ReadError(f"key {error} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise ReadError(f"key {key!r}: {error}") from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"must be text, not {value!r}")
    value.encode()  # a lone surrogate is no text
    return value


def _title(value: Any) -> str:
    if len(_text(value)) > MAX_TITLE_CHARS:
        raise ValueError(f"longer than {MAX_TITLE_CHARS} characters")
    return unicodedata.normalize("NFC", value)


def _url_or_none(value: Any) -> str | None:
    if value is not None and not is_web_url(_text(value)):
        raise ValueError(f"not an http address: {value!r}")
    return _text_or_none(value)


def _year_or_none(value: Any) -> int | None:
    year = _number_or_none(value)
    if year is not None and year not in YEARS:
        raise ValueError(f"not a year: {year}")
    return year


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _code_or_none(value: Any) -> str | None:
    code = _text_or_none(value)
    if code is not None and not re.fullmatch("[0-9]{6}", code):
        raise ValueError(f"a division code has six digits, not {code!r}")
    return code


def _number_or_none(value: Any) -> int | None:
    if value is not None and type(value) is not int:
        raise TypeError(f"must be a whole number or null, not {value!r}")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"must be true or false, not {value!r}")
    return value


def _texts(value: Any) -> frozenset[str]:
    return frozenset(map(_text, value))


def _date_or_none(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(_text(value))


def _sections(value: Any) -> tuple[Section, ...]:
    return tuple(
        Section(_text(s["heading"]), SectionKind(s["kind"]), _number(s["start"]), _number(s["stop"])) for s in value
    )


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"must be a whole number, not {value!r}")
    return value


_READ = {
    "url": _url_or_none,
    "origin": _text,
    "title": _title,
    "title_inferred": _flag,
    "text": _text,
    "sections": _sections,
    "kind": Kind,
    "region_code": _code_or_none,
    "place": _text_or_none,
    "issuer": _text_or_none,
    "body": Body,
    "year": _year_or_none,
    "year_from": _text_or_none,
    "covers": _year_or_none,
    "published": _date_or_none,
    "doc_no": _text_or_none,
    "topics": _texts,
    "script": Script,
    "quality": _texts,
    "read_by": _text,
}
