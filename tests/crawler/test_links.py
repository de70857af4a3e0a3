"""Article links on list pages: saved real ones, and one table of small ones for each rule."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.links import ListPage, list_pages
from crawler.listing import read_listing
from crawler.sights import Link, Listing, Piece
from reports.errors import ReadError
from tests.real import real_folder

HERE = "http://www.yanxi.gov.example/zwgk/fzbg/"
TITLE = "某县2023年法治政府建设年度报告"
A, B = HERE + "202403/t20240305_11.html", HERE + "202303/t20230306_12.html"


def listing(html: str, url: str = HERE, links_in: str | None = None) -> Listing:
    page = f"<html><head></head><body>{html}</body></html>"
    return read_listing(Piece(url, "text/html; charset=utf-8", page.encode()), links_in=links_in)


def links(html: str, url: str = HERE, links_in: str | None = None) -> list[Link]:
    return list(listing(html, url, links_in).links)


@pytest.mark.parametrize("page", list_pages(), ids=lambda page: page.file.rpartition("/")[2])
def test_the_labels_of_a_real_list_page_hold(page: ListPage) -> None:
    expected = page.expected(real_folder())
    assert (len(expected), expected[0].rpartition("/")[2], expected[-1].rpartition("/")[2]) == (
        page.links,
        page.first,
        page.last,
    )


@pytest.mark.parametrize("page", list_pages(), ids=lambda page: page.file.rpartition("/")[2])
def test_a_real_list_page_gives_its_articles_in_order(page: ListPage) -> None:
    found = page.listing(real_folder())
    assert [link.url for link in found.links] == page.expected(real_folder())
    assert sum(link.published is not None for link in found.links) == page.dated
    assert len(found.pages) == page.pages
    assert all(link.title and "…" not in link.title[-1:] for link in found.links)


@pytest.mark.parametrize(
    ("row", "day"),
    [
        (f'<li><a href="{A}">{TITLE}</a><span>2024-03-05</span></li>', date(2024, 3, 5)),
        (f'<li><span>[2024/3/5]</span><a href="{A}">{TITLE}</a></li>', date(2024, 3, 5)),
        (f'<li><a href="{A}">{TITLE}</a>（2024年3月5日）</li>', date(2024, 3, 5)),
        (f'<li><a href="{A}">· {TITLE} <em>2024.03.05</em></a></li>', date(2024, 3, 5)),
        (f'<li><a href="{A}">{TITLE} [2024-03-05]</a></li>', date(2024, 3, 5)),
        (f'<li><a href="{A}">{TITLE}</a><span>[03-05]</span></li>', None),
        (f'<li><a href="{A}">{TITLE}</a></li>', None),
        (f'<table><tr><td>1</td><td><a href="{A}">{TITLE}</a></td><td>2024-03-05</td></tr></table>', date(2024, 3, 5)),
        (
            f'<tr><td><a href="{A}">{TITLE}</a></td><td>2024-03-05</td><td><a href="/x.pdf">下载</a></td></tr>',
            date(2024, 3, 5),
        ),
        (f'<dl><dt><a href="{A}">{TITLE}</a></dt><dd>发布日期：2024-03-05 10:20</dd></dl>', date(2024, 3, 5)),
        (f'<div><div><a href="{A}">{TITLE}</a></div><div>2024-03-05</div></div>', date(2024, 3, 5)),
        (f'<li><div><b>05</b><i>2024-03</i></div><p><a href="{A}">{TITLE}</a></p></li>', date(2024, 3, 5)),
        (f'<a href="{A}"><i>05</i><b>2024/03</b><p>{TITLE}</p></a>', date(2024, 3, 5)),
        (f'<li><a href="{A}">{TITLE}</a><p>自2021年5月1日起施行的条例要求{"各部门" * 40}公开。</p></li>', None),
        (
            f'<li><a href="{A}"><h3>{TITLE}</h3><p>全县深入推进法治政府建设。</p></a><i>2024-03-05</i></li>',
            date(2024, 3, 5),
        ),
    ],
)
def test_a_row_gives_title_and_date(row: str, day: date | None) -> None:
    around = "table" if row.startswith("<tr") else "ul"
    assert links(f"<{around}>{row}</{around}>") == [Link(A, TITLE, day)]


def test_each_link_has_the_date_of_its_own_row() -> None:
    pair = [(A, date(2024, 3, 5)), (B, date(2023, 3, 6))]
    forms = (
        "".join(f'<a href="{url}">{TITLE}</a> {day}<br>' for url, day in pair),
        "".join(f'{day} <a href="{url}">{TITLE}</a><br>' for url, day in pair),
        "<table><tr>"
        + "".join(f'<td><a href="{url}">{TITLE}</a></td><td>{day}</td>' for url, day in pair)
        + "</tr></table>",
        "".join(f'<div><div><a href="{url}">{TITLE}</a></div><div>{day}</div></div>' for url, day in pair),
        "<dl>" + "".join(f'<dt><a href="{url}">{TITLE}</a></dt><dd>{day}</dd>' for url, day in pair) + "</dl>",
    )
    for html in forms:
        assert [(link.url, link.published) for link in links(html)] == pair, html


@pytest.mark.parametrize(
    ("anchor", "title"),
    [
        (f'<a href="{A}" title="{TITLE}">某县2023年法治政府建设…</a>', TITLE),
        (f'<a href="{A}" title="{TITLE}">某县2023年法治政府建设...</a>', TITLE),
        (f'<a href="{A}" title="{TITLE}">某县2023年法治政府建设</a>', TITLE),
        (f'<a href="{A}" title="标题：{TITLE}&#10;发布时间：2024-03-05">某县2023年法治…</a>', TITLE),
        (f'<a href="{A}" title="点击查看全文">{TITLE}</a>', TITLE),
        (f'<a href="{A}"><font color="red">某县</font>2023年法治政府建设年度报告</a>', TITLE),
        (f'<a href="{A}"><img src="/a.png"></a><a href="{A}">{TITLE}</a><a href="{A}">详细</a>', TITLE),
        (f'<a href="{A}">政府工作报告（2024年1月6日）</a>', "政府工作报告（2024年1月6日）"),
    ],
)
def test_a_title_is_whole(anchor: str, title: str) -> None:
    assert links(f"<ul><li>{anchor}</li></ul>") == [Link(A, title, None)]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/">网站首页首页首页</a>',
        '<a href="../fzbg/index.html">法治政府建设年度报告</a>',
        '<a href="#a">法治政府建设年度报告</a>',
        '<a href="javascript:open(2024)">2023年法治政府建设年度报告</a>',
        '<a href="mailto:a@b.example">2023年法治政府建设年度报告</a>',
        '<a href="http://[::1">2023年法治政府建设年度报告</a>',
        '<li><a href="/a/t20240101_1.xls">2023年法治政府建设数据</a><span>2024-01-01</span></li>',
        '<li><a href="/a/t20240101_1.zip">2023年法治政府建设年度报告</a><span>2024-01-01</span></li>',
        '<li><a href="../zcjd/">政策解读与回应</a></li><li><a href="../zfgb/index.html">政府公报专栏</a></li>',
        '<div class="nav"><a href="/a/t20240101_1.html">县情概况全面介绍</a></div>',
        '<div id="footer"><a href="/a/t20240101_1.html">网站使用声明与帮助</a></div>',
        '<footer><p><a href="/a/t20240101_1.html">网站使用声明与帮助</a></p></footer>',
        '<div class="crumbs"><a href="/c/t20240101_1.html">政府信息公开平台</a></div>',
        '<a href="http://www.tangpu.gov.example/">棠浦县人民政府门户网站</a>',
        '<li><a href="../fzzf/">更多</a><span>2024-01-01</span></li>',
        '<a href="index_1.html">下一页</a><a href="index_2.html">2</a>',
        '<a href="https://beian.example/q?id=11010202000006">某公网安备11010202000006号</a>',
    ],
)
def test_what_leads_away_from_the_list_is_no_article(html: str) -> None:
    assert links(f"<div>{html}</div><ul><li><a href='{A}'>{TITLE}</a></li></ul>") == [Link(A, TITLE)]


@pytest.mark.parametrize(
    "href",
    [
        "/info/1042/5501.htm",
        "/art/2024/3/5/art_1229_5501.html",
        "/content/post_5501.html",
        "/n1/c5501/content.html",
        "/show.jsp?newsid=5501",
        "/zfxxgk/content_5501.html",
        "/fzbg/2023ndbg.pdf",
        "/fzbg/2023.docx",
        "/fzbg/2023/",
    ],
)
def test_an_article_may_have_any_address(href: str) -> None:
    assert [link.url for link in links(f'<p><a href="{href}">{TITLE}</a></p>')] == [
        "http://www.yanxi.gov.example" + href
    ]


def test_a_link_in_a_list_of_articles_is_one() -> None:
    rows = "".join(f'<li><a href="{url}">{TITLE}</a></li>' for url in (A, B, "/zt/fzxj/"))
    assert [link.url for link in links(f"<ul>{rows}</ul>")] == [A, B, "http://www.yanxi.gov.example/zt/fzxj/"]


def test_base_is_honoured_and_an_article_stands_once() -> None:
    html = f'<base href="/zwgk/"><a href="fzbg/202403/t20240305_11.html">{TITLE}</a><a href="{A}#x">{TITLE}</a>'
    assert links(html, "http://www.yanxi.gov.example/a/b/c.html") == [Link(A, TITLE)]


def test_a_selector_names_the_list_and_all_links_in_it_are_its() -> None:
    html = f'<ul id="l"><li><a href="/x/">县局</a></li></ul><ul><li><a href="{A}">{TITLE}</a></li></ul>'
    assert [link.title for link in links(html, links_in="#l")] == ["县局"]
    with pytest.raises(ReadError, match="redesigned"):
        links(html, links_in="#gone")
    with pytest.raises(ReadError, match="not a CSS selector"):
        links(html, links_in="li[")


def test_rows_kept_in_scripts_are_read() -> None:
    row = f'<li><a href="{A}">{TITLE}</a><span>2024-03-05</span></li>'
    store = (
        f"<datastore><totalrecord>1</totalrecord><recordset><record><![CDATA[ {row}]]></record></recordset></datastore>"
    )
    written = f"<script>document.write('{row.replace('/', chr(92) + '/')}');</script>"
    expected = [Link(A, TITLE, date(2024, 3, 5))]
    assert links(f'<div id="77"><script type="text/xml">{store}</script></div>') == expected
    assert links(written) == expected
    bare = Piece(HERE, "application/xml", f"<?xml version='1.0' encoding='utf-8'?>{store}".encode())
    assert list(read_listing(bare).links) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<meta http-equiv="refresh" content="0; url=./fzzf/index.html">',
        "<META HTTP-EQUIV='Refresh' CONTENT=\"0;URL='./fzzf/index.html'\">",
        '<script>window.location.href="./fzzf/index.html";</script>',
        "<script>location.replace('./fzzf/index.html')</script>",
    ],
)
def test_a_page_that_only_sends_on_says_where(html: str) -> None:
    assert listing(html).refresh == HERE + "fzzf/index.html"


def test_a_page_that_renews_itself_or_shows_a_list_sends_nowhere() -> None:
    assert listing('<meta http-equiv="refresh" content="300">').refresh is None
    assert listing(f'<meta http-equiv="refresh" content="300; url={HERE}">').refresh is None
    text = "<p>" + "法治政府建设年度报告" * 5 + "</p>"
    assert listing('<script>function go(){location.href="/search"}</script>' + text).refresh is None


def test_the_charset_the_server_names_is_believed() -> None:
    data = f'<ul><li><a href="{A}">{TITLE}</a></li></ul>'.encode("gb18030")
    assert read_listing(Piece(HERE, "text/html;charset=GBK", data)).links[0].title == TITLE


def test_a_page_of_thousands_of_links_costs_seconds_at_most() -> None:
    began = time.perf_counter()
    row = "".join(f'<td><a href="/x/t20240101_{number}.html">{TITLE}</a></td>' for number in range(1_500))
    assert len(links(f"<table><tr>{row}</tr></table>")) == 1_500
    assert time.perf_counter() - began < 15


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7 ...", b"\0\1\2" * 50, b"<div>" * 5_000, b"<li><a href=/1234.html>1" * 2_000]
)
def test_what_is_no_list_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(ReadError):
        read_listing(Piece(HERE, "text/html", data))


def test_what_stands_in_place_of_a_list_is_named() -> None:
    assert listing("<p>请完成安全验证后继续访问</p>").barrier
    with pytest.raises(ReadError, match="in place of the list"):
        listing("<p>您访问的页面不存在</p>")


def test_a_page_without_links_is_an_empty_list() -> None:
    assert listing("<p>栏目建设中</p>") == Listing()


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(["<ul>", "<li>", f'<a href="{A}">', TITLE, "2024-03-05", "</a>", "<tr>", "</li>", "<br>"]))
)
def test_links_are_absolute_and_stand_once(parts: list[str]) -> None:
    found = links("".join(parts))
    assert [link.url for link in found] in ([], [A])
    assert all(link.title for link in found)
