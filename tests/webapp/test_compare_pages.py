"""The pages of comparison: what they show, what they refuse, where they lead."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.webapp.fakes import FakeLibrary
from webapp.app import LARGEST_BODY
from webapp.compare_params import VIEWS

Q = "“每月一题”"
ASKED = {
    "matrix": f"/compare/matrix?q={quote(Q)}",
    "concordance": f"/compare/concordance?q={quote(Q)}&beside={quote('白鹭县')}&beside={quote('石桥区')}",
    "first": f"/compare/first?q={quote(Q)}",
    "trend": f"/compare/trend?q={quote(Q)}&phrase={quote('营商环境')}",
    "wordlist": "/compare/wordlist?list=" + quote("每月一题|每月一題\n渡口"),
}
FILES = {
    "matrix": ("csv", "xlsx", "json", "svg"),
    "concordance": ("csv", "xlsx", "json", "docx"),
    "first": ("csv", "xlsx", "json", "svg", "docx"),
    "trend": ("csv", "xlsx", "json", "svg"),
    "wordlist": ("csv", "xlsx", "json"),
}


def links(html: str, at: str) -> list[str]:
    found = (urlsplit(urljoin(f"http://here{at}", unescape(href))) for href in re.findall(r'href="([^"#]*)', html))
    return [url._replace(scheme="", netloc="").geturl() for url in found if url.netloc == "here"]


def file_of(address: str, form: str) -> str:
    return re.sub(r"(/compare/\w+)", rf"\1.{form}", address, count=1)


def cells(html: str, row: str) -> list[str]:
    """The words of a row's cells."""
    line = next(each for each in re.findall(r"<tr.*?</tr>", html, re.DOTALL) if f"<span>{row}</span></th>" in each)
    line = re.sub(r'<span class="vh">.*?</span>', "", line)
    return [re.sub(r"<[^>]+>|\s", "", each) for each in re.findall(r"<td.*?</td>", line, re.DOTALL)]


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_without_words_is_its_form(client: FlaskClient, view: str) -> None:
    html = client.get(f"/compare/{view}").text
    assert "<form" in html
    assert "<table" not in html


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_says_what_is_compared_in_what_and_when(client: FlaskClient, view: str) -> None:
    html = client.get(ASKED[view]).text
    for said in (
        "法治政府建设年度报告、政府工作报告",
        "按报告年份",
        "更改",
        "收录 ",
        " 字",
        "收录截至 2024-05-01",
        "制表",
    ):
        assert said in html
    for defined in ("次/万字 = ", "未收录：应有而未收录", "副本不重复计"):
        assert defined in html


