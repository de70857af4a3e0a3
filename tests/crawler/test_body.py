"""A page gives its body, its title and what stood around it; a page without a body says so."""

from __future__ import annotations

import pytest

from crawler.extract.body import read_html, read_text
from crawler.extract.page import Page
from reports.errors import ListPage, ReadError

TITLE = "某某县2023年法治政府建设年度报告"
BODY = (
    "2023年，某某县坚持依法行政，全面推进法治政府建设，各项工作取得积极成效。现将有关情况报告如下：",
    "一、主要举措和成效",
    "（一）健全行政决策机制。制定重大行政决策目录，全年审查合同一百二十份，提出意见三百余条。",
    "二、存在的不足",
    "一些干部运用法治思维的能力还需提高，行政执法的规范化水平还不够高。",
    "某某县人民政府",
    "2024年1月20日",
)
META = (
    f'<meta name="SiteName" content="某某县人民政府"><meta name="ArticleTitle" content="{TITLE}">'
    '<meta name="Author"content=""><meta name="SiteIDcode" content="1234560001">'
    f"<title>{TITLE}_某某县人民政府门户网站</title>"
)
MENU = "<ul>" + "".join(f'<li><a href="/{n}/">政务公开栏目之{n}号</a></li>' for n in range(12)) + "</ul>"
FOOTER = "<div>主办：某某县人民政府　承办：某某县政府办公室<br>网站标识码：1234560001 某ICP备12345678号</div>"
INFO = '<div class="info">发布日期：2024-01-22 来源：<span>县司法局</span> 字号：<a>大</a> <a>中</a> <a>小</a></div>'


def page(body: str, *, head: str = META) -> str:
    return (
        f"<html><head>{head}</head><body>{MENU}<div class=main><h1>{TITLE}</h1>{INFO}{body}</div>{FOOTER}</body></html>"
    )


def blocks(tag: str = "p") -> str:
    return "".join(f"<{tag}>\u3000\u3000{text}</{tag}>" for text in BODY)


def container(inner: str, name: str = "class=TRS_Editor") -> str:
    return f"<div {name}><style>.TRS_Editor P{{margin:0}}</style><script>var a='{TITLE}';</script>{inner}</div>"


