"""Commands that find and fetch reports, and read them again."""

from __future__ import annotations

import time

import click

from crawler.archive import mend
from crawler.crawl import crawl as crawl_sources
from crawler.crawl import locked
from crawler.frontier import State
from crawler.outcomes import Outcomes
from crawler.plan import NOBODY, Planned, asks_nobody, explained, is_nobody, when
from crawler.reread import reread as reread_all
from front.desk import Desk, counter, fail, show_json
from front.scouting import planned_at
from reports.crawl_log import crawl_log


@click.command()
@click.option("--source", "names", multiple=True, help="Only this source; may be given several times.")
@click.option("--due", is_flag=True, help="Only sources that are due: for cron and timers.")
@click.option("--limit", type=click.IntRange(1), help="End after so many requests.")
@click.option("--dry-run", is_flag=True, help="Say what would be asked and why; ask nobody.")
@click.option("--json", "as_json", is_flag=True, help="The summary as one JSON object on stdout.")
@click.pass_obj
def crawl(desk: Desk, /, names: tuple[str, ...], limit: int | None, **flags: bool) -> None:
    """Fetch what the sources in the configuration have published, politely, and keep its reports.

    Without --source it also takes up again what an earlier crawl left queued.
    """
    now = time.time()
    planned = planned_at(desk, names, now)
    if not planned:
        fail(
            "every [[source]] is disabled; --source NAME crawls one all the same"
            if desk.config.source
            else "there is no [[source]] in the configuration; `zhengbao add URL` proposes one"
        )
    if flags["dry_run"]:
        return click.echo("\n".join((*([NOBODY] if is_nobody(desk.config) else []), *explained(planned))))
    if asks_nobody(desk.config):
        fail(NOBODY)
    sources = [each.source for each in planned if not flags["due"] or each.due_at <= now]
    if not sources and not _is_queued(desk):
        return _tell(_nothing_due(planned), flags["as_json"])
    with desk.store(create=True) as store, counter("requests") as at:
        outcomes = crawl_sources(
            desk.config,
            store,
            sources,
            alone=bool(names),
            limit=limit,
            progress=lambda so_far: at(so_far.requests, None),
        )
    _tell(outcomes, flags["as_json"])
    return None


def _is_queued(desk: Desk) -> bool:
    """Whether an earlier crawl left something to be asked for."""
    with crawl_log(desk.config.corpus.path) as log:
        return bool({state for state, _ in log.queue()} & {State.QUEUED, State.FLIGHT})


def _nothing_due(planned: list[Planned]) -> Outcomes:
    """Not worth a run in the history, in which what happened would soon not be found any more."""
    first = min(planned, key=lambda each: each.due_at)
    outcomes = Outcomes()
    outcomes.note(f"nothing is due before {when(first.due_at)} ({first.source.name})")
    return outcomes


def _tell(outcomes: Outcomes, as_json: bool) -> None:
    if as_json:
        return show_json(outcomes.as_json())
    for line in outcomes.notes:
        click.echo(line, err=True)
    click.echo(outcomes.summary())
    return None


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="The summary as one JSON object on stdout.")
@click.pass_obj
def reread(desk: Desk, dry_run: bool, as_json: bool) -> None:
    """Extract every archived report again by today's rules, offline."""
    with desk.store() as store, locked(desk.config.corpus.path), counter("read again") as at:
        mend(desk.config.corpus.path)
        tally = reread_all(store, desk.config, lambda so_far: at(so_far.done, None), dry_run=dry_run)
    if as_json:
        return show_json(tally.as_json())
    click.echo("\n".join(tally.problems()), err=True, nl=bool(tally.problems()))
    return click.echo(tally.summary())
