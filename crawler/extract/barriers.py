"""What stands in place of a page: a login, a challenge, a refusal, a notice. Reported, never evaded.

A barrier says little and says it plainly; it is looked for only where a page says little.
"""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urlsplit

from crawler.answers import Headers
from crawler.extract.lines import Outline
from crawler.extract.outline import outline
from reports.errors import ReadError


class Barrier(StrEnum):
    """What it is; the value can be shown."""

    LOGIN = "a login"
    CHALLENGE = "an anti-bot challenge"
    REFUSAL = "a firewall's refusal"
    GONE = "a notice that the page is not there"
    MAINTENANCE = "a notice of maintenance"

    @property
    def is_of_host(self) -> bool:
        """Whether it stands before the whole host, not only before this page."""
        return self is not Barrier.GONE


_MOST_CHARS = 1_200
_LINE_CHARS = 160
_EMPTY_CHARS = 40
_SCRIPT_CHARS = 200_000
_UNAUTHORIZED = 401

_SCRIPTS = re.compile(
    r"__jsl_clearance|__jsluid|acw_sc__v2|yunsuo_session|cf_chl_|challenge-platform|_Incapsula_|aliyun_waf"
    r"|\$_ts\s*=|\bwzws[_-]|document\.cookie\s*=[\s\S]{0,2000}?\blocation\b"
)
_PASSWORD = re.compile(r"<input[^>]{0,300}\btype\s*=\s*[\"']?password", re.IGNORECASE)
_LOGIN_ADDRESS = re.compile(r"/(?:sso|cas|oauth2?|passport|uaa|login|signin)(?:[/.;]|$)", re.IGNORECASE)
_LOGIN_HOST = re.compile(r"^(?:sso|cas|login|passport|uaa|oauth|tyrz|sfrz)\d?\.", re.IGNORECASE)

_THING = "(?:该|此|本)?(?:页面|网页|文件|文章|信息|内容|资源|链接|地址|栏目)"
_NOT_THERE = (
    "(?:不存在|找不到|未找到|没有找到|已(?:经)?(?:被)?(?:删除|移除|移走|下线|撤下|失效|过期)|被(?:删除|移除)|无法找到)"
)
_WORDS = (
    (
        Barrier.CHALLENGE,
        r"Just a moment|Checking your browser|Enable JavaScript and cookies|(?:安全|滑动|滑块|访问|人机|行为)验证"
        r"|请(?:您)?(?:先)?(?:完成|通过).{0,12}验证|(?:启用|开启|打开).{0,8}(?:JavaScript|Cookie)|正在进行.{0,8}(?:安全)?检[测查]"
        r"|拖动.{0,6}滑块|输入验证码",
    ),
    (
        Barrier.REFUSAL,
        r"(?:请求|访问|操作).{0,14}(?:已)?被(?:拦截|阻断|拒绝|禁止|阻止)|访问被?(?:拒绝|禁止)|拒绝(?:您的)?访问|(?:疑似|存在).{0,8}攻击"
        r"|(?:IP|地址).{0,12}(?:黑名单|被(?:封|禁|限制))|访问(?:过于|太)频繁|Access Denied|403 Forbidden"
        r"|Web应用防火墙|网站防火墙",
    ),
    (
        Barrier.GONE,
        rf"(?:访问|查看|请求|浏览|查找|打开|要找).{{0,6}}的?{_THING}.{{0,12}}{_NOT_THERE}|{_THING}.{{0,4}}{_NOT_THERE}"
        rf"|{_NOT_THERE}.{{0,8}}(?:访问|请求|查看|浏览|查找)?的?{_THING}"
        r"|^\W*404\W*$|\b404\W{0,3}(?:错误|页面|Not Found|error)"
        r"|page not found|The requested URL .{0,80}not found",
    ),
    (
        Barrier.MAINTENANCE,
        r"(?:网站|系统|平台|服务器|站点).{0,12}(?:升级|维护|改版|建设|割接|调整).{0,4}(?:中|期间|维护|暂停|公告|通知)"
        r"|(?:正在|暂停).{0,4}(?:升级|维护|服务)|网站(?:已)?(?:暂时)?关(?:闭|停)|(?:无法|暂停)(?:正常)?(?:访问|提供服务)",
    ),
    (
        Barrier.LOGIN,
        r"统一身份认证|单点登录|(?:请|需要?)(?:您)?(?:先)?登[录陆]|(?:未|尚未)登[录陆]|登[录陆](?:超时|已过期|失效)",
    ),
)
_PATTERNS = tuple((barrier, re.compile(words, re.IGNORECASE)) for barrier, words in _WORDS)


def barrier(status: int, headers: Headers, text: str) -> Barrier | None:
    """What stands in place of a page, None where nothing does; `text` is the decoded response.

    >>> barrier(200, (), "<title>提示</title><p>您访问的页面不存在或已被删除</p>").name
    'GONE'
    """
    names = {name.lower() for name, _ in headers}
    if status == _UNAUTHORIZED or "www-authenticate" in names:
        return Barrier.LOGIN
    if "cf-mitigated" in names:
        return Barrier.CHALLENGE
    try:
        page = outline(text)
    except ReadError:
        return None
    said = _said(page)
    chars = sum(map(len, said))
    if chars <= _EMPTY_CHARS and _SCRIPTS.search(text, 0, _SCRIPT_CHARS):
        return Barrier.CHALLENGE
    if chars > _MOST_CHARS:
        return None
    return _in_words(said) or (Barrier.LOGIN if _PASSWORD.search(text) else None)


def is_login_address(url: str) -> bool:
    """Whether an address one was sent on to is a login's.

    >>> is_login_address("https://sso.example.gov.cn/cas/login?service=x")
    True
    """
    parts = urlsplit(url)
    return bool(_LOGIN_HOST.search(parts.netloc) or _LOGIN_ADDRESS.search(parts.path))


def _said(page: Outline) -> list[str]:
    """What a page says beside its links: a notice in a site's frame has the site's menus around it."""
    lines = [line.text for line in page.lines if 2 * line.link_chars < len(line.text) and not line.hidden]
    return [page.head_title, *lines]


def _in_words(said: list[str]) -> Barrier | None:
    for each, pattern in _PATTERNS:
        if any(len(line) <= _LINE_CHARS and pattern.search(line) for line in said):
            return each
    return None
