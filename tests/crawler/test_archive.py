from __future__ import annotations

from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from crawler.importer import import_paths
from reports.config import Config
from reports.store import Store
from tests.crawler.test_importer import BODY, HTML, line


def records(corpus: Path) -> list[tuple[str, str, bytes]]:
    found = []
    for file in sorted((corpus / "warc").glob("*.warc.gz")):
        with file.open("rb") as opened:
            found += [
                (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
                for record in ArchiveIterator(opened)
            ]
    return found


def test_every_file_is_kept_as_it_came_once(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_text(HTML, "utf-8")
    (folder / "b.txt").write_bytes("不是报告".encode("gb18030"))
    lines = line(text=BODY + "又一份。", title="乙县报告")
    (folder / "c.jsonl").write_text(lines, "utf-8")
    (folder / "manifest.jsonl").write_text(line(file="a.html", url="http://a.gov.example/1.html"), "utf-8")
    config = Config().with_corpus(tmp_path / "corpus")
    with Store(config.corpus.path) as store:
        for _ in range(2):
            import_paths([folder], store, config, lambda so_far: None)
    assert records(config.corpus.path) == [
        ("resource", "http://a.gov.example/1.html", HTML.encode()),
        ("resource", "file:b.txt", "不是报告".encode("gb18030")),
        ("resource", "file:c.jsonl%3A1", lines.encode()),
    ]
