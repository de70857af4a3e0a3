"""What can be taken away of a view: tables, drawings, sentences; the same numbers as on the page."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version

from flask import Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from compare.csv_file import csv_lines
from compare.docx_file import Cover, excerpts_document
from compare.excerpts import Grouping, Shelf, excerpts
from compare.present import view_json
from compare.stamp import FICTIONAL, Stamp, notes_of
from compare.workbook import workbook
from indexer.evaluate import positive_terms
from webapp.charts import shortened, wrapped
from webapp.compare_asking import Asking, View
from webapp.compare_frame import compared, facts, title_of
from webapp.sources import Library
from webapp.words import say

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "svg": "image/svg+xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
NOTE_PX = 11


def download(library: Library, asking: Asking, made: View, form: str) -> ResponseReturnValue:
    """A view as a file. Raises QueryError where it is larger than files may be."""
    stamp = stamp_of(library)
    match form:
        case "csv":
            response = Response(csv_lines(made.sheets(stamp)[0]))
        case "xlsx":
            response = Response(workbook(made.sheets(stamp)))
        case "svg":
            response = Response(_drawing(library, asking, made))
        case "docx":
            response = Response(_document(library, asking, made, stamp))
        case _:
            response = numbers(library, asking, made)
    response.headers["Content-Type"] = KINDS[form]
    name = f"zhengbao-{asking.address.view}-{asking.today:%Y%m%d}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def numbers(library: Library, asking: Asking, made: View) -> Response:
    """The JSON twin: every table of the view."""
    stamp = stamp_of(library)
    found = {
        **view_json(asking.address.view, made.asked, made.sheets(stamp)),
        "corpus": stamp.corpus.isoformat() if stamp.corpus else None,
        "made": stamp.made.isoformat(),
        "demo": stamp.fictional,
    }
    return Response(current_app.json.dumps(found) + "\n", mimetype="application/json")


def stamp_of(library: Library) -> Stamp:
    """What every file says of itself."""
    made = datetime.now(UTC).astimezone()
    return Stamp(made, version("zhengbao"), library.as_of(), request.url_root, library.is_demo)


def _drawing(library: Library, asking: Asking, made: View) -> str:
    """A chart with its title, and under it what it was drawn from, so that it can stand alone."""
    number = asking.address.one("chart")
    at = int(number) - 1 if number in ("1", "2") else 0
    if at >= len(made.charts):
        abort(404)
    chart = made.charts[at]
    said = "；".join((compared(made.asked), *facts(made.asked, library.as_of(), asking.today), say("site.name")))
    parts = (FICTIONAL if library.is_demo else "", chart.desc, said)
    notes = [line for part in parts if part for line in wrapped(part, chart.width - 8, NOTE_PX)]
    title = shortened(chart.title, chart.width - 8, 15)
    base = request.url_root.rstrip("/")
    return render_template("chart.svg", chart=chart, title=title, notes=notes, base=base, note_px=NOTE_PX)


def _document(library: Library, asking: Asking, made: View, stamp: Stamp) -> bytes:
    if made.passages is None:
        abort(404)
    by = asking.choice("group", Grouping, Grouping.REGION)
    asking.check()
    shelf = Shelf(library.kept(), asking.ground.regions, asking.today, request.url_root)
    phrases = tuple(term.text for term in positive_terms(made.asked.query.root))
    title = say("compare.digest", what=title_of(made.asked))
    cover = Cover(title, by, stamp.made, notes_of(made.asked, stamp), phrases, made.part)
    return excerpts_document(cover, excerpts(made.passages(), shelf))
