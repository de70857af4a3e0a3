"""Serving the application: says when it is ready, stops cleanly when asked to."""

from __future__ import annotations

import signal
import socket
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from flask import Flask
from waitress.server import create_server

from reports.errors import ZhengbaoError

THREADS = 8
LARGEST_HEADER = 256 * 1024
BACKLOG = 1024
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


def serve(app: Flask, host: str = "127.0.0.1", port: int = 8000, links: Sequence[str] = ()) -> None:
    """Serve until SIGINT or SIGTERM; prints `Ready: http://…` when it listens, not before, and links to try.

    Port 0 takes a free one. To be called from the main thread. Raises ZhengbaoError where it
    cannot listen.
    """
    listening = listen(host, port)
    server = create_server(
        app, sockets=[listening], threads=THREADS, ident=None, max_request_header_size=LARGEST_HEADER
    )
    previous = signal.signal(signal.SIGTERM, _stop)
    print(f"Ready: {address(listening)}", *(f"  {address(listening)}{link}" for link in links), sep="\n", flush=True)
    try:
        server.run()
    finally:
        server.close()
        signal.signal(signal.SIGTERM, previous)


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections on that address. Raises ZhengbaoError saying why not."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (OSError, OverflowError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ZhengbaoError(f"cannot listen on {host}:{port}: {why}; choose another port with --port") from error


def address(listening: socket.socket) -> str:
    """Where a browser on this machine finds it."""
    host, port = listening.getsockname()[:2]
    host = EVERYWHERE.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