@pytest.mark.parametrize(
    "body",
    [
        container(blocks()),
        container(container(blocks())),
        container(blocks("div"), "id=zoom"),
        container("<br><br>".join(BODY), "id=vsb_content"),
        container("<br>".join(BODY), "class=wp_articlecontent"),
        f"<ucapcontent>{blocks()}</ucapcontent>",
        f"<table><tr><td width=200>{MENU}</td><td>{blocks()}</td></tr></table>",
        f"<section>{blocks()}</section><aside class=related>{MENU}</aside>",
        blocks(),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_the_body_is_found_whatever_holds_it(body: str, known: bool) -> None:
    found = read_html(page(body), known=known)
    assert found.paragraphs == BODY
    assert found.title == TITLE
    assert (found.read_by == "generic") or known


def test_a_fragment_is_read() -> None:
    assert read_html(blocks()).paragraphs == BODY


def test_the_sites_own_selector_comes_first() -> None:
    html = page(
        f"<div class='text own'>{blocks()}</div>" + container(blocks() + "<p>另一篇文章的一段话，不应当读到。</p>")
    )
    assert read_html(html, selector="div.own").read_by == "selector"
    assert read_html(html, selector="div.own").paragraphs == BODY


def test_a_selector_that_finds_nothing_is_said_and_replaced() -> None:
    found = read_html(page(container(blocks())), selector=".gone")
    assert found.read_by == "container .TRS_Editor"
    assert "selector_missed" in found.quality
    with pytest.raises(ReadError, match="not a CSS selector"):
        read_html(page(blocks()), selector="div[[")


def test_an_empty_shell_of_a_container_is_passed_over() -> None:
    assert read_html(page(container("<p>正文</p>") + f"<section>{blocks()}</section>")).paragraphs == BODY


def test_metadata_around_the_body_is_kept() -> None:
    found = read_html(page(container(blocks())))
    assert ("articletitle", TITLE) in found.meta
    assert ("siteidcode", "1234560001") in found.meta
    assert not any(name == "author" for name, _ in found.meta)
    assert dict(found.info)["发布日期"] == "2024-01-22"
    assert dict(found.info)["来源"] == "县司法局"
    assert any("1234560001" in line for line in found.chrome)
    assert not any("栏目之" in line for line in found.chrome)


def test_the_disclosure_table_is_read_as_labels_and_values() -> None:
    table = (
        "<table><tr><td>索 引 号：</td><td>0123/2024-1</td><td>发文机关：</td><td>某某县人民政府</td></tr>"
        "<tr><td>标　　题：</td><td colspan=3>" + TITLE + "</td></tr></table>"
    )
    found = read_html(f"<div>{table}<div>{blocks()}</div></div>")
    assert dict(found.info)["索引号"] == "0123/2024-1"
    assert found.title == TITLE
    assert found.paragraphs == BODY


def test_table_rows_are_lines_with_bars() -> None:
    table = "<table><tr><td>产品</td><td>产量</td></tr><tr><td><p>水泥</p></td><td><p>120</p></td></tr></table>"
    assert "产品 | 产量" in read_html(page(container(blocks() + table))).paragraphs
    assert "水泥 | 120" in read_html(page(container(blocks() + table))).paragraphs


def test_a_page_of_tables_says_so() -> None:
    rows = "".join(f"<tr><td>甲乙丙丁戊己庚辛第{n}乡镇</td><td>{n}00</td><td>{n}50</td></tr>" for n in range(20))
    assert "tables_only" in read_html(page(container(f"<table>{rows}</table>"))).quality


def test_a_title_broken_over_blocks_is_one_paragraph() -> None:
    broken = f"<p>{TITLE[:9]}</p><p>{TITLE[9:]}</p>{blocks()}"
    assert read_html(page(container(broken))).paragraphs == (TITLE, *BODY)


def test_hidden_text_is_not_read() -> None:
    hidden = "<p style='display: none'>隐藏的广告文字，谁也看不见，也不应当被读到。</p>"
    assert read_html(page(container(hidden + blocks()))).paragraphs == BODY


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("dates", ["<span>2024-01-22</span>", ""])
def test_a_page_of_links_is_named_as_such(known: bool, dates: str) -> None:
    items = "".join(f"<li><a href='/{n}.html'>关于印发第{n}号实施方案的通知</a>{dates}</li>" for n in range(20))
    html = f"<html><body><div id=content><ul>{items}</ul></div>{FOOTER}</body></html>"
    with pytest.raises(ListPage):
        read_html(html, known=known)


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("  ", "empty"),
        ("<html><body></body></html>", "no body"),
        ("<div class=TRS_Editor><p>附件：<a href=a.doc>年度报告.doc</a></p></div>", "only an attachment"),
        ("<p>404 Not Found. The page you asked for does not exist on this server, please go back home.</p>", "no body"),
    ],
)
def test_a_page_without_a_body_says_why(html: str, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        read_html(html)


def test_the_same_page_gives_the_same_values() -> None:
    assert read_html(page(container(blocks()))) == read_html(page(container(blocks())))


def text(*lines: str) -> Page:
    return read_text("\n".join(lines))


def test_a_text_begins_with_its_title() -> None:
    found = text(TITLE, "", *BODY)
    assert found.title == TITLE
    assert found.paragraphs == (TITLE, *BODY)


def test_a_title_broken_over_lines_is_joined() -> None:
    assert text("某某县人民政府某某街道办事处", "2023年法治政府建设年度报告", *BODY).title == (
        "某某县人民政府某某街道办事处2023年法治政府建设年度报告"
    )


def test_a_text_without_a_title_has_none() -> None:
    assert text(*BODY).title is None


def test_chrome_before_the_title_goes() -> None:
    found = text(
        "下载",
        "打印",
        "收藏",
        "【字号：",
        "加大",
        "还原",
        "】",
        TITLE,
        "来源：某某日报",
        "时间：2024-01-22",
        *BODY,
        "相关报道：",
    )
    assert found.paragraphs == (TITLE, *BODY)
    assert dict(found.info)["来源"] == "某某日报"
    assert found.chrome[-1] == "相关报道："


def test_a_heading_above_the_same_title_is_taken_once() -> None:
    assert text(TITLE, "来源：某某日报", TITLE, *BODY).paragraphs == (TITLE, *BODY)


def test_lost_characters_are_flagged() -> None:
    assert "damaged" in text(TITLE, *BODY, "全年办理案件\ufffd件。").quality


def test_a_given_title_is_believed() -> None:
    assert read_text("\n".join(BODY), title="别的标题").title == "别的标题"


def test_the_last_page_of_a_list_may_hold_one_link() -> None:
    item = f"<ul><li><a href='/1.html'>{TITLE}</a><span>2024-01-22</span></li></ul>"
    with pytest.raises(ListPage):
        read_html(
            f"<html><body><div>您当前的位置：<a href='/'>首页</a> &gt; 法治政府建设</div>{item}{FOOTER}</body></html>"
        )
