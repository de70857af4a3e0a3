"""Grounds made for tests: a few reports, ready to compare in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from compare.asking import Asked, Comparison, understand
from compare.scope import Ground
from indexer.query import Filters
from reports.config import Config
from reports.regions import load_regions
from reports.report import Report
from tests.indexer.made import index_of, report

TODAY = date(2024, 6, 1)


def ground_of(reports: Iterable[Report], folder: Path, config: Config | None = None, engine: str = "memory") -> Ground:
    """A ground over these reports."""
    index = index_of(reports, folder, engine)
    return Ground(index.searcher(), load_regions(), index.store, config)


def said(text: str, number: int, **fields: Any) -> Report:
    """A report with an address of its own."""
    return report(text, url=f"http://{number}.example/", **fields)


def asked_of(ground: Ground, text: str, **chosen: Any) -> Asked:
    """A question of a view: what belongs in Filters, and the rest."""
    filters = {name: frozenset(values) for name, values in chosen.items() if name in Filters.__slots__}
    rest = {name: value for name, value in chosen.items() if name not in Filters.__slots__}
    return understand(Comparison(text, Filters(**filters), **rest), ground, TODAY)
