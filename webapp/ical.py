"""iCalendar (RFC 5545): all-day events, and the answer that carries them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

LONGEST_LINE = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Event:
    """Something on one day. `uid` never changes; `url` is absolute; `known_at`, with its zone: as of when."""

    uid: str
    day: date
    title: str
    text: str
    url: str
    known_at: datetime


def calendar(name: str, events: tuple[Event, ...]) -> AnyResponse:
    """The calendar as an answer to the request at hand: 304 without a body where the asker has it already."""
    response = Response(document(name, events), mimetype="text/calendar")
    response.add_etag()
    return response.make_conditional(request)


def document(name: str, events: tuple[Event, ...]) -> bytes:
    """The calendar in UTF-8, its lines folded and ended as the standard wants."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//zhengbao//watch//ZH", f"X-WR-CALNAME:{_escaped(name)}"]
    for event in events:
        lines += _event(event)
    return b"".join(map(_folded, (*lines, "END:VCALENDAR")))


def _event(event: Event) -> tuple[str, ...]:
    return (
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{event.known_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(event.title)}",
        f"DESCRIPTION:{_escaped(event.text)}",
        f"URL:{event.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _escaped(text: str) -> str:
    """Text as a value (3.3.11), without the control characters no value may hold."""
    plain = "".join(char for char in text if char in "\n\t" or (char >= " " and char != "\x7f"))
    return plain.translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """The line with its end; what is too long goes on in lines that begin with a space, no character cut in two."""
    parts, part = [], b""
    for char in line:
        octets = char.encode("utf-8", "replace")
        if len(part) + len(octets) > LONGEST_LINE:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join((*parts, part)) + b"\r\n"
