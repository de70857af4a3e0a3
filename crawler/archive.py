"""Raw first: what was brought in is kept as it came, in WARC files, before anything is read out of it.

WARC 1.1 `resource` records (ISO 28500); a file a run, named for its moment. Reading can be
done again from them when the rules have become better.
"""

from __future__ import annotations

import json
import os
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from warcio.warcwriter import WARCWriter

from crawler.files import Job
from reports.store import Store

FOLDER = "warc"


class Archive(AbstractContextManager["Archive"]):
    """Keeps the bytes of jobs, each distinct piece once; `store` remembers which are kept."""

    def __init__(self, corpus: Path, store: Store) -> None:
        now = datetime.now(UTC)
        self._path = corpus / FOLDER / f"import-{now:%Y%m%dT%H%M%S%f}-{os.getpid()}.warc.gz"
        self._store = store
        self._file: BinaryIO | None = None

    def keep(self, job: Job) -> None:
        """Write a job's bytes, unless they are already kept, and where they came from."""
        said = {name: str(value) for name, value in asdict(job.given).items() if value is not None}
        digest = sha256(job.data + repr((job.origin, said)).encode()).hexdigest()
        if self._store.is_archived(digest):
            return
        file = self._opened()
        offset = file.tell()
        headers = {"WARC-Source-File": quote(job.origin), "WARC-Given": json.dumps(said)}
        uri = job.given.url or f"file:{quote(job.origin)}"
        writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
        writer.write_record(
            writer.create_warc_record(
                uri,
                "resource",
                payload=BytesIO(job.data),
                length=len(job.data),
                warc_content_type=job.form.value,
                warc_headers_dict=headers,
            )
        )
        file.flush()
        self._store.note_archived(digest, self._path.name, offset)

    def _opened(self) -> BinaryIO:
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("xb")
        return self._file

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
