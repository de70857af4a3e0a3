"""The JSON twin of every page, under /api/."""

from __future__ import annotations

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from indexer.parse import MAX_CHARS
from indexer.present import answer_json, hit_json
from reports.errors import QueryError
from webapp.coverage_page import CoverageParams, coverage_page, read_coverage
from webapp.grid import Grid, strip
from webapp.reading import Arguing, read_search
from webapp.sources import Library
from webapp.suggesting import nothing_json, why_nothing
from webapp.views import NEWEST, arguments

Json = dict[str, object]


class Api:
    """One method a page."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def blueprint(self) -> Blueprint:
        """The twins under their addresses."""
        api = Blueprint("api", __name__, url_prefix="/api")
        api.add_url_rule("/", "home", self.home)
        api.add_url_rule("/search", "search", self.search)
        api.add_url_rule("/report/<report_id>", "report", self.report)
        api.add_url_rule("/coverage", "coverage", self.coverage)
        return api

    def home(self) -> ResponseReturnValue:
        """What is held, at a glance."""
        library, holdings = self.library, self.library.holdings()
        return {
            "demo": library.is_demo,
            "works": holdings.works,
            "copies": holdings.copies,
            "examples": list(library.examples),
            "newest": [hit_json(hit) for hit in library.newest(NEWEST)],
            "strip": strip_json(strip(holdings)),
        }

    def search(self) -> ResponseReturnValue:
        """The answer to the question in the URL."""
        reading = read_search(arguments(), self.library)
        if reading.problems:
            raise QueryError(*reading.problems)
        answer = self.library.search(reading.params)
        nothing = why_nothing(reading.params, answer, self.library)
        return {**answer_json(answer), "nothing": nothing_json(nothing) if nothing else None}

    def report(self, report_id: str) -> ResponseReturnValue:
        """One whole report; with `q` also where the phrase stands in it."""
        given = Arguing(arguments())
        given.refuse_all_but(("q",))
        q = given.text("q", MAX_CHARS)
        if given.problems:
            raise QueryError(*given.problems)
        view = self.library.report(report_id)
        if view is None:
            abort(404)
        marks = self.library.marks(view.report, q) if q else ()
        return {
            **self.library.exported(view.report),
            "copies": [copy.id for copy in self.library.copies(report_id)],
            "marks": [list(mark) for mark in marks],
            "withdrawn": view.withdrawn.isoformat() if view.withdrawn else None,
            "versions": view.versions,
        }

    def coverage(self) -> ResponseReturnValue:
        """What is held, region by year."""
        params, problems = read_coverage(arguments(), self.library)
        if problems:
            raise QueryError(*problems)
        page = coverage_page(params, self.library.holdings(params.kind, params.body))
        return {**coverage_json(params), "works": page.holdings.works, "whole": page.whole, **grid_json(page.grid)}


def coverage_json(params: CoverageParams) -> Json:
    """Which table it is; null: of all."""
    return {"kind": params.kind, "body": params.body, "region_code": params.region}


def strip_json(grid: Grid) -> Json:
    """The strip, and how many regions have no row in it."""
    return {**grid_json(grid), "left_out": grid.left_out}


def grid_json(grid: Grid) -> Json:
    """Years and rows; `cells` are as many as the years, each with what it says and its works."""
    rows = [
        {
            "region_code": row.code,
            "region": row.name or None,
            "level": row.level,
            "total": row.total,
            "cells": [{"held": cell.held, "works": cell.works, "report_id": cell.report_id} for cell in row.cells],
        }
        for row in grid.rows
    ]
    return {"years": list(grid.years), "rows": rows}
