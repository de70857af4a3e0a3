"""Reading in a process that can be killed: no page may stop the crawl, whatever it is made of.

A child is started once (spawn, so that it works alike on every system) and reads many pages.
One that takes too long, or dies, is replaced, and its page is a ReadError that says so.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from math import ceil
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Generic, Self, TypeVar

from reports.errors import ReadError

TIMEOUT_S = 20.0
MEMORY_BYTES = 2 << 30

# Starting Python and importing the reader is not the page's fault.
_START_S = 120.0
_STOP_S = 2.0
_ALONE_S = 2
# Pages read ahead of the one whose turn it is, for each child.
_AHEAD = 4

Job = TypeVar("Job")
Result = TypeVar("Result")


class Worker(Generic[Job, Result]):
    """Runs `task(job)` in child processes; `task` and jobs can be pickled.

    Use it as a context manager: leaving it ends the children. `memory_bytes` bounds each
    child where the platform can (not on Windows).
    """

    def __init__(
        self,
        task: Callable[[Job], Result],
        *,
        children: int = 1,
        timeout_s: float = TIMEOUT_S,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        if children < 1 or timeout_s <= 0:
            raise ValueError(f"{children} children, {timeout_s} s: both must be positive")
        self._children = [_Child(task, timeout_s, memory_bytes) for _ in range(children)]

    def run(self, job: Job, timeout_s: float | None = None) -> Result:
        """The task's result; raises the ReadError it raised, or one that says what became of the child."""
        result = self._children[0].run(job, timeout_s)
        if isinstance(result, ReadError):
            raise result
        return result

    def map(self, jobs: Iterable[Job]) -> Iterator[Result | ReadError]:
        """The results in the order of the jobs, which are taken as they are needed; failures as values."""
        numbered = enumerate(jobs)
        busy: dict[_Child[Job, Result], int] = {}
        done: dict[int, Result | ReadError] = {}
        turn, exhausted = 0, False
        while True:
            while not exhausted and len(busy) < len(self._children) and len(done) < _AHEAD * len(self._children):
                if (job := next(numbered, None)) is None:
                    exhausted = True
                else:
                    child = next(child for child in self._children if child not in busy)
                    busy[child] = job[0]
                    child.begin(job[1])
            while turn in done:
                yield done.pop(turn)
                turn += 1
            if not busy and exhausted:
                return
            for child in _finished(busy) if busy else ():
                done[busy.pop(child)] = child.end()

    def close(self) -> None:
        """End the children. What is run afterwards starts new ones."""
        for child in self._children:
            child.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()


class _Child(Generic[Job, Result]):
    """One process and our end of its pipe; started when first needed, and after each death."""

    def __init__(self, task: Callable[[Job], Result], timeout_s: float, memory_bytes: int) -> None:
        self._task, self._timeout_s, self._memory_bytes = task, timeout_s, memory_bytes
        self._process: SpawnProcess | None = None
        self._allowed_s = timeout_s
        self.deadline = 0.0

    def run(self, job: Job, timeout_s: float | None) -> Result | ReadError:
        self.begin(job, timeout_s)
        self.pipe.poll(max(0.0, self.deadline - time.monotonic()))
        return self.end()

    def begin(self, job: Job, timeout_s: float | None = None) -> None:
        """Hand a job to the process; `end` gives what became of it."""
        if self._process is None or not self._process.is_alive():
            self.stop()
            self._start()
        self._allowed_s = timeout_s or self._timeout_s
        self.deadline = time.monotonic() + self._allowed_s
        # A child that dies at this moment is found out by `end`.
        with contextlib.suppress(BrokenPipeError):
            self.pipe.send((job, self._allowed_s))

    def end(self) -> Result | ReadError:
        """The result, if it has come; else the process is ended, and why is the answer."""
        try:
            if self.pipe.poll():
                result: Result | ReadError = self.pipe.recv()
                return result
        except (EOFError, OSError, pickle.UnpicklingError):
            return self._died()
        self.stop(kill=True)
        return ReadError(f"not read: stopped after {self._allowed_s:g} s")

    def stop(self, *, kill: bool = False) -> None:
        if self._process is None:
            return
        self.pipe.close()
        if not kill:
            self._process.join(_STOP_S)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._process.close()
        self._process = None

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, self._task, self._memory_bytes), name="zhengbao-reader", daemon=True
        )
        self._process.start()
        theirs.close()
        if not self.pipe.poll(_START_S):
            self.stop(kill=True)
            raise ReadError(f"the reading process did not start within {_START_S:g} s")
        with contextlib.suppress(EOFError, OSError):
            self.pipe.recv()

    def _died(self) -> ReadError:
        assert self._process is not None
        self._process.join(_STOP_S)
        code = self._process.exitcode
        self.stop(kill=True)
        return ReadError(f"not read: the reading process died (exit status {code})")


def _finished(busy: Iterable[_Child[Job, Result]]) -> list[_Child[Job, Result]]:
    """Those whose answer has come or whose time is over; waits for the first."""
    children = list(busy)
    soonest = min(child.deadline for child in children)
    ready = wait([child.pipe for child in children], max(0.0, soonest - time.monotonic()))
    now = time.monotonic()
    return [child for child in children if child.pipe in ready or child.deadline <= now]


def _serve(pipe: Connection, task: Callable[[Job], Result], memory_bytes: int) -> None:
    """What a child does: answer jobs until the pipe is closed, by the parent or by its death."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory(memory_bytes)
    pipe.send(None)
    with contextlib.suppress(EOFError, OSError):
        while True:
            job, allowed_s = pipe.recv()
            _end_after(ceil(allowed_s) + _ALONE_S)
            answer = _answer(task, job)
            _end_after(0)
            pipe.send(answer)


def _end_after(seconds: int) -> None:
    """Have the system end this process, whatever it does then; 0 calls that off.

    The parent does so sooner; but where it was killed itself, nobody would.
    """
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _answer(task: Callable[[Job], Result], job: Job) -> Result | ReadError:
    try:
        return task(job)
    except ReadError as error:
        return error
    except MemoryError:
        return ReadError("not read: needs more memory than a page may have")
    # The last line of defence: a fault of ours on one strange page must not end a crawl of thousands.
    except Exception as error:
        return ReadError(f"not read: {type(error).__name__}: {error}")


def _bound_memory(memory_bytes: int) -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    # Some systems have the call and refuse the limit; the time bound holds there.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
