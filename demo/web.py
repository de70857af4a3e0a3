"""The whole fictional web over loopback: a port a site, for a crawl of it.

with FictionalWeb() as web:
    crawl(replace(config.crawl, connect_to=web.connect_to))
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from threading import Thread

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from demo.serve import create_site

DEMO = Path(__file__).parent.parent / "corpus" / "demo"
FOLDERS = (DEMO / "sites", DEMO / "beside")
_LOOPBACK = "127.0.0.1"
_STOPS_WITHIN_S = 0.05


class _Quiet(WSGIRequestHandler):
    """Says nothing of what it is asked."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Not a word."""


class FictionalWeb(AbstractContextManager["FictionalWeb"]):
    """Serves every site of the folders in threads of this process, from construction until it is closed.

    `connect_to`: "host=address:port" of each, as `[crawl] connect_to` wants it, by host.
    """

    def __init__(self, *folders: Path) -> None:
        roots = folders or FOLDERS
        hosts = sorted({site.name for root in roots for site in root.iterdir() if site.is_dir()})
        self._servers = {host: _server(host, roots) for host in hosts}
        self._threads = [
            Thread(target=server.serve_forever, kwargs={"poll_interval": _STOPS_WITHIN_S}, daemon=True)
            for server in self._servers.values()
        ]
        for thread in self._threads:
            thread.start()
        self.connect_to = tuple(f"{host}={_LOOPBACK}:{server.server_port}" for host, server in self._servers.items())

    def close(self) -> None:
        """Stop all sites and give their ports back."""
        for server in self._servers.values():
            server.shutdown()
        for thread in self._threads:
            thread.join()

    def __exit__(self, *_: object) -> None:
        self.close()


def _server(host: str, roots: tuple[Path, ...]) -> BaseWSGIServer:
    return make_server(_LOOPBACK, 0, create_site(host, *roots), threaded=True, request_handler=_Quiet)
