"""Raw first: what was brought in or fetched is kept as it came, in WARC files, before anything is read out of it.

So reading can be done again, offline, when the rules have become better.
"""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from crawler import warc_records
from crawler.answers import Fetched
from crawler.archived import record_at
from crawler.files import Form, Job
from crawler.provenance import GIVEN, SOURCE_FILE, address_of, reading_said, said_of
from crawler.sights import Visit
from crawler.warc_files import GrowingFile, Where, mend, path_of
from crawler.warc_records import Record
from reports.errors import CorpusError
from reports.store import Store
from reports.urls import canonical_url

__all__ = ["Archive", "Where", "mend"]

# A file that a kill leaves open is read through at the next start, which must take seconds.
_FILE_BYTES = 200_000_000


class Archive(AbstractContextManager["Archive"]):
    """Keeps what comes in, each distinct piece once; `store` remembers where.

    Raises CorpusError where it cannot be written; what was kept before stays whole.
    """

    def __init__(self, corpus: Path, store: Store, *, prefix: str = "import", user_agent: str = "") -> None:
        self._corpus, self._store, self._prefix, self._user_agent = corpus, store, prefix, user_agent
        self._file: GrowingFile | None = None

    def keep(self, job: Job) -> None:
        """Write a job's bytes, unless they are already kept, and where they came from."""
        said = said_of(job.given)
        digest = _digest(job.data + repr((job.origin, said)).encode())
        kept, url = self._standing(digest), address_of(job)
        # What was kept before may since have been followed by something else from its address.
        if kept and (url is None or self._standing(_latest(url)) in (kept, None)):
            return
        headers = {SOURCE_FILE: quote(job.origin), GIVEN: json.dumps(said)}
        uri = job.given.url or f"file:{quote(job.origin)}"
        where = self._append(warc_records.block(uri, "resource", job.form.value, job.data, headers))
        self._store.note_archived(digest, where.file, where.offset)
        if url:
            self._store.note_archived(_latest(url), where.file, where.offset)

    def keep_response(self, fetched: Fetched) -> Where:
        """Write an answer as it was sent, but for its chunks; where its payload stands.

        The payload last kept from the same address is not written again: a `revisit` refers to it.
        """
        key = _digest(f"response {fetched.url}".encode())
        last = self._last(key)
        if last and last.url == fetched.url and last.digest == warc_records.payload_digest(fetched.raw):
            self._append(warc_records.revisit(fetched, last))
            return last.where
        where = self._append(warc_records.response(fetched))
        self._store.note_archived(key, where.file, where.offset)
        return where

    def keep_reading(
        self, url: str, visit: Visit, pieces: tuple[Where, ...], *, source: str = "", found: bool = True
    ) -> None:
        """Write how the report at `url` was read; `pieces`: where those of `visit` stand, in the same order.

        `source`: the name of the source it was found by. `found`: whether there was a report; a page that shows none,
        now, does not take the place of what was read from its address before.
        """
        data = reading_said(visit, pieces, source)
        last = self._last(_latest(url))
        if last is None or (last.type, last.data) != ("metadata", data):
            where = self._append(warc_records.block(url, "metadata", Form.LINE.value, data, {}))
            if found or last is None:
                self._store.note_archived(_latest(url), where.file, where.offset)

    def _standing(self, digest: str) -> Where | None:
        """Where it is noted to stand, if that was not lost."""
        noted = self._store.archived_at(digest)
        if noted is None:
            return None
        path = path_of(self._corpus, noted[0])
        return Where(*noted) if path.exists() and path.stat().st_size > noted[1] else None

    def _last(self, key: str) -> Record | None:
        where = self._standing(key)
        try:
            return record_at(self._corpus, where) if where else None
        except CorpusError:  # damaged: it is written again
            return None

    def _append(self, record: bytes) -> Where:
        if self._file is not None and self._file.size >= _FILE_BYTES:
            self._file.close()
            self._file = None
        if self._file is None:
            self._file = GrowingFile(self._corpus, self._prefix)
        if not self._file.size:
            self._file.append(warc_records.info(self._file.name, self._user_agent))
        return self._file.append(record)

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def latest_reading(store: Store, url: str) -> Where | None:
    """Where what was last brought in for the report at this address is noted to stand."""
    noted = store.archived_at(_latest(url))
    return Where(*noted) if noted else None


def _latest(url: str) -> str:
    return _digest(f"latest {canonical_url(url)}".encode())


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
