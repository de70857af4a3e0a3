"""The front door: one command for each thing a person does. No logic lives here."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

import click

from crawler.importer import import_paths
from indexer.answer import LAST_PAGE, Sort
from indexer.ask import Question, ask, every
from indexer.choices import choices
from indexer.index import Index
from indexer.present import answer_json, answer_lines
from reports.config import Config, load_config
from reports.errors import ZhengbaoError
from reports.jsonform import to_json
from reports.regions import Regions, load_regions
from reports.status import status_of
from reports.store import Store
from webapp.app import create_app
from webapp.library import IndexedLibrary
from webapp.serve import serve as serve_app

DEMO = Path(__file__).parent / "corpus" / "demo"
SORTS = [each.value for each in Sort]
DEMO_LINKS = ("/search?q=“每月一题”", "/search?q=免申即享&region=990400", "/coverage")


@dataclass
class Desk:
    """What every command works with: the configuration, and what it leads to, opened when first needed."""

    config: Config

    @cached_property
    def regions(self) -> Regions:
        """The table of divisions, with the configured further ones."""
        return load_regions(self.config.regions.extra)

    @cached_property
    def index(self) -> Index:
        """The index beside the corpus."""
        return Index(self.config, self.regions)

    def store(self, *, create: bool = False) -> Store:
        """The corpus."""
        return Store(self.config.corpus.path, create=create)

    def serve(self, host: str | None, port: int | None, links: tuple[str, ...] = ()) -> None:
        """Serve the pages over the index until interrupted."""
        web = self.config.web
        app = create_app(IndexedLibrary(self.index, self.regions, web))
        serve_app(app, host or web.host, web.port if port is None else port, links)


class Front(click.Group):
    """Ends with status 1 and one line for what is the person's to mend; usage errors end with 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that cannot show Chinese shows codes
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except (ZhengbaoError, OSError) as error:
            fail(str(error))


def fail(why: str) -> NoReturn:
    """One line on stderr, and status 1."""
    click.echo(f"zhengbao: {why}", err=True)
    sys.exit(1)


def readable(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """An argument as text: what the locale could not decode must not become another question."""
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise click.BadParameter("cannot be decoded: set a UTF-8 locale", ctx, param)
    return value


@click.group(cls=Front, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config", "config_file", type=click.Path(path_type=Path), help="Default: config.toml, where there is one."
)
@click.option("--corpus", type=click.Path(path_type=Path), help="Folder of the corpus; overrides the configured one.")
@click.version_option(package_name="zhengbao")
@click.pass_context
def main(ctx: click.Context, config_file: Path | None, corpus: Path | None) -> None:
    """Zhengbao 政报: full-text search over published Chinese government reports."""
    config = load_config(config_file or Path("config.toml"), required=config_file is not None)
    ctx.obj = Desk(config.with_corpus(corpus) if corpus else config)


@main.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The summary as one JSON object on stdout.")
@click.pass_obj
def import_(desk: Desk, paths: tuple[Path, ...], as_json: bool) -> None:
    """Bring files into the corpus: folders, .html, .txt, .jsonl, .jsonl.gz.

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


@main.command()
@click.option("--query", default="", callback=readable, help="Only reports that match; default all, copies included.")
@click.pass_obj
def export(desk: Desk, query: str) -> None:
    """Write reports as JSON lines, all fields and the text; `import` takes them back."""
    with desk.store() as store:
        for report in store.get_many(every(Question(query), desk.index.searcher()) if query else store.ids()):
            show_json(to_json(report, desk.regions))


@main.command()
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


@main.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def status(desk: Desk, as_json: bool) -> None:
    """What the corpus holds, and whether the index is up to date."""
    with desk.store() as store:
        status = status_of(store)
    problems = desk.index.problems()
    if as_json:
        show_json({**status.as_json(), "index": list(problems)})
    else:
        click.echo("\n".join((*status.lines(), "index: " + ("; ".join(problems) or "up to date"))))


@main.command()
@click.option("--full", is_flag=True, help="Build anew instead of what has changed.")
@click.pass_obj
def build(desk: Desk, full: bool) -> None:
    """Bring the index up to date with the corpus."""
    with counter("indexed") as at:
        built = desk.index.build(full=full, progress=at)
    click.echo(built.summary())


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", callback=readable)
@click.option("--region", multiple=True, help="Name or code, with all below it; unknown.")
@click.option("--year", multiple=True, help="2021, 2019-2023 or unknown.")
@click.option("--topic", multiple=True)
@click.option("--kind", multiple=True)
@click.option("--body", multiple=True)
@click.option("--section", multiple=True, help="Only in these sections: problems, plans …")
@click.option("--sort", type=click.Choice(SORTS), default=Sort.RELEVANCE.value, show_default=True)
@click.option("--page", type=click.IntRange(1, LAST_PAGE), default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def search(desk: Desk, /, query: str, sort: str, page: int, as_json: bool, **chosen: tuple[str, ...]) -> None:
    """Search, in the language that docs/reference/query-language.md describes."""
    searcher = desk.index.searcher()
    filters, sections = choices(chosen, searcher.vocabulary)
    answer = ask(Question(query, filters, sections, Sort(sort), page), searcher)
    if as_json:
        show_json(answer_json(answer))
    else:
        click.echo("\n".join(answer_lines(answer)))


@main.command()
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


@main.command()
@click.option("--host", help="Address to serve on; default from the configuration.")
@click.option("--port", type=click.IntRange(0, 65535), help="0 takes any free port.")
@click.pass_obj
def serve(desk: Desk, host: str | None, port: int | None) -> None:
    """Serve the pages until interrupted."""
    desk.serve(host, port)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), help="Default 8000; 0 takes any free port.")
@click.pass_context
def demo(ctx: click.Context, port: int | None) -> None:
    """Bring in the fictional reports, build, and serve them."""
    desk = ctx.obj = Desk(load_config(DEMO / "config.toml", required=True))
    with desk.store(create=True) as store, counter("read") as at:
        tally = import_paths([DEMO / "sites"], store, desk.config, lambda so_far: at(so_far.read, None))
    click.echo(f"{tally.read} fictional reports read, {len(tally.failed)} pages without a report passed over")
    ctx.invoke(build, full=False)
    desk.serve(None, port, DEMO_LINKS)


@contextmanager
def counter(did: str) -> Iterator[Callable[[int, int | None], None]]:
    """Progress on stderr: a line that counts, at most ten times a second, and only on a terminal."""
    last = 0.0

    def at(done: int, of: int | None) -> None:
        nonlocal last
        if sys.stderr.isatty() and time.monotonic() - last > 0.1:
            last = time.monotonic()
            click.echo(f"\r{done}{f' of {of}' if of else ''} {did}", err=True, nl=False)

    yield at
    if last:
        click.echo("\r\x1b[K", err=True, nl=False)


def show_json(value: object) -> None:
    """One JSON object on one line of stdout."""
    click.echo(json.dumps(value, ensure_ascii=False))


if __name__ == "__main__":
    main()
