"""The fictional web keeps the promises made of it, and is what the composer gives."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from demo.beside import BESIDE, written_beside
from demo.compose import REPRINTED, SITES, TWINS, reprint
from demo.material import FOLDER, frame, rows, table, themes
from demo.pages import MARKER
from demo.phrases import due
from demo.places import MISSING, YEARS, governments, offices
from demo.plan import plans
from demo.report import Written, sentences, shared
from demo.script import REGIONAL, gateway, simplified
from demo.sites import path_of, sites
from tests.demo.composed import DEMO, beside, composed, everything, page_text

READING = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)")
OFFICE_KEYS = {issuer.key for issuer in offices()}
TAGS = re.compile(r"<[^>]+>|\s|&emsp;|&nbsp;|　")


def annual() -> list[Written]:
    return [entry for entry in everything() if entry.key.isdigit()]


def labels() -> list[dict[str, list[str] | str]]:
    return [json.loads(line) for line in (DEMO / "topics.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("folder", "compose"), [(SITES, composed), (BESIDE, beside)], ids=["sites", "beside"])
def test_tracked_files_are_what_a_fresh_composition_gives(
    folder: Path, compose: Callable[[], dict[str, bytes]]
) -> None:
    tracked = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert sorted(tracked) == sorted(compose())
    assert [name for name in tracked if tracked[name] != compose()[name]] == []


def test_tracked_files_stay_small() -> None:
    assert sum(map(len, composed().values())) < 2_500_000


def test_there_is_enough_written_material() -> None:
    pieces = [entry.text for theme in themes().values() for entry in theme.paragraphs]
    pieces += [
        entry.text.partition("｜")[2] or entry.text
        for name in ("导语", "问题", "原因", "履职", "安排")
        for entry in frame(name)
    ]
    pieces += [row[2] for row in (*rows("places.txt"), *rows("offices.txt"))]
    figures = {entry.text for theme in themes().values() for entry in theme.sentences}
    assert len(set(pieces)) >= 300
    assert len({text for text in figures if "{" in text}) >= 40
    assert [text for text in pieces if not 60 <= len(text) <= 160] == []


def test_no_sentence_was_written_twice() -> None:
    told = Counter(part for theme in themes().values() for entry in theme.paragraphs for part in sentences(entry.text))
    assert [part for part, count in told.items() if count > 1] == []


def test_twelve_places_report_on_every_year_and_one_report_is_missing() -> None:
    held = {(entry.key, entry.year) for entry in annual()}
    places = {issuer.key for issuer in governments()}
    complete = [key for key in places if all((key, year) in held for year in YEARS)]
    assert len(complete) >= 12
    assert MISSING not in held


def test_departments_a_street_office_work_reports_and_news_are_there() -> None:
    assert len([issuer for issuer in offices() if issuer.name.endswith(("局", "厅"))]) >= 6
    assert [issuer.name for issuer in offices() if "街道" in issuer.name]
    keys = Counter(entry.key.partition("-")[0] for entry in everything())
    assert keys["work"] == 3
    assert keys["news"] == 2


@pytest.mark.parametrize("entry", [entry for entry in everything() if entry.key.isdigit() or entry.key in OFFICE_KEYS])
def test_reports_are_long_enough_and_have_no_open_slot(entry: Written) -> None:
    assert len(entry.text) >= 1500
    assert "{" not in entry.text + entry.title


def test_reports_of_different_places_share_at_most_forty_percent() -> None:
    pairs = combinations(everything(), 2)
    high = [(a.title, b.title) for a, b in pairs if a.key != b.key and shared(a.text, b.text) > 0.4]
    assert high == []


def test_neighbouring_years_of_a_place_share_thirty_to_sixty_percent() -> None:
    pairs = [(a, b) for a, b in pairwise(everything()) if a.key == b.key and b.year == a.year + 1]
    assert len(pairs) >= 50
    assert [a.title for a, b in pairs if not 0.3 <= shared(a.text, b.text) <= 0.6] == []


def test_no_theme_is_in_more_than_fifty_five_percent_of_annual_reports() -> None:
    used = Counter(name for chosen in plans().values() for name in chosen)
    assert max(used.values()) <= 0.55 * len(plans())
    assert len(used) == 22


@pytest.mark.parametrize("phrase", table("phrases.toml"))
def test_a_phrase_is_said_where_and_since_when_the_material_says(phrase: str) -> None:
    since: dict[str, int] = table("phrases.toml")[phrase]
    for entry in annual():
        if phrase in due(entry.key, entry.year):
            assert phrase in entry.text, f"{entry.title} does not say it"
        elif phrase in entry.text:
            assert entry.year >= since.get(entry.key, since.get("*", 9999)), f"{entry.title} says it too early"


def test_every_page_says_it_is_fictional_and_no_report_does() -> None:
    pages = [f"sites/{name}" for name in composed() if name.endswith(("html", "htm", "xml"))]
    pages += [f"beside/{name}" for name in beside() if not name.endswith("docx")]
    assert [name for name in pages if MARKER not in page_text(name)] == []
    assert [entry.title for entry in (*everything(), *written_beside()) if "虚构" in entry.text] == []


def test_every_page_holds_every_paragraph_of_its_report() -> None:
    for entry in everything():
        site = sites()[entry.site]
        page = TAGS.sub("", page_text(f"sites/{site.host}{path_of(site, entry)}"))
        assert [block.text for block in entry.blocks if TAGS.sub("", block.text) not in page] == []


def test_the_gbk_site_declares_gb2312_and_decodes() -> None:
    pages = [content for name, content in composed().items() if "dizhou" in name and name.endswith("html")]
    assert pages
    for content in pages:
        assert b"charset=gb2312" in content
        assert "荻州" in content.decode("gb18030")
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")


def test_gateway_copies_fold_back_to_the_original_exactly() -> None:
    copies = [name for name in composed() if "/gate/big5/" in name and "index" not in name]
    assert len(copies) == len(TWINS)
    for name in copies:
        host = name.partition("/")[0]
        original = composed()[name.replace(f"gate/big5/{host}/", "")].decode()
        copy = composed()[name].decode()
        assert len(copy) == len(original)
        assert copy != original
        assert simplified(copy) == original


def test_gateway_copies_use_regional_words() -> None:
    text = "".join(content.decode() for name, content in composed().items() if "/gate/big5/" in name)
    assert [other for other in REGIONAL.values() if other not in text] == []
    assert all(len(word) == len(other) for word, other in REGIONAL.items())


def test_folding_by_opencc_agrees_with_our_table() -> None:
    opencc = pytest.importorskip("opencc")
    fold = opencc.OpenCC("t2s").convert
    pairs = [pair for line in (FOLDER / "traditional.txt").read_text("utf-8").splitlines()[1:] for pair in line.split()]
    assert [pair for pair in pairs if fold(pair[1]) != pair[0]] == []


def test_the_reprint_is_the_whole_report_with_readings_and_two_promotions() -> None:
    original = next(entry for entry in everything() if (entry.key, entry.year) == REPRINTED)
    text = reprint(original).text
    assert len(READING.findall(text)) > 50
    assert simplified(READING.sub("", text)).startswith(original.text)
    assert "附1：" in text
    assert "附2：" in text


def test_the_manifest_names_every_article_and_no_list_page() -> None:
    named = [json.loads(line) for line in composed()["manifest.jsonl"].decode().splitlines()]
    assert len(named) == len(everything()) + len(TWINS) + 1
    assert len({row["url"] for row in named}) == len(named)
    for row in named:
        assert row["title"] in page_text(f"sites/{row['file']}")
        assert "index" not in row["file"]


def test_a_few_reports_give_no_date_anywhere() -> None:
    undated = [entry for entry in everything() if entry.published is None]
    assert 2 <= len(undated) <= 6
    for entry in undated:
        site = sites()[entry.site]
        assert not re.search(
            rf"{entry.year + 1}[-年]\d", page_text(f"sites/{site.host}{path_of(site, entry)}").replace("/", "")
        )


def test_labelled_headings_stand_in_their_files_once() -> None:
    known = {name for name in themes() if name != "无"}
    assert len(labels()) >= 48
    assert any(not row["topics"] for row in labels())
    assert any(len(row["topics"]) == 2 for row in labels())
    for row in labels():
        page = TAGS.sub("", page_text(f"sites/{row['file']}"))
        assert page.count(str(row["heading"])) == 1, row
        assert set(row["topics"]) <= known


def test_divisions_are_under_the_fictional_prefix() -> None:
    with (DEMO / "divisions.csv").open(encoding="utf-8") as file:
        divisions = list(csv.DictReader(file))
    codes = {row["code"] for row in divisions} | {"000000"}
    assert all(row["code"].startswith("99") and row["parent"] in codes for row in divisions)
    assert {row["level"] for row in divisions} == {"省级", "地级", "县级"}
    assert all(row["successor"] in codes for row in divisions if row["until"])


def test_gateway_words_keep_their_length() -> None:
    assert gateway("信息共享水平") == "資訊共用水準"


def test_material_is_plain_text(tmp_path: Path) -> None:
    assert [path.name for path in FOLDER.rglob("*") if path.is_file() and "\r" in path.read_text("utf-8")] == []
