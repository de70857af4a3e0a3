"""Sitemaps and feeds, whole, broken and hostile."""

from __future__ import annotations

import gzip
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract import feeds
from crawler.listing import read_listing
from crawler.sights import Link, Listing, Piece
from reports.errors import ReadError

URL = "http://www.yanxi.gov.example/sitemap.xml"
REPORT = "http://www.yanxi.gov.example/fzbg/t20240301_1.html"
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def read(text: str | bytes, content_type: str = "") -> Listing:
    return read_listing(Piece(URL, content_type, text.encode() if isinstance(text, str) else text))


def urlset(inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- made -->\n<urlset xmlns="{SITEMAPS}">{inner}</urlset>'


def test_a_sitemap_names_addresses_without_titles_or_days() -> None:
    listing = read(urlset(f"<url><loc> {REPORT}\n</loc><lastmod>2024-05-05</lastmod></url>"), "text/html")
    assert listing == Listing(links=(Link(REPORT, ""),))


def test_the_news_extension_gives_title_and_day() -> None:
    news = "<n:news><n:publication_date>2024-03-31T17:30:00Z</n:publication_date><n:title>年度\n报告</n:title></n:news>"
    inner = f'<url xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><loc>{REPORT}</loc>{news}</url>'
    assert read(urlset(inner)).links == (Link(REPORT, "年度 报告", date(2024, 4, 1)),)


def test_a_sitemap_index_names_further_files() -> None:
    files = "".join(f"<sitemap><loc>{name}</loc></sitemap>" for name in ("/a.xml", "/b.xml.gz"))
    index = f'<sitemapindex xmlns="{SITEMAPS}">{files}</sitemapindex>'
    assert read(index).pages == ("http://www.yanxi.gov.example/a.xml", "http://www.yanxi.gov.example/b.xml.gz")


@pytest.mark.parametrize(
    "told",
    [
        "<pubDate>Fri, 01 Mar 2024 09:30:00 +0800</pubDate>",
        "<pubDate>2024-03-01 09:30:00</pubDate>",
        '<dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2024-03-01T09:30:00+08:00</dc:date>',
    ],
)
def test_rss_gives_title_link_and_day(told: str) -> None:
    item = f"<item><title><![CDATA[某县2023年法治政府建设年度报告]]></title><link>{REPORT}</link>{told}</item>"
    channel = f"<channel><title>某县</title><link>{URL}</link>{item}</channel>"
    rss = f'<?xml version="1.0" encoding="gb2312"?><rss version="2.0">{channel}</rss>'
    expected = (Link(REPORT, "某县2023年法治政府建设年度报告", date(2024, 3, 1)),)
    assert read(rss).links == expected
    assert read(rss.encode("gb18030")).links == expected


def test_atom_gives_title_link_day_and_its_next_part() -> None:
    entry = (
        f'<entry><title type="html">年度报告</title><link rel="edit" href="/e"/><link href="{REPORT}"/>'
        "<published>2024-03-01T00:00:00+08:00</published><updated>2024-09-01T00:00:00+08:00</updated></entry>"
    )
    atom = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>某县</title><link rel="next" href="?page=2"/>{entry}</feed>'
    )
    listing = read(atom)
    assert listing.links == (Link(REPORT, "年度报告", date(2024, 3, 1)),)
    assert listing.pages == (URL + "?page=2",)


def test_a_packed_sitemap_is_read_by_its_content_not_its_name() -> None:
    assert read(gzip.compress(urlset(f"<url><loc>{REPORT}</loc></url>").encode())).links == (Link(REPORT, ""),)


def test_an_address_stands_once_and_only_web_addresses_count() -> None:
    locs = (REPORT, REPORT + "#top", "javascript:alert(1)", "file:///etc/passwd", "http://[::1", "")
    assert read(urlset("".join(f"<url><loc>{loc}</loc></url>" for loc in locs))).links == (Link(REPORT, ""),)


def test_links_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert feeds.MOST_LINKS == 50_000
    monkeypatch.setattr(feeds, "MOST_LINKS", 100)
    assert len(read(urlset("".join(f"<url><loc>/a{number}.html</loc></url>" for number in range(110)))).links) == 100


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    whole = urlset(f"<url><loc>{REPORT}?a=1&b=2</loc></url><url><loc>/c.html</loc></url>")
    assert [link.url for link in read(whole[:-30]).links] == [REPORT + "?a=1&b=2"]
    assert read(f"<rss><channel><item><title>一</title><link>{REPORT}</link></item><item><ti").links == (
        Link(REPORT, "一"),
    )


LOL = '<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("hostile", "why"),
    [
        (f"<!DOCTYPE urlset [{LOL}]><urlset><url><loc>http://a.example/&i;</loc></url></urlset>", "entities"),
        (
            '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
            "entities",
        ),
        ('<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]><rss></rss>', "entities"),
        (f"<urlset>{LOL}</urlset>", "entities"),
        (gzip.compress(b"<urlset>" + b"\0" * 60_000_000), "unpacks to more than 50 MB"),
        (b"\x1f\x8b\x08broken", "broken gzip"),
    ],
)
def test_what_is_built_to_exhaust_is_refused_at_once(hostile: str | bytes, why: str) -> None:
    began = time.perf_counter()
    with pytest.raises(ReadError, match=why):
        read(hostile)
    assert time.perf_counter() - began < 2


def test_a_document_type_of_elsewhere_is_not_fetched() -> None:
    doctype = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/rss.dtd">'
    assert read(f"{doctype}<rss><channel><item><link>{REPORT}</link></item></channel></rss>").links == (
        Link(REPORT, ""),
    )


def test_nothing_of_a_feed_is_a_reason_not_an_empty_list() -> None:
    with pytest.raises(ReadError, match="broken XML"):
        read("<urlset><url><loc")


def test_a_bare_ampersand_in_cdata_is_itself() -> None:
    title = "<![CDATA[A&B &nbsp;年度报告]]>"
    assert read(f"<rss><channel><item><title>{title}</title><link>{REPORT}</link></item></channel></rss>").links == (
        Link(REPORT, "A&B 年度报告"),
    )


def test_depth_is_bounded() -> None:
    began = time.perf_counter()
    deep = urlset(f"<url><loc>{REPORT}</loc></url>" + "<x>" * 100_000)
    assert read(deep).links == (Link(REPORT, ""),)
    assert time.perf_counter() - began < 5


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.integers(0, 400))
def test_any_feed_is_a_listing_or_a_reason(noise: str, cut: int) -> None:
    text = urlset(f"<url><loc>{REPORT}</loc></url>" * 3)
    try:
        listing = read(text[:cut] + noise + text[cut:])
    except ReadError:
        return
    assert all(link.url.startswith("http") for link in listing.links)
