"""Commands about the index and the questions it answers."""

from __future__ import annotations

import click

from front.desk import Desk, counter, readable, show_json
from indexer.answer import LAST_PAGE, Sort
from indexer.ask import Question, ask
from indexer.choices import choices
from indexer.present import answer_json, answer_lines

SORTS = [each.value for each in Sort]


@click.command()
@click.option("--full", is_flag=True, help="Build anew instead of what has changed.")
@click.pass_obj
def build(desk: Desk, full: bool) -> None:
    """Bring the index up to date with the corpus."""
    with counter("indexed") as at:
        built = desk.index.build(full=full, progress=at)
    click.echo(built.summary())


@click.command(context_settings={"ignore_unknown_options": True})
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
