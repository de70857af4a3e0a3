"""Feeds of new reports: all, of a region, of a search; by when they were first held, however old they are."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.urls import iri_to_uri

from indexer.answer import Sort
from indexer.query import Filters
from reports.errors import QueryError
from webapp.atom import Entry, Feed, atom, urn
from webapp.params import SearchParams
from webapp.reading import read_search
from webapp.sources import Arrival, Library
from webapp.views import arguments
from webapp.words import label, say

NEWEST = 50
SUMMARY_CHARS = 200


class Feeds:
    """One method a feed."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def blueprint(self) -> Blueprint:
        """The feeds under their addresses."""
        feeds = Blueprint("feeds", __name__, url_prefix="/feed")
        feeds.add_url_rule("/new.atom", "new", self.new)
        feeds.add_url_rule("/region/<code>.atom", "region", self.region)
        feeds.add_url_rule("/search.atom", "search", self.search)
        return feeds

    def new(self) -> ResponseReturnValue:
        """New reports, whatever they are."""
        return self._answer(SearchParams(), say("feed.new"), url_for("pages.home", _external=True))

    def region(self, code: str) -> ResponseReturnValue:
        """New reports of one division and all below it."""
        name = self.library.region_name(code) if re.fullmatch(r"\d{6}", code, re.ASCII) else ""
        if not name:
            abort(404)
        return self._searched(SearchParams(filters=Filters(regions=frozenset({code}))), label("region", name))

    def search(self) -> ResponseReturnValue:
        """New reports among those a search finds; it takes the parameters of `/search`."""
        reading = read_search(arguments(), self.library)
        if reading.problems:
            raise QueryError(*reading.problems)
        params = replace(reading.params, sort=Sort.RELEVANCE, page=1)
        return self._searched(params, params.q or say("feed.chosen"))

    def _searched(self, params: SearchParams, what: str) -> ResponseReturnValue:
        page = url_for("pages.search", _external=True) + params.url
        return self._answer(params, say("feed.search", what=what), page)

    def _answer(self, params: SearchParams, title: str, page: str) -> ResponseReturnValue:
        entries = tuple(map(_entry, self.library.arrivals(params, NEWEST)))
        return atom(Feed(urn("new", params.url), title, page, iri_to_uri(request.url), entries))


def _entry(arrival: Arrival) -> Entry:
    report = arrival.report
    facts = (
        arrival.region or say("search.unknown_region"),
        say("year.one", year=str(report.year)) if report.year else say("search.unknown_year"),
        report.kind,
        say("search.published", date=report.published.isoformat()) if report.published else "",
    )
    start = " ".join(report.text[: 2 * SUMMARY_CHARS].split())[:SUMMARY_CHARS]
    return Entry(
        id=f"urn:zhengbao:report:{report.id}",
        title=report.title,
        url=url_for("pages.report", report_id=report.id, _external=True),
        updated=arrival.at,
        summary=" · ".join(filter(None, facts)) + f"\n{start}…",
    )
