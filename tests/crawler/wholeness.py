"""Whether a corpus is whole: nothing doubled, nothing torn, every record of the archive readable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from reports.config import Config
from reports.report import Report
from reports.store import Store
from tests.crawler.world_pages import lines_of, number_of


@dataclass(slots=True)
class Records:
    """The records of an archive's closed files, which never change again: each file is read once."""

    _read: dict[Path, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many records were read."""
        return sum(self._read.values())

    def problems(self, corpus: Path) -> Iterator[str]:
        """What cannot be read in the files that were closed since the last time."""
        for path in sorted((corpus / "warc").glob("*.warc.gz")):
            if path not in self._read:
                try:
                    self._read[path] = _records_in(path)
                except (ArchiveLoadFailed, OSError, ValueError, EOFError) as error:
                    yield f"{path.name}: {error}"


def _records_in(path: Path) -> int:
    count = 0
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            count += 1
    return count


def held(config: Config) -> Mapping[str, Report]:
    """Every report held, by its address."""
    with Store(config.corpus.path) as store:
        return {report.url or report.id: report for report in store.get_many(store.ids())}


def torn(reports: Mapping[str, Report], editions: tuple[int, ...] = (0,)) -> list[str]:
    """Addresses in a made-up world whose report does not say, whole, what one of these editions says."""
    return [url for url, report in reports.items() if not any(_says(report, url, edition) for edition in editions)]


def doubled(config: Config) -> int:
    """How many reports too many are held for their addresses."""
    with Store(config.corpus.path) as store:
        urls = [report.url for report in store.get_many(store.ids())]
        return len(urls) - len(set(urls))


def damage(config: Config) -> tuple[str, ...]:
    """What the corpus finds wrong with itself."""
    with Store(config.corpus.path) as store:
        return store.check()


def _says(report: Report, url: str, edition: int) -> bool:
    parts = urlsplit(url)
    said = "".join(report.text.split())
    return all("".join(line.split()) in said for line in lines_of(parts.netloc, number_of(parts.path), edition))
