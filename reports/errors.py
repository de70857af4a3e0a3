"""Everything this program raises on purpose.

ZhengbaoError            one clear line for the person at the keyboard; exit status 1
├── ConfigError          config.toml says something it cannot mean
├── CorpusError          the corpus cannot be opened, read or written
├── ReadError            a file or page is not a report, and why
│   └── ListPage         it is a page of links to reports
├── SearchIndexError     the index is absent, damaged or older than this program
└── QueryError           a question that cannot be asked as it stands
"""

from __future__ import annotations


class ZhengbaoError(Exception):
    """What went wrong and what was expected, in one line."""


class ConfigError(ZhengbaoError):
    """config.toml says something it cannot mean; names the table and the key."""


class CorpusError(ZhengbaoError):
    """The corpus cannot be opened, read or written; names the path."""


class ReadError(ZhengbaoError):
    """A file or page from which no report can be read; says why."""


class ListPage(ReadError):
    """A page of links to reports, not a report."""


class SearchIndexError(ZhengbaoError):
    """The index is absent, damaged, or made by other rules; says what to run."""


class QueryError(ZhengbaoError):
    """A question that cannot be asked as it stands; `problems` holds every reason at once."""

    def __init__(self, *problems: str) -> None:
        super().__init__("；".join(problems))
        self.problems = problems
