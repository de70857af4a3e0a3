"""What the workers do for the crawl, and how the crawl waits for them without standing still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, overload

from crawler.extract.host_chrome import NOTHING_LEARNT, HostChrome
from crawler.extract.worker import Worker
from crawler.listing import read_listing
from crawler.looking import Looking
from crawler.sights import Listing, Piece, Sight, Visit
from reports.errors import ReadError


@dataclass(frozen=True, slots=True)
class Seeing:
    """The task: the fetched pieces of an article become a Sight, a list becomes a Listing."""

    extra: tuple[Path, ...]
    known: HostChrome = NOTHING_LEARNT

    def __call__(self, job: Visit | Piece) -> Sight | Listing:
        """What is there to see. Raises ReadError where a list cannot be read."""
        return Looking(self.extra, self.known)(job) if isinstance(job, Visit) else read_listing(job)


class Eyes:
    """Workers that see, as many at a time as `workers`; a page that takes too long, or too much, is a ReadError."""

    def __init__(self, task: Seeing, *, workers: int, timeout_s: float) -> None:
        make: Callable[[], Worker[Visit | Piece, Sight | Listing]] = lambda: Worker(task, timeout_s=timeout_s)  # noqa: E731
        self._workers = [make() for _ in range(workers)]
        self._idle: asyncio.LifoQueue[Worker[Visit | Piece, Sight | Listing]] = asyncio.LifoQueue()
        for worker in self._workers:
            self._idle.put_nowait(worker)

    @overload
    async def see(self, job: Visit) -> Sight | ReadError: ...
    @overload
    async def see(self, job: Piece) -> Listing | ReadError: ...
    async def see(self, job: Visit | Piece) -> Sight | Listing | ReadError:
        """What a worker made of it."""
        worker = await self._idle.get()
        try:
            return await asyncio.to_thread(worker.run, job)
        except ReadError as error:
            return error
        finally:
            self._idle.put_nowait(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for worker in self._workers:
            worker.close()
