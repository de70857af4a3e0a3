"""A crawler beside the pages: `serve --with-crawler` calls the same commands a timer would."""

from __future__ import annotations

import subprocess
import sys
import threading
from types import TracebackType
from typing import Self

import click

from front.desk import Desk

EVERY_S = 900.0
_ENDS_WITHIN_S = 40.0


class CrawlerBeside:
    """Runs `crawl --due` and then `build`, every quarter of an hour, in processes of their own.

    Leaving it ends what is running: what is in flight is finished, what is queued stays queued.
    """

    def __init__(self, desk: Desk, every_s: float = EVERY_S) -> None:
        config = ("--config", str(desk.file.resolve())) if desk.file.exists() else ()
        corpus = ("--corpus", str(desk.config.corpus.path.resolve()))
        self._front = (sys.executable, "-m", "zhengbao", *config, *corpus)
        self._every_s = every_s
        self._ending = threading.Event()
        self._running: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._work, name="crawler", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._ending.set()
        if self._running is not None and self._running.poll() is None:
            self._running.terminate()
        self._thread.join(_ENDS_WITHIN_S)
        if self._running is not None and self._running.poll() is None:
            self._running.kill()

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
        return self._running.wait()
