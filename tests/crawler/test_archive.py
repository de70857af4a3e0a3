"""The archive: what is kept comes back as it was sent, once, and a kill tears nothing that was whole."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.answers import Fetched, Headers
from crawler.archive import Archive
from crawler.archived import Damage, record_at, records
from crawler.extract.page import Given
from crawler.files import Form, Job
from crawler.importer import import_paths
from crawler.provenance import given_said, job_of, said_of, visit_of
from crawler.sights import Piece, Role, Visit
from crawler.warc_files import FOLDER
from reports.config import Config
from reports.errors import CorpusError
from reports.report import Body, Kind
from reports.store import Store
from tests.crawler.here import Here
from tests.crawler.test_importer import BODY, HTML, line
from tests.indexer.made import SPRING

URL = "http://a.gov.example/1.html"
PAGE = HTML.encode()
GIVEN = Given(
    title="某县报告", url=URL, region_code="431222", place="某镇", issuer="某局", body=Body.GOVERNMENT, year=2022,
    covers=2022, published=SPRING, doc_no="某发〔2022〕1号", kind=Kind.RULE_OF_LAW,
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "corpus") as store:
        yield store


def archive(store: Store, prefix: str = "crawl") -> Archive:
    return Archive(store.path.parent, store, prefix=prefix, user_agent="Zhengbao/0 (+http://us.example)")


def fetched(raw: bytes = PAGE, *headers: tuple[str, str], url: str = URL, body: bytes | None = None) -> Fetched:
    said: Headers = (("Content-Type", "text/html; charset=utf-8"), *headers)
    return Fetched(url, 200, "OK", said, raw, raw if body is None else body, "192.0.2.1", 1_700_000_000.25, 0.1)


def by_warcio(corpus: Path) -> list[tuple[str, str, bytes]]:
    """Every record but the files' heads, as a stranger reads them, digests checked."""
    found = []
    for file in sorted((corpus / FOLDER).iterdir()):
        with file.open("rb") as opened:
            for record in ArchiveIterator(opened, check_digests="raise"):
                uri = record.rec_headers.get_header("WARC-Target-URI")
                found.append((record.rec_type, uri, record.content_stream().read()))
    return [each for each in found if each[0] != "warcinfo"]


def types(corpus: Path) -> list[str]:
    return [each.type if not isinstance(each, Damage) else "damage" for each in records(corpus)]


# Imports


def test_every_file_is_kept_as_it_came_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_text(HTML, "utf-8")
    (folder / "b.txt").write_bytes("不是报告".encode("gb18030"))
    lines = line(text=BODY + "又一份。", title="乙县报告")
    (folder / "c.jsonl").write_text(lines, "utf-8")
    (folder / "manifest.jsonl").write_text(line(file="a.html", url=URL), "utf-8")
    config = Config().with_corpus(tmp_path / "corpus")
    monkeypatch.setattr("crawler.importer.Worker", Here)
    with Store(config.corpus.path) as store:
        for _ in range(2):
            import_paths([folder], store, config, lambda so_far: None)
    assert by_warcio(config.corpus.path) == [
        ("resource", URL, HTML.encode()),
        ("resource", "file:b.txt", "不是报告".encode("gb18030")),
        ("resource", "file:c.jsonl%3A1", lines.encode()),
    ]


@pytest.mark.parametrize("form", Form)
def test_a_job_comes_back_as_it_was_kept(store: Store, form: Form) -> None:
    job = Job("甲 乙/a.html:1", form, b"\x00\xff" + PAGE, GIVEN)
    with archive(store) as open_:
        open_.keep(job)
    _, kept = (each for each in records(store.path.parent) if not isinstance(each, Damage))
    assert job_of(kept) == job


def test_what_is_brought_in_again_after_something_else_is_kept_again(store: Store) -> None:
    old, new = (Job("a.html", Form.PAGE, data, Given(url=URL)) for data in (b"old", b"new"))
    for job in (old, old, new, new, old, old):
        with archive(store) as open_:
            open_.keep(job)
    assert [data for _, _, data in by_warcio(store.path.parent)] == [b"old", b"new", b"old"]


def test_what_the_archive_has_lost_is_kept_again(store: Store) -> None:
    job = Job("a.html", Form.PAGE, PAGE)
    with archive(store) as open_:
        open_.keep(job)
    (lost,) = (store.path.parent / FOLDER).iterdir()
    lost.unlink()
    with archive(store) as open_:
        open_.keep(job)
    assert types(store.path.parent) == ["warcinfo", "resource"]


# Responses


def packed(coding: str) -> bytes:
    bare = zlib.compressobj(wbits=-15)
    ways = {"gzip": gzip.compress(PAGE), "deflate": zlib.compress(PAGE), "": PAGE}
    return ways[coding] if coding in ways else bare.compress(PAGE) + bare.flush()


