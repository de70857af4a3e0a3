"""The page of a report: as it is read, with the words of a search marked, or with one cited sentence marked."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compare.citation import Citation, cite, cite_sentence
from compare.permalink import Changed, Fate, Gone, Stands, read_code, resolve
from webapp.markup import Span
from webapp.params import SearchParams
from webapp.report_page import ReportPage, report_page
from webapp.sources import Library, ReportView


def read_page(library: Library, view: ReportView, q: str, marks: tuple[Span, ...]) -> str:
    """A whole report with what was searched for marked."""
    citation = cite(view.report, date.today())
    return _html(library, view, report_page(view.report, marks), citation, q=q)


class Passages:
    """The address of a sentence, `/report/<id>/at/<code>`, and its twin."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def blueprint(self) -> Blueprint:
        """A sentence and its twin under their addresses."""
        passages = Blueprint("passages", __name__)
        passages.add_url_rule("/report/<report_id>/at/<code>", "page", self.page)
        passages.add_url_rule("/api/report/<report_id>/at/<code>", "json", self.json)
        return passages

    def page(self, report_id: str, code: str) -> ResponseReturnValue:
        """The report with the sentence marked; where it has changed, what it was and what is nearest."""
        fate, view = self._found(report_id, code)
        sentence, today = sentence_of(fate), date.today()
        citation = cite(view.report, today)
        if sentence:
            citation = cite_sentence(view.report, today, sentence, request.base_url)
        page = report_page(view.report, (), _cited(fate))
        return _html(self.library, view, page, citation, fate=fate)

    def json(self, report_id: str, code: str) -> ResponseReturnValue:
        """Whether the sentence still stands, and where."""
        fate, view = self._found(report_id, code)
        cited = _cited(fate)
        return {
            "id": view.report.id,
            "code": code,
            "url": url_for("passages.page", report_id=report_id, code=code),
            "state": state_of(fate),
            "sentence": sentence_of(fate) or None,
            "span": list(cited) if isinstance(fate, Stands) and cited else None,
            "nearest": view.report.text[slice(*cited)] if isinstance(fate, Changed) and cited else None,
            "kept_until": fate.version.kept_until.isoformat() if isinstance(fate, Changed) else None,
        }

    def _found(self, report_id: str, code: str) -> tuple[Fate, ReportView]:
        """404 where the address names no sentence, or a report nobody has."""
        passage = read_code(report_id, code)
        if passage is None:
            abort(404)
        fate = resolve(passage, self.library.kept())
        view = self.library.report(fate.report.id) if fate.report else None
        if view is None:
            abort(404)
        return fate, view


def state_of(fate: Fate) -> str:
    """`stands`, `fewer`, `changed` or `gone`."""
    match fate:
        case Stands(fewer=fewer):
            return "fewer" if fewer else "stands"
        case Changed():
            return "changed"
        case Gone():
            return "gone"


def sentence_of(fate: Fate) -> str:
    """The sentence as it is, or was; "" where nobody knows it."""
    match fate:
        case Stands(report, span):
            return report.text[slice(*span)]
        case Changed(version=version, span=span):
            return version.report.text[slice(*span)]
        case Gone():
            return ""


def _cited(fate: Fate) -> Span | None:
    """What is marked in today's text."""
    match fate:
        case Stands(span=span):
            return span
        case Changed(nearest=nearest):
            return nearest
        case Gone():
            return None


def _html(
    library: Library, view: ReportView, page: ReportPage, citation: Citation, *, q: str = "", fate: Fate | None = None
) -> str:
    return render_template(
        "report.html",
        view=view,
        report=view.report,
        page=page,
        citation=citation,
        q=q,
        state=state_of(fate) if fate else None,
        sentence=sentence_of(fate) if fate else "",
        cited=bool(fate and _cited(fate)),
        copies=library.copies(view.report.id),
        params=SearchParams(q=q),
        today=date.today(),
    )
