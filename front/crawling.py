"""Commands that find and fetch reports, and read them again."""

from __future__ import annotations

import sys
import time

import click

from crawler.archive import mend
from crawler.crawl import crawl as crawl_sources
from crawler.crawl import locked
from crawler.outcomes import Outcomes
from crawler.plan import Planned, chosen, plan
from crawler.proposal import as_toml, propose
from crawler.reread import reread as reread_all
from crawler.scout import judged, look_at
from front.desk import Desk, counter, fail, readable, show_json
from reports.crawl_config import SourceConfig
from reports.crawl_log import crawl_log
from reports.errors import CorpusError
from reports.urls import is_web_url


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
    planned = _planned(desk, names)
    if not planned:
        fail("there is no [[source]] in the configuration; `zhengbao add URL` proposes one")
    if flags["dry_run"]:
        return click.echo("\n".join(_explained(planned)))
    now = time.time()
    sources = [each.source for each in planned if not flags["due"] or each.due_at <= now]
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


def _planned(desk: Desk, names: tuple[str, ...]) -> list[Planned]:
    sources: tuple[SourceConfig, ...] = chosen(desk.config, names)
    with crawl_log(desk.config.corpus.path) as log:
        try:
            with desk.store() as store:
                return plan(sources, desk.config, log, store, time.time())
        except CorpusError:  # nothing was kept yet
            return plan(sources, desk.config, log, None, time.time())


def _explained(planned: list[Planned]) -> list[str]:
    return [line for each in planned for line in (each.source.name, *(f"  {line}" for line in each.lines))]


def _tell(outcomes: Outcomes, as_json: bool) -> None:
    if as_json:
        return show_json(outcomes.as_json())
    for line in outcomes.notes:
        click.echo(line, err=True)
    click.echo(outcomes.summary())
    return None


@click.command()
@click.argument("url", callback=readable)
@click.option("--yes", is_flag=True, help="Write the table without asking.")
@click.option("--dry-run", is_flag=True, help="Only show it.")
@click.pass_obj
def add(desk: Desk, url: str, yes: bool, dry_run: bool) -> None:
    """Look once at a list of reports (or one of them) and propose a [[source]] table for the configuration."""
    if not is_web_url(url):
        fail(f"not an http address: {url!r}")
    look = look_at([url], desk.config)[0]
    if look.problem:
        fail(f"{url}: {look.problem}" + (f" (robots.txt: {look.robots})" if look.robots else ""))
    proposal = propose(look, desk.regions)
    table = as_toml(proposal.source)
    click.echo("\n".join((*proposal.lines(), "", table)))
    if any(source.name == proposal.source.name for source in desk.config.source):
        fail(f"a source is called {proposal.source.name!r} already; nothing was written")
    if dry_run or not (yes or click.confirm(f"Write this into {desk.file}?", default=False, err=True)):
        return click.echo("nothing was written", err=True)
    with desk.file.open("a", encoding="utf-8") as file:
        file.write(f"\n{table}")
    return click.echo(f"written into {desk.file}", err=True)


@click.command()
@click.option("--source", "names", multiple=True, help="Only this source; may be given several times.")
@click.option("--check", "do_check", is_flag=True, help="Ask each source's first address once.")
@click.pass_obj
def sources(desk: Desk, names: tuple[str, ...], do_check: bool) -> None:
    """List the sources; with --check ask each once: does it answer, what robots.txt says, what would be taken."""
    listed = chosen(desk.config, names)
    if not do_check:
        return click.echo("\n".join(_explained(_planned(desk, names))))
    looks = look_at([source.urls[0] for source in listed], desk.config)
    for source, look in zip(listed, looks, strict=True):
        click.echo(f"{source.name}: {judged(source, look)}")
    if any(look.problem for look in looks):
        sys.exit(1)
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
