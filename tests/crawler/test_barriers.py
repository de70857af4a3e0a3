"""What stands in place of a page is recognised, and no report is taken for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.answers import Headers
from crawler.extract.barriers import Barrier, barrier, is_login_address
from crawler.extract.decode import decode
from tests.crawler.papers import PARAGRAPHS, SENTENCE
from tests.real import json_lines, real_folder

MENUS = "<ul>" + "".join(f"<li><a href=/{n}/>政务公开专栏{n}</a></li>" for n in range(200)) + "</ul>"
SHOWN = (
    ("<title>安全验证</title><p>请完成下方验证后继续访问</p>", Barrier.CHALLENGE),
    (
        "<title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript>",
        Barrier.CHALLENGE,
    ),
    ("<p>请开启JavaScript并刷新该页</p>", Barrier.CHALLENGE),
    ("<div>拖动滑块完成验证</div>", Barrier.CHALLENGE),
    ("<script>document.cookie='__jsl_clearance=1'+x;location.href=location.pathname</script>", Barrier.CHALLENGE),
    ("<html><script>var x=5;document.cookie='a='+x;window.location.reload();</script></html>", Barrier.CHALLENGE),
    ("<meta charset=utf-8><script>$_ts=window['$_ts'];</script><body></body>", Barrier.CHALLENGE),
    ("<h1>您的请求已被拦截</h1><p>事件编号 7f3a</p>", Barrier.REFUSAL),
    ("<title>访问被拒绝</title>", Barrier.REFUSAL),
    ("<p>您的访问过于频繁，请稍后再试</p>", Barrier.REFUSAL),
    ("<p>由于您的IP地址已被列入黑名单</p>", Barrier.REFUSAL),
    (MENUS + "<div>您访问的页面不存在或已被删除</div>" + MENUS, Barrier.GONE),
    ("<title>404</title><p>返回首页</p>", Barrier.GONE),
    ("<p>对不起，您要查看的信息已被删除！</p>", Barrier.GONE),
    ("<p>抱歉，找不到您访问的页面</p>", Barrier.GONE),
    ("<h2>该文章不存在</h2>", Barrier.GONE),
    ("<p>网站正在升级维护中，给您带来不便敬请谅解</p>", Barrier.MAINTENANCE),
    ("<p>系统维护公告：暂停服务</p>", Barrier.MAINTENANCE),
    ("<title>统一身份认证平台</title><input type='password' name=p>", Barrier.LOGIN),
    ("<form>用户名<input name=u>密码<input type=password></form>", Barrier.LOGIN),
    ("<p>您尚未登录，请先登录</p>", Barrier.LOGIN),
)


@pytest.mark.parametrize(("html", "expected"), SHOWN)
def test_a_barrier_is_recognised_by_what_it_shows(html: str, expected: Barrier) -> None:
    assert barrier(200, (), html) is expected


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (401, (), Barrier.LOGIN),
        (403, (("WWW-Authenticate", "Basic"),), Barrier.LOGIN),
        (403, (("CF-Mitigated", "challenge"),), Barrier.CHALLENGE),
        (404, (("server", "nginx"),), None),
    ],
)
def test_a_barrier_is_recognised_by_how_the_server_answers(
    status: int, headers: Headers, expected: Barrier | None
) -> None:
    assert barrier(status, headers, "<p>-</p>") is expected


NOT_BARRIERS = (
    "<div>"
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS * 2)
    + "<p>完成网站升级维护，访问被拒绝的情况减少。</p></div>",
    "<p>全年对不存在的信息答复35件，已删除过期页面。</p>" + f"<p>{SENTENCE * 30}</p>",
    "<form>密码<input type=password></form>" + f"<p>{SENTENCE * 30}</p>",
    f"<script>document.cookie='seen=1';if(0)location.reload()</script><p>{SENTENCE}</p>",
    "<p>全年受理行政复议案件404件。</p>",
    "<html><head><script>location.href='/new/'</script></head></html>",
    "<table><tr><td>信息不存在</td></tr></table>" + f"<p>{SENTENCE * 30}</p>",
    "",
)


@pytest.mark.parametrize("html", NOT_BARRIERS)
def test_what_says_something_of_its_own_is_no_barrier(html: str) -> None:
    assert barrier(200, (), html) is None


def test_no_real_page_or_report_is_taken_for_a_barrier() -> None:
    wrong = [(name, found) for name, text in _real() if (found := barrier(200, (), text))]
    assert wrong == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://sso.example.gov.cn/", True),
        ("http://www.example.gov.cn/cas/login?service=x", True),
        ("http://www.example.gov.cn/oauth2/authorize", True),
        ("http://www.example.gov.cn/login.jsp", True),
        ("http://www.example.gov.cn/castle/t1.html", False),
        ("http://www.example.gov.cn/?from=login", False),
    ],
)
def test_the_address_of_a_login_is_known(url: str, expected: bool) -> None:
    assert is_login_address(url) is expected


def test_only_a_missing_page_says_nothing_of_its_host() -> None:
    assert [each for each in Barrier if not each.is_of_host] == [Barrier.GONE]


def _real() -> Iterator[tuple[str, str]]:
    folder = real_folder()
    for path in sorted((*(folder / "html").rglob("*.*htm*"), *(folder / "seeds").glob("*.txt"))):
        yield path.name, decode(path.read_bytes())
    texts = [*sorted((folder / "docs").glob("*reports*.jsonl.gz")), folder / "docs" / "govcn_policies_2019.jsonl.gz"]
    for path in texts:
        yield from ((path.name, line["text"]) for line in json_lines(path))
