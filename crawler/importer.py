"""Files a person names become reports in the corpus: `zhengbao import`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from crawler.archive import Archive, mend
from crawler.extract.host_chrome import HostChrome
from crawler.extract.worker import Worker
from crawler.files import Job, Unreadable, jobs
from crawler.reading import Reading
from crawler.tally import Failure, Tally
from reports.config import Config
from reports.errors import ReadError
from reports.store import Change, Store

_CONFLICT = "the same text is held from another file, with other metadata and no address either; the first is kept"


def import_paths(paths: Iterable[Path], store: Store, config: Config, progress: Callable[[Tally], None]) -> Tally:
    """Archive every file below `paths`, read it in workers and keep what it holds; one report, one transaction.

    An interrupted import has kept what it had read; run again, it goes on from there.
    """
    mend(config.corpus.path)
    tally, origins = Tally(), deque[str]()
    task = Reading(config.regions.extra, HostChrome(store.host_chrome()))
    with (
        Archive(config.corpus.path, store) as archive,
        Worker(task, children=config.reading.workers, timeout_s=config.reading.timeout_s) as worker,
    ):
        for result in worker.map(_archived(paths, archive, tally, origins)):
            origin = origins.popleft()
            if isinstance(result, ReadError):
                tally.failed.append(Failure(origin, str(result)))
            elif (change := store.put(result.report)) is Change.CONFLICTING:
                tally.failed.append(Failure(origin, _CONFLICT))
            else:
                tally.count(change)
                tally.ignored_keys.update(result.ignored_keys)
            progress(tally)
    return tally


def _archived(paths: Iterable[Path], archive: Archive, tally: Tally, origins: deque[str]) -> Iterator[Job]:
    """The jobs, archived, with their origins noted in the same order; what cannot even be a job is tallied."""
    for path in paths:
        for each in jobs(path):
            if isinstance(each, Unreadable):
                tally.failed.append(Failure(each.origin, each.why))
                continue
            archive.keep(each)
            origins.append(each.origin)
            yield each
