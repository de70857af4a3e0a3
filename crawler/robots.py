"""What robots.txt says to us (RFC 9309): from what became of asking for it to whether an address may be asked.

The file is read in crawler/robots_file.py; docs/decisions/0017 says why by rules of our own.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from crawler.answers import Answer, Failed, Fetched, Moved, Refused, Unchanged
from crawler.fetch import AGENT
from crawler.robots_file import Group, normal_path, read_robots

# RFC 9309 2.5 asks for 500 KiB at least, and a line that is cut is dropped whole; 2.3.1.2 for five
# redirects at least; 2.4 for a day at most.
MAX_BYTES = 524_288
MAX_HOPS = 5
FRESH_S = 86_400.0

_FORBIDDEN = "forbid all"

# "Come back later", though RFC 9309 2.3.1.3 would take them for "there are no rules".
_LATER = (408, 425, 429)
_FIRST_MARKS = ("\ufeff", "ï»¿")
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#]*", re.IGNORECASE)
_BROKEN_BYTE = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Said:
    """The rules of a host as they are kept: `text` is None where nothing may be asked, "" where all may.

    `said` tells a person why: "rules", "allow all: 404", "forbid all: 503", "forbid all: timeout".
    """

    text: str | None
    said: str


def said(answer: Answer) -> Said:
    """What became of asking for robots.txt means (RFC 9309 2.3.1).

    `Moved` is the redirect after the last one followed (MAX_HOPS): the file counts as not being there.
    """
    if isinstance(answer, Fetched) and 200 <= answer.status < 300:
        text = decoded(answer.body)
        file = read_robots(text, AGENT)
        told = file.rules_seen or file.group.delay_s is not None
        return Said(text, "rules") if told else Said("", "allow all: no rules in it")
    match answer:
        case Fetched(status=status) if 400 <= status < 500 and status not in _LATER:
            return Said("", f"allow all: {status}")
        case Moved():
            return Said("", f"allow all: more than {MAX_HOPS} redirects")
        case Fetched(status=status):
            why = str(status)
        case Failed(fault=fault):
            why = fault.value
        case Refused(why=refusal):
            why = f"not asked, {refusal}"
        case Unchanged():
            why = "304 to a request without conditions"
    return Said(None, f"{_FORBIDDEN}: {why}")


def is_for_now(words: str) -> bool:
    """Whether `Said.said` stands for a file that could not be had: to be asked for again sooner than a day on."""
    return words.startswith(_FORBIDDEN)


def decoded(data: bytes) -> str:
    """The first MAX_BYTES of a robots.txt, whole lines of them, as text.

    UTF-8, or UTF-16 with its mark. Bytes of another encoding become percent escapes, which is what an
    address in that encoding has in their place.
    """
    if len(data) > MAX_BYTES:
        data = data[: max(data.rfind(b"\n", 0, MAX_BYTES), data.rfind(b"\r", 0, MAX_BYTES)) + 1]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
    else:
        text = data.decode("utf-8", "surrogateescape")
        text = _BROKEN_BYTE.sub(lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", text)
    # www.gov.cn was seen to begin with a mark that had itself been encoded again.
    while text.startswith(_FIRST_MARKS):
        text = next(text.removeprefix(mark) for mark in _FIRST_MARKS if text.startswith(mark))
    return text.replace("\0", "")


class Rules:
    """What one host lets us ask, and how often. Cheap to ask; to be kept while the rules are fresh.

    >>> rules = Rules(Said("User-agent: *\\nDisallow: /a\\nAllow: /a/b", "rules"))
    >>> rules.allows("http://example.org/a/c"), rules.allows("http://example.org/a/b/c")
    (False, True)
    """

    def __init__(self, word: Said) -> None:
        self.forbids_all_for_now: bool = word.text is None
        file = read_robots(word.text or "", AGENT)
        self._group: Group = file.group
        self.sitemaps: tuple[str, ...] = file.sitemaps

    @property
    def crawl_delay_s(self) -> float | None:
        """Seconds asked for between two requests, by Crawl-delay or Request-rate: the larger, however large."""
        return self._group.delay_s

    def allows(self, url: str) -> bool:
        """Whether this address may be asked. Give it as it will be asked, not in its canonical form.

        An address with dot segments must be allowed both as it stands and as a server resolves it.
        """
        path = _ORIGIN.sub("", url, count=1).partition("#")[0]
        path = normal_path(path if path.startswith("/") else f"/{path}")
        if path.partition("?")[0] == "/robots.txt":
            return True
        return not self.forbids_all_for_now and all(self._group.allows(each) for each in {path, _resolved(path)})


def _resolved(path: str) -> str:
    """The path without dot segments (RFC 3986 5.2.4)."""
    head, mark, query = path.partition("?")
    if "/." not in head:
        return path
    kept: list[str] = []
    for segment in head.split("/"):
        if segment == "..":
            kept = kept[:-1] or [""]
        elif segment != ".":
            kept.append(segment)
    if head.endswith(("/.", "/..")):
        kept.append("")
    return "/".join(kept) + mark + query
