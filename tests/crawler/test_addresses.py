"""Only public places are asked: over a hundred ways to name another, none of which leads to a connection."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv6Address
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.addresses import MAX_URL_CHARS, not_public, place_of
from crawler.answers import Failed, Refused, Target
from crawler.fetch import Fetcher
from reports.crawl_config import CrawlConfig
from tests.crawler.hostile import hostile_server
from tests.crawler.names import CRAWL, PUBLIC, PUBLIC_6, Names, locate


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address that anything in this process connects a socket to."""
    made: list[Any] = []
    for way in ("connect", "connect_ex"):
        real = getattr(socket.socket, way)

        def counted(self: socket.socket, address: Any, real: Any = real) -> Any:
            made.append(address)
            return real(self, address)

        monkeypatch.setattr(socket.socket, way, counted)
    return made


def ask(url: str, names: Names, crawl: CrawlConfig = CRAWL) -> Target | Refused | Failed:
    """Locate, and get what may be got, as the crawler does."""

    async def asked() -> Target | Refused | Failed:
        async with Fetcher(crawl, names) as fetcher:
            target = await fetcher.locate(url)
            if isinstance(target, Target):
                await fetcher.get(target)
            return target

    return asyncio.run(asked())


NOT_PUBLIC = (
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255"),
    *("127.0.0.1", "127.1.2.3", "168.63.129.16", "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255"),
    *("192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.7"),
    *("203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.215.14", "::ffff:a00:1"),
    *("64:ff9b::7f00:1", "64:ff9b::5db8:d70e", "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:2::1"),
    *("2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "2002:5db8:d70e::1", "3fff::1"),
    *("4000::1", "5f00::1", "fc00::1", "fd00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "ff0e::1"),
    *("fe80::1%eth0", "2606:2800::1%1"),
)
STILL_PUBLIC = (
    *(PUBLIC, PUBLIC_6, "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255"),
    *("128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0"),
    *("198.17.255.255", "198.20.0.0", "223.255.255.255", "2400:3200::1", "240e::1", "2001:4860:4860::8888", "2408::1"),
)
ODD_URLS = (
    *("http://127.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::10.0.0.1]/"),
    *("http://0x7f.1/", "http://0x7f000001/", "http://0X7F.0.0.1/", "http://2130706433/", "http://127.1/", "http://0/"),
    *("http://017700000001/", "http://0177.0.0.1/", "http://127.0.0.0x1/", "http://a.b.1/", "http://1.2.3.4.5/"),
    *(
        "http://256.1.1.1/",
        "http://127.0.0.01/",
        "http://127.0.0.1./",
        "http://１２７．０．０．１/",
        "http://１２７。１/",
    ),
    *("http://①②⑦.0.0.1/", "http://localhost/", "http://LOCALHOST./", "http://a.localhost/", "http://printer.local/"),
    *("http://metadata.google.internal/", "http://intranet/", "http://router.lan/", "http://nas.home.arpa/"),
    *(
        "http://ｌｏｃａｌｈｏｓｔ/",
        "http://%31%32%37.0.0.1/",
        "http://127.0.0.1\\.gov.cn/",
        "http://gov.cn\\@127.0.0.1/",
    ),
    *("http://gov.cn@127.0.0.1/", "http://user:pass@gov.cn/", "http://@gov.cn/", "http://[fe80::1%25eth0]/"),
    *("http://[::1/", "http://::1/", "http://[127.0.0.1]/", "http://[v1.x]/", "http:///a", "http://", "http://./"),
    *(
        "http://a..gov.cn/",
        "http://-a.gov.cn/",
        "http://a_b-.gov.cn/",
        f"http://{'a' * 64}.cn/",
        f"http://{'a.' * 130}cn/",
    ),
    *("ftp://gov.cn/", "file:///etc/passwd", "gopher://gov.cn/", "javascript:alert(1)", "//gov.cn/", "gov.cn", ""),
    *("data:text/html,x", "http://gov.cn:22/", "http://gov.cn:25/", "http://gov.cn:6379/", "http://gov.cn:0/"),
    *("http://gov.cn:65536/", "http://gov.cn:8_0/", "http://gov.cn:-1/", "http://gov.cn:８０８１/", "http://gov.cn:x/"),
    *("http://gov.cn/a b", "http://gov.cn/\r\nHost: x", "http://go\tv.cn/", " http://gov.cn/", "http://gov.cn/\x00"),
    *("http://gov.cn／@127.0.0.1/", "http://gov.cn？@127.0.0.1/", "http://[gov.cn]/", "http://\ud800.cn/"),
    "http://gov.cn/" + "a" * MAX_URL_CHARS,
)


@pytest.mark.parametrize("ip", NOT_PUBLIC)
def test_a_name_that_leads_to_such_an_address_is_refused_without_a_connection(ip: str, connections: list[Any]) -> None:
    for answers in ((ip,), (PUBLIC, ip), (ip, PUBLIC_6)):
        answer = ask("http://www.gov.cn/", Names(www_gov_cn=answers))
        assert isinstance(answer, Refused)
        assert answer.why.startswith(f"{ip} is ")
    assert connections == []


@pytest.mark.parametrize("url", ODD_URLS)
def test_such_a_url_is_refused_without_a_connection(url: str, connections: list[Any]) -> None:
    names = Names(gov_cn=(PUBLIC,))
    answer = ask(url, names)
    assert isinstance(answer, Refused)
    assert answer.why
    assert connections == []
    assert set(names.asked) <= {"gov.cn"}


@pytest.mark.parametrize("ip", STILL_PUBLIC)
def test_the_neighbours_of_such_addresses_may_be_asked(ip: str) -> None:
    answer = locate("http://www.gov.cn/", Names(www_gov_cn=(ip,)))
    assert answer == Target("http://www.gov.cn/", "www.gov.cn", ip, 80)


@given(st.ip_addresses())
@example(IPv6Address("2001:4:112::1"))
def test_nothing_is_public_that_python_calls_special(address: Any) -> None:
    if not_public(str(address)) is None:
        special = ("private", "multicast", "reserved", "loopback", "link_local", "unspecified")
        assert [each for each in special if getattr(address, f"is_{each}")] == []


@given(st.text(max_size=40).map("http://".__add__) | st.text(max_size=40))
def test_any_text_is_a_place_or_is_refused(url: str) -> None:
    answer = locate(url, Names())
    assert isinstance(answer, Refused)


def test_the_address_connected_to_is_the_one_that_was_checked(connections: list[Any]) -> None:
    """The name leads elsewhere the second time it is looked up; there is no second time."""
    with hostile_server() as server:
        names = Names(oa_gov_cn=("127.0.0.1",))
        target = ask(server.url("/", host="oa.gov.cn"), names, CrawlConfig(allow=("127.0.0.1",)))
        assert isinstance(target, Target)
        assert connections == [("127.0.0.1", server.port)]
        assert names.asked == ["oa.gov.cn"]
        assert f"Host: oa.gov.cn:{server.port}\r\n".encode() in server.asked[0]


def test_a_place_is_read_from_a_url_without_asking_anyone() -> None:
    assert place_of("https://www.gov.cn:8443/a").host == "www.gov.cn:8443"