@pytest.mark.parametrize("view", VIEWS)
def test_every_address_a_view_offers_is_answered(client: FlaskClient, view: str) -> None:
    html = client.get(ASKED[view]).text
    found = sorted(set(links(html, ASKED[view])))
    kinds: dict[str, list[str]] = {}
    for link in found:
        kinds.setdefault(urlsplit(link).path, []).append(link)
    for some in kinds.values():
        for link in some[:3]:
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("view", VIEWS)
def test_no_page_needs_what_its_policy_forbids_and_anchors_are_there(client: FlaskClient, view: str) -> None:
    html = client.get(ASKED[view]).text
    assert not re.search(r"<style|\sstyle=|<script>|\son\w+=\"", html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    named = re.findall(r'\s(?:aria-labelledby|aria-describedby|for|form)="([^"]+)"', html)
    assert set(" ".join(named).split()) <= set(ids)


def test_the_three_blanks_are_told_apart(client: FlaskClient) -> None:
    html = client.get("/compare/matrix?q=" + quote("“出庭应诉”")).text
    # Of 2021 no report is held though one was due, as those of years after the last one held; 2018 was before the duty.
    assert cells(html, "白鹭县")[:6] == ["1", "1", "1", "未收录", "1", "1"]
    # Nothing is expected of a province before the first report held of it.
    assert cells(html, "海岬省本级")[0] == "—"
    none = client.get("/compare/matrix?q=" + quote("“没有人写过”")).text
    assert cells(none, "石桥区")[:6] == ["0"] * 6


def test_rows_open_and_close_by_address(client: FlaskClient) -> None:
    closed = client.get(ASKED["matrix"] + "&open=none").text
    assert "白鹭县" not in closed
    assert 'aria-expanded="false" aria-label="展开 云岫省"' in closed
    opened = client.get(ASKED["matrix"] + "&open=970000").text
    assert 'aria-label="收起 云岫省"' in opened
    assert 'aria-label="展开 临溪市"' in opened
    assert "白鹭县" not in opened
    assert "白鹭县" in client.get(ASKED["matrix"] + "&open=970000&open=970100").text


def test_a_cell_leads_to_as_many_lines_as_it_counts(client: FlaskClient) -> None:
    html = client.get(ASKED["matrix"]).text
    found = re.findall(r'<a href="(/compare/concordance[^"]*)"[^>]*><span>([\d,]+)</span>', html)
    assert len(found) > 20
    for href, count in found[::7]:
        page = client.get("/api" + unescape(href)).get_json()
        assert f"共 {int(count.replace(',', ''))} 次" in " ".join(page["tables"][0]["footnotes"])


def test_a_zero_leads_to_the_reports_that_do_not_have_the_words(client: FlaskClient) -> None:
    html = client.get("/compare/matrix?q=" + quote("“没有人写过”")).text
    href = next(iter(re.findall(r'<a href="(/search[^"]*)"', html)))
    assert client.get("/api" + unescape(href)).get_json()["total"] > 0


def test_figures_are_shown_as_published_each_with_its_sentence(client: FlaskClient) -> None:
    html = client.get("/compare/matrix?measure=figures&q=" + quote("“全年办结”")).text
    assert "40件" in cells(html, "石桥区") or "42件" in cells(html, "石桥区")
    href = next(iter(re.findall(r'<a href="(/report/\w+/at/[^"#]+)#passage" title', html)))
    page = client.get(href).text
    assert "全年办结" in page
    assert '<mark class="passage" id="passage">' in page


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/compare/matrix?q=x&region=火星&year=2024-2020", ("火星", "2024-2020")),
        ("/compare/matrix?q=x&kind=小说&foo=1&measure=zz&region=火星", ("小说", "foo", "zz", "火星")),
        ("/compare/matrix?q=x&preset=moons&year_by=tides", ("moons", "tides")),
        ("/compare/concordance?q=x&beside=火星&sort=up", ("火星", "up")),
        ("/compare/concordance?q=x&beside=2018&beside=2019&beside=2020&beside=2021&beside=2022", ("4", "5")),
        ("/compare/trend?q=x&beside=火星", ("火星",)),
        ("/compare/wordlist?list=||", ("第 1 行",)),
        ("/compare/first?q=x&level=street", ("street",)),
        ("/compare/matrix?q=" + "字" * 300, ("256",)),
        ("/compare/matrix?q=-x", ("排除",)),
    ],
)
def test_every_problem_is_told_at_once_with_the_form_kept(
    client: FlaskClient, address: str, said: tuple[str, ...]
) -> None:
    response = client.get(address)
    assert response.status_code == 400
    problems = "".join(re.findall(r'<ul class="problems">.*?</ul>', response.text, re.DOTALL))
    assert [each for each in said if each not in problems] == []
    assert "<form" in response.text
    twin = client.get("/api" + address)
    assert twin.status_code == 400
    assert twin.get_json()["problems"]


def test_nothing_held_is_not_nothing_written(client: FlaskClient) -> None:
    html = client.get(f"/compare/trend?q={quote(Q)}&kind={quote('解读')}").text
    assert "没有可比的报告" in html
    html = client.get(f"/compare/concordance?q={quote(Q)}&beside={quote('白鹭县')}&year=1999").text
    assert "未收录：这一栏" in html


def test_a_list_is_posted_and_gets_an_address_where_that_is_short(client: FlaskClient) -> None:
    posted = client.post("/compare/wordlist", data={"list": "每月一题\n渡口"})
    assert posted.status_code == 303
    html = client.get(posted.headers["Location"]).text
    assert html.index("1/2") < html.index("2/2")
    assert "2 个词都数完了" in html


def test_a_long_list_is_answered_where_it_was_posted_and_row_by_row(client: FlaskClient) -> None:
    words = "\n".join(f"渡口安全第{number}号事项清单" for number in range(200))
    response = client.post("/compare/wordlist", data={"list": words}, buffered=False)
    assert response.status_code == 200
    assert response.headers.get("Content-Length") is None
    assert response.text.count('scope="row"') == 200
    book = client.post("/compare/wordlist.xlsx", data={"list": words})
    assert load_workbook(io.BytesIO(book.data))["次数"].max_row == 201


def test_a_list_beyond_its_bounds_is_refused_plainly(client: FlaskClient) -> None:
    lines = "\n".join("词" for _ in range(300))
    assert "最多 200 行" in client.post("/compare/wordlist", data={"list": lines}, follow_redirects=True).text
    much = "\n".join(f"词语第{number}号" for number in range(10_000))
    response = client.post("/compare/wordlist", data={"list": much})
    assert len(urlencode({"list": much})) > LARGEST_BODY
    assert response.status_code == 413
    assert "最多 200 行" in response.text


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://elsewhere.example"}, {"Origin": "null"}]
)
def test_a_list_from_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/compare/wordlist", data={"list": "渡口"}, headers=headers).status_code == 400
    assert client.post("/compare/matrix", data={"q": "渡口"}).status_code == 405


