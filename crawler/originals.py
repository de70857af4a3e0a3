"""Which archived records the reports are to be read from: of each report the newest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.archive import latest_reading
from crawler.archived import Damage, record_at, records
from crawler.files import Job
from crawler.provenance import address_of, job_of, visit_of
from crawler.sights import Visit
from crawler.tally import Failure
from crawler.warc_files import Where
from crawler.warc_records import Record
from reports.config import Config
from reports.errors import CorpusError
from reports.report import report_id
from reports.store import Store
from reports.urls import canonical_url

_IMPORTED, _CRAWLED = "resource", "metadata"


@dataclass(frozen=True, slots=True)
class Original:
    """A record to read again. `origin` names it to people; `url` canonical, None where the report has none."""

    where: Where
    origin: str
    url: str | None
    crawled: bool


class Originals:
    """The originals of a corpus, oldest first: of one address the last brought in, of texts without one all.

    Made by reading the archive through once; what is held of them is as it was then.
    """

    def __init__(self, corpus: Path, store: Store) -> None:
        self.damaged: list[Failure] = []
        self._held, self._by_name = frozenset(store.ids()), dict[str, list[str]]()
        for id_, origin in store.unaddressed():
            self._by_name.setdefault(origin, []).append(id_)
        self._chosen = self._choose(corpus, store)
        self._named = Counter(each.origin for each in self._chosen.values() if each.url is None)

    def __iter__(self) -> Iterator[Original]:
        return iter(self._chosen.values())

    def held_as(self, name: str) -> tuple[str, ...]:
        """The ids of the reports without an address that came from files of this name."""
        return tuple(self._by_name.get(name, ()))

    def count(self, name: str) -> int:
        """How many originals without an address came from files of this name."""
        return self._named[name]

    def is_held(self, original: Original) -> bool:
        """Whether there is a report from it, as far as can be told before reading."""
        if original.url is None:
            return original.origin in self._by_name
        return report_id(original.url, "") in self._held

    @property
    def unarchived(self) -> int:
        """How many reports are held whose originals are not in the archive."""
        addressed = {report_id(each.url, "") for each in self._chosen.values() if each.url}
        named = {id_ for name in self._named for id_ in self.held_as(name)}
        return len(self._held - addressed - named)

    def _choose(self, corpus: Path, store: Store) -> dict[str | Where, Original]:
        chosen: dict[str | Where, Original] = {}
        for record in records(corpus):
            try:
                original = None if isinstance(record, Damage) else _original(record)
            except CorpusError as error:
                self.damaged.append(Failure(record.where.file, str(error)))
                continue
            if isinstance(record, Damage):
                self.damaged.append(Failure(record.where.file, record.why))
            elif original is not None:
                _prefer(original, chosen, store)
        return chosen


def _prefer(original: Original, chosen: dict[str | Where, Original], store: Store) -> None:
    """The one noted as the last stays; else the last in the archive, by its files' names, is taken."""
    if original.url is None:
        chosen[original.where] = original
        return
    before = chosen.get(original.url)
    if before is None or before.where != latest_reading(store, original.url):
        chosen.pop(original.url, None)
        chosen[original.url] = original


def _original(record: Record) -> Original | None:
    if record.type == _CRAWLED:
        url = canonical_url(record.url)
        return Original(record.where, record.url, url, crawled=True)
    if record.type != _IMPORTED:
        return None
    job = job_of(record)
    address = address_of(job)
    return Original(record.where, job.origin, canonical_url(address) if address else None, crawled=False)


def content_of(original: Original, config: Config) -> Job | Visit:
    """What there is to read. Raises CorpusError where it is not in the archive any more."""
    corpus, sources = config.corpus.path, {source.name: source for source in config.source}
    record = record_at(corpus, original.where)
    return visit_of(record, corpus, sources) if original.crawled else job_of(record)