@pytest.mark.parametrize("coding", ["", "gzip", "deflate", "bare deflate"])
def test_a_response_is_replayed_as_it_was_sent(store: Store, coding: str) -> None:
    raw, named = packed(coding), coding.rpartition(" ")[2]
    headers = (("Content-Encoding", named),) if named else ()
    with archive(store) as open_:
        where = open_.keep_response(
            fetched(raw, *headers, ("Transfer-Encoding", "chunked"), ("Content-Length", "7"), body=PAGE)
        )
    (file,) = (store.path.parent / FOLDER).glob("*.warc.gz")
    assert where.file == file.name
    with file.open("rb") as opened:
        opened.seek(where.offset)
        record = next(iter(ArchiveIterator(opened, check_digests="raise")))
        assert record.http_headers.statusline == "200 OK"
        assert record.http_headers.get_header("Content-Length") == str(len(raw))
        assert record.http_headers.get_header("Transfer-Encoding") is None
        assert record.rec_headers.get_header("WARC-IP-Address") == "192.0.2.1"
        assert record.rec_headers.get_header("WARC-Date") == "2023-11-14T22:13:20.250000Z"
        assert record.raw_stream.read() == raw
    assert by_warcio(store.path.parent) == [("response", URL, PAGE)]
    kept = record_at(store.path.parent, where)
    assert (kept.data, kept.content_type) == (PAGE, "text/html; charset=utf-8")


def test_a_file_begins_with_who_wrote_it(store: Store) -> None:
    with archive(store) as open_:
        open_.keep_response(fetched())
    first = next(records(store.path.parent))
    assert not isinstance(first, Damage)
    assert b"http-header-user-agent: Zhengbao/0 (+http://us.example)" in first.data
    assert first.header("WARC-Filename") == first.where.file


def test_the_same_payload_is_not_written_twice(store: Store) -> None:
    """Nor in a later run; another payload, or another address, is."""
    places = []
    for answer in (fetched(), fetched(), fetched(b"other"), fetched(), fetched(url=URL + "?2")):
        with archive(store) as open_:
            places.append(open_.keep_response(answer))
    kinds = [each for each in types(store.path.parent) if each != "warcinfo"]
    assert kinds == ["response", "revisit", "response", "response", "response"]
    assert places[0] == places[1]
    assert [record_at(store.path.parent, each).data for each in places] == [PAGE, PAGE, b"other", PAGE, PAGE]


def test_a_revisit_says_what_it_refers_to(store: Store) -> None:
    with archive(store) as open_:
        open_.keep_response(fetched())
        open_.keep_response(fetched(PAGE, ("ETag", '"2"')))
    _, first, again = (each for each in records(store.path.parent) if not isinstance(each, Damage))
    assert again.header("WARC-Refers-To-Target-URI") == URL
    assert again.header("WARC-Refers-To-Date") == first.header("WARC-Date")
    assert again.header("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert again.digest == first.digest


@pytest.mark.parametrize("name", ["X-A", "Content-Disposition"])
@pytest.mark.parametrize("value", ["报告.pdf", "a\r\nX-B: 1", "\xe9", "", "a\0b"])
def test_no_header_breaks_a_record(store: Store, name: str, value: str) -> None:
    with archive(store) as open_:
        where = open_.keep_response(fetched(PAGE, (name, value)))
    assert record_at(store.path.parent, where).data == PAGE
    assert [kind for kind, _, _ in by_warcio(store.path.parent)] == ["response"]


@pytest.mark.parametrize("raw", [b"", b"x"])
def test_an_answer_of_hardly_anything_is_kept(store: Store, raw: bytes) -> None:
    with archive(store) as open_:
        places = [open_.keep_response(fetched(raw)) for _ in range(2)]
    assert {record_at(store.path.parent, each).data for each in places} == {raw}


def test_a_bomb_in_the_archive_is_not_unpacked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.warc_records.MAX_BYTES", 3_000_000)
    squeezer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(squeezer.compress(bytes(1 << 20)) for _ in range(4)) + squeezer.flush()
    with archive(store) as open_:
        where = open_.keep_response(fetched(bomb, ("Content-Encoding", "gzip")))
    with pytest.raises(CorpusError, match="more than"):
        record_at(store.path.parent, where)
    assert types(store.path.parent) == ["warcinfo", "damage"]


# Readings


def test_how_a_report_was_read_comes_back(store: Store) -> None:
    page = fetched(gzip.compress(PAGE), ("Content-Encoding", "gzip"), body=PAGE)
    file = fetched(b"%PDF-1.7", url=URL + ".pdf")
    visit = Visit(
        (Piece(URL, "text/html", PAGE), Piece(file.url, "application/pdf", file.body, Role.ATTACHMENT)), GIVEN, "#zoom"
    )
    with archive(store) as open_:
        for _ in range(2):
            open_.keep_reading(URL, visit, (open_.keep_response(page), open_.keep_response(file)))
    told = [each for each in records(store.path.parent) if not isinstance(each, Damage) and each.type == "metadata"]
    assert [visit_of(each, store.path.parent) for each in told] == [visit]  # read twice alike, told once


@pytest.mark.parametrize("given_", [GIVEN, Given(), Given(title=" 空 格 ", url=URL)])
def test_what_was_given_comes_back(given_: Given) -> None:
    assert given_said(said_of(given_)) == given_
