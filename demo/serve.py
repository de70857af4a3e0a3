"""One fictional site over HTTP, from its folders: for tests, and for a crawl over loopback."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask, Response, abort, send_from_directory

_CHARSET = re.compile(rb'charset="?([\w-]+)', re.IGNORECASE)
_TYPES = {
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MISSING = "<!DOCTYPE html><title>404</title><p>您访问的页面不存在或已删除</p><p>虚构演示</p>"


def create_site(host: str, *roots: Path) -> Flask:
    """The site of this host, whose files lie in `root / host` of each root; a folder is its `index.html`."""
    folders = [folder for root in roots if (folder := (root / host).resolve()).is_dir()]
    if not folders:
        raise FileNotFoundError(f"{host}: no such fictional site under {', '.join(map(str, roots))}")
    app = Flask(host, static_folder=None)

    @app.get("/")
    @app.get("/<path:path>")
    def page(path: str = "") -> Response:
        name = f"{path}index.html" if not path or path.endswith("/") else path
        folder = next((folder for folder in folders if (folder / name).is_file()), None)
        if folder is None:
            abort(404)
        response = send_from_directory(folder, name, conditional=True)
        response.headers["Content-Type"] = _content_type(folder / name)
        return response

    @app.errorhandler(404)
    def missing(_error: Exception) -> tuple[str, int]:
        return MISSING, 404

    return app


def _content_type(file: Path) -> str:
    """What its ending says; for a page what the page itself declares."""
    if file.suffix in _TYPES:
        return _TYPES[file.suffix]
    declared = _CHARSET.search(file.read_bytes()[:1024])
    return f"text/html; charset={declared[1].decode().lower() if declared else 'utf-8'}"
