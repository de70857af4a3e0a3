"""`serve --with-crawler`: crawls what is due and builds beside the pages, and leaves nobody behind."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from demo.web import FictionalWeb
from front.beside import FRONT_DOOR, CrawlerBeside
from front.desk import Desk
from reports.config import load_config
from tests.test_crawl_commands import LIST, configuration

SOON_S = 90.0
SOURCE = f'[[source]]\nname = "棠浦区"\nurls = ["{LIST}"]\nregion = "990102"\nevery_days = 1\n'


@pytest.fixture
def web() -> Iterator[FictionalWeb]:
    with FictionalWeb() as web:
        yield web


def until(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + SOON_S
    while not is_so():
        assert time.monotonic() < end, f"not within {SOON_S} s: {what}"
        time.sleep(0.1)


def children(pid: int) -> list[int]:
    """The process ids below one, on a system that tells."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if parent == pid:
            found += [int(stat.parent.name), *children(int(stat.parent.name))]
    return found


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def started(file: Path, said: Path) -> subprocess.Popen[bytes]:
    with said.open("wb") as out:
        return subprocess.Popen(
            (sys.executable, str(FRONT_DOOR), "--config", str(file), "serve", "--port", "0", "--with-crawler"),
            stdout=out, stderr=out, cwd=file.parent,
        )  # fmt: skip


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="tells no process ids by parent")
def test_a_new_report_becomes_searchable_and_nobody_is_left_behind(tmp_path: Path, web: FictionalWeb) -> None:
    said = tmp_path / "said"
    server = started(configuration(tmp_path, web.connect_to, SOURCE), said)
    try:
        until(lambda: "Ready: " in said.read_text("utf-8"), "ready")
        (address,) = re.findall(r"Ready: (\S+)", said.read_text("utf-8"))
        until(lambda: total(address) == 8, "eight reports to be found")
        assert "8 added" in said.read_text("utf-8")
        below = children(server.pid)
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0
        until(lambda: not any(map(is_alive, below)), "processes to end")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), 1)
    finally:
        server.kill()


def total(address: str) -> int:
    try:
        with urlopen(f"{address}/api/search?q=%E6%B3%95%E6%B2%BB", timeout=5) as answer:
            return int(json.load(answer)["total"])
    except OSError:  # no index yet
        return 0


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="tells no process ids by parent")
def test_stopped_in_the_middle_of_a_crawl_it_takes_the_crawl_along(tmp_path: Path, web: FictionalWeb) -> None:
    file = configuration(tmp_path, web.connect_to, SOURCE)
    file.write_text(file.read_text("utf-8").replace("delay_s = 0.0", "delay_s = 30"), "utf-8")
    said = tmp_path / "said"
    server = started(file, said)
    try:
        until((tmp_path / "corpus" / "crawl.db").exists, "a crawl")
        time.sleep(0.5)
        below = children(server.pid)
        assert below
        began = time.monotonic()
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0
        assert time.monotonic() - began < 20
        until(lambda: not any(map(is_alive, below)), "processes to end")
        assert "stopped by a signal" in said.read_text("utf-8")
    finally:
        server.kill()


# The loop itself


@pytest.fixture
def _sigterm() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, every_s: float = 0.05) -> CrawlerBeside:
    """One whose commands are a script that gets their last word."""
    door = tmp_path / "door.py"
    door.write_text(f"import sys, time, pathlib\nsaid = pathlib.Path({str(tmp_path / 'said')!r})\n{script}", "utf-8")
    monkeypatch.setattr("front.beside.FRONT_DOOR", door)
    file = configuration(tmp_path, ())
    return CrawlerBeside(Desk(load_config(file), file), every_s)


WRITES = "said.open('a').write(sys.argv[-1] + '\\n')\n"


@pytest.mark.usefixtures("_sigterm")
@pytest.mark.parametrize(("status", "calls"), [(0, ["--due", "build"]), (1, ["--due", "--due"])])
def test_it_builds_after_every_crawl_that_went_well_and_goes_on(
    status: int, calls: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said"
    script = f"{WRITES}sys.exit({status} if sys.argv[-1] == '--due' else 0)"
    with beside(tmp_path, monkeypatch, script):
        until(lambda: said.exists() and said.read_text().count("\n") >= 4, "two rounds")
    assert said.read_text().split()[:4] == calls * 2


@pytest.mark.usefixtures("_sigterm")
def test_leaving_ends_what_is_running_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with beside(tmp_path, monkeypatch, f"{WRITES}time.sleep(60)") as crawler:
        until((tmp_path / "said").exists, "a call")
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert crawler._running is not None
    with pytest.raises(ProcessLookupError):
        os.kill(crawler._running.pid, 0)


@pytest.mark.usefixtures("_sigterm")
def test_a_command_that_does_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("front.beside._ENDS_WITHIN_S", 0.3)
    deaf = f"import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n{WRITES}time.sleep(60)"
    with beside(tmp_path, monkeypatch, deaf) as crawler:
        until((tmp_path / "said").exists, "a call")
    assert crawler._running is not None
    assert crawler._running.wait(5) == -signal.SIGKILL
