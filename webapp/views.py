"""The pages: read the URL, ask the library, arrange, render."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from indexer.parse import MAX_CHARS
from reports.errors import QueryError
from reports.report import Body, Kind
from webapp.coverage_page import coverage_page, read_coverage
from webapp.grid import strip
from webapp.params import SearchParams
from webapp.reading import Arguing, read_search
from webapp.report_view import read_page
from webapp.search_page import search_page
from webapp.sources import Library
from webapp.suggesting import why_nothing

NEWEST = 6
ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /compare/\nDisallow: /feed/search\nDisallow: /api\n"


def arguments() -> dict[str, list[str]]:
    """Every value of the URL, by name."""
    return request.args.to_dict(flat=False)


class Pages:
    """One method a page."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def blueprint(self) -> Blueprint:
        """The pages under their addresses."""
        pages = Blueprint("pages", __name__)
        pages.add_url_rule("/", "home", self.home)
        pages.add_url_rule("/search", "search", self.search)
        pages.add_url_rule("/report/<report_id>", "report", self.report)
        pages.add_url_rule("/coverage", "coverage", self.coverage)
        pages.add_url_rule("/about", "about", self.about)
        pages.add_url_rule("/healthz", "health", self.health)
        pages.add_url_rule("/robots.txt", "robots", self.robots)
        return pages

    def home(self) -> ResponseReturnValue:
        """What can be asked, and of what."""
        holdings = self.library.holdings()
        newest = self.library.newest(NEWEST)
        return render_template("home.html", holdings=holdings, grid=strip(holdings), newest=newest)

    def search(self) -> ResponseReturnValue:
        """The answer to the question in the URL."""
        reading = read_search(arguments(), self.library)
        if reading.problems:
            return self._refused(reading.params, reading.problems)
        try:
            answer = self.library.search(reading.params)
        except QueryError as error:
            return self._refused(reading.params, error.problems)
        page, nothing = search_page(reading.params, answer), why_nothing(reading.params, answer, self.library)
        return render_template("search.html", page=page, params=reading.params, nothing=nothing)

    def report(self, report_id: str) -> ResponseReturnValue:
        """One whole report, the phrase of the search marked in it."""
        given = Arguing(arguments())
        q = given.text("q", MAX_CHARS)
        if given.problems:
            return self._refused(SearchParams(q=q), tuple(given.problems))
        view = self.library.report(report_id)
        if view is None:
            abort(404)
        try:
            marks = self.library.marks(view.report, q) if q else ()
        except QueryError as error:
            return self._refused(SearchParams(q=q), error.problems)
        return read_page(self.library, view, q, marks)

    def coverage(self) -> ResponseReturnValue:
        """What is held, region by year."""
        params, problems = read_coverage(arguments(), self.library)
        if problems:
            return render_template("error.html", status=400, problems=problems, retry=params.url), 400
        page = coverage_page(params, self.library.holdings(params.kind, params.body))
        return render_template("coverage.html", page=page, kinds=tuple(Kind), bodies=tuple(Body))

    def about(self) -> ResponseReturnValue:
        """How to ask, and how to bring in reports."""
        return render_template("about.html")

    def health(self) -> ResponseReturnValue:
        """Whether questions can be answered: 503 when the index cannot."""
        return {"ok": True, "works": self.library.holdings().works}

    def robots(self) -> ResponseReturnValue:
        """What crawlers should leave alone."""
        return Response(ROBOTS, mimetype="text/plain")

    def _refused(self, params: SearchParams, problems: tuple[str, ...]) -> ResponseReturnValue:
        """Every problem at once, with what was typed still in the form."""
        retry = params.url if request.endpoint == "pages.search" else None
        return render_template("error.html", status=400, problems=problems, params=params, retry=retry), 400
