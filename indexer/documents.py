"""Works as an engine keeps them: their words counted.

Cutting words is most of a build, so it is spread over processes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

from indexer.analysis import Segmenter, segmenter
from indexer.engines import Document
from indexer.works import Work
from reports.fold import fold

# A process takes about a second to load jieba's dictionary: below so many works, one alone is sooner done.
_WORTH_PROCESSES, _WORTH_PROCESSES_FAST = 400, 4000
_BATCH = 50


def documents(works: Iterable[Work], segment: Segmenter) -> Generator[Document]:
    """One document a work, in order."""
    uncut = (
        _Uncut(each.report.id, fold(each.report.title), tuple(form.folded for form in each.forms)) for each in works
    )
    first = list(islice(uncut, _WORTH_PROCESSES_FAST if segment.fast else _WORTH_PROCESSES))
    alone = len(first) < _WORTH_PROCESSES or _processes() == 1
    if alone or (segment.fast and len(first) < _WORTH_PROCESSES_FAST):
        yield from (_cut(each, segment) for each in chain(first, uncut))
    else:
        yield from _spread(chain(first, uncut), segment)


@dataclass(frozen=True, slots=True)
class _Uncut:
    """What words are cut from: no more than must go to another process."""

    id: str
    title: str
    forms: tuple[str, ...]


def _cut(work: _Uncut, segment: Segmenter) -> Document:
    """A word that stands in several of the work's forms counts as often as in the one that has it most."""
    words, *others = map(segment.counts, work.forms)
    for other in others:
        words |= other
    return Document(work.id, words, segment.counts(work.title))


def _spread(works: Iterator[_Uncut], segment: Segmenter) -> Iterator[Document]:
    """The same over several processes; only a few batches are under way at once, so memory stays bounded."""
    processes = _processes()
    pending: deque[Future[list[Document]]] = deque()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        try:
            while batch := list(islice(works, _BATCH)):
                pending.append(pool.submit(_batch, batch, segment.terms, segment.fast))
                if len(pending) > 2 * processes:
                    yield from pending.popleft().result()
            for future in pending:
                yield from future.result()
        finally:
            # Who stops in the middle need not wait for what nobody will take.
            pool.shutdown(cancel_futures=True)


def _batch(works: list[_Uncut], terms: Path | None, fast: bool) -> list[Document]:
    return [_cut(each, segmenter(terms, fast=fast)) for each in works]


def _processes() -> int:
    return min(4, os.cpu_count() or 1)
