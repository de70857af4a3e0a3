"""What a worker does with a job: bytes become a report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.extract.host_chrome import NOTHING_LEARNT, HostChrome
from crawler.extract.reader import read_bytes, read_file, read_string
from crawler.files import Form, Job
from crawler.given import KEYS, given_of
from reports import jsonform
from reports.errors import ReadError
from reports.regions import Regions, load_regions
from reports.report import Report

_KNOWN_KEYS = KEYS | jsonform.KEYS | {"html"}
# A line that has these came from `export`: it is taken as it stands, not read again.
_EXPORTED = frozenset({"text", "sections", "read_by", "origin"})


@dataclass(frozen=True, slots=True)
class Read:
    """The report a job held, and the keys of its JSON line that mean nothing to us."""

    report: Report
    ignored_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """The task; `extra` are further tables of divisions, loaded once in each worker; `known` is chrome of hosts."""

    extra: tuple[Path, ...]
    known: HostChrome = NOTHING_LEARNT

    def __call__(self, job: Job) -> Read:
        """The report. Raises ReadError with the reason there is none."""
        regions = load_regions(self.extra)
        read = self._line(job, regions) if job.form is Form.LINE else Read(self._file(job, regions))
        check_division(read.report.region_code, regions)
        return read

    def _file(self, job: Job, regions: Regions) -> Report:
        if job.form in (Form.PDF, Form.WORD):
            return read_file(job.data, origin=job.origin, given=job.given, regions=regions, known=self.known)
        html = job.form is Form.PAGE
        return read_bytes(job.data, html=html, origin=job.origin, given=job.given, regions=regions, known=self.known)

    def _line(self, job: Job, regions: Regions) -> Read:
        line = _values(job.data)
        if line.keys() >= _EXPORTED:
            return Read(jsonform.from_json(line))
        given = given_of(line)
        for key in ("text", "html"):
            value = line.get(key)
            if value is not None and not isinstance(value, str):
                raise ReadError(f"{key!r}: must be text, not {type(value).__name__}")
            if value and value.strip():
                if any("\ud800" <= char <= "\udfff" for char in value):
                    raise ReadError(f"{key!r}: has half a surrogate pair, which is no text")
                html = key == "html"
                report = read_string(
                    value, html=html, origin=job.origin, given=given, regions=regions, known=self.known
                )
                return Read(report, frozenset(line) - _KNOWN_KEYS)
        raise ReadError("has neither 'text' nor 'html'")


def check_division(code: str | None, regions: Regions) -> None:
    """Raise ReadError for a code that is in no table."""
    if code is not None and regions.get(code) is None:
        raise ReadError(f"no division has the code {code}; add it to a table named in [regions] extra")


def _values(data: bytes) -> Mapping[str, Any]:
    try:
        values = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"not a JSON object: {error}") from error
    if not isinstance(values, dict):
        raise ReadError(f"not a JSON object but {type(values).__name__}")
    return values
