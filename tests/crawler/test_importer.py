"""Files to reports: what is read, what is refused, and that every failure is named."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from crawler.importer import import_paths
from crawler.tally import Tally
from reports.config import Config
from reports.jsonform import to_json
from reports.regions import load_regions
from reports.report import Kind, Report
from reports.store import Store
from tests.crawler.papers import PARAGRAPHS, pdf, printed, word

PARAGRAPH = "本县认真贯彻落实法治政府建设实施纲要，全面推进依法行政，各项工作取得新的成效，现将有关情况报告如下。"
BODY = "\n".join(
    [PARAGRAPH, "一、主要举措和成效", "推进政务公开，规范行政执法。" * 6, "二、存在的问题", "人员力量不足。" * 8]
)
TITLE = "沅陵县2022年法治政府建设年度报告"
HTML = (
    f"<html><head><title>{TITLE}</title><meta charset=utf-8></head><body><div id=zoom>"
    + "".join(f"<p>{line}</p>" for line in BODY.split("\n"))
    + "</div></body></html>"
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "corpus")


def bring(store: Store, *paths: Path) -> Tally:
    config = Config().with_corpus(store.path.parent)
    return import_paths(paths, store, config, lambda so_far: None)


def kept(store: Store) -> list[Report]:
    return [each.report for each in store.changed_since(0)]


def line(**values: object) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"


def test_a_folder_gives_its_pages_texts_and_lines(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.html").write_text(HTML, "utf-8")
    (folder / "sub" / "b.txt").write_bytes(f"{TITLE}（文本）\n{BODY}又及。".encode("gb18030"))
    (folder / "c.jsonl.gz").write_bytes(gzip.compress(line(text=BODY + "又一份。", title="乙县报告").encode()))
    (folder / "photo.png").write_bytes(b"\x89PNG")
    (folder / "robots.txt").write_text("User-agent: *\n")
    tally = bring(store, folder)
    assert (tally.added, tally.failed) == (3, [])
    assert {each.origin for each in kept(store)} == {"a.html", "sub/b.txt", "c.jsonl.gz:1"}
    again = bring(store, folder)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)


def test_pdf_and_docx_are_read_too(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(printed((TITLE, *PARAGRAPHS)))
    (folder / "b.DOCX").write_bytes(word((TITLE, *PARAGRAPHS, "又及。")))
    (folder / "~$b.docx").write_bytes(b"open in Word")
    (folder / "scan.pdf").write_bytes(pdf([[]], picture=True))
    (folder / "manifest.jsonl").write_text(line(file="a.pdf", url="http://www.yuanling.gov.example/a.pdf"), "utf-8")
    tally = bring(store, folder)
    assert [(each.path, each.why[:10]) for each in tally.failed] == [("scan.pdf", "image only")]
    assert {(each.origin, each.read_by, each.title, each.region_code) for each in kept(store)} == {
        ("a.pdf", "pdf", TITLE, "431222"),
        ("b.DOCX", "docx", TITLE, "431222"),
    }
    assert next(each.url for each in kept(store) if each.origin == "a.pdf") == "http://www.yuanling.gov.example/a.pdf"
    assert bring(store, folder).unchanged == 2


def test_a_manifest_gives_address_and_title_by_file(tmp_path: Path, store: Store) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "sub" / "a.html").write_text(HTML, "utf-8")
    url = "http://www.yuanling.gov.example/a.html"
    (tmp_path / "in" / "manifest.jsonl").write_text(line(file="sub/a.html", url=url, title="题名"), "utf-8")
    bring(store, tmp_path / "in")
    assert [(each.url, each.title, each.origin) for each in kept(store)] == [(url, "题名", "sub/a.html")]


def test_what_a_line_gives_is_believed_and_what_it_does_not_is_read(tmp_path: Path, store: Store) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(line(title=TITLE, text=BODY, year=2019, doc_type="政策文件", note="x", issuer=None), "utf-8")
    tally = bring(store, file)
    (report,) = kept(store)
    assert (report.year, report.year_from, report.kind) == (2019, "given", Kind.POLICY)
    assert (report.region_code, report.origin) == ("431222", "in.jsonl:1")
    assert dict(tally.ignored_keys) == {"note": 1}


BAD_LINES = (
    ("{broken\n", "not a JSON object"),
    ("[1, 2]\n", "not a JSON object but list"),
    ("[" * 100_000 + "\n", "not a JSON object"),
    (line(title="无文本"), "neither 'text' nor 'html'"),
    (line(text=5), "'text': must be text"),
    (line(text=BODY, year="2021"), "'year': not a year"),
    (line(text=BODY, region_code="11", date="昨天"), "'region_code': a division code has six digits"),
    (line(text=BODY, url="javascript:alert(1)"), "'url': not an http address"),
    (line(text=BODY, sections=[], read_by="x", origin="y"), "key 'url' is missing"),
    ("\ufffe\n", "not a JSON object"),
)


def test_lines_that_cannot_be_read_are_named_and_the_others_are_kept(tmp_path: Path, store: Store) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("".join(written for written, _ in BAD_LINES) + line(title=TITLE, text=BODY), "utf-8")
    tally = bring(store, file)
    assert tally.added == 1
    assert [each.path for each in tally.failed] == [f"in.jsonl:{number + 1}" for number in range(len(BAD_LINES))]
    for failure, (_, said) in zip(tally.failed, BAD_LINES, strict=True):
        assert said in failure.why


BAD_FILES = (
    ("empty.html", b"", "empty"),
    ("empty.txt", b" \n ", ""),
    ("binary.txt", bytes(range(256)) * 40, "binary"),
    ("report.html", b"%PDF-1.7 " + b"\0" * 2000, "PDF"),
    ("huge.txt", "政府工作报告。\n".encode() * 1_000_000, "larger than a report can be"),
    ("cut.jsonl.gz", gzip.compress(line(text=BODY).encode())[:-20], "end"),
    ("not.jsonl.gz", b"plain text", "gzip"),
    ("list.html", ("<ul>" + "<li><a href=a>法治政府建设年度报告</a></li>" * 60 + "</ul>").encode(), "links"),
    ("letter.doc", b"x", "not a kind of file"),
)


def test_bad_files_are_named_with_a_reason(tmp_path: Path, store: Store) -> None:
    for name, data, _ in BAD_FILES:
        (tmp_path / name).write_bytes(data)
    tally = bring(store, *(tmp_path / name for name, _, _ in BAD_FILES))
    why = {each.path: each.why for each in tally.failed}
    assert tally.read == 0
    assert why.keys() == {name for name, _, _ in BAD_FILES}
    for name, _, said in BAD_FILES:
        assert said in why[name]
        assert "\n" not in why[name]


def test_a_path_that_is_not_there_is_named(tmp_path: Path, store: Store) -> None:
    tally = bring(store, tmp_path / "none")
    assert "no such file" in tally.failed[0].why


def test_a_broken_manifest_line_is_named_and_the_pages_are_read(tmp_path: Path, store: Store) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(HTML, "utf-8")
    lines = line(file="a.html", url="not a url") + line(title="无文件") + "[]\n"
    (tmp_path / "in" / "manifest.jsonl").write_text(lines, "utf-8")
    tally = bring(store, tmp_path / "in")
    assert tally.added == 1
    assert [each.path for each in tally.failed] == [f"manifest.jsonl:{number}" for number in (1, 2, 3)]
    assert "not an http address" in tally.failed[0].why


BAD_VALUES: tuple[tuple[dict[str, object], str], ...] = (
    ({"title": "\ud800"}, "surrogates not allowed"),
    ({"title": "题" * 2000}, "longer than 1000"),
    ({"text": BODY + "\ud800"}, "half a surrogate pair"),
    ({"region_code": "999999"}, "no division has the code 999999"),
    ({"published": "2021-02-30"}, "'published'"),
    ({"year": 10**30}, "'year': not a year"),
)


def test_a_value_that_cannot_be_kept_fails_its_line_alone(tmp_path: Path, store: Store) -> None:
    file = tmp_path / "in.jsonl"
    bad = "".join(json.dumps({"text": BODY + "又一份。", **values}) + "\n" for values, _ in BAD_VALUES)
    file.write_text(bad + line(title=TITLE, text=BODY), "utf-8")
    tally = bring(store, file)
    assert tally.added == 1
    for failure, (_, said) in zip(tally.failed, BAD_VALUES, strict=True):
        assert said in failure.why


def test_an_exported_line_that_was_bent_fails_alone(tmp_path: Path, store: Store) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(line(title=TITLE, text=BODY), "utf-8")
    bring(store, file)
    good = to_json(kept(store)[0], load_regions())
    section = {"heading": "", "kind": "lead", "start": 0, "stop": 10}
    bent: list[tuple[dict[str, object], str]] = [
        ({"year": 10**30}, "'year'"),
        ({"covers": 2**63}, "'covers'"),
        ({"sections": [{**section, "stop": 5.5}]}, "'sections'"),
        ({"sections": [section]}, "the sections end at 10"),
        ({"url": "javascript:alert(1)"}, "'url'"),
        ({"url": "http://[::1"}, "'url'"),
        ({"region_code": "12"}, "'region_code'"),
        ({"text": "cafe\u0301" + BODY, "sections": []}, "NFC"),
    ]
    file.write_text("".join(line(**{**good, **values}) for values, _ in bent), "utf-8")
    tally = bring(store, file)
    assert tally.read == 0
    for failure, (_, said) in zip(tally.failed, bent, strict=True):
        assert said in failure.why


def test_the_same_text_without_addresses_is_kept_once_and_the_other_is_named(tmp_path: Path, store: Store) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(line(text=BODY, year=2019) + line(text=BODY, year=2020), "utf-8")
    for added in (1, 0):
        tally = bring(store, file)
        assert (tally.added, tally.unchanged, tally.changed) == (added, 1 - added, 0)
        assert tally.failed[0].path == "in.jsonl:2"
        assert "the same text is held" in tally.failed[0].why
    assert [each.year for each in kept(store)] == [2019]


def test_titles_and_issuers_are_kept_in_nfc(tmp_path: Path, store: Store) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(line(text=BODY, title="\uf9dc兴市报告 cafe\u0301", issuer="\uf9dc兴市司法局"), "utf-8")
    bring(store, file)
    (report,) = kept(store)
    assert (report.title, report.issuer) == ("隆兴市报告 café", "隆兴市司法局")


def test_a_name_that_is_no_text_is_shown_with_codes(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{TITLE}\n{BODY}", "utf-8")
    with open(bytes(folder) + b"/b\xff.txt", "wb") as file:
        file.write((BODY + "又一份。").encode())
    tally = bring(store, folder)
    assert tally.added == 2
    assert {each.origin for each in kept(store)} == {"a.txt", "b\\udcff.txt"}


def test_what_is_neither_file_nor_folder_is_named(tmp_path: Path, store: Store) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    tally = bring(store, tmp_path / "pipe.html")
    assert "not a file or folder" in tally.failed[0].why
