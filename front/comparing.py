"""The command about comparing: each view as a table on the terminal, as JSON, or as files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from compare.asking import Comparison, YearBy, read_comparison
from compare.cells import Measure
from compare.concordance import Order
from compare.csv_file import csv_lines
from compare.docx_file import Cover, excerpts_document
from compare.excerpts import Grouping, Shelf, excerpts
from compare.jurisdictions import Level
from compare.present import table_lines, view_json
from compare.shapes import By
from compare.stamp import Stamp, notes_of
from compare.workbook import workbook
from front.compared import VIEWS, Made, Wanted
from front.desk import Desk, counter, readable, show_json
from indexer.evaluate import positive_terms

SHARED = ("region", "year", "topic", "kind", "body", "section", "preset", "issuer", "year_by")
FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


def _one_of(kind: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([each.value for each in kind])


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("view", type=click.Choice([*VIEWS]))
@click.argument("query", callback=readable, default="")
@click.option("--region", multiple=True, help="Name or code, with all below it; unknown.")
@click.option("--year", multiple=True, help="2021, 2019-2023 or unknown.")
@click.option("--topic", multiple=True)
@click.option("--kind", multiple=True, help="Default: the annual kinds.")
@click.option("--body", multiple=True, help="Default: 政府, or 部门 with --issuer.")
@click.option("--section", multiple=True, help="Only in these sections: problems, plans …")
@click.option("--preset", default="", help="In place of --region: provinces, capitals or districts:CODE.")
@click.option("--issuer", default="", help="Only bodies whose name contains this: 司法局.")
@click.option("--year-by", type=_one_of(YearBy), default=YearBy.EDITION.value, show_default=True)
@click.option("--by", type=_one_of(By), default=By.REGION_YEAR.value, show_default=True, help="Of matrix.")
@click.option("--measure", type=_one_of(Measure), help="Default: occurrences; of trend: rate.")
@click.option("--beside", multiple=True, help="Columns of concordance, lines of trend: places; or years.")
@click.option("--phrase", multiple=True, help="A further phrase of trend.")
@click.option("--list", "words", type=click.File(encoding="utf-8-sig"), help="File of wordlist: a phrase a line, or -.")
@click.option("--sort", type=_one_of(Order), default=Order.LEFT.value, show_default=True, help="Of concordance.")
@click.option("--level", type=_one_of(Level), default=Level.ANY.value, show_default=True, help="Of first.")
@click.option("--group", type=_one_of(Grouping), default=Grouping.REGION.value, show_default=True, help="Of --docx.")
@click.option("--json", "as_json", is_flag=True)
@click.option("--csv", type=FILE, help="Write the table to this file.")
@click.option("--xlsx", type=FILE, help="Write a workbook to this file.")
@click.option("--docx", type=FILE, help="Write the sentences of concordance or first to this file.")
@click.pass_obj
def compare(desk: Desk, /, view: str, query: str, **given: Any) -> None:
    """Compare places and years, like with like: matrix, concordance, first, trend or wordlist."""
    if given["docx"] and view not in ("concordance", "first"):
        raise click.UsageError("--docx is for concordance and first")
    if view == "wordlist" and not given["words"]:
        raise click.UsageError("wordlist takes its phrases from --list FILE")
    with counter("phrases counted") as at:
        wanted = replace(_wanted(desk, view, query, given), progress=at)
        made = VIEWS[view](wanted)
    written = _files(desk, wanted, made, given)
    if given["as_json"]:
        show_json({**view_json(view, made.asked, made.sheets), "made": wanted.stamp.made.isoformat()})
    elif not written:
        click.echo("\n".join(table_lines(made.sheets[0])))


def _wanted(desk: Desk, view: str, query: str, given: dict[str, Any]) -> Wanted:
    """What is asked, as values. Raises QueryError with every problem at once."""
    ground, now = desk.ground(), datetime.now(UTC).astimezone()
    measure = given["measure"] or (Measure.RATE if view == "trend" else Measure.OCCURRENCES)
    return Wanted(
        ground=ground,
        comparison=_comparison(desk, view, query, given),
        today=now.date(),
        stamp=Stamp(now, version("zhengbao"), _corpus(desk), fictional=desk.config.web.fictional),
        by=By(given["by"]),
        measure=Measure(measure),
        beside=given["beside"],
        phrases=tuple(each for each in (query, *given["phrase"]) if each),
        words=given["words"].read() if given["words"] else "",
        order=Order(given["sort"]),
        level=Level(given["level"]),
    )


def _comparison(desk: Desk, view: str, query: str, given: dict[str, Any]) -> Comparison:
    """Of trend and wordlist the query is no part of what is shared; of wordlist it holds filters."""
    values = {name: (given[name],) if isinstance(given[name], str) else given[name] for name in SHARED}
    text = "" if view == "trend" else query
    return read_comparison(text, values, desk.ground(), datetime.now(UTC).astimezone().date())


def _corpus(desk: Desk) -> date | None:
    latest = desk.index.store().arrivals(1)
    return latest[0][1].date() if latest else None


def _files(desk: Desk, wanted: Wanted, made: Made, given: dict[str, Any]) -> bool:
    """Write what was asked for; whether anything was."""
    if given["csv"]:
        given["csv"].write_bytes(b"".join(csv_lines(made.sheets[0])))
    if given["xlsx"]:
        given["xlsx"].write_bytes(workbook(made.sheets))
    if given["docx"]:
        given["docx"].write_bytes(_document(desk, wanted, made, Grouping(given["group"])))
    for form in ("csv", "xlsx", "docx"):
        if given[form]:
            click.echo(f"written: {given[form]}", err=True)
    return any(given[form] for form in ("csv", "xlsx", "docx"))


def _document(desk: Desk, wanted: Wanted, made: Made, by: Grouping) -> bytes:
    shelf = Shelf(desk.index.store(), wanted.ground.regions, wanted.today)
    phrases = tuple(term.text for term in positive_terms(made.asked.query.root))
    title, notes = made.sheets[0].title, notes_of(made.asked, wanted.stamp)
    return excerpts_document(Cover(title, by, wanted.stamp.made, notes, phrases), excerpts(made.passages, shelf))
