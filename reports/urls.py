"""One address, one identity."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from w3lib.url import canonicalize_url, url_query_cleaner

_DEFAULT_PORTS = {"http": 80, "https": 443}
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_TRACKING = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "spm", "share_token")
# What WeChat adds to a shared address; any other `from` may choose the page.
_SHARED_FROM = re.compile(r"(?:^|&)from=(?:timeline|singlemessage|groupmessage|appmessage)(?=&|$)")
_GATE = re.compile(r"^/gate/(?:big5|gb)/([^/]+)(/.*)?$", re.IGNORECASE)


def canonical_url(url: str) -> str:
    """The form in which two spellings of one address are equal; GBK escapes are kept.

    >>> canonical_url("HTTP://Www.Example.org:80/a?utm_source=x&b=1#top")
    'http://www.example.org/a?b=1'
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    if parts.port and parts.port != _DEFAULT_PORTS.get(parts.scheme.lower()):
        host = f"{host}:{parts.port}"
    path = _SESSION.sub("", parts.path) or "/"
    query = _SHARED_FROM.sub("", parts.query).lstrip("&")
    bare = urlunsplit((parts.scheme.lower(), host, path, query, ""))
    return str(canonicalize_url(url_query_cleaner(bare, _TRACKING, remove=True, unique=False)))


def is_web_url(url: str) -> bool:
    """Whether this is an absolute http(s) address with a host and a valid port."""
    try:
        parts = urlsplit(url.strip())
        return parts.scheme.lower() in _DEFAULT_PORTS and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def ungated(url: str) -> str | None:
    """The address of the original behind a script gateway (`/gate/big5/<host>/…`), None if there is no gateway."""
    parts = urlsplit(url)
    gate = _GATE.match(parts.path)
    if not gate:
        return None
    return canonical_url(urlunsplit((parts.scheme, gate[1], gate[2] or "/", parts.query, "")))