def test_a_list_from_our_own_page_is_taken(client: FlaskClient) -> None:
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}):
        assert client.post("/compare/wordlist", data={"list": "渡口"}, headers=headers).status_code == 303


@pytest.mark.parametrize(("view", "form"), [(view, form) for view, forms in FILES.items() for form in forms])
def test_every_file_is_what_it_says(client: FlaskClient, view: str, form: str) -> None:
    response = client.get(file_of(ASKED[view], form))
    assert response.status_code == 200
    assert f"zhengbao-{view}-" in response.headers["Content-Disposition"]
    begins = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "docx": b"PK", "svg": b"<svg", "json": b"{"}
    assert response.data.lstrip().startswith(begins[form])
    assert client.get(f"/compare/{view}.{form}").status_code == 400


def test_files_have_the_numbers_of_the_page(client: FlaskClient) -> None:
    shown = cells(client.get(ASKED["matrix"]).text, "白鹭县")
    text = client.get(file_of(ASKED["matrix"], "csv")).data.decode("utf-8-sig")
    row = next(row for row in csv.reader(io.StringIO(text)) if row and row[0].strip("　") == "白鹭县")
    assert row[2:] == shown
    book = load_workbook(io.BytesIO(client.get(file_of(ASKED["matrix"], "xlsx")).data))
    tab = next(row for row in book["次数"].iter_rows(values_only=True) if str(row[0]).strip("　") == "白鹭县")
    assert [str(each) for each in tab[2:]] == shown
    twin = client.get("/api" + ASKED["matrix"]).get_json()
    line = next(row for row in twin["tables"][0]["rows"] if row[0].strip("　") == "白鹭县")
    assert [str(each) for each in line[2:]] == shown


def test_a_document_holds_the_sentences_that_were_picked(client: FlaskClient) -> None:
    html = client.get(ASKED["concordance"]).text
    picks = re.findall(r'name="pick" value="([^"]+)"', html)
    whole = len(client.get(file_of(ASKED["concordance"], "docx")).data)
    one = client.get(file_of(ASKED["concordance"], "docx") + f"&pick={quote(picks[0])}&group=year")
    assert one.status_code == 200
    assert len(one.data) < whole


def test_a_sentence_has_an_address_that_marks_it_and_cites_it(client: FlaskClient) -> None:
    href = next(iter(re.findall(r'<a href="(/report/\w+/at/[^"#]+)#passage"', client.get(ASKED["concordance"]).text)))
    html = client.get(href).text
    assert html.count('<mark class="passage"') == 1
    assert "仍在文中" in html
    assert "@" in html.split('class="bibtex"')[1]
    twin = client.get("/api" + href).get_json()
    assert (twin["state"], "每月一题" in twin["sentence"]) == ("stands", True)


def test_a_sentence_that_is_gone_says_so_and_a_report_that_vanished_is_not_found(client: FlaskClient) -> None:
    report = FakeLibrary().reports[0].id
    gone = client.get(f"/report/{report}/at/0123456789-1")
    assert gone.status_code == 200
    assert "现在的正文里没有" in gone.text
    for address in ("/report/0000000000000000/at/0123456789-1", f"/report/{report}/at/nonsense"):
        assert client.get(address).status_code == 404
        assert client.get("/api" + address).status_code == 404


def test_every_report_says_how_to_cite_it(client: FlaskClient) -> None:
    html = client.get(f"/report/{FakeLibrary().reports[0].id}").text
    assert "人民政府2018年法治政府建设年度报告[R" in html.split('class="cite-gbt"')[1]


def test_a_search_leads_to_its_comparison(client: FlaskClient) -> None:
    html = client.get(f"/search?q={quote(Q)}&region=970100&sort=newest&page=2").text
    href = next(link for link in links(html, "/search") if link.startswith("/compare/matrix"))
    assert "region=970100" in href
    assert "sort" not in href
    assert client.get(href).status_code == 200


def test_json_is_the_same_for_all_shapes_of_table(client: FlaskClient) -> None:
    for by in ("region-year", "region-topic", "region-kind", "topic-year", "section-year"):
        twin = json.loads(client.get("/api" + ASKED["matrix"] + f"&by={by}").data)
        assert set(twin) >= {"view", "query", "understood", "heading", "coverage", "tables", "made", "corpus"}
        assert client.get(ASKED["matrix"] + f"&by={by}").status_code == 200
