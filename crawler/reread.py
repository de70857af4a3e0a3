"""Reports extracted again from the archive by today's rules, offline: `zhengbao reread`."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from crawler.extract.host_chrome import NOTHING_LEARNT, HostChrome, Learning
from crawler.extract.worker import Worker
from crawler.files import Job
from crawler.looking import Looking
from crawler.originals import Original, Originals, content_of
from crawler.reading import Reading
from crawler.reread_tally import Reread
from crawler.sights import Role, Visit
from crawler.tally import Failure
from reports.changes import is_noise
from reports.config import Config
from reports.errors import CorpusError, ReadError
from reports.report import Report
from reports.store import Store

# Where a report lies and what follows from its text are no fields of their own.
_FIELDS = tuple(field.name for field in fields(Report) if field.name not in ("id", "origin", "copy_of", "sha256"))

_Take = Callable[[Original, Report | ReadError], None]

_UNSURE = "several files of this name were brought in, not all can be read, and which this one replaces cannot be told"


def reread(store: Store, config: Config, progress: Callable[[Reread], None], *, dry_run: bool = False) -> Reread:
    """Read the newest original of every report again, in workers; one report, one transaction.

    What may hold chrome of its host is kept only when read a second time, after that was learnt from all the others.
    What cannot be read any more stays as it is held, and is named. Interrupted, it has kept what it had read.
    `dry_run`: the same counts, and nothing is written. Raises CorpusError as the store does.
    """
    tally = Reread(dry_run)
    originals = Originals(config.corpus.path, store)
    tally.failed += originals.damaged
    tally.unarchived = originals.unarchived
    kinds = frozenset(kind for source in config.source for kind in source.kinds)
    work = _Rereading(store, originals, tally, kinds)
    reader = _Reader(config, tally, progress)
    reader.read(originals, NOTHING_LEARNT, work.first)
    known = work.learnt()
    reader.read(work.put_off, known, work.again)
    work.settle()
    return tally


@dataclass(frozen=True, slots=True)
class _Again:
    """The task: a file's bytes or the answers of a visit become a report."""

    extra: tuple[Path, ...]
    known: HostChrome

    def __call__(self, job: Job | Visit) -> Report:
        """The report. Raises ReadError with the reason there is none."""
        if isinstance(job, Job):
            return Reading(self.extra, self.known)(job).report
        sight = Looking(self.extra, self.known)(job)
        if sight.report is None:
            raise ReadError(sight.barrier or sight.why or "no report")
        # Half a report is none; where some of it was missing at the time, it is read as it was then.
        if sight.parts and not any(piece.role is Role.PART for piece in job.pieces):
            raise ReadError("has further pages that are not in the archive; a crawl fetches them")
        return sight.report


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads originals in workers, one by one in their order."""

    config: Config
    tally: Reread
    progress: Callable[[Reread], None]

    def read(self, originals: Iterable[Original], known: HostChrome, take: _Take) -> None:
        """Hand over each with its report, or with why there is none."""
        config, queue = self.config, deque[Original]()
        task = _Again(config.regions.extra, known)
        with Worker(task, children=config.reading.workers, timeout_s=config.reading.timeout_s) as worker:
            for result in worker.map(self._contents(originals, queue, take)):
                take(queue.popleft(), result)
                self.progress(self.tally)

    def _contents(self, originals: Iterable[Original], queue: deque[Original], take: _Take) -> Iterator[Job | Visit]:
        """What is to be read, its originals noted in the same order; what is not in the archive any more has failed."""
        for original in originals:
            try:
                content = content_of(original, self.config)
            except CorpusError as error:
                take(original, ReadError(str(error)))
                continue
            queue.append(original)
            yield content


class _Rereading:
    """Puts what was read in place of what is held."""

    def __init__(self, store: Store, originals: Originals, tally: Reread, kinds: frozenset[str]) -> None:
        self._store, self._originals, self._tally, self._kinds = store, originals, tally, kinds
        self._fresh: dict[str, list[Report]] = {}
        self._read: set[str] = set()
        self._failed: Counter[str] = Counter()
        self._learning, self._known = Learning(), NOTHING_LEARNT
        self.put_off: dict[Original, frozenset[tuple[str, str]]] = {}

    def first(self, original: Original, result: Report | ReadError) -> None:
        """Learn from what was read; keep it, unless it may hold what is yet to be learnt."""
        if isinstance(result, Report) and (may_go := self._learning.note(result)):
            self.put_off[original] = may_go
        else:
            self.take(original, result)

    def learnt(self) -> HostChrome:
        """What is chrome on its host by all that was read, noted in the store for the crawls and imports to come.

        Of a host of which nothing could be read, what was known stays known.
        """
        before = (pair for pair in self._store.host_chrome() if pair[0] not in self._learning.hosts)
        self._known = HostChrome(self._learning.learnt().pairs.union(before))
        if not self._tally.dry_run:
            self._store.keep_host_chrome(self._known.pairs)
        return self._known

    def again(self, original: Original, result: Report | ReadError) -> None:
        """Keep what was put off, freed."""
        if isinstance(result, Report):
            self._tally.freed.update((self.put_off[original] & self._known.pairs) - Learning().note(result))
        self.take(original, result)

    def take(self, original: Original, result: Report | ReadError) -> None:
        """Keep what was read, or tell why not."""
        if isinstance(result, ReadError):
            self._failed[original.origin] += original.url is None
            if self._originals.is_held(original):
                self._tally.failed.append(Failure(original.origin, str(result)))
            else:
                self._tally.passed_over += 1
            return
        if result.url is None and result.id in self._read:
            self._tally.passed_over += 1  # the same text once more
            return
        self._read.add(result.id)
        old = self._store.get(result.id) or self._former(original)
        if old is None:
            self._add(original, result)
        elif old.url is None and old.origin != result.origin:
            self._tally.passed_over += 1  # the same text from elsewhere is no report of its own
        else:
            self._replace(old, result)

    def _former(self, original: Original) -> Report | None:
        """What a report without an address was known as, where its file held nothing else, then as now."""
        held = self._originals.held_as(original.origin) if original.url is None else ()
        return self._store.get(held[0]) if len(held) == self._originals.count(original.origin) == 1 else None

    def _replace(self, old: Report, new: Report) -> None:
        changed = [name for name in _FIELDS if getattr(old, name) != getattr(new, name)]
        if not changed or (old.id == new.id and is_noise(old, new)):
            self._tally.unchanged += 1
            return
        self._tally.changed += 1
        self._tally.fields.update(changed)
        if self._tally.dry_run:
            return
        if old.id == new.id:
            self._store.put(new, reread=True)
        else:
            self._store.supersede(old.id, new)

    def _add(self, original: Original, new: Report) -> None:
        if original.crawled and new.kind not in self._kinds:
            self._tally.passed_over += 1
        elif original.url is None and self._originals.held_as(original.origin):
            self._fresh.setdefault(original.origin, []).append(new)
        else:
            self._keep(new)

    def _keep(self, new: Report) -> None:
        self._tally.added += 1
        if not self._tally.dry_run:
            self._store.put(new, reread=True)

    def settle(self) -> None:
        """Of several files of one name: what they give takes the place of what they no longer give."""
        for name, fresh in self._fresh.items():
            held = self._originals.held_as(name)
            if len(held) > self._originals.count(name) - self._failed[name]:
                self._tally.failed.append(Failure(name, _UNSURE))
                continue
            stale = [old for old in self._store.get_many(held) if old.id not in self._read]
            for old, new in zip(stale, fresh, strict=False):
                self._replace(old, new)
            for new in fresh[len(stale) :]:
                self._keep(new)
            for old in stale[len(fresh) :]:
                self._replace(old, fresh[-1])
