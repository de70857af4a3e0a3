"""Reports and indexes made for tests: small, explicit, on real files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from indexer.index import Index
from indexer.searcher import Searcher
from reports.config import Config, IndexConfig
from reports.fold import is_traditional
from reports.regions import load_regions
from reports.report import Body, Kind, Report, Script, Section, SectionKind, report_id, text_sha256
from reports.store import Store
from reports.urls import canonical_url

ENGINES = ("memory", "whoosh", "tantivy")


def report(text: str, *, title: str = "某市法治政府建设年度报告", url: str | None = None, **fields: Any) -> Report:
    """A report of that text; whatever is not said is plain or unknown."""
    plain = Report(
        id=report_id(canonical_url(url) if url else None, text),
        url=url,
        origin="made",
        title=title,
        title_inferred=False,
        text=text,
        sections=(Section("", SectionKind.LEAD, 0, len(text)),),
        kind=Kind.RULE_OF_LAW,
        region_code=None,
        place=None,
        issuer=None,
        body=Body.GOVERNMENT,
        year=None,
        year_from=None,
        covers=None,
        published=None,
        doc_no=None,
        topics=frozenset(),
        script=Script.HANT if is_traditional(text) else Script.HANS,
        copy_of=None,
        quality=frozenset(),
        read_by="test",
        sha256=text_sha256(text),
    )
    return replace(plain, **fields)


def config(folder: Path, engine: str) -> Config:
    """A configuration of a corpus in that folder."""
    return replace(Config().with_corpus(folder), index=IndexConfig(engine=engine))


def index_of(reports: Iterable[Report], folder: Path, engine: str = "memory") -> Index:
    """An index built over these reports."""
    with Store(folder) as store:
        for each in reports:
            store.put(each)
    index = Index(config(folder, engine), load_regions())
    index.build()
    return index


def searcher_of(reports: Iterable[Report], folder: Path, engine: str = "memory") -> Searcher:
    """A searcher over these reports."""
    return index_of(reports, folder, engine).searcher()


SPRING = date(2022, 3, 20)
