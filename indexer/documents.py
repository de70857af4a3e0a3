"""Works as an engine keeps them: their words counted.

Cutting words is most of a build, so it is spread over processes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

from indexer.analysis import Segmenter, segmenter
from indexer.engines import Document
from indexer.works import Work
from reports.fold import fold

# A process takes about a second to load the dictionary: below this, one alone is sooner done.
_WORTH_PROCESSES = 400
_BATCH = 50


def documents(works: Iterable[Work], segment: Segmenter) -> Iterator[Document]:
    """One document a work, in order."""
    rest = iter(works)
    first = list(islice(rest, _WORTH_PROCESSES))
    # rjieba cuts a text in less time than handing it to another process and its words back takes.
    if len(first) < _WORTH_PROCESSES or _processes() == 1 or segment.fast:
        yield from (document(work, segment) for work in chain(first, rest))
        return
    yield from _spread(chain(first, rest), segment.terms)


def document(work: Work, segment: Segmenter) -> Document:
    """A word that stands in several of the work's forms counts as often as in the one that has it most."""
    words, *others = (segment.counts(form.folded) for form in work.forms)
    for other in others:
        words |= other
    title = segment.counts(fold(work.report.title))
    return Document(work.report.id, words, title)


def _spread(works: Iterator[Work], terms: Path | None) -> Iterator[Document]:
    """The same over several processes; only a few batches are under way at once, so memory stays bounded."""
    processes = _processes()
    pending: deque[Future[list[Document]]] = deque()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        while batch := list(islice(works, _BATCH)):
            pending.append(pool.submit(_batch, batch, terms))
            if len(pending) > 2 * processes:
                yield from pending.popleft().result()
        for future in pending:
            yield from future.result()


def _batch(works: list[Work], terms: Path | None) -> list[Document]:
    return [document(work, segmenter(terms)) for work in works]


def _processes() -> int:
    return min(4, os.cpu_count() or 1)
