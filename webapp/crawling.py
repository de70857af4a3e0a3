"""采集状况: how the crawl stands, and why what was not fetched was not; with its JSON twin."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from reports.errors import QueryError
from reports.expected import BEIJING
from webapp.reading import Arguing
from webapp.sources import Library
from webapp.views import arguments
from webapp.words import label, say


class CrawlViews:
    """The page and its twin; neither takes parameters."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def blueprint(self) -> Blueprint:
        """The views under their addresses."""
        views = Blueprint("crawling", __name__)
        views.add_url_rule("/crawl", "page", self.page)
        views.add_url_rule("/api/crawl", "json", self.json)
        return views

    def page(self) -> ResponseReturnValue:
        """Sources, hosts, runs, and what was left alone."""
        return render_template("crawl.html", crawl=self.library.crawl_state(), when=when, counted=counted)

    def json(self) -> ResponseReturnValue:
        """The same; times in UTC, null for never."""
        given = Arguing(arguments())
        given.refuse_all_but(())
        if given.problems:
            raise QueryError(*given.problems)
        return self.library.crawl_state().as_json()


def when(at: float | None) -> str:
    """A moment in Beijing time, to the minute."""
    return datetime.fromtimestamp(at, BEIJING).strftime("%Y-%m-%d %H:%M") if at else say("crawl.never")


def counted(counts: tuple[tuple[str, int], ...]) -> str:
    """What a run did, in words."""
    named = ((label("crawl_count", name.replace(" ", "_")), count) for name, count in counts)
    return "、".join(f"{name} {count}" for name, count in named if count)
