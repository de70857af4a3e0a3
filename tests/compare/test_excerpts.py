from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from compare.docx_file import Cover, excerpts_document
from compare.excerpts import MOST_EXCERPTS, Excerpts, Grouping, Shelf, excerpts, grouped, marks
from compare.permalink import Passage, passage_at
from compare.sheet import Note
from reports.errors import QueryError
from reports.regions import load_regions
from reports.report import Section, SectionKind
from reports.store import Store
from tests.compare.made import PHRASE, REPORTS, TODAY, made

REGIONS = load_regions()


@pytest.fixture
def corpus(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    for each in REPORTS:
        store.put(each)
    return store


def shelf(corpus: Store) -> Shelf:
    return Shelf(corpus, REGIONS, TODAY, "https://z.example")


def test_chosen_sentences_are_found_again_and_the_lost_are_named(corpus: Store) -> None:
    first, second = REPORTS[0], REPORTS[3]
    wanted = [passage_at(first, first.text.index(PHRASE)), passage_at(second, 0), Passage("f" * 16, "0" * 10, 1)]
    corpus.put(replace(second, text="改过了。", sections=(Section("", SectionKind.LEAD, 0, 4),)))
    found = excerpts([*wanted, wanted[0]], shelf(corpus))
    assert [each.sentence for each in found.found] == [f"深化“{PHRASE}”，办结12件。", f"=首次办{PHRASE}。"]
    assert [bool(each.kept_until) for each in found.found] == [False, True]
    assert found.lost == (wanted[2],)
    assert found.found[0].citation.link == f"https://z.example{wanted[0].path}"


@pytest.mark.parametrize(
    ("by", "headings"),
    [
        (Grouping.REGION, ["北京市", "浙江省杭州市"]),
        (Grouping.YEAR, ["2022年", "2021年", "2020年"]),
        (Grouping.SECTION, ["导语"]),
    ],
)
def test_sentences_are_grouped(corpus: Store, by: Grouping, headings: list[str]) -> None:
    wanted = [passage_at(REPORTS[n], 0) for n in (3, 1, 0)]
    groups = grouped(excerpts(wanted, shelf(corpus)).found, by)
    assert [heading for heading, _ in groups] == headings
    assert sum(len(found) for _, found in groups) == 3


def test_too_many_sentences_are_refused() -> None:
    with pytest.raises(QueryError, match=str(MOST_EXCERPTS)):
        excerpts((Passage("f" * 16, "0" * 10, n) for n in range(MOST_EXCERPTS + 1)), None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "phrases", "marked"),
    [
        (f"深化「每月一題」与{PHRASE}。", [PHRASE], ["每月一題", PHRASE]),
        ("办事办事处办事", ["办事处", "办事"], ["办事", "办事", "办事"]),
        ("没有", [PHRASE, ""], []),
    ],
)
def test_phrases_are_marked_whatever_their_script(sentence: str, phrases: list[str], marked: list[str]) -> None:
    assert [sentence[slice(*span)] for span in marks(sentence, phrases)] == marked


def document_of(corpus: Store, passages: Sequence[Passage], by: Grouping = Grouping.REGION) -> bytes:
    cover = Cover("“每月一题”摘编", by, datetime(2026, 11, 22, tzinfo=UTC), (Note("检索", "含“每月一题”"),), (PHRASE,))
    return excerpts_document(cover, excerpts(passages, shelf(corpus)))


def test_a_document_has_each_sentence_with_its_source_and_a_real_footnote(corpus: Store) -> None:
    wanted = [passage_at(REPORTS[n], REPORTS[n].text.index("每")) for n in (0, 1, 3)]
    data = document_of(corpus, wanted)
    document = Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:5] == [
        "“每月一题”摘编",
        "北京市",
        f"深化“{PHRASE}”，办结12件。",
        "《第1号报告》　北京市　2020年　2021-03-01发布",
        "办好「每月一題」，解决率86.52%。",
    ]
    assert texts[-2:] == ["说明", "检索：含“每月一题”"]
    assert [run.text for run in document.paragraphs[2].runs if run.bold] == [PHRASE]
    references = [each.get(qn("w:id")) for each in document.element.iter(qn("w:footnoteReference"))]
    (part,) = [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/footnotes")]
    notes = part.blob.decode()
    assert references == ["1", "2", "3"]
    assert all(f'w:id="{number}"' in notes for number in ("-1", "0", *references))
    assert "北京市人民政府. 第1号报告[R/OL]. 2021-03-01. http://a.gov.example/1." in notes
    assert f"https://z.example{wanted[0].path}" in notes


def test_a_document_says_what_was_changed_and_what_was_lost(corpus: Store) -> None:
    passage = passage_at(REPORTS[3], 0)
    corpus.put(replace(REPORTS[3], text="改过了。", sections=(Section("", SectionKind.LEAD, 0, 4),)))
    data = document_of(corpus, [passage, Passage("f" * 16, "0" * 10, 1)])
    document = Document(io.BytesIO(data))
    assert "未能摘编：所选句子中有 1 句现已不在收录文本中，未能摘编。" in [each.text for each in document.paragraphs]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert "原文其后已改动" in file.read("word/footnotes.xml").decode()


def test_a_document_holds_no_characters_that_xml_cannot(corpus: Store) -> None:
    bad = made(9, "110000", 2023, f"坏\x01字\x0b办{PHRASE}。", title="坏\x02题")
    corpus.put(bad)
    document = Document(io.BytesIO(document_of(corpus, [passage_at(bad, 0)])))
    assert f"坏字办{PHRASE}。" in [each.text for each in document.paragraphs]


def test_a_document_of_nothing_still_opens(corpus: Store) -> None:
    document = Document(
        io.BytesIO(excerpts_document(Cover("空", Grouping.YEAR, datetime(2026, 11, 22, tzinfo=UTC)), Excerpts((), ())))
    )
    assert [each.text for each in document.paragraphs] == ["空"]


def test_a_document_says_under_its_title_that_it_is_a_part() -> None:
    cover = Cover("摘编", Grouping.YEAR, datetime(2026, 11, 22, tzinfo=UTC), part="只有第 2 页")
    document = Document(io.BytesIO(excerpts_document(cover, Excerpts((), ()))))
    assert [each.text for each in document.paragraphs] == ["摘编", "只有第 2 页"]


def test_a_title_may_be_longer_than_a_file_may_say_of_itself() -> None:
    cover = Cover("长" * 600, Grouping.YEAR, datetime(2026, 11, 22, tzinfo=UTC))
    document = Document(io.BytesIO(excerpts_document(cover, Excerpts((), ()))))
    assert document.paragraphs[0].text == "长" * 600
    assert document.core_properties.title == "长" * 255
