"""Which addresses are not followed; no address that an article really has is among them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.traps import trap
from tests.real import json_lines, real_folder

HOST = "http://www.example.gov.cn"
CIRCLE = "the same folders three times over"
SESSION = "a session's own address"
DAY = "a day that no calendar of reports has"

TRAPS = [
    ("/" + "x" * 2_083, "an address of more than 2,083 characters"),
    ("/a" * 9, CIRCLE),
    ("".join(f"/p{n}" for n in range(17)), "more than 16 folders deep"),
    ("/a/a/a/", CIRCLE),
    ("/x/a/a/a/b.html", CIRCLE),
    ("/a/b/a/b/a/b", CIRCLE),
    ("/a/b/c/a/b/c/a/b/c/x.html", CIRCLE),
    ("/list.htm/list.htm/list.htm/", CIRCLE),
    ("/a.jsp;jsessionid=0A1B2C", SESSION),
    ("/(S(lit3py55t21z5v55vlm25s55))/a.aspx", SESSION),
    ("/a.php?PHPSESSID=f00", SESSION),
    ("/a.jsp?jsessionid=0A1B2C", SESSION),
    ("/a.jsp?id=3&sessionId=9", SESSION),
    ("/a.php?sid=0123456789abcdef0123456789abcdef", SESSION),
    ("/rl.jsp?year=2031&month=5", DAY),
    ("/rl.jsp?year=1204&month=5", DAY),
    ("/rl.jsp?date=2031-05-01", DAY),
    ("/rl.jsp?date=20310501", DAY),
    ("/rl.jsp?month=2031-05", DAY),
    ("/rl/2031/05/", DAY),
    ("/rl/2031-05", DAY),
    ("/rl/1931/05/07/", DAY),
    ("/a?" + "&".join(f"p{n}={n}" for n in range(21)), "more than 20 parameters"),
    ("/files/P02024.ZIP", "a .zip file"),
    ("/a.xls", "a .xls file"),
    ("/a.xlsx?x=1", "a .xlsx file"),
    ("/a.mp4", "a .mp4 file"),
    ("/a.jpg", "a .jpg file"),
]

REPORTS = [
    "/zwgk/zfxxgk/202403/t20240303_123456.html",
    "/gongkai/fzzfjsbg/qzf/dcq/202503/t20250328_4046017.html",
    "/jhqzf/zwgk_28985/gzbg/202001/t20200110_2123456.shtml",
    "/art/2024/3/1/art_2201_12345.html",
    "/art/2019/12/12/art_12_12.html",
    "/art/2001/1/1/art_1_1.html",
    "/col/col1229099763/index.html",
    "/col/col2045/art/2024/art_2045_11.html",
    "/module/download/downfile.jsp?classid=0&filename=2403011234567890abcdef.pdf",
    "/info/1042/12345.htm",
    "/info/2045/11.htm",
    "/content_1234.htm",
    "/zhengce/content/2018-11/09/content_5338761.htm",
    "/gongbao/shuju/1985/gwyb198509.pdf",
    "/gongbao/1985/09/content.htm",
    "/jcms/jcms_files/jcms1/web1/site/art/2020/3/31/art_1_1.html",
    "/jcms/art/2024/3/1/art_1_1.jhtml",
    "/article.jsp?id=12345&columnId=678",
    "/view.aspx?id=1&sid=12&year=2024",
    "/view.php?catid=12&id=345&s=1",
    "/list?year=2024&month=3",
    "/list?date=2026-12-31&page=2",
    "/list?updateDate=1709424000",
    "/n1/n2/n3/n4/c1234567/content.html",
    "/2024/2024/2024/a.html",
    "/1/1/1/a.html",
    "/fzb/fzb/a.html",
    "/xxgk/zfxxgk/xxgk/zfxxgknb/xxgk/a.html",
    "/P020240301.pdf",
    "/P020240301.docx",
    "/P020240301.doc",
    "/sitemap.xml",
    "/sitemap.xml.gz",
    "/%D5%FE%B8%AE/a.html",
    "/政府/法治政府建设年度报告.html",
    "/",
    "",
    "/index_1.html",
    "/web/zwgk/a.do?method=view&id=0123456789abcdef0123456789abcdef",
]


@pytest.mark.parametrize(("path", "why"), TRAPS)
def test_traps_are_left_with_their_reason(path: str, why: str) -> None:
    assert trap(HOST + path, 1, this_year=2026) == why


@pytest.mark.parametrize("path", REPORTS)
def test_addresses_of_reports_are_followed(path: str) -> None:
    assert trap(HOST + path, 3, this_year=2026) is None


def test_depth_is_bounded() -> None:
    assert trap(HOST, 20) is None
    assert trap(HOST, 21) == "more than 20 links away"


def test_next_year_moves_with_the_year() -> None:
    url = f"{HOST}/rl?year=2028"
    assert (trap(url, 1, this_year=2026), trap(url, 1, this_year=2027)) == (DAY, None)


def test_an_address_that_is_none_is_not_followed() -> None:
    assert trap("http://[a/b", 1) == "not an address"


def test_saved_pages_of_real_sites_are_followed() -> None:
    urls = [page["url"] for page in json_lines(real_folder() / "html" / "manifest.jsonl") if page["url"]]
    assert len(urls) > 20
    assert {url: why for url in urls if (why := trap(url, 2, this_year=2026))} == {}


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    assert trap(text, 0) is None or trap(text, 0)
    assert trap(f"{HOST}/{text}", 0) is None or trap(f"{HOST}/{text}", 0)


@given(st.integers(1, 400), st.text("ab1", min_size=1, max_size=3))
def test_a_link_that_adds_its_own_folder_again_ends(times: int, folder: str) -> None:
    assert trap(f"{HOST}/{f'{folder}/' * (times + 16)}", 1)
