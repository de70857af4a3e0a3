"""A URL leads to one address, looked up once, or to the reason why it may not be asked."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace
from ipaddress import ip_address

import pytest

from crawler.answers import Failed, Fault, Refused, Target
from crawler.locate import Locator, resolve
from reports.crawl_config import CrawlConfig
from tests.crawler.names import CRAWL, PUBLIC, PUBLIC_6, Names, locate


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("http://WWW.Gov.CN/a", "www.gov.cn", 80),
        ("https://www.gov.cn./", "www.gov.cn", 443),
        ("https://www.gov.cn:443/", "www.gov.cn", 443),
        ("http://www.gov.cn:443/", "www.gov.cn:443", 443),
        ("http://www.gov.cn:8080/", "www.gov.cn:8080", 8080),
        ("http://ｗｗｗ．ｇｏｖ．ｃｎ/", "www.gov.cn", 80),
        ("http://政务.cn/", "xn--zfr164b.cn", 80),
        (f"http://{PUBLIC}/", PUBLIC, 80),
        (f"https://[{PUBLIC_6.upper()}]:8443/", f"[{PUBLIC_6}]:8443", 8443),
    ],
)
def test_a_host_has_one_spelling(url: str, host: str, port: int) -> None:
    answer = locate(url, Names(www_gov_cn=(PUBLIC,), **{"xn--zfr164b.cn": (PUBLIC,)}))
    assert isinstance(answer, Target)
    assert (answer.host, answer.port, answer.is_shared) == (host, port, True)


def test_a_host_is_looked_up_once_and_keeps_its_address() -> None:
    names = Names(www_gov_cn=(PUBLIC_6, "101.0.0.9", "9.0.0.9", "20.0.0.9"))
    answer = locate("http://www.gov.cn/", names)
    assert isinstance(answer, Target)
    assert answer.ip == "9.0.0.9"
    assert names.asked == ["www.gov.cn"]


@pytest.mark.parametrize("crawl", [CrawlConfig(), replace(CRAWL, project=""), replace(CRAWL, contact="")])
def test_a_public_place_is_asked_by_nobody_without_a_name(crawl: CrawlConfig) -> None:
    answer = locate("http://www.gov.cn/", Names(www_gov_cn=(PUBLIC,)), crawl)
    why = "set [crawl] project and contact so that webmasters can reach you"
    assert answer == Refused("http://www.gov.cn/", why)


@pytest.mark.parametrize(
    ("url", "allow"),
    [
        ("http://127.0.0.1:9/", "127.0.0.1"),
        ("http://127.8.8.8:9/", "127.0.0.0/8"),
        ("http://[::1]:9/", "::1"),
        ("http://oa.gov.cn:7001/", "10.0.0.0/8"),
        ("http://oa.gov.cn:7001/", "OA.gov.cn"),
        ("http://intranet:7001/", "intranet"),
    ],
)
def test_what_is_allowed_may_be_asked_by_anyone_on_any_port(url: str, allow: str) -> None:
    answer = locate(url, Names(oa_gov_cn=("10.1.2.3",), intranet=("192.168.1.1",)), CrawlConfig(allow=(allow,)))
    assert isinstance(answer, Target)
    assert not answer.is_shared


def test_what_is_allowed_does_not_cover_for_what_is_not() -> None:
    names = Names(oa_gov_cn=("10.1.2.3", "192.168.1.1"), www_gov_cn=("10.1.2.3", PUBLIC))
    crawl = replace(CRAWL, allow=("10.0.0.0/8",))
    assert locate("http://oa.gov.cn/", names, crawl) == Refused(
        "http://oa.gov.cn/", "192.168.1.1 is in a private network"
    )
    assert isinstance(locate("http://www.gov.cn:7001/", names, crawl), Refused)


@pytest.mark.parametrize(
    ("url", "ip", "port"),
    [
        ("http://a.gov.cn/", "127.0.0.1", 9001),
        ("http://a.gov.cn:8080/", "127.0.0.1", 9002),
        ("http://A.gov.cn.:81/", "127.0.0.1", 9001),
        ("https://b.gov.cn/", "::1", 9003),
    ],
)
def test_a_host_can_be_asked_elsewhere_than_its_name_leads(url: str, ip: str, port: int) -> None:
    names = Names()
    to = ("a.gov.cn=127.0.0.1:9001", "A.gov.cn:8080=127.0.0.1:9002", "b.gov.cn:443=[::1]:9003")
    answer = locate(url, names, CrawlConfig(connect_to=to))
    assert isinstance(answer, Target)
    assert (answer.ip, answer.port, answer.is_shared, names.asked) == (ip, port, False, [])


@pytest.mark.parametrize(
    ("trouble", "answer"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), Refused),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"), Failed),
        (socket.gaierror(socket.EAI_FAIL, "Non-recoverable failure"), Failed),
        (TimeoutError(), Failed),
        (OSError(24, "Too many open files"), Failed),
    ],
)
def test_a_name_that_is_not_there_is_refused_and_trouble_with_looking_up_is_not(trouble: OSError, answer: type) -> None:
    found = locate("http://www.gov.cn/", Names(www_gov_cn=trouble))
    assert isinstance(found, answer)
    assert not isinstance(found, Failed) or found.fault is Fault.UNREACHABLE


def test_a_resolver_that_does_not_answer_is_not_waited_for() -> None:
    async def silent(host: str, port: int) -> tuple[str, ...]:
        await asyncio.sleep(60)
        return ()

    found = asyncio.run(Locator(replace(CRAWL, timeout_s=0.1), silent).locate("http://www.gov.cn/"))
    assert isinstance(found, Failed)
    assert found.why == "its name cannot be looked up: no answer in time"


def test_the_resolver_of_this_machine_gives_plain_addresses() -> None:
    found = asyncio.run(resolve("127.0.0.1", 80))
    assert [str(ip_address(each)) for each in found] == ["127.0.0.1"]
