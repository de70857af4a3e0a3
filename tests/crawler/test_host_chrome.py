"""What stands alike on a host and speaks of the page is chrome there; what a report says never is, however often."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from crawler.extract import chrome
from crawler.extract.host_chrome import NOTHING_LEARNT, HostChrome, Learning, speaks_of_page
from crawler.extract.page import Given, Page
from crawler.extract.reader import read_string
from reports.errors import ReadError
from reports.regions import load_regions
from reports.report import Report
from tests.real import json_lines, real_folder

DEMO = Path(__file__).parents[2] / "corpus" / "demo" / "sites"
HOST = "www.yuanling.gov.example"
LEFT = "把本页分享给微信好友　QQ空间"
FORM = "把本页分享给微信好友QQ空间"
BODY = (
    "本县认真落实法治政府建设各项要求，扎实推进依法行政，现将有关情况报告如下：",
    "一、主要举措和成效",
    "全年办理行政复议案件一百二十件，按期办结率百分之百，行政争议得到实质性化解。",
    "二、存在的问题",
    "基层执法力量不足，少数工作人员法治意识有待增强。",
)
# What reports of one office really say alike every year, the ways to reach it among them.
SAID_ALIKE = (
    "各位代表：",
    "市人大常委会：",
    "现将有关情况报告如下：",
    "特此报告。",
    "特此报告",
    "以上报告，请予审议。",
    "沅陵县人民政府",
    "沅陵县人民政府办公室",
    "沅陵县司法局 2023年1月31日",
    "2023年1月31日",
    "（此件公开发布）",
    "第一章 总则",
    "一、总体情况",
    "五、其他需要报告的事项",
    "下一步工作打算",
    "附件：2022年度重点任务清单",
    "（一）扫码办事更加便利",
    "1.网站地图",
    "联系电话：0745-0000000",
    "联系地址：某某路1号，邮编：000000",
    "本报告的电子版可在县人民政府门户网站下载，如有疑问请与县政府办公室联系。",
    "公民、法人和其他组织可通过扫描二维码查阅。",
    "政府网站和政务新媒体运行平稳，全年网站访问量持续增长。",
    "本公报未经授权不得转载。",
    "资料来源：县统计局。",
)


def page(*paragraphs: str, title: str = "报告") -> Page:
    return Page(title, (title, *paragraphs))


def report(title: str, paragraphs: Sequence[str], *, url: str | None, year: int | None) -> Report:
    text = "\n".join((title, *paragraphs))
    return read_string(text, html=False, origin="a", given=Given(title, url, year=year), regions=load_regions())


def annual(number: int, *after: str, host: str = HOST, before: Sequence[str] = ()) -> Report:
    title = f"沅陵县{2010 + number}年法治政府建设年度报告"
    return report(title, (*before, *BODY, *after), url=f"http://{host}/{number}.html", year=2010 + number)


def learnt(reports: Iterable[Report]) -> frozenset[tuple[str, str]]:
    learning = Learning()
    for each in reports:
        learning.note(each)
    return learning.learnt().pairs


@pytest.mark.parametrize("text", [text for rule in chrome.rules() if rule.where == "host" for text in rule.examples])
def test_what_sites_say_of_their_pages_is_known_by_its_words(text: str) -> None:
    assert speaks_of_page("".join(text.split()))


def test_what_stands_alike_at_the_edges_and_speaks_of_the_page_is_learnt_and_nothing_else() -> None:
    assert learnt(annual(number, "沅陵县人民政府", LEFT) for number in range(10)) == {(HOST, FORM)}
    assert learnt(annual(number, before=[LEFT]) for number in range(10)) == {(HOST, FORM)}


@pytest.mark.parametrize("text", SAID_ALIKE)
def test_what_reports_say_alike_is_never_learnt(text: str) -> None:
    assert not speaks_of_page("".join(text.split()))
    assert learnt(annual(number, text) for number in range(20)) == frozenset()
    assert learnt(annual(number, before=[text]) for number in range(20)) == frozenset()


def test_a_title_is_never_learnt() -> None:
    named = [report(LEFT, BODY, url=f"http://{HOST}/{number}.html", year=2000 + number) for number in range(20)]
    assert learnt(named) == frozenset()


def test_what_stands_within_a_text_is_never_learnt() -> None:
    within = (*BODY, LEFT, *BODY)
    titles = [f"沅陵县{2000 + number}年报告" for number in range(20)]
    reports = [report(title, within, url=f"http://{HOST}/{title}", year=int(title[3:7])) for title in titles]
    assert learnt(reports) == frozenset()


@pytest.mark.parametrize(
    ("reports", "why"),
    [
        ([annual(number, LEFT) for number in range(7)], "seven works are too few"),
        ([annual(number, LEFT) for number in range(8)] + [annual(number) for number in range(8, 17)], "not in half"),
        ([annual(3, LEFT) for _ in range(20)], "copies of one work"),
        ([report("年度报告", (*BODY, LEFT), url=f"http://{HOST}/{y}", year=y) for y in range(2000, 2020)], "one title"),
        ([report(f"{n}号报告", (*BODY, LEFT), url=f"http://{HOST}/{n}", year=2020) for n in range(20)], "one year"),
        ([report(f"{n}号报告", (*BODY, LEFT), url=None, year=2000 + n) for n in range(20)], "no address"),
        ([annual(number, LEFT, host=f"{number}.gov.example") for number in range(20)], "of many hosts"),
        ([annual(number, f"{LEFT} 第{number}页") for number in range(20)], "not alike to the letter"),
    ],
)
def test_nothing_is_learnt_from_little(reports: list[Report], why: str) -> None:
    assert learnt(reports) == frozenset(), why


def test_script_and_spaces_make_no_other_paragraph() -> None:
    ways = ("掃描二維碼，分享給朋友", "扫描二维码，分享给朋友", "扫描二维码，  分享给朋友")
    reports = [annual(number, ways[number % 3]) for number in range(9)]
    assert learnt(reports) == {(HOST, "扫描二维码，分享给朋友")}


def test_only_pages_of_the_host_are_freed_at_their_edges() -> None:
    known = HostChrome(frozenset({(HOST, FORM)}))
    there = page(*BODY, LEFT)
    freed = known.free(there, f"https://{HOST.upper()}:443/x")
    assert (freed.paragraphs, freed.chrome) == (("报告", *BODY), (LEFT,))
    assert known.free(there, f"http://{HOST}:8080/x") is there
    assert known.free(there, None) is there
    within = page(*BODY, LEFT, *BODY)
    assert known.free(within, f"http://{HOST}/") is within
    alone = Page(None, (LEFT,))
    assert known.free(alone, f"http://{HOST}/") is alone


def test_a_freed_report_is_read_as_if_the_line_had_never_stood_there() -> None:
    known, given = HostChrome(frozenset({(HOST, FORM)})), Given("沅陵县报告", f"http://{HOST}/1")
    text = "\n".join((*BODY, "沅陵县人民政府", "2023年1月31日"))
    freed, without = (
        read_string(each, html=False, origin="a", given=given, regions=load_regions(), known=known)
        for each in (f"{text}\n{LEFT}", text)
    )
    assert freed == without
    assert without.published is not None


def test_what_today_s_rules_do_not_take_for_chrome_stays_whatever_was_learnt_once() -> None:
    known = HostChrome(frozenset({(HOST, "各位代表："), (HOST, "特此报告。")}))
    there = page("各位代表：", *BODY, "特此报告。")
    assert known.free(there, f"http://{HOST}/") is there


@over(st.lists(st.sampled_from((*BODY, *SAID_ALIKE, LEFT, "分享到朋友圈")), max_size=14))
def test_freeing_takes_what_was_learnt_and_leaves_all_else_in_its_order(paragraphs: list[str]) -> None:
    before = Page(None, tuple(paragraphs))
    after = HostChrome(frozenset({(HOST, FORM)})).free(before, f"http://{HOST}/")
    assert [text for text in after.paragraphs if text != LEFT] == [text for text in paragraphs if text != LEFT]
    assert set(after.chrome) <= {LEFT}
    assert len(after.paragraphs) + len(after.chrome) == len(paragraphs)


# As if each collection stood on one host, year after year: the hardest case there is.


def test_of_real_reports_only_the_heading_of_links_to_others_is_learnt() -> None:
    found = set()
    for file in sorted((real_folder() / "docs").glob("*.jsonl.gz")):
        found |= {form for _, form in learnt(_as_one_host(json_lines(file)))}
    assert found <= {"相关报道："}


def test_no_paragraph_within_a_real_report_looks_like_what_a_site_says() -> None:
    laws = json_lines(real_folder() / "docs" / "laws_and_local_regulations.jsonl.gz")
    paragraphs = chain.from_iterable(each["text"].split("\n") for each in islice(laws, 0, None, 10))
    assert [text for text in paragraphs if len(text) <= 120 and speaks_of_page("".join(text.split()))] == []


def test_nothing_is_learnt_from_real_pages() -> None:
    folder = real_folder() / "html"
    pages = ((folder / each["file"], each["title"] or "") for each in json_lines(folder / "manifest.jsonl"))
    assert learnt(_read(pages)) == frozenset()


def test_nothing_is_learnt_from_the_demonstration_even_if_all_stood_on_one_host() -> None:
    lines = (DEMO / "manifest.jsonl").read_text("utf-8").splitlines()[::4]
    entries = [json.loads(line) for line in lines]
    found = list(_read((DEMO / each["file"], each["title"]) for each in entries))
    assert len(found) == len(entries) > 20
    assert learnt(found) == frozenset()


def _as_one_host(entries: Iterable[dict[str, str]]) -> Iterable[Report]:
    """Without reading them, which takes long: only title, text, address and year count."""
    any_report = replace(annual(0), sections=())
    for number, each in enumerate(entries):
        yield replace(any_report, title=f"{number}{each['title']}", year=1900 + number % 100, text=each["text"])


def _read(pages: Iterable[tuple[Path, str]]) -> Iterable[Report]:
    for number, (path, title) in enumerate(pages):
        given = Given(title or None, f"http://{HOST}/{number}", year=1950 + number % 100)
        try:
            html = path.read_bytes().decode("gb18030" if b"gb2312" in path.read_bytes()[:600] else "utf-8")
            yield read_string(html, html=True, origin="a", given=given, regions=load_regions(), known=NOTHING_LEARNT)
        except (ReadError, UnicodeDecodeError):
            continue
