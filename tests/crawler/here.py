"""A stand-in for the workers, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from reports.errors import ReadError


class Here:
    """A worker without processes."""

    def __init__(self, task: Callable[[Any], Any], **_: object) -> None:
        self.task = task

    def run(self, job: Any) -> Any:
        return self.task(job)

    def close(self) -> None:
        pass

    def map(self, jobs: Iterable[Any]) -> Iterator[Any]:
        for job in jobs:
            try:
                yield self.task(job)
            except ReadError as error:
                yield error

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        pass
