"""The pages of comparison, their JSON twins and their files."""

from __future__ import annotations

from datetime import date
from functools import partial

from flask import Blueprint, Response, redirect, render_template, request, stream_template, url_for
from flask.typing import ResponseReturnValue

from compare.concordance import PAGE_LINES
from compare.headings import all_notes
from compare.jurisdictions import Level
from compare.shapes import By
from reports.errors import QueryError
from webapp.compare_asking import Asking, View
from webapp.compare_files import download, numbers
from webapp.compare_form import form_of
from webapp.compare_frame import FILES, choices, frame
from webapp.compare_made import MAKERS
from webapp.compare_matrix import head_name
from webapp.compare_params import VIEWS, Address, read_address
from webapp.reading import Arguments
from webapp.sources import Library
from webapp.views import arguments
from webapp.words import say

LONGEST_ADDRESS = 4_000
"""A list whose address is longer stays in its form: programs between here and a browser cut longer ones."""


class Comparing:
    """One method a thing one can ask of a view."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def blueprint(self) -> Blueprint:
        """The views under their addresses."""
        pages = Blueprint("comparing", __name__)
        pages.add_url_rule("/compare", "home", self.home)
        for view in VIEWS:
            methods = ["GET", "POST"] if view == "wordlist" else ["GET"]
            pages.add_url_rule(f"/compare/{view}", view, partial(self.page, view), methods=methods)
            rule = f"/compare/{view}.<any({','.join(FILES[view])}):form>"
            pages.add_url_rule(rule, f"{view}_file", partial(self.file, view), methods=methods)
            pages.add_url_rule(f"/api/compare/{view}", f"{view}_json", partial(self.json, view))
        return pages

    def home(self) -> ResponseReturnValue:
        """Which views there are."""
        asking = Asking(self.library.ground(), Address("matrix"), date.today())
        return render_template("compare.html", views=VIEWS, form=form_of(asking))

    def page(self, view: str) -> ResponseReturnValue:
        """One view; without words its form. A list comes in a body, and gets an address where that is not too long."""
        asking = self._asking(view)
        if request.method == "POST" and not asking.problems and len(asking.address.query) <= LONGEST_ADDRESS:
            return redirect(url_for(f"comparing.{view}") + asking.address.query, 303)
        try:
            made = self._made(asking)
        except QueryError as error:
            return self._refused(asking, error.problems)
        return self._shown(asking, made)

    def file(self, view: str, form: str) -> ResponseReturnValue:
        """A view to take away."""
        asking = self._asking(view)
        asking.whole = True
        try:
            made = self._made(asking)
            if made is None:
                raise QueryError(say("compare.no_words"))
            return download(self.library, asking, made, form)
        except QueryError as error:
            return self._refused(asking, error.problems)

    def json(self, view: str) -> ResponseReturnValue:
        """A view's numbers."""
        asking = self._asking(view)
        made = self._made(asking)
        if made is None:
            raise QueryError(say("compare.no_words"))
        return numbers(self.library, asking, made)

    def _asking(self, view: str) -> Asking:
        given: Arguments = arguments()
        if request.method == "POST":
            given = request.form.to_dict(flat=False)
        address, problems = read_address(view, given)
        if request.method == "POST" and not _from_here():
            problems.append(say("wordlist.origin"))
        return Asking(self.library.ground(), address, date.today(), problems)

    def _made(self, asking: Asking) -> View | None:
        """The view; None as long as nothing is asked."""
        address = asking.address
        words = ("list",) if address.view == "wordlist" else ("q", "phrase")
        if not any(address.one(name) for name in words):
            asking.check()
            return None
        return MAKERS[address.view](asking)

    def _shown(self, asking: Asking, made: View | None) -> ResponseReturnValue:
        address, page = asking.address, made.page if made else None
        shown = {
            "frame": frame(address, made.asked if made else None, self.library.as_of(), asking.today),
            "form": form_of(asking),
            "made": made,
            "page": page,
            "address": address,
            "today": asking.today,
            "notes": tuple(all_notes()),
            "shapes": choices(address, "by", By, By.REGION_YEAR, "compare_by"),
            "levels": choices(address, "level", Level, Level.ANY, "first_level"),
            "column_name": head_name,
            "size": PAGE_LINES,
        }
        if address.view == "wordlist" and made:
            return Response(stream_template("compare_wordlist.html", **shown), mimetype="text/html")
        return render_template(f"compare_{address.view}.html", **shown)

    def _refused(self, asking: Asking, problems: tuple[str, ...]) -> ResponseReturnValue:
        """Every problem at once, with the form as it was filled in."""
        form = form_of(asking)
        return render_template("compare_error.html", problems=problems, address=asking.address, form=form), 400


def _from_here() -> bool:
    """Whether a form was sent from a page of this site; a program that says nothing of where it comes from may send."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin == request.host_url.rstrip("/")
