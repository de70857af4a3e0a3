"""Commands about what the corpus holds."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from crawler.importer import import_paths
from front.desk import Desk, counter, fail, readable, show_json
from indexer.ask import Question, every
from reports.crawl_log import crawl_log
from reports.jsonform import to_json
from reports.status import status_of


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The summary as one JSON object on stdout.")
@click.pass_obj
def import_(desk: Desk, paths: tuple[Path, ...], as_json: bool) -> None:
    """Bring files into the corpus: folders, .html, .txt, .pdf, .docx, .jsonl, .jsonl.gz.

    A manifest.jsonl beside pages gives their addresses and titles. Importing twice changes nothing.
    """
    with desk.store(create=True) as store, counter("read") as at:
        tally = import_paths(paths, store, desk.config, lambda so_far: at(so_far.read + len(so_far.failed), None))
    if as_json:
        show_json(tally.as_json())
    else:
        click.echo("\n".join(tally.problems()), err=True, nl=bool(tally.problems()))
        click.echo(tally.summary())
    if not tally.read:
        fail(f"nothing was read; {len(tally.failed)} failed" if tally.failed else "no file to read was found")


@click.command()
@click.option("--query", default="", callback=readable, help="Only reports that match; default all, copies included.")
@click.pass_obj
def export(desk: Desk, query: str) -> None:
    """Write reports as JSON lines, all fields and the text; `import` takes them back."""
    with desk.store() as store:
        for report in store.get_many(every(Question(query), desk.index.searcher()) if query else store.ids()):
            show_json(to_json(report, desk.regions))


@click.command()
@click.argument("report_id", callback=readable)
@click.option("--json", "as_json", is_flag=True, help="All fields as one JSON object.")
@click.pass_obj
def show(desk: Desk, report_id: str, as_json: bool) -> None:
    """Show one report by its id."""
    with desk.store() as store:
        report = store.get(report_id)
    if report is None:
        fail(f"no report has the id {report_id!r}")
    fields = to_json(report, desk.regions)
    if as_json:
        return show_json(fields)
    text = fields.pop("text")
    for name, value in fields.items():
        if name != "sections" and value not in (None, []):
            click.echo(f"{name:15} {', '.join(value) if isinstance(value, list) else value}")
    click.echo(f"\n{text}")
    return None


@click.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def status(desk: Desk, as_json: bool) -> None:
    """What the corpus holds, whether the index is up to date, and how the crawl stands."""
    with desk.store() as store:
        status = status_of(store)
    problems = desk.index.problems()
    with crawl_log(desk.config.corpus.path) as log:
        crawl = log.state()
    if as_json:
        show_json({**status.as_json(), "index": list(problems), "crawl": crawl.as_json()})
    else:
        index = "index: " + ("; ".join(problems) or "up to date")
        click.echo("\n".join((*status.lines(), index, *crawl.lines(time.time()))))


@click.command()
@click.pass_obj
def check(desk: Desk) -> None:
    """Look for damage in the corpus and the index."""
    with desk.store() as store:
        problems = (*store.check(), *desk.index.problems())
    for each in problems:
        click.echo(each)
    if problems:
        sys.exit(1)
    click.echo("corpus and index are whole")
