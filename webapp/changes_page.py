"""The past of a report, arranged for its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from markupsafe import Markup

from reports.changes import Changed, Edit, Field, Passage, Side, compare
from reports.expected import BEIJING
from reports.versions import Happening, What
from webapp.markup import weave
from webapp.sources import Library
from webapp.words import label, say


@dataclass(frozen=True, slots=True)
class Line:
    """A line of metadata before and after, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph before and after, marked; for unchanged ones, how many there are."""

    edit: Edit
    paragraphs: int
    before: Markup | None = None
    after: Markup | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a report; `changed` is what differs, for a change."""

    what: What
    at: datetime
    number: int | None
    changed: Changed | None
    lines: tuple[Line, ...] = ()
    turns: tuple[Turn, ...] = ()


def events(happenings: Iterable[Happening], library: Library) -> tuple[Event, ...]:
    """What happened, in the order given, with what differs."""
    return tuple(_event(each, library) for each in happenings)


def time_said(at: datetime) -> str:
    """A moment as people here read it: Beijing time, to the minute."""
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def named(field: str) -> str:
    """The word for a line of metadata."""
    return label("change_field", field)


def _event(happening: Happening, library: Library) -> Event:
    what, at, number = happening.what, happening.at, happening.number
    version = library.version(happening.report_id, number) if number else None
    if version is None:
        return Event(what, at, number, None)
    changed = compare(version.report, version.successor)
    lines = tuple(_line(field, library) for field in changed.fields)
    return Event(what, at, number, changed, lines, tuple(_turns(changed.passages)))


def _line(field: Field, library: Library) -> Line:
    sides = (_said(field.name, value, library) for value in (field.before, field.after))
    return Line(named(field.name), *sides)


def _said(name: str, value: str | None, library: Library) -> str:
    if value is None:
        return say("report.unknown")
    return (library.region_name(value) or value) if name == "region_code" else value


def _turns(passages: tuple[Passage, ...]) -> Iterator[Turn]:
    """Nothing at all where only the metadata differs."""
    if all(passage.edit is Edit.SAME for passage in passages):
        return
    for edit, group in groupby(passages, key=lambda passage: passage.edit):
        if edit is Edit.SAME:
            count = sum(passage.paragraphs for passage in group)
            yield from [Turn(edit, count)] if count else ()
            continue
        for passage in group:
            yield Turn(edit, 1, _html(passage, passage.before, "del"), _html(passage, passage.after, "ins"))


def _html(passage: Passage, side: Side | None, tag: str) -> Markup | None:
    if side is None:
        return None
    marks = side.marks if passage.edit is Edit.CHANGED else ((0, len(side.text)),)
    dressed = Markup('<{0}><span class="vh">{1}</span>{2}</{0}>')
    spoken = say(f"change_side.{tag}")
    return weave(side.text, marks, 0, len(side.text), lambda _, words: dressed.format(tag, spoken, words))
