"""What a JSON line or a manifest says of a report, checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from crawler.extract.page import Given
from reports.errors import ReadError
from reports.jsonform import MAX_TITLE_CHARS, YEARS
from reports.report import Body, Kind
from reports.urls import is_web_url

_KINDS: dict[str, Kind] = {
    **{str(kind): kind for kind in Kind},
    "地方性法规": Kind.LAW,
    "法律": Kind.LAW,
    "行政法规": Kind.LAW,
    "司法解释": Kind.LAW,
    "规章": Kind.LAW,
    "部门规章": Kind.LAW,
    "宪法": Kind.LAW,
}


def given_of(values: Mapping[str, Any]) -> Given:
    """The keys we know, null and empty ones left out. Raises ReadError naming every key whose value cannot be."""
    read: dict[str, object] = {}
    problems = []
    for key, (name, check) in _KEYS.items():
        value = values.get(key)
        if value is None or value == "":
            continue
        try:
            read.setdefault(name, check(value))
        except (ValueError, TypeError) as error:
            problems.append(f"{key!r}: {error}")
    if problems:
        raise ReadError("; ".join(problems))
    return Given(**read)  # type: ignore[arg-type]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"must be text, not {value!r}")
    value.encode()  # a lone surrogate is no text
    return value.strip()


def _title(value: Any) -> str:
    if len(_text(value)) > MAX_TITLE_CHARS:
        raise ValueError(f"longer than {MAX_TITLE_CHARS} characters")
    return _text(value)


def _url(value: Any) -> str:
    if not is_web_url(_text(value)):
        raise ValueError(f"not an http address: {value!r}")
    return _text(value)


def _region_code(value: Any) -> str:
    if not re.fullmatch(r"[0-9]{6}", _text(value)):
        raise ValueError(f"a division code has six digits, not {value!r}")
    return _text(value)


def _year(value: Any) -> int:
    if type(value) is not int or value not in YEARS:
        raise ValueError(f"not a year: {value!r}")
    return value


def _date(value: Any) -> date:
    return date.fromisoformat(_text(value))


def _kind(value: Any) -> Kind | None:
    return _KINDS.get(_text(value))


_KEYS: dict[str, tuple[str, Callable[[Any], object]]] = {
    "title": ("title", _title),
    "url": ("url", _url),
    "region_code": ("region_code", _region_code),
    "place": ("place", _text),
    "issuer": ("issuer", _text),
    "body": ("body", Body),
    "year": ("year", _year),
    "covers": ("covers", _year),
    "published": ("published", _date),
    "date": ("published", _date),
    "doc_no": ("doc_no", _text),
    "kind": ("kind", Kind),
    "doc_type": ("kind", _kind),
}
KEYS = frozenset(_KEYS)
