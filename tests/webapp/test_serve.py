from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from reports.errors import ZhengbaoError
from webapp.serve import address, listen

ROOT = Path(__file__).parents[2]
SERVING = """
from tests.webapp.fakes import FakeLibrary
from webapp.app import create_app
from webapp.serve import serve
serve(create_app(FakeLibrary()), port=0)
"""


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_it_says_when_it_is_ready_and_stops_cleanly(sent: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", SERVING], cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            said, _, url = server.stdout.readline().strip().partition(": ")
            assert said == "Ready"
            with urlopen(f"{url}/healthz", timeout=10) as answer:
                assert answer.status == 200
                assert answer.headers["Server"] is None
            server.send_signal(sent)
            assert server.wait(timeout=20) == 0
        finally:
            server.kill()


def test_a_port_that_is_taken_is_named() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ZhengbaoError, match=f"{port}.*--port"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", 80), ("127.0.0.1", 70000)])
def test_an_address_that_cannot_be_is_named(host: str, port: int) -> None:
    with pytest.raises(ZhengbaoError, match=f"{host}:{port}"):
        listen(host, port)


def test_everywhere_is_found_on_this_machine() -> None:
    with listen("0.0.0.0", 0) as listening:
        assert address(listening) == f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_an_ipv6_address_stands_in_brackets() -> None:
    try:
        listening = listen("::1", 0)
    except ZhengbaoError:
        pytest.skip("no IPv6 loopback here")
    with listening:
        assert address(listening).startswith("http://[::1]:")
