"""A crawler beside the pages: `serve --with-crawler` calls the same commands a timer would."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType, TracebackType
from typing import NoReturn, Self

import click

from front.desk import Desk

FRONT_DOOR = Path(__file__).parent.parent / "zhengbao.py"
EVERY_S = 900.0
_ENDS_WITHIN_S = 40.0


class CrawlerBeside:
    """Runs `crawl --due` and then `build`, every quarter of an hour, in processes of their own.

    Leaving it ends what is running: what is in flight is finished, what is queued stays queued.
    """

    def __init__(self, desk: Desk, every_s: float = EVERY_S) -> None:
        config = ("--config", str(desk.file.resolve())) if desk.file.exists() else ()
        corpus = ("--corpus", str(desk.config.corpus.path.resolve()))
        self._front = (sys.executable, str(FRONT_DOOR), *config, *corpus)
        self._every_s = every_s
        self._ending = threading.Event()
        self._running: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._work, name="crawler", daemon=True)

    def __enter__(self) -> Self:
        # Until the server listens, a SIGTERM would end this process alone and leave the crawl behind.
        signal.signal(signal.SIGTERM, _end)
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._ending.set()
        try:
            self._end_running()
            self._thread.join(_ENDS_WITHIN_S)
        finally:  # a second signal does not wait
            if self._running is not None and self._running.poll() is None:
                self._running.kill()

    def _end_running(self) -> None:
        if self._running is not None and self._running.poll() is None:
            self._running.terminate()

    def _work(self) -> None:
        while not self._ending.is_set():
            if self._run("crawl", "--due") == 0:
                self._run("build")
            self._ending.wait(self._every_s)

    def _run(self, *command: str) -> int:
        if self._ending.is_set():
            return 1
        try:
            self._running = subprocess.Popen((*self._front, *command))  # noqa: S603 - our own command
        except OSError as error:
            click.echo(f"{' '.join(command)}: {error}", err=True)
            return 1
        if self._ending.is_set():  # it was started in the moment in which the others were ended
            self._end_running()
        return self._running.wait()


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
