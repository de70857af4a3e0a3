"""采集状况: how the crawl stands, and why what was not fetched was not; with its JSON twin."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from reports.errors import QueryError
from reports.expected import BEIJING
from webapp.crawl_page import MOST_ROWS, CrawlPage, crawl_page, read_crawl
from webapp.reasons import in_chinese, told
from webapp.sources import Library
from webapp.views import arguments
from webapp.words import label, say

Json = dict[str, object]


class CrawlViews:
    """The page and its twin, with the same parameters."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def blueprint(self) -> Blueprint:
        """The views under their addresses."""
        views = Blueprint("crawling", __name__)
        views.add_url_rule("/crawl", "page", self.page)
        views.add_url_rule("/api/crawl", "json", self.json)
        return views

    def page(self) -> ResponseReturnValue:
        """What needs attention, what was left and why, sources, hosts, runs."""
        state = self.library.crawl_state()
        params, problems = read_crawl(arguments(), state)
        if problems:
            return render_template("error.html", status=400, problems=problems, retry=params.url), 400
        page = crawl_page(params, state, self.library, time.time())
        return render_template("crawl.html", page=page, most=MOST_ROWS, **WORDS)

    def json(self) -> ResponseReturnValue:
        """The same in the crawler's own words; times in UTC, null for never."""
        state = self.library.crawl_state()
        params, problems = read_crawl(arguments(), state)
        if problems:
            raise QueryError(*problems)
        return crawl_json(crawl_page(params, state, self.library, time.time(), whole=True))


def crawl_json(page: CrawlPage) -> Json:
    """Everything the page shows, uncut but for `not_fetched`, which comes a page at a time."""
    params, state = page.params, page.state
    whole = replace(state, not_fetched=page.listed).as_json()
    reasons = [{"why": why, "count": count, "group": told(why).group} for why, count in state.reasons]
    asked = {"source": params.source, "why": params.why, "page": params.page, "pages": page.pages}
    return {**asked, **whole, "reasons": reasons}


def when(at: float | None) -> str:
    """A moment in Beijing time, to the minute."""
    return datetime.fromtimestamp(at, BEIJING).strftime("%Y-%m-%d %H:%M") if at else say("crawl.never")


def counted(counts: tuple[tuple[str, int], ...]) -> str:
    """What a run did, in words."""
    named = ((label("crawl_count", name.replace(" ", "_")), count) for name, count in counts)
    return "、".join(f"{name} {count:,}" for name, count in named if count)


WORDS = {"when": when, "counted": counted, "chinese": in_chinese}
