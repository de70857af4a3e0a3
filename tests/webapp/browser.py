"""A real browser on a real server, for the tests of the pages."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.resources import files
from typing import Any, NoReturn

import pytest
from waitress.server import create_server

from tests.webapp.fakes import FakeLibrary
from webapp.app import create_app
from webapp.serve import address, listen

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
PATIENCE_MS = 5_000


def missing(what: str) -> NoReturn:
    """Skip without the browser's parts; where CI is set they must be there."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI is set")
    pytest.skip(f"{what} is missing")


@contextmanager
def chromium() -> Iterator[Any]:
    """The system's Chromium."""
    try:
        sync_playwright = import_module("playwright.sync_api").sync_playwright
    except ImportError:
        missing("playwright")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS.split())
        yield browser
        browser.close()


@contextmanager
def served() -> Iterator[str]:
    """The pages on a free port of the loopback; gives their address."""
    listening = listen("127.0.0.1", 0)
    server = create_server(create_app(FakeLibrary()), sockets=[listening], threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield address(listening)
    server.close()


def axe_script() -> str:
    """The accessibility checker, from the package that carries it."""
    try:
        return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    except ModuleNotFoundError:
        missing("axe-playwright-python")
