"""Files a person names become reports in the corpus: `zhengbao import`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.extract.reader import read_bytes, read_string
from crawler.extract.worker import Worker
from crawler.files import Job, Unreadable, jobs
from crawler.given import KEYS, given_of
from crawler.tally import Failure, Tally
from reports import jsonform
from reports.config import Config
from reports.errors import ReadError
from reports.regions import Regions, load_regions
from reports.report import Report
from reports.store import Store

_OWN_KEYS = frozenset({"text", "html"})
# A line that has these came from `export`: it is taken as it stands, not read again.
_EXPORTED = frozenset({"text", "sections", "read_by", "origin"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a worker does with a job; `extra` are further tables of divisions, loaded once in each worker."""

    extra: tuple[Path, ...]

    def __call__(self, job: Job) -> Report:
        """The report. Raises ReadError with the reason there is none."""
        regions = load_regions(self.extra)
        if job.line is None:
            return read_bytes(job.data, html=job.html, origin=job.origin, given=job.given, regions=regions)
        if job.line.keys() >= _EXPORTED:
            return jsonform.from_json(job.line)
        return _read_line(job, regions)


def _read_line(job: Job, regions: Regions) -> Report:
    assert job.line is not None
    given = given_of(job.line)
    for key in ("text", "html"):
        value = job.line.get(key)
        if isinstance(value, str) and value.strip():
            return read_string(value, html=key == "html", origin=job.origin, given=given, regions=regions)
        if value is not None and not isinstance(value, str):
            raise ReadError(f"{key!r}: must be text, not {type(value).__name__}")
    raise ReadError("has neither 'text' nor 'html'")


def import_paths(paths: Iterable[Path], store: Store, config: Config, progress: Callable[[Tally], None]) -> Tally:
    """Read every file below `paths` in workers and keep what they hold; one report, one transaction.

    An interrupted import has kept what it had read; run again, it goes on from there.
    """
    tally, origins = Tally(), deque[str]()
    task = Reading(config.regions.extra)
    with Worker(task, children=config.reading.workers, timeout_s=config.reading.timeout_s) as worker:
        for result in worker.map(_readable(paths, tally, origins)):
            origin = origins.popleft()
            if isinstance(result, ReadError):
                tally.failed.append(Failure(origin, str(result)))
            else:
                tally.count(store.put(result))
            progress(tally)
    return tally


def _readable(paths: Iterable[Path], tally: Tally, origins: deque[str]) -> Iterator[Job]:
    """The jobs, with their origins noted in the same order; what cannot even be a job is tallied."""
    for path in paths:
        for each in jobs(path):
            if isinstance(each, Unreadable):
                tally.failed.append(Failure(each.origin, each.why))
                continue
            if each.line is not None:
                tally.ignored_keys.update(each.line.keys() - KEYS - _OWN_KEYS - jsonform.KEYS)
            origins.append(each.origin)
            yield each
