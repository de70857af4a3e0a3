"""The application: pages, their JSON twins, failures and headers put together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Flask, Response, abort, request, url_for

from webapp import failures
from webapp.api import Api
from webapp.changes import Changes
from webapp.compare_views import Comparing
from webapp.crawling import CrawlViews
from webapp.feeds import Feeds
from webapp.markup import marked, safe_href
from webapp.params import SearchParams
from webapp.report_view import Passages
from webapp.sources import Library
from webapp.suggesting import Suggesting
from webapp.views import Pages
from webapp.watch import WatchViews
from webapp.words import label, say, shown

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LARGEST_BODY = 64 * 1024
_HOST = re.compile(r"(?:[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE)
_BAD_HOST = "zhengbao.bad_host"
STATIC_AGE_S = 31_536_000
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def create_app(library: Library) -> Flask:
    """A Flask application over a library. It keeps no state between requests."""
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, SEND_FILE_MAX_AGE_DEFAULT=STATIC_AGE_S)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        say=say, label=label, shown=shown, marked=marked, safe_href=safe_href,
        asset=_asset, search_url=_search_url, library=library,
    )  # fmt: skip
    app.register_blueprint(Pages(library).blueprint())
    app.register_blueprint(Api(library).blueprint())
    app.register_blueprint(WatchViews(library).blueprint())
    app.register_blueprint(CrawlViews(library).blueprint())
    app.register_blueprint(Changes(library).blueprint())
    app.register_blueprint(Feeds(library).blueprint())
    app.register_blueprint(Suggesting(library).blueprint())
    app.register_blueprint(Comparing(library).blueprint())
    app.register_blueprint(Passages(library).blueprint())
    app.before_request(_refuse_bodies)
    app.after_request(_guard)
    failures.install(app)
    app.wsgi_app = _with_host_checked(app.wsgi_app)  # type: ignore[method-assign, assignment]
    return app


def _refuse_bodies() -> None:
    """Only a list of words comes in a body: a larger one is refused before anything else is looked at."""
    if request.environ.get(_BAD_HOST):
        abort(400)
    if (request.content_length or 0) > LARGEST_BODY:
        abort(413)


def _with_host_checked(wsgi: WSGIApplication) -> WSGIApplication:
    """A Host that names no host (`a..b`) leaves Flask without addresses to build, even for the page that refuses it."""

    def checked(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if not _HOST.fullmatch(environ.get("HTTP_HOST", "localhost")):
            environ |= {"HTTP_HOST": "localhost", _BAD_HOST: True}
        return wsgi(environ, start)

    return checked


def _guard(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-cache"
    return response


def _search_url(params: SearchParams | None = None, **chosen: str) -> str:
    """The address of a search: of `params`, or of single values by parameter name."""
    if params is not None:
        return url_for("pages.search") + params.url
    return url_for("pages.search") + "?" + urlencode([(name, value) for name, value in chosen.items() if value])


@cache
def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:10]


def _asset(name: str) -> str:
    """The address of a static file, new whenever its content is, so that it may be kept for a year."""
    return url_for("static", filename=name, v=_digest(Path(__file__).parent / "static" / name))
