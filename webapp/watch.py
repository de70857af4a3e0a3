"""发布监测: its page, JSON, Atom feed and calendar, all with the same parameters."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.urls import iri_to_uri

from reports.errors import QueryError
from reports.expected import Expected, expected
from reports.report import Kind
from reports.watch import Cell, Row, State
from webapp.atom import atom
from webapp.ical import calendar
from webapp.sources import Library
from webapp.views import arguments
from webapp.watch_feeds import events, heading, watch_feed
from webapp.watch_page import (
    MOST_CONCERNS,
    MOST_ROWS,
    WatchPage,
    WatchParams,
    cell_of,
    evidence,
    looked,
    read_watch,
    rules,
    watch_page,
)
from webapp.words import say

Json = dict[str, object]
KINDS = tuple(dict.fromkeys(each.kind for each in expected()))
WORDS = {
    "cell_of": cell_of,
    "evidence": evidence,
    "heading": heading,
    "looked": looked,
    "rules": rules,
    "most": MOST_CONCERNS,
    "most_rows": MOST_ROWS,
}


class WatchViews:
    """One method a way to see it."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def blueprint(self) -> Blueprint:
        """The views under their addresses."""
        views = Blueprint("watch", __name__)
        views.add_url_rule("/watch", "page", self.page)
        views.add_url_rule("/api/watch", "json", self.json)
        views.add_url_rule("/feed/watch.atom", "feed", self.feed)
        views.add_url_rule("/watch.ics", "calendar", self.calendar)
        return views

    def page(self) -> ResponseReturnValue:
        """What is due: who was punctual, who was late, what was looked for and not found."""
        params, problems = read_watch(arguments(), self.library)
        if problems:
            return render_template("error.html", status=400, problems=problems, retry=params.url), 400
        return render_template("watch.html", page=self._arranged(params), kinds=KINDS, states=tuple(State), **WORDS)

    def json(self) -> ResponseReturnValue:
        """The same, whole."""
        return watch_json(self._asked(Kind.RULE_OF_LAW))

    def feed(self) -> ResponseReturnValue:
        """What became late, unseen or withdrawn; of every kind where none is named."""
        return atom(watch_feed(self._asked(None), iri_to_uri(request.url)))

    def calendar(self) -> ResponseReturnValue:
        """The last punctual days; of every kind where none is named."""
        page = self._asked(None)
        return calendar(say("watch.calendar"), events(page.watch, page.params))

    def _asked(self, otherwise: Kind | None) -> WatchPage:
        params, problems = read_watch(arguments(), self.library, otherwise)
        if problems:
            raise QueryError(*problems)
        return self._arranged(params)

    def _arranged(self, params: WatchParams) -> WatchPage:
        return watch_page(params, self.library.watch(params.kind, params.codes))


def watch_json(page: WatchPage) -> Json:
    """Everything the page shows, uncut."""
    params = page.params
    return {
        "kind": params.kind,
        "year": params.year,
        "region": params.region,
        "state": params.state,
        "known_at": page.watch.known_at.isoformat() if page.watch.known_at else None,
        "duties": [_duty_json(each) for each in page.duties],
        "counts": [{"year": each.year, **{str(state): count for state, count in each.counts}} for each in page.tallies],
        "years": list(page.years),
        "rows": [_row_json(row, page.years) for row in page.rows],
    }


def _duty_json(due: Expected) -> Json:
    day = f"{due.month:02}-{due.day:02}"
    return {"kind": due.kind, "body": due.body, "last_day": day, "from_year": due.from_year, "basis": due.basis}


def _row_json(row: Row, years: tuple[int, ...]) -> Json:
    return {
        "kind": row.reporter.kind,
        "body": row.reporter.body,
        "region_code": row.reporter.region_code,
        "region": row.path,
        "name": row.reporter.name or None,
        "cells": [_cell_json(cell_of(row, year)) for year in years],
    }


def _cell_json(cell: Cell) -> Json:
    held = cell.annual
    return {
        "year": cell.year,
        "due": cell.due.isoformat(),
        "state": cell.state,
        "changed": cell.changed,
        "report_id": held.report_id if held else None,
        "published": held.published.isoformat() if held and held.published else None,
        "days_late": cell.days_late,
        "withdrawn_at": held.withdrawn_at.isoformat() if held and held.withdrawn_at else None,
        "looks": [{"urls": list(look.urls), "at": look.at.isoformat()} for look in cell.looks],
    }
