"""What is shown when a page cannot be: the same design, or JSON under /api/, and never internals."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from reports.errors import QueryError, ZhengbaoError
from webapp.words import catalogue, say

log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Answer every failure of the app in its own words."""
    app.register_error_handler(QueryError, _question)
    app.register_error_handler(ZhengbaoError, _unready)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def failure(
    status: int, problems: tuple[str, ...] = (), headers: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    """A page, its JSON twin, or where a feed was asked for plain text, that says what went wrong and what to do."""
    known = status if f"error.{status}.title" in catalogue() else 500
    if request.path.startswith("/feed/") or request.path.endswith(".ics"):
        said = problems or (say(f"error.{known}.help"),)
        text = "\n".join((say(f"error.{known}.title"), *said, ""))
        return Response(text, status, headers or {}, mimetype="text/plain")
    if request.path == "/healthz" or request.path.startswith("/api"):
        said = problems or (say(f"error.{known}.help"),)
        return {"error": say(f"error.{known}.title"), "problems": list(said)}, status, headers or {}
    return render_template("error.html", status=known, problems=problems), status, headers or {}


def _question(error: QueryError) -> ResponseReturnValue:
    return failure(400, error.problems)


def _unready(error: ZhengbaoError) -> ResponseReturnValue:
    """The index or the corpus cannot be used; its message names paths, so it goes to the log alone."""
    log.error("%s: %s", request.path, error)
    return failure(503)


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    methods = getattr(error, "valid_methods", None)
    return failure(status, headers={"Allow": ", ".join(sorted(methods))} if methods else {})


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.error("%s failed", request.path, exc_info=error)
    return failure(500)
