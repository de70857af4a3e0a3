"""发布监测 as it is subscribed to: what became late, unseen or withdrawn, and a calendar of the last punctual days."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from flask import url_for

from reports.expected import Expected, expected
from reports.report import Body, Kind
from reports.watch import Row, State, Watch
from webapp.atom import Entry, Feed, urn
from webapp.ical import Event
from webapp.watch_page import WANTING, Concern, WatchPage, WatchParams, cell_of, evidence, looked
from webapp.words import label, say

MOST_ENTRIES = 200
MOST_NAMES = 30
OPEN = (State.PENDING, State.UNSEEN, State.UNLOOKED)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def watch_feed(page: WatchPage, self_url: str) -> Feed:
    """An entry for every report that is late, unseen or withdrawn, the latest to become so first."""
    wanting = [each for each in page.concerns if each.cell.state in WANTING]
    wanting.sort(key=lambda each: each.cell.since, reverse=True)
    params = page.params
    names = [each for each in (params.kind, params.region, params.year, params.state) if each]
    return Feed(
        urn("watch", *map(str, names)),
        say("watch.feed"),
        url_for("watch.page", _external=True) + params.url,
        self_url,
        tuple(_entry(each) for each in wanting[:MOST_ENTRIES]),
    )


def events(watch: Watch, params: WatchParams) -> tuple[Event, ...]:
    """One for every last punctual day that is still to come or has reports outstanding, in order."""
    groups: defaultdict[tuple[Kind, Body], list[Row]] = defaultdict(list)
    for row in watch.rows:
        groups[row.reporter.kind, row.reporter.body].append(row)
    years = (*watch.years, *((watch.upcoming,) if watch.upcoming else ()))
    found = (_event(duty, year, groups[duty.kind, duty.body], watch, params) for year in years for duty in expected())
    return tuple(sorted((each for each in found if each), key=lambda each: (each.day, each.title)))


def heading(concern: Concern) -> str:
    """The report in words: whose, of what year, of what kind."""
    return say("watch.report", who=concern.who, year=str(concern.cell.year), kind=concern.row.reporter.kind)


def _entry(concern: Concern) -> Entry:
    cell, reporter = concern.cell, concern.row.reporter
    names = (reporter.kind, reporter.body, reporter.region_code, reporter.name, str(cell.year), cell.state)
    where = [say("watch.looked", time=time, addresses="、".join(urls)) for time, urls in looked(cell)]
    if cell.annual:
        url = url_for("pages.report", report_id=cell.annual.report_id, _external=True)
    else:
        one = WatchParams(reporter.kind, cell.year, reporter.region_code)
        url = url_for("watch.page", _external=True) + one.url
    title = say("watch.entry", report=heading(concern), state=label("watch_state", cell.state))
    return Entry(urn("watch", *names), title, url, cell.since, "\n".join((evidence(concern), *where)))


def _event(duty: Expected, year: int, rows: list[Row], watch: Watch, params: WatchParams) -> Event | None:
    asked = [row for row in rows if cell_of(row, year).state is not State.OUTSIDE]
    waiting = [row for row in asked if cell_of(row, year).state in OPEN]
    if not waiting:
        return None
    values = {"kind": duty.kind, "body": duty.body, "year": str(year), "open": len(waiting), "all": len(asked)}
    names = "、".join(row.reporter.name or row.region for row in waiting[:MOST_NAMES])
    more = say("watch.event_more", count=len(waiting) - MOST_NAMES) if len(waiting) > MOST_NAMES else ""
    return Event(
        uid=urn("deadline", duty.kind, duty.body, str(year), params.region or ""),
        day=duty.due(year),
        title=say("watch.event", **values),
        text=say("watch.event_text", basis=duty.basis, names=names + more, **values),
        url=url_for("watch.page", _external=True) + WatchParams(duty.kind, year, params.region).url,
        known_at=watch.known_at or _NEVER,
    )
