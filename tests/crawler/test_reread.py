"""Reading everything again: what changed is counted and kept, what cannot be read stays, nothing is doubled."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from warcio.warcwriter import WARCWriter

from crawler.answers import Fetched
from crawler.archive import Archive
from crawler.extract.page import Given
from crawler.extract.worker import Worker
from crawler.importer import import_paths
from crawler.looking import Looking
from crawler.reread import reread
from crawler.reread_tally import Reread
from crawler.sights import Piece, Visit
from crawler.tally import Tally
from crawler.warc_files import FOLDER
from reports.config import Config, ReadingConfig
from reports.crawl_config import SourceConfig
from reports.jsonform import to_json
from reports.regions import load_regions
from reports.report import Kind, Report, report_id, text_sha256
from reports.store import Store
from tests.crawler.here import Here
from tests.crawler.test_importer import BODY, HTML, TITLE, line

URL = "http://www.yuanling.gov.example/a.html"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    for module in ("crawler.reread", "crawler.importer"):
        monkeypatch.setattr(f"{module}.Worker", Here)
    with Store(tmp_path / "corpus") as store:
        yield store


def config(store: Store) -> Config:
    plain = Config(reading=ReadingConfig(workers=1), source=(SourceConfig("某县", (URL,)),))
    return plain.with_corpus(store.path.parent)


def bring(store: Store, *paths: Path) -> Tally:
    return import_paths(paths, store, config(store), lambda so_far: None)


def again(store: Store, *, dry_run: bool = False) -> Reread:
    return reread(store, config(store), lambda so_far: None, dry_run=dry_run)


def kept(store: Store) -> list[Report]:
    return sorted((each.report for each in store.changed_since(0)), key=lambda each: each.id)


def counts(tally: Reread) -> tuple[int, int, int, int, int, int]:
    return (tally.changed, tally.unchanged, tally.added, tally.passed_over, len(tally.failed), tally.unarchived)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A page with its address, a text and a line without, a line with one, and what is no report."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_text(HTML, "utf-8")
    (folder / "b.txt").write_text(f"{TITLE}（文本）\n{BODY}又及。", "utf-8")
    (folder / "c.jsonl").write_text(
        line(text=BODY + "又一份。", title="乙县报告") + line(text=BODY + "再一份。", title="丙县报告", url=URL + "?c"),
        "utf-8",
    )
    (folder / "empty.html").write_text("<p>首页</p>", "utf-8")
    (folder / "manifest.jsonl").write_text(line(file="a.html", url=URL), "utf-8")
    return folder


def as_read_then(store: Store, report: Report, **fields: object) -> Report:
    """Makes the corpus hold a report as if other rules had read it; a new text gives a new id where there is no URL."""
    text = str(fields.get("text", report.text))
    id_ = report.id if report.url else report_id(None, text)
    sections = () if text != report.text else report.sections
    then = replace(report, **{"sections": sections, **fields}, id=id_, sha256=text_sha256(text))  # type: ignore[arg-type]
    if then.id == report.id:
        store.put(then, reread=True)
    else:
        store.supersede(report.id, then)
    return then


def one(store: Store, origin: str) -> Report:
    (found,) = (each for each in kept(store) if each.origin == origin)
    return found


def test_the_same_rules_change_nothing(store: Store, folder: Path) -> None:
    bring(store, folder)
    before, seq = kept(store), store.last_seq()
    assert counts(again(store)) == (0, 4, 0, 1, 0, 0)
    assert (kept(store), store.last_seq()) == (before, seq)


def test_better_rules_change_what_they_read_otherwise_and_it_is_counted_by_field(store: Store, folder: Path) -> None:
    bring(store, folder)
    good = kept(store)
    as_read_then(store, one(store, "a.html"), title="旧题", year=1999)
    as_read_then(store, one(store, "c.jsonl:2"), title="旧题", text=BODY + "页脚")
    tally = again(store)
    assert counts(tally) == (2, 2, 0, 1, 0, 0)
    assert tally.fields == {"title": 2, "year": 1, "text": 1, "sections": 1}
    assert kept(store) == good


def test_a_dry_run_counts_the_same_and_writes_nothing(store: Store, folder: Path) -> None:
    bring(store, folder)
    as_read_then(store, one(store, "a.html"), year=1999)
    as_read_then(store, one(store, "b.txt"), text=BODY + "页脚")
    before, seq = kept(store), store.last_seq()
    dry = again(store, dry_run=True)
    assert (kept(store), store.last_seq()) == (before, seq)
    wet = again(store)
    assert counts(dry) == counts(wet) == (2, 2, 0, 1, 0, 0)
    assert dry.fields == wet.fields
    assert "would be: 2 changed" in dry.summary()


def test_rereading_is_no_change_on_the_site(store: Store, folder: Path) -> None:
    bring(store, folder)
    then = as_read_then(store, one(store, "a.html"), text=BODY + "页脚")
    since = datetime(2026, 1, 1, tzinfo=UTC)
    store.withdraw(then.id, since)
    again(store)
    assert store.versions(then.id) == ()
    assert store.withdrawn(then.id) == since


def test_a_report_known_by_its_text_is_replaced_not_doubled(store: Store, folder: Path) -> None:
    bring(store, folder)
    good = kept(store)
    then = as_read_then(store, one(store, "b.txt"), text=BODY + "页脚")
    arrived, seq = store.arrived(then.id), store.last_seq()
    tally = again(store)
    assert counts(tally) == (1, 3, 0, 1, 0, 0)
    assert kept(store) == good
    assert store.get(then.id) is None
    now = one(store, "b.txt")
    assert store.arrived(now.id) == arrived
    assert now.id in {each.report.id for each in store.changed_since(seq)}
    assert counts(again(store)) == (0, 4, 0, 1, 0, 0)


def test_files_of_one_name_from_two_folders_are_told_apart(store: Store, tmp_path: Path) -> None:
    for name in ("一", "二", "三"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "b.txt").write_text(f"{TITLE}\n{BODY}{name}。", "utf-8")
        bring(store, tmp_path / name)
    good = kept(store)
    for number, report in enumerate(good[:2]):
        as_read_then(store, report, text=f"{BODY}页脚{number}")
    tally = again(store)
    assert counts(tally) == (2, 1, 0, 0, 0, 0)
    assert kept(store) == good


def test_where_one_of_several_files_of_one_name_cannot_be_read_nothing_is_replaced(
    store: Store, tmp_path: Path
) -> None:
    for name, text in (("一", f"{TITLE}\n{BODY}一。"), ("二", "不是报告")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "b.txt").write_text(text, "utf-8")
        bring(store, tmp_path / name)
    (report,) = kept(store)
    as_read_then(store, report, text=f"{BODY}页脚")
    assert counts(again(store)) == (1, 0, 0, 0, 1, 0)  # the second never gave a report: it cannot be its
    assert kept(store) == [report]
    other = replace(report, id="0" * 16, text=f"{BODY}二。", sections=(), sha256="")
    store.put(other)
    then = as_read_then(store, report, text=f"{BODY}页脚")
    tally = again(store)
    assert counts(tally) == (0, 0, 0, 0, 2, 0)
    assert "cannot be told" in tally.failed[1].why
    assert {each.id for each in kept(store)} == {other.id, then.id}


def test_copies_are_settled_when_one_reads_anew(store: Store, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(f"{TITLE}\n{BODY}", "utf-8")
    bring(store, tmp_path / "b.txt")
    (report,) = kept(store)
    as_read_then(store, report, text=f"{BODY}页脚")
    (tmp_path / "in.jsonl").write_text(line(text=report.text, url=URL, title=TITLE), "utf-8")
    bring(store, tmp_path / "in.jsonl")
    assert len(list(store.works())) == 2
    again(store)
    assert [copies for _, _, copies in store.works()] == [1]


def test_the_last_brought_in_counts_not_the_last_in_the_archive(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    for text in (BODY, BODY + "新。", BODY):
        file.write_text(line(text=text, url=URL, title=TITLE), "utf-8")
        bring(store, file)
    assert [each.text for each in kept(store)] == [BODY]
    assert counts(again(store)) == (0, 1, 0, 0, 0, 0)


def test_a_clock_that_was_wrong_does_not_make_the_old_new(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "in.jsonl"
    for year, text in ((2099, BODY), (2026, BODY + "新。")):
        clock = SimpleNamespace(now=lambda zone, year=year: datetime(year, 1, 1, tzinfo=zone))
        monkeypatch.setattr("crawler.warc_files.datetime", clock)
        file.write_text(line(text=text, url=URL, title=TITLE), "utf-8")
        bring(store, file)
    assert counts(again(store)) == (0, 1, 0, 0, 0, 0)
    assert [each.text for each in kept(store)] == [BODY + "新。"]


def test_what_cannot_be_read_any_more_stays_and_is_named(store: Store, folder: Path) -> None:
    bring(store, folder)
    before = kept(store)
    (folder / "a.html").write_text("<p>维护中</p>", "utf-8")
    assert len(bring(store, folder).failed) == 2
    tally = again(store)
    assert counts(tally) == (0, 3, 0, 1, 1, 0)
    assert [each.path for each in tally.failed] == ["a.html"]
    assert kept(store) == before


def test_damage_and_what_the_archive_does_not_hold_are_named(store: Store, folder: Path) -> None:
    bring(store, folder)
    before = kept(store)
    (file,) = (store.path.parent / FOLDER).iterdir()
    file.write_bytes(file.read_bytes()[:-3])
    tally = again(store)  # the last record is the page that is no report
    assert counts(tally) == (0, 4, 0, 0, 1, 0)
    assert tally.problems()[0].startswith(f"failed  {file.name}: damaged at byte")
    file.unlink()
    gone = again(store)
    assert counts(gone) == (0, 0, 0, 0, 0, 4)
    assert gone.problems() == ["4 reports have no original in the archive; they stay as they are"]
    assert kept(store) == before


def test_an_exported_line_is_taken_as_it_stands(store: Store, folder: Path, tmp_path: Path) -> None:
    bring(store, folder)
    said = {**to_json(one(store, "a.html"), load_regions()), "year": 1999, "topics": ["政务公开"]}
    (tmp_path / "corrected.jsonl").write_text(json.dumps(said), "utf-8")
    bring(store, tmp_path / "corrected.jsonl")
    assert counts(again(store)) == (0, 4, 0, 1, 0, 0)
    assert one(store, "a.html").year == 1999


def test_archives_of_the_first_release_are_read(store: Store, folder: Path) -> None:
    """They have no head, their notes are not of addresses, and what was given stands in WARC-Given as text."""
    bring(store, folder)
    good = kept(store)
    archive = store.path.parent / FOLDER
    (new,) = archive.iterdir()
    new.unlink()
    given = json.dumps({"url": URL, "title": TITLE, "year": "2022"})
    written = BytesIO()
    writer = WARCWriter(written, gzip=True, warc_version="WARC/1.1")
    headers = {"WARC-Source-File": "a.html", "WARC-Given": given}
    writer.write_record(
        writer.create_warc_record(
            URL, "resource", BytesIO(HTML.encode()), len(HTML.encode()), "text/html", warc_headers_dict=headers
        )
    )
    (archive / "import-20260101T000000000000-1.warc.gz").write_bytes(written.getvalue())
    as_read_then(store, one(store, "a.html"), issuer="旧")
    tally = again(store)
    assert (counts(tally), tally.fields) == ((1, 0, 0, 0, 0, 3), {"issuer": 1, "year_from": 1})
    assert [replace(each, year_from="title") for each in kept(store) if each.url == URL] == [
        each for each in good if each.url == URL
    ]


# What was crawled


def crawled(store: Store, html: str = HTML, *, url: str = URL, keep: bool = True, title: str | None = None) -> None:
    """What the crawl does with a page: archives it, reads it, keeps the report."""
    page = Fetched(url, 200, "OK", (("Content-Type", "text/html"),), html.encode(), html.encode(), "192.0.2.1", 0, 0)
    visit = Visit((Piece(url, "text/html", page.body),), Given(title=title, url=url))
    with Archive(store.path.parent, store, prefix="crawl") as archive:
        report = Looking(())(visit).report
        archive.keep_reading(url, visit, (archive.keep_response(page),), source="某县", found=report is not None)
    if keep and report is not None:
        store.put(report)


def test_what_was_crawled_is_read_again_from_its_responses(store: Store) -> None:
    crawled(store)
    crawled(store, HTML.replace("取得新的成效", "取得一定成效"))
    crawled(store, HTML, url=URL + "?2")
    good, seq = kept(store), store.last_seq()
    assert counts(again(store)) == (0, 2, 0, 0, 0, 0)
    assert store.last_seq() == seq
    as_read_then(store, store.get(good[0].id) or good[0], title="旧题")
    tally = again(store)
    assert (tally.changed, tally.fields) == (1, {"title": 1})
    assert kept(store) == good


def test_a_page_that_shows_no_report_for_a_while_does_not_hide_the_one_it_showed(store: Store) -> None:
    crawled(store)
    good = kept(store)
    crawled(store, "<p>系统维护中</p>")
    as_read_then(store, good[0], title="旧题")
    assert counts(again(store)) == (1, 0, 0, 0, 0, 0)
    assert kept(store) == good


def test_what_its_source_says_today_is_believed(store: Store) -> None:
    crawled(store)
    crawled(store, url=URL + "?2")
    source = SourceConfig("某县", (URL,), region="110000", selector="#zoom")
    tally = reread(store, replace(config(store), source=(source,)), lambda so_far: None)
    assert tally.fields == {"region_code": 2, "read_by": 2}
    assert {each.region_code for each in kept(store)} == {"110000"}
    tally = reread(store, replace(config(store), source=()), lambda so_far: None)  # a source given up: as it was read
    assert tally.changed == 2
    assert {each.region_code for each in kept(store)} == {"431222"}


def test_a_page_that_gives_a_report_only_now_is_added_if_a_source_wants_its_kind(store: Store) -> None:
    crawled(store, keep=False)
    policy = HTML.replace(TITLE, "沅陵县人民政府关于印发优化营商环境实施方案的通知")
    crawled(store, policy, url=URL + "?policy", keep=False)
    assert counts(again(store)) == (0, 0, 1, 1, 0, 0)
    assert [(each.url, each.kind) for each in kept(store)] == [(URL, Kind.RULE_OF_LAW)]


def test_a_response_that_is_lost_is_named_and_its_report_stays(store: Store) -> None:
    crawled(store)
    crawled(store, title=TITLE)  # the same page under the link's title: told anew, in a file of its own
    before = kept(store)
    first, _second = sorted((store.path.parent / FOLDER).iterdir())
    first.unlink()
    tally = again(store)
    assert counts(tally) == (0, 0, 0, 0, 1, 0)
    assert first.name in tally.failed[0].why
    assert kept(store) == before


def test_import_and_crawl_of_one_address_are_one_report(store: Store, folder: Path) -> None:
    bring(store, folder)
    crawled(store, HTML.replace("取得新的成效", "取得一定成效"))
    before = kept(store)
    assert counts(again(store)) == (0, 4, 0, 1, 0, 0)
    assert kept(store) == before
    bring(store, folder)  # brings the imported one back
    before = kept(store)
    assert counts(again(store)) == (0, 4, 0, 1, 0, 0)
    assert kept(store) == before


def test_it_is_read_in_workers(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(store, folder)
    crawled(store, url=URL + "?2")
    monkeypatch.setattr("crawler.reread.Worker", Worker)
    seen: list[int] = []
    reread(store, config(store), lambda so_far: seen.append(so_far.done))
    assert seen == [1, 2, 3, 4, 5, 6]
