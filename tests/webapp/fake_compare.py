"""What comparisons are made over in the tests: a real index of the invented reports, made once."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from compare.scope import Ground
from indexer.index import Index
from reports.config import Config, IndexConfig
from reports.regions import Regions
from reports.report import Report
from reports.store import Store
from reports.versions import Version
from tests.webapp.fake_history import versions

_FOLDER = tempfile.TemporaryDirectory(prefix="zhengbao-tests-")


@dataclass(frozen=True, slots=True)
class FakeKept:
    """The reports and what they said before."""

    reports: tuple[Report, ...]

    def get(self, report_id: str) -> Report | None:
        return next((each for each in self.reports if each.id == report_id), None)

    def versions(self, report_id: str) -> tuple[Version, ...]:
        return tuple(each for each in versions(self.reports) if each.report_id == report_id)


@cache
def ground_of(reports: tuple[Report, ...], regions: Regions) -> Ground:
    """A ground over these reports, with the memory engine."""
    folder = Path(_FOLDER.name) / str(abs(hash(reports)))
    with Store(folder) as store:
        for each in reports:
            store.put(each)
    config = replace(Config().with_corpus(folder), index=IndexConfig(engine="memory"))
    index = Index(config, regions)
    index.build()
    return Ground(index.searcher(), regions, index.store, config)
