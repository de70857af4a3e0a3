"""Commands about sources: one look at a new one, and at those there are."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import datetime

import click

from crawler.plan import Planned, chosen, explained, plan
from crawler.proposal import propose
from crawler.schedule import BEIJING
from crawler.scout import judged, look_at
from crawler.source_table import append, as_toml
from front.desk import Desk, fail, readable
from reports.crawl_log import crawl_log
from reports.errors import CorpusError
from reports.urls import canonical_url, is_web_url


@click.command()
@click.argument("url", callback=readable)
@click.option("--yes", is_flag=True, help="Write the table without asking.")
@click.option("--dry-run", is_flag=True, help="Only show it.")
@click.pass_obj
def add(desk: Desk, url: str, yes: bool, dry_run: bool) -> None:
    """Look once at a list of reports (or one of them) and propose a [[source]] table for the configuration."""
    if not is_web_url(url):
        fail(f"not an http address: {url!r}")
    _refuse_known(desk, url)
    look, *columns = look_at([url], desk.config, columns=True)
    if look.problem:
        fail(f"{url}: {look.problem}")
    names = [source.name for source in desk.config.source]
    proposal = propose(look, desk.regions, column=columns[0] if columns else None, names=names)
    _refuse_known(desk, *proposal.source.urls)
    table = as_toml(proposal.source, datetime.now(BEIJING).date())
    click.echo("\n".join((*proposal.lines(), "", table)))
    if dry_run or not (yes or click.confirm(f"Write this into {desk.file}?", default=False, err=True)):
        return click.echo("nothing was written", err=True)
    append(desk.file, table)
    return click.echo(f"written into {desk.file}; next: zhengbao crawl --dry-run", err=True)


def _refuse_known(desk: Desk, *urls: str) -> None:
    """Nobody is asked twice for one list."""
    known = {canonical_url(url): source.name for source in desk.config.source for url in source.urls}
    for url in urls:
        if name := known.get(canonical_url(url)):
            fail(f"{url} is a list of the source {name!r} already; nothing was written")


@click.command()
@click.option("--source", "names", multiple=True, help="Only this source; may be given several times.")
@click.option("--check", "do_check", is_flag=True, help="Ask each source's first address once.")
@click.pass_obj
def sources(desk: Desk, names: tuple[str, ...], do_check: bool) -> None:
    """List the sources; with --check ask each once: does it answer, what robots.txt says, what would be taken."""
    if not desk.config.source:
        fail("there is no [[source]] in the configuration; `zhengbao add URL` proposes one")
    if not do_check:
        every = names or [source.name for source in desk.config.source]
        return click.echo("\n".join(explained(planned_at(desk, every, time.time()))))
    listed = chosen(desk.config, names)
    looks = look_at([source.urls[0] for source in listed], desk.config)
    for source, look in zip(listed, looks, strict=True):
        click.echo(f"{source.name}: {judged(source, look)}")
    if any(look.problem for look in looks):
        sys.exit(1)
    return None


def planned_at(desk: Desk, names: Sequence[str], now: float) -> list[Planned]:
    """The sources of these names, all enabled ones for none, and when each is due."""
    picked = chosen(desk.config, names)
    with crawl_log(desk.config.corpus.path) as log:
        try:
            with desk.store() as store:
                return plan(picked, desk.config, log, store, now)
        except CorpusError:  # nothing was kept yet
            return plan(picked, desk.config, log, None, now)
