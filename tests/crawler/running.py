"""The commands in processes of their own, as a person starts them, and what they and their children take. Linux only.

with Running(config_file, "crawl") as crawl:
    crawl.kill()
    assert crawl.orphans(within_s=5) == ()
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HAS_PROC = Path("/proc/self/stat").exists()
needs_proc = pytest.mark.skipif(not HAS_PROC, reason="what a process takes is read from /proc")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if HAS_PROC else 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What a tree of processes holds at a moment: memory in MB (shared pages counted in each), open files."""

    processes: int
    memory_mb: float
    files: int


class Running(AbstractContextManager["Running"]):
    """`zhengbao --config FILE COMMAND...` in a session of its own; what it says goes to a file beside the config.

    `under`: a command to start it with.
    """

    def __init__(self, config: Path, *command: str, under: tuple[str, ...] = ()) -> None:
        self._said = config.with_name(f"said-{time.monotonic_ns()}.txt")
        self.started_s = time.monotonic()
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(
                (*under, sys.executable, "-m", "zhengbao", "--config", str(config), *command),
                cwd=ROOT,
                stdout=said,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env=_environment(bytecode=not under),
            )

    @property
    def said(self) -> str:
        """All it has said so far."""
        return self._said.read_text("utf-8", "replace")

    @property
    def is_over(self) -> bool:
        """Whether the command has ended, whatever became of its children."""
        return self.process.poll() is not None

    def ends(self, within_s: float) -> int:
        """Its exit status. Raises TimeoutExpired."""
        return self.process.wait(within_s)

    def kill(self) -> None:
        """kill -9 of the command alone: its children are on their own."""
        self.process.kill()
        self.process.wait()

    def orphans(self, within_s: float) -> tuple[int, ...]:
        """Its children that are still there after so long."""
        until = time.monotonic() + within_s
        while (left := self._members()) and time.monotonic() < until:
            time.sleep(0.01)
        return left

    def taken(self) -> Taken:
        """What the command and its children hold now."""
        memory, files, members = 0, 0, self._members()
        for pid in members:
            with suppress(OSError):
                memory += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES
                files += len(os.listdir(f"/proc/{pid}/fd"))
        return Taken(len(members), memory / 1e6, files)

    def peak(self, within_s: float, every_s: float = 0.02) -> Taken:
        """The most it held at any sample until it ended. Raises TimeoutError."""
        most, until = Taken(0, 0.0, 0), time.monotonic() + within_s
        while not self.is_over:
            if time.monotonic() > until:
                raise TimeoutError(f"it has not ended within {within_s:g} s: {self.said[-500:]}")
            now = self.taken()
            most = Taken(
                max(most.processes, now.processes), max(most.memory_mb, now.memory_mb), max(most.files, now.files)
            )
            time.sleep(every_s)
        return most

    def __exit__(self, *_: object) -> None:
        if not self.is_over:
            self.kill()
        for pid in self.orphans(0):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _members(self) -> tuple[int, ...]:
        return tuple(pid for pid in _pids() if _session(pid) == self.process.pid)


def _environment(*, bytecode: bool) -> dict[str, str]:
    """That of a person's shell: bytecode is kept, if need be elsewhere; without it a start takes a second more.

    Not where files may be cut short: Python would read the torn bytecode ever after.
    """
    if not bytecode:
        return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if len(kept) < len(os.environ):
        kept.setdefault("PYTHONPYCACHEPREFIX", str(Path(tempfile.gettempdir()) / "zhengbao-bytecode"))
    return kept


def _pids() -> Iterator[int]:
    yield from (int(name) for name in os.listdir("/proc") if name.isdecimal())


def _session(pid: int) -> int | None:
    """The session of a process that is not over; a zombie holds nothing."""
    try:
        state, *rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(rest[2]) if state not in "ZX" else None
