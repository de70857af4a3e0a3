"""Commands about the index and the questions it answers."""

from __future__ import annotations

import click

from front.desk import Desk, counter, fail, readable, show_json
from indexer.amend import amend, amendment_line
from indexer.answer import LAST_PAGE, Sort
from indexer.ask import Question, ask, understand
from indexer.choices import choices
from indexer.explain import explanation_json, explanation_lines
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
    if desk.index.outgrown(built):
        click.echo(
            "Whoosh is slow with so many works: docs/how-to/switch-engines.md says how to take Tantivy", err=True
        )


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
    question = Question(query, filters, sections, Sort(sort), page)
    answer = ask(question, searcher)
    if as_json:
        show_json(answer_json(answer))
        return
    click.echo("\n".join(answer_lines(answer)))
    if not answer.total:
        for each in amend(question, desk.index.suggester()):
            click.echo(amendment_line(each), err=True)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", callback=readable)
@click.argument("report_id", callback=readable, metavar="ID")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def explain(desk: Desk, query: str, report_id: str, as_json: bool) -> None:
    """Whether and why a report answers a question: each term, each part of its score, its rank."""
    searcher = desk.index.searcher()
    told = searcher.explain(understand(Question(query), searcher), report_id)
    if told is None:
        fail(f"no report in the index has the id {report_id!r}")
    if as_json:
        show_json(explanation_json(told))
    else:
        click.echo("\n".join(explanation_lines(told)))
