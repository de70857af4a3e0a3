"""What a page of comparison says beside its figures: what they are not, and what they lack."""

from __future__ import annotations

import io
import re
from html import unescape
from urllib.parse import quote

import pytest
from docx import Document
from flask.testing import FlaskClient

from tests.webapp.test_compare_pages import ASKED, Q, cells, file_of


def test_each_line_of_a_trend_says_what_its_figures_are_not(client: FlaskClient) -> None:
    several, plain = quote("“每月一题”办结"), quote(Q)
    html = client.get(f"/compare/trend?q={plain}&phrase={several}").text
    assert "<li>“每月一题”办结：检索式里有几个词" in html
    assert "检索式里有几个词" not in client.get(f"/compare/trend?q={plain}").text


@pytest.mark.parametrize("view", ["matrix", "trend", "wordlist"])
def test_a_figure_that_lacks_expected_reports_says_how_many(client: FlaskClient, view: str) -> None:
    html = client.get(ASKED[view]).text
    said = re.findall(r'is-partial" title="收录 \d+ 份，[^"]*；另有 (\d+) 份应有而未收录">(.*?)</td>', html, re.DOTALL)
    assert said
    assert [count for count, words in said if f"（另有 {count} 份未收录）" not in words] == []
    assert "† 另有应有而未收录的报告" in html
    if view == "matrix":
        assert "†" not in client.get(ASKED[view] + "&region=" + quote("石桥区") + "&year=2020-2022").text


def test_titles_are_not_counted_and_lead_to_their_reports(client: FlaskClient) -> None:
    asked = "q=" + quote("标题:白鹭县")
    html = client.get(f"/compare/matrix?{asked}").text
    assert set(cells(html, "白鹭县")[:6]) == {"—", "未收录"}
    assert "标题不计次数和次/万字" in html
    href = next(unescape(each) for each in re.findall(r'<a href="(/search[^"]*)"', html) if "year=2022" in each)
    assert "%E6%A0%87%E9%A2%98" in href
    assert set(cells(client.get(f"/compare/matrix?{asked}&measure=share").text, "白鹭县")[:6]) == {"100%", "未收录"}
    assert "0 次" not in client.get(f"/compare/first?{asked}").text
    lines = client.get(f"/compare/concordance?{asked}").text
    assert "只查标题：标题不计次数" in lines
    assert "没有写到" not in lines


def test_who_says_it_most_is_told_with_how_many_reports_are_held(client: FlaskClient) -> None:
    html = client.get(ASKED["first"]).text
    assert re.search(r"<span>\d+ 次 · [\d.]+ 次/万字 · 收录 \d+ 份</span>", html)
    assert re.search(r"<span>[\d.]+ 次/万字 · \d+ 次 · 收录 \d+ 份</span>", html) or "谁说得最密" not in html


def test_a_document_says_which_part_of_the_lines_it_holds(client: FlaskClient) -> None:
    def cover(address: str) -> str:
        document = Document(io.BytesIO(client.get(file_of(address, "docx")).data))
        return str(document.paragraphs[1].text)

    every = f"/compare/concordance?q={quote(Q)}"
    pick = next(iter(re.findall(r'name="pick" value="([^"]+)"', client.get(every).text)))
    assert re.fullmatch(
        r"这里只有检索结果的第 2 页：一共 \d+ 处，摘的是其中 20 处所在的句子。", cover(every + "&page=2")
    )
    assert re.fullmatch(r"这里只有选出的句子：检索结果一共 \d+ 处，选了 1 句。", cover(every + f"&pick={quote(pick)}"))
    assert "这里只有" not in cover(every + f"&region={quote('白鹭县')}&year=2020")
