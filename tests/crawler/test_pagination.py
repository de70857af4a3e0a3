"""The further pages of a list, by its script or by its links."""

from __future__ import annotations

import pytest

from crawler.extract.pagination import MOST_PAGES
from crawler.listing import read_listing
from crawler.sights import Piece

HERE = "http://www.yanxi.gov.example/zwgk/fzbg/"


def pages(html: str, url: str = HERE) -> list[str]:
    """The further pages, without what they have in common with the page's folder."""
    folder = url.rpartition("/")[0] + "/"
    body = f"<html><body><p>法治政府建设</p>{html}</body></html>"
    found = read_listing(Piece(url, "text/html; charset=utf-8", body.encode())).pages
    return [page.removeprefix(folder) for page in found]


def script(text: str) -> str:
    return f'<script type="text/javascript">{text}</script>'


@pytest.mark.parametrize(
    "call",
    [
        'createPageHTML(3, 0, "index", "html");',
        "createPageHTML(3,0,'index','html')",
        'createPageHTML("3", "0", "index", "html");',
        "createPageHTML('page_div', 3, 0,'index','html',120);",
        'createPageHTML(\n  3,\n  0,\n  "index",\n  "html"\n);',
        'createPage(3, 0, "index", "html");',
        'createPageHTML(3, 0, "index", ".html");',
        'function createPageHTML(_nCount, _nCurrent, _sName, _sExt){}\ncreatePageHTML(3, 0, "index", "html");',
        '//createPageHTML(9, 0, "index", "html");\nvar currentPage = 0;\nvar countPage = 3//共多少页',
        "var countPage=3\nvar currentPage=0\nvar nextPage=currentPage+1\n"
        r'document.write("<a href=\"index"+"_"+nextPage+"."+"html\">下一页</a>");',
        r'var pageCount = 3; document.write("<a href=\"index_" + (pageCount-1) + ".html\">尾页</a>");',
    ],
)
def test_a_pager_drawn_by_script_is_read_in_all_its_spellings(call: str) -> None:
    assert pages(script(call)) == ["index_1.html", "index_2.html"]


def test_the_name_and_the_extension_are_the_scripts() -> None:
    assert pages(script('createPageHTML(3, 0, "index_3081", "shtml")')) == ["index_3081_1.shtml", "index_3081_2.shtml"]


def test_a_later_page_names_those_after_it() -> None:
    assert pages(script('createPageHTML(4, 1, "index", "html")'), HERE + "index_1.html") == [
        "index_2.html",
        "index_3.html",
    ]


def test_one_page_has_no_further() -> None:
    assert pages(script('createPageHTML(1, 0, "index", "html")')) == []


def test_pages_are_bounded() -> None:
    assert len(pages(script('createPageHTML(99999, 0, "index", "html")'))) == MOST_PAGES
    assert len(pages('<a href="?page=2">下一页</a> <a href="?page=99999">尾页</a>')) == MOST_PAGES


def link(href: str, text: str) -> str:
    return f'<a href="{href}">{text}</a> '


@pytest.mark.parametrize(
    ("url", "html", "expected"),
    [
        (HERE, link("index_1.html", "下一页"), ["index_1.html"]),
        (HERE, link("./index_1.html", "下页"), ["index_1.html"]),
        (HERE, link(HERE + "index_1.html", "下一页 &gt;"), ["index_1.html"]),
        (HERE, link("index_1.html", "&gt;"), ["index_1.html"]),
        (HERE, link("index_1.html", "next"), ["index_1.html"]),
        (HERE, '<a rel="next" href="index_1.html"><img src="r.png"></a>', ["index_1.html"]),
        (HERE, '<link rel="next" href="index_1.html">', ["index_1.html"]),
        (
            HERE,
            link("index_1.html", "下一页") + link("index_3.html", "尾页"),
            ["index_1.html", "index_2.html", "index_3.html"],
        ),
        (HERE, link("index_2.html", "2") + link("index_3.html", "3"), ["index_2.html", "index_3.html"]),
        (HERE, link("index_2.html", "2") + "… " + link("index_5.html", "5"), [f"index_{n}.html" for n in (2, 3, 4, 5)]),
        (HERE + "index_1.html", link("index.html", "1") + link("index_2.html", "3"), ["index_2.html"]),
        (HERE + "index_2.html", link("index_1.html", "上一页") + link("index.html", "首页"), []),
        (HERE + "list.jsp?id=5", link("list.jsp?id=5&page=2", "下一页"), ["list.jsp?id=5&page=2"]),
        (HERE + "list.jsp?id=5", link("list.jsp?id=6&page=2", "下一页"), []),
        (
            HERE + "list.jsp?id=5&pageIndex=2",
            link("list.jsp?id=5&pageIndex=3", "下一页") + link("list.jsp?id=5&pageIndex=4", "末页"),
            ["list.jsp?id=5&pageIndex=3", "list.jsp?id=5&pageIndex=4"],
        ),
        (
            "http://www.yanxi.gov.example/col/col123/index.html",
            link("/col/col123/index.html?uid=77&pageNum=2", "2") + link("/col/col123/index.html?uid=77&pageNum=3", "3"),
            ["index.html?uid=77&pageNum=2", "index.html?uid=77&pageNum=3"],
        ),
        # VSB counts down: the first page has no number, the second the highest.
        (
            "http://www.yanxi.gov.example/list/1042.htm",
            link("1042/3.htm", "下页") + link("1042/1.htm", "尾页"),
            ["1042/3.htm", "1042/2.htm", "1042/1.htm"],
        ),
        (
            "http://www.yanxi.gov.example/list/1042/3.htm",
            link("../1042.htm", "首页") + link("2.htm", "下页") + link("1.htm", "尾页"),
            ["2.htm", "1.htm"],
        ),
        (HERE, link("/xwzx/index_1.html", "下一页"), []),
        (HERE, link("http://www.tangpu.gov.example/zwgk/fzbg/index_1.html", "下一页"), []),
        (HERE, link("index.html", "下一页") + link("#", "下一页") + link("javascript:void(0)", "下一页"), []),
        (HERE, link("202303/t20230301_55.html", "2"), []),
    ],
)
def test_links_under_a_list_lead_on(url: str, html: str, expected: list[str]) -> None:
    assert pages(html, url) == expected


def test_the_page_itself_and_articles_are_no_pages() -> None:
    html = (
        link(HERE, "1") + link("index_1.html", "2") + link("202303/t20230301_55.html", "某县2022年法治政府建设年度报告")
    )
    assert pages(html) == ["index_1.html"]


def test_the_next_records_of_a_hanweb_list_are_a_page() -> None:
    group = '<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=2&columnid=7"></a>]]></nextgroup>'
    store = f'<script type="text/xml"><datastore>{group}<recordset></recordset></datastore></script>'
    assert pages(store) == ["http://www.yanxi.gov.example/module/web/jpage/dataproxy.jsp?page=2&columnid=7"]
