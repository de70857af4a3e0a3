from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import segmenter
from indexer.marks import Published, snippets, text_marks, title_marks
from indexer.query import Scope, Term
from reports.fold import fold
from reports.report import Script, Section, SectionKind
from tests.indexer.made import report

TEXT = st.text(alphabet="政府报告。，\n “” ", min_size=1, max_size=400)


def term(text: str, *, quoted: bool = True, **more: object) -> Term:
    return Term(text, fold(text), quoted=quoted, **more)  # type: ignore[arg-type]


def marked(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[a:b] for a, b in spans]


def test_marks_span_the_published_text_with_its_spaces_and_script() -> None:
    made = report("建立“每月 一題”機制，深化每月一題。")
    spans = text_marks(made, [term("每月一题")], segmenter().words)
    assert marked(made.text, spans) == ["每月 一題", "每月一題"]


def test_regional_words_are_marked_as_published() -> None:
    assert marked("提升服務水準", tuple(Published("提升服務水準", Script.HANT).find("服务水平"))) == ["服務水準"]


def test_a_bare_word_that_stands_apart_is_marked_by_its_words() -> None:
    made = report("推进政务公开，改进服务。")
    spans = text_marks(made, [term("政务公开服务", quoted=False)], segmenter().words)
    assert marked(made.text, spans) == ["政务", "公开", "服务"]


def test_only_the_section_asked_for_is_marked() -> None:
    text = "成效好。\n问题是成效慢。"
    sections = (Section("", SectionKind.ACHIEVEMENTS, 0, 5), Section("", SectionKind.PROBLEMS, 5, len(text)))
    made = report(text, sections=sections)
    spans = text_marks(made, [term("成效", sections=frozenset({SectionKind.PROBLEMS}))], segmenter().words)
    assert spans == ((8, 10),)


def test_title_terms_mark_the_title_alone() -> None:
    made = report("法治政府建设。", title="法治政府报告")
    scoped = term("法治政府", scope=Scope.TITLE)
    assert text_marks(made, [scoped], segmenter().words) == ()
    assert title_marks(made, [scoped], segmenter().words) == ((0, 4),)


@pytest.mark.parametrize("phrase", ["政府", "报告。", "府报"])
@given(text=TEXT)
def test_snippets_are_pieces_of_the_text_and_no_mark_is_cut(phrase: str, text: str) -> None:
    marks = tuple((a, b) for a, b in Published(text, Script.HANS).find(phrase))
    shown = snippets(text, marks)
    assert 1 <= len(shown) <= 3
    for snippet in shown:
        assert snippet.text in text
        assert all(fold(snippet.text[a:b]) == phrase for a, b in snippet.marks)
        assert list(snippet.marks) == sorted(snippet.marks)
    if marks:
        assert shown[0].marks
