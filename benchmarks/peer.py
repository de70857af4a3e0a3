"""The search everyone writes first: Whoosh over jieba's ChineseAnalyzer, phrases by position. For comparison only."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from jieba.analyse import ChineseAnalyzer
from whoosh import fields, index
from whoosh.qparser import QueryParser

from reports.report import Report


class Peer:
    """A Whoosh index as its and jieba's documentation show it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        schema = fields.Schema(id=fields.ID(stored=True), text=fields.TEXT(analyzer=ChineseAnalyzer()))
        self._index = index.create_in(str(folder), schema)
        self._parser = QueryParser("text", schema)

    def index(self, reports: Iterable[Report]) -> float:
        """Index the reports; gives reports a second."""
        began, count = time.perf_counter(), 0
        writer = self._index.writer(limitmb=256)
        for report in reports:
            writer.add_document(id=report.id, text=report.text)
            count += 1
        writer.commit()
        self._searcher = self._index.searcher()
        return count / (time.perf_counter() - began)

    def search(self, phrase: str) -> set[str]:
        """The ids of all reports found, without totals by facet, snippets or order."""
        query = self._parser.parse(f'"{phrase}"')
        return {hit["id"] for hit in self._searcher.search(query, limit=None, scored=False, sortedby=None)}
