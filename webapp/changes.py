"""What changed after publication: a report's page, its JSON twin, and a feed of all changes and withdrawals."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reports.changes import Passage, Side, changed_fields
from reports.noise import masked
from reports.versions import Happening, What
from webapp.atom import Entry, Feed, atom, urn
from webapp.changes_page import Event, events, named, time_said
from webapp.sources import Library
from webapp.words import label, say

MOST = 100
Json = dict[str, object]


class Changes:
    """One method a way to see it."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def blueprint(self) -> Blueprint:
        """The views under their addresses."""
        views = Blueprint("changes", __name__)
        views.add_url_rule("/report/<report_id>/changes", "page", self.page)
        views.add_url_rule("/api/report/<report_id>/changes", "json", self.json)
        views.add_url_rule("/feed/changes.atom", "feed", self.feed)
        views.add_app_template_global(time_said, "time_said")
        return views

    def page(self, report_id: str) -> ResponseReturnValue:
        """What happened to a report since it was first kept, newest first."""
        view = self.library.report(report_id)
        if view is None:
            abort(404)
        found = events(self.library.happenings(MOST, report_id), self.library)
        return render_template("changes.html", view=view, report=view.report, events=found)

    def json(self, report_id: str) -> ResponseReturnValue:
        """The same, as values."""
        view = self.library.report(report_id)
        if view is None:
            abort(404)
        return {
            "id": report_id,
            "title": view.report.title,
            "url": view.report.url,
            "withdrawn": view.withdrawn.isoformat() if view.withdrawn else None,
            "versions": view.versions,
            "happenings": [
                _event_json(each) for each in events(self.library.happenings(MOST, report_id), self.library)
            ],
        }

    def feed(self) -> ResponseReturnValue:
        """The latest changes, withdrawals and returns of all reports."""
        entries = tuple(self._entry(each) for each in self.library.happenings(MOST))
        home = url_for("pages.home", _external=True)
        return atom(Feed(urn("changes"), say("changes.feed"), home, request.base_url, entries))

    def _entry(self, happening: Happening) -> Entry:
        view = self.library.report(happening.report_id)
        title = view.report.title if view else happening.report_id
        moment = str(happening.number) if happening.number else happening.at.isoformat()
        url = url_for("changes.page", report_id=happening.report_id, _external=True)
        return Entry(
            id=urn(happening.what, happening.report_id, moment),
            title=say("changes.entry", what=label("happening", happening.what), title=title),
            url=f"{url}#v{happening.number}" if happening.number else url,
            updated=happening.at,
            summary=self._summary(happening),
        )

    def _summary(self, happening: Happening) -> str:
        at = time_said(happening.at)
        if happening.what is not What.CHANGED:
            return say(f"change_said.{happening.what}", time=at)
        version = self.library.version(happening.report_id, happening.number or 0)
        if version is None:
            return ""
        before, after = version.report, version.successor
        what = [named(field.name) for field in changed_fields(before, after)]
        what += [say("changes.text")] if masked(before.text) != masked(after.text) else []
        return say("change_said.changed", time=at, what="、".join(what))


def _event_json(event: Event) -> Json:
    return {
        "what": event.what,
        "at": event.at.isoformat(),
        "version": event.number,
        "fields": [asdict(field) for field in event.changed.fields] if event.changed else [],
        "passages": [_passage_json(each) for each in event.changed.passages] if event.changed else [],
    }


def _passage_json(passage: Passage) -> Json:
    """A stretch that did not change says only how long it is."""
    same = passage.edit == "same"
    return {
        "edit": passage.edit,
        "paragraphs": passage.paragraphs,
        "before": None if same else _side_json(passage.before),
        "after": None if same else _side_json(passage.after),
    }


def _side_json(side: Side | None) -> Json | None:
    return {"text": side.text, "marks": [list(mark) for mark in side.marks]} if side else None
