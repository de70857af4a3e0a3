"""What was fetched for one article becomes a report, or says plainly what else stands there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crawler.extract.page import Given
from crawler.extract.worker import Worker
from crawler.looking import Looking
from crawler.sights import Piece, Role, Sight, Visit
from reports.report import Body, Kind, report_id
from tests.crawler.papers import HEADINGS, PARAGRAPHS, SENTENCE, TITLE, pdf, printed, word

URL = "http://www.yuanling.gov.example/xxgk/content_7.html"
FOLDER = URL.rpartition("/")[0]
GIVEN = Given(url=URL, title="链接上的题名", published=date(2023, 1, 30))
MENUS = "".join(f"<li><a href=/{n}/>政务公开专题专栏第{n}号</a></li>" for n in range(12))
FILE = f"{FOLDER}/P1.pdf"


def page(*paragraphs: str, title: str = TITLE, after: str = "", head: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<html><head><title>{title}</title>{head}</head><body><div id=zoom>{body}</div>{after}</body></html>"


def piece(content: str | bytes, *, url: str = URL, role: Role = Role.PAGE, content_type: str = "text/html") -> Piece:
    return Piece(url, content_type, content if isinstance(content, bytes) else content.encode(), role)


def look(*pieces: Piece, given: Given = GIVEN, selector: str | None = None) -> Sight:
    return Looking(())(Visit(pieces, given, selector))


def test_a_page_that_is_a_report_gives_it() -> None:
    sight = look(piece(page(*PARAGRAPHS)))
    assert sight.report is not None
    assert (sight.report.id, sight.report.url, sight.report.origin) == (report_id(URL, ""), URL, URL)
    assert (sight.report.title, sight.report.region_code, sight.report.year) == (TITLE, "431222", 2022)
    assert replace(sight, report=None) == Sight()


def test_what_the_source_says_is_believed_and_what_its_list_says_fills_gaps() -> None:
    said = replace(GIVEN, region_code="110102", issuer="某局", body=Body.DEPARTMENT)
    report = look(piece(page(*PARAGRAPHS)), given=said).report
    assert report is not None
    assert (report.region_code, report.issuer, report.body) == ("110102", "某局", Body.DEPARTMENT)
    assert (report.title, report.published) == (TITLE, date(2023, 1, 30))
    dated = look(piece(page(*PARAGRAPHS, "沅陵县人民政府", "2023年1月20日", title="沅陵县人民政府门户网站"))).report
    assert dated is not None
    assert (dated.title, dated.published) == ("链接上的题名", date(2023, 1, 20))


def test_a_division_nobody_knows_is_named() -> None:
    assert (
        "no division has the code 999999"
        in look(piece(page(*PARAGRAPHS)), given=replace(GIVEN, region_code="999999")).why
    )


def test_the_selector_and_the_charset_of_the_server_are_heard() -> None:
    html = page(*PARAGRAPHS, after=f"<div class=here><p>{SENTENCE * 5}</p></div>")
    chosen = look(piece(html.encode("gb18030"), content_type="text/html; charset=GBK"), selector=".here").report
    assert chosen is not None
    assert (chosen.text, chosen.read_by) == (SENTENCE * 5, "selector")


def test_a_report_on_several_pages_asks_for_the_others_and_is_joined() -> None:
    links = "<a href=content_7_2.html>2</a><a href=content_7_3.html>3</a><a href=content_7_2.html>下一页</a>"
    links += "<a href=content_8.html>下一篇：另一份报告</a>"
    whole = SENTENCE * 3
    first = piece(page(TITLE, *PARAGRAPHS[:3], whole[:70], after=links))
    asked = look(first)
    assert asked.parts == (f"{FOLDER}/content_7_2.html", f"{FOLDER}/content_7_3.html")
    assert asked.report is not None
    assert "incomplete" in asked.report.quality
    second = piece(page(TITLE, whole[70:], *PARAGRAPHS[3:], after=links), url=asked.parts[0], role=Role.PART)
    third = piece(page("沅陵县人民政府", "2023年1月20日", after=links), url=asked.parts[1], role=Role.PART)
    joined = look(first, second, third)
    assert (joined.why, joined.parts) == ("", ())
    assert joined.report is not None
    assert joined.report.text == "\n".join(
        [TITLE, *PARAGRAPHS[:3], whole, *PARAGRAPHS[3:], "沅陵县人民政府", "2023年1月20日"]
    )
    assert (joined.report.quality, joined.report.id) == (frozenset(), asked.report.id)
    assert joined.report.published == date(2023, 1, 20)


def test_a_chain_of_next_pages_is_asked_for_link_by_link_and_a_missing_one_is_flagged() -> None:
    def part(number: int, after: str) -> Piece:
        url = f"{FOLDER}/content_7_{number}.html"
        return piece(page(f"其{number}，" + SENTENCE * 2, after=after), url=url, role=Role.PART)

    first = piece(page(TITLE, *PARAGRAPHS, after="<a href=content_7_2.html>下一页</a>"))
    further = look(first, part(2, "<a href=content_7_3.html>下一页</a>"))
    assert further.parts == (f"{FOLDER}/content_7_3.html",)
    assert further.report is not None
    assert "incomplete" in further.report.quality
    for shown in ("", "<p>您访问的页面不存在</p>"):
        torn = look(first, piece(shown, url=f"{FOLDER}/content_7_2.html", role=Role.PART)).report
        assert torn is not None
        assert torn.text == "\n".join((TITLE, *PARAGRAPHS))
        assert "incomplete" in torn.quality


ONLY_A_FILE = (
    page(f"附件：<a href=P1.pdf>{TITLE}.pdf</a>"),
    page("现将本县年度报告予以公布，请点击下载。", after=f"<a href=P1.pdf>{TITLE}</a>"),
    page(SENTENCE, f"详见附件：<a href=P1.pdf>{TITLE}</a>"),
    page(after=f"<iframe src='/pdfjs/viewer.html?file={FILE}'></iframe>"),
    page(f"<a href=P1.pdf>{TITLE}.pdf</a>", after=f"<ul>{MENUS}</ul>"),
)


@pytest.mark.parametrize("html", ONLY_A_FILE)
def test_a_page_beside_a_file_offers_the_file(html: str) -> None:
    sight = look(piece(html))
    assert sight.report is None
    assert [link.url for link in sight.attachments] == [FILE]
    assert "in an attachment" in sight.why


@pytest.mark.parametrize(
    ("data", "read_by"), [(printed(PARAGRAPHS), "pdf"), (word(PARAGRAPHS), "docx")], ids=["pdf", "docx"]
)
def test_an_attachment_is_read_under_what_its_page_says(data: bytes, read_by: str) -> None:
    meta = "<meta name=ContentSource content=沅陵县司法局><meta name=PubDate content=2023-01-25>"
    html = page("<a href=P1.pdf>附件</a>", head=meta)
    report = look(
        piece(html), piece(data, url=FILE, role=Role.ATTACHMENT, content_type="application/octet-stream")
    ).report
    assert report is not None
    assert report.text == "\n".join(PARAGRAPHS)
    assert (report.title, report.title_inferred, report.published) == (TITLE, False, date(2023, 1, 25))
    assert (report.url, report.origin, report.id) == (URL, FILE, report_id(URL, ""))
    assert (report.read_by, report.quality, report.kind) == (read_by, frozenset({"attachment"}), Kind.RULE_OF_LAW)
    assert [section.heading for section in report.sections if section.heading] == list(HEADINGS)


def test_a_file_that_is_not_read_is_named_before_and_after_it_is_fetched() -> None:
    first = piece(page(f"<a href=P1.doc>{TITLE}.doc</a>"))
    assert ".doc is not read" in look(first).why
    old = piece(b"\xd0\xcf\x11\xe0" + b"\0" * 900, url=f"{FOLDER}/P1.doc", role=Role.ATTACHMENT)
    assert "a .doc of the old Word format is not read" in look(first, old).why
    # The name says .doc, the bytes say .docx: bytes are believed.
    new = piece(word(PARAGRAPHS), url=f"{FOLDER}/P1.doc", role=Role.ATTACHMENT)
    assert look(first, new).report is not None
    scanned = piece(pdf([[], []], picture=True), url=FILE, role=Role.ATTACHMENT)
    assert "image only" in look(first, scanned).why


def test_a_link_may_lead_to_the_file_itself() -> None:
    named = replace(GIVEN, url=FILE, title="沅陵县2022年法治政府建设年度报告.pdf")
    for data in (printed(PARAGRAPHS), word(PARAGRAPHS)):
        report = look(piece(data, url=FILE), given=named).report
        assert report is not None
        assert (report.title, report.url, report.origin, report.year) == (TITLE, FILE, FILE, 2022)
    own = look(piece(printed((TITLE, *PARAGRAPHS)), url=FILE)).report
    assert own is not None
    assert (own.title, own.published) == (TITLE, date(2023, 1, 30))


def test_a_report_with_a_copy_in_a_file_is_the_page() -> None:
    sight = look(piece(page(*PARAGRAPHS, after=f"<a href=P1.pdf>附件：{TITLE}.pdf</a>")))
    assert sight.report is not None
    assert sight.attachments == ()


NO_REPORT = (
    ("", "empty"),
    (page("短"), "no body"),
    (f"<ul>{MENUS}</ul>", "a page of links"),
    (
        "<ul>"
        + "".join(f"<li><a href={n}.pdf>{n}年政府信息公开工作年度报告</a>{n}-01-02</li>" for n in range(2008, 2024)),
        "a page of links",
    ),
    ("<div>" * 5000 + SENTENCE, "tags within one another"),
    (b"\x89PNG\r\n", "image"),
    (b"PK\x03\x04 no archive", "zip archive"),
)


@pytest.mark.parametrize(("html", "why"), NO_REPORT)
def test_why_there_is_no_report_is_said_and_not_raised(html: str | bytes, why: str) -> None:
    sight = look(piece(html), given=Given(url=URL))
    assert why in sight.why
    assert replace(sight, why="") == Sight()


def test_a_page_that_only_leads_on_says_where_to() -> None:
    for html in (
        "<meta http-equiv=refresh content='0; url=../new.html'>",
        "<script>location.href='../new.html'</script>",
    ):
        assert (
            look(piece(f"<html><head>{html}</head><body></body></html>")).refresh
            == "http://www.yuanling.gov.example/new.html"
        )
    kept = look(piece(page(*PARAGRAPHS, head="<meta http-equiv=refresh content='0; url=../new.html'>")))
    assert kept.report is not None


@pytest.mark.parametrize(
    ("html", "of_host"),
    [
        ("<title>安全验证</title><p>请完成下方验证后继续访问，" + SENTENCE * 2 + "</p>", True),
        ("<script>document.cookie='__jsl_clearance=1';location.reload()</script>", True),
        (page("您访问的页面不存在或已被删除", SENTENCE, SENTENCE, title="提示"), False),
    ],
)
def test_what_stands_in_place_of_the_page_is_named(html: str, of_host: bool) -> None:
    sight = look(piece(html))
    assert sight.report is None
    assert "in place of the page" in sight.why
    assert (sight.barrier is not None) is of_host


def test_a_visit_goes_to_a_worker_and_its_sight_comes_back() -> None:
    with Worker(Looking(()), timeout_s=60) as worker:
        sight = worker.run(Visit((piece(printed((TITLE, *PARAGRAPHS)), url=FILE),), GIVEN))
    assert sight.report is not None
    assert sight.report.text == "\n".join((TITLE, *PARAGRAPHS))
