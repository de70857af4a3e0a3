"""Addresses that are not followed: what leads a crawler round in circles, or to no report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qsl, urlsplit

MAX_CHARS = 2_083
MAX_SEGMENTS = 16
MAX_PARAMETERS = 20
MAX_DEPTH = 20
# The State Council's gazette goes back to 1954; nothing published by this government is older than it.
FIRST_YEAR = 1949

_CIRCLE = re.compile(r"/(?=[^/]*[^/\d])((?:[^/]+/){1,5}?)\1{2}")
_SESSION_NAME = re.compile(r"(?:[a-z.]*session[-_]?id|phpsessid|aspsession\w*|cftoken)", re.IGNORECASE)
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=|/\([SAF]\([^)/]+\)\)", re.IGNORECASE)
_SHORT_SESSION_NAME = re.compile(r"s|sid|sess", re.IGNORECASE)
_TOKEN = re.compile(r"(?=.*\d)[0-9a-f]{16,}", re.IGNORECASE)
_DAY_NAME = re.compile(r"[a-z_]*(?:date|year|month|day|ym|nian|riqi)", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})(?:\d{2}(?:\d{2})?|[-/.年].*)?", re.ASCII)
_DAY_IN_PATH = re.compile(r"/((?:19|20)\d\d)[-/](?:0[1-9]|1[0-2])(?=[-/]|$)", re.ASCII)
_NO_REPORT = re.compile(
    r"\.(?:zip|rar|7z|gz|tgz|bz2|tar|xz|exe|msi|apk|dmg|iso|bin|mp3|mp4|wma|wmv|wav|avi|mov|flv|mkv|swf|m3u8"
    r"|jpe?g|png|gif|bmp|webp|svg|ico|tiff?|psd|css|js|woff2?|ttf|eot|xlsx?|csv|pptx?)",
    re.IGNORECASE,
)


def trap(url: str, depth: int, this_year: int | None = None) -> str | None:
    """Why an address `depth` links away from its source is not followed; None where nothing speaks against it.

    >>> trap("http://example.org/a/b/a/b/a/b/c.html", depth=1)
    'the same folders three times over'
    """
    if len(url) > MAX_CHARS:
        return f"an address of more than {MAX_CHARS:,} characters"
    if depth > MAX_DEPTH:
        return f"more than {MAX_DEPTH} links away"
    try:
        parts = urlsplit(url)
    except ValueError:
        return "not an address"
    next_year = (this_year or date.today().year) + 1
    return _path_trap(parts.path, next_year) or _query_trap(parts.query, next_year)


def _path_trap(path: str, next_year: int) -> str | None:
    if path.count("/") > MAX_SEGMENTS:
        return f"more than {MAX_SEGMENTS} folders deep"
    if _CIRCLE.search(f"{path}/"):
        return "the same folders three times over"
    if _SESSION_PATH.search(path):
        return "a session's own address"
    if any(not FIRST_YEAR <= int(year) <= next_year for year in _DAY_IN_PATH.findall(path)):
        return "a day that no calendar of reports has"
    name = path.rpartition("/")[2]
    ending = re.search(r"\.[^.]*$", name)
    # A packed sitemap is read.
    if ending and _NO_REPORT.fullmatch(ending[0]) and not name.lower().endswith(".xml.gz"):
        return f"a {ending[0].lower()} file"
    return None


def _query_trap(query: str, next_year: int) -> str | None:
    pairs = parse_qsl(query, keep_blank_values=True)
    if len(pairs) > MAX_PARAMETERS:
        return f"more than {MAX_PARAMETERS} parameters"
    if any(_is_session(name, value) for name, value in pairs):
        return "a session's own address"
    if any(not FIRST_YEAR <= year <= next_year for year in _years(pairs)):
        return "a day that no calendar of reports has"
    return None


def _is_session(name: str, value: str) -> bool:
    if _SESSION_NAME.fullmatch(name):
        return bool(value)
    # `sid` is as often the number of a site or a column.
    return bool(_SHORT_SESSION_NAME.fullmatch(name) and _TOKEN.fullmatch(value))


def _years(pairs: list[tuple[str, str]]) -> Iterator[int]:
    for name, value in pairs:
        found = _DAY.fullmatch(value) if _DAY_NAME.fullmatch(name) else None
        if found:
            yield int(found[1])
