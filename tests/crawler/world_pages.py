"""What the made-up hosts have to show: columns of links, reports of a few hundred characters, no two alike."""

from __future__ import annotations

import re
from functools import lru_cache

LIST_PATH = "/fzzf/"
ROWS = 20
_DIGITS = str.maketrans("0123456789", "东西南北中桥河山林田")
_ARTICLE = re.compile(r"/fzzf/\d{6}/t\d{8}_(\d{5})\.html")
_LIST = re.compile(r"/fzzf/(?:index(?:_(\d+))?\.html)?")
_PARTS = (
    (
        "{year}年推进法治政府建设的主要举措和成效",
        "{place}把依法行政摆在{word}坊治理的前面，全年审核文件{a}件，退回修改{b}件，听取居民意见{c}条。",
        "{place}执法队在{word}坊巡查{c}次，纠正轻微违法{a}起，开具处罚决定书{b}份，没有一份被撤销。",
        "{place}司法所到{word}坊开讲{b}场，调解纠纷{a}件，其中当场履行{c}件，居民评议均为满意。",
    ),
    (
        "存在的不足和原因",
        "{place}在{word}坊的执法力量仍显不足，{a}件投诉超过了承诺的期限，主要原因是{b}个岗位长期空缺。",
        "{place}对{word}坊商户的普法还停在发放材料，抽查的{c}家商户中有{b}家说不清自己的权利。",
    ),
    (
        "{next}年工作安排",
        "{place}将补齐{word}坊的{b}个执法岗位，把{a}件超期投诉逐一办结，并在{c}日内向居民公布结果。",
        "{place}将在{word}坊开设{a}期商户课堂，以{c}道身边的题目代替材料，年底前由居民打分。",
    ),
)


def path_of(number: int) -> str:
    """The path of a host's report of this number, from 0."""
    return f"{LIST_PATH}{_year(number) + 1}03/t{_year(number) + 1}0315_{number:05}.html"


def number_of(path: str) -> int:
    """The number of the report at a path. Raises ValueError where there can be none."""
    if not (article := _ARTICLE.fullmatch(path)):
        raise ValueError(f"no report stands at {path!r}")
    return int(article[1])


def title_of(host: str, number: int) -> str:
    """What it is called; no two reports of a world are called the same."""
    return f"{_place(host, number)}{_year(number)}年法治政府建设年度报告"


def page(host: str, path: str, pages: int, edition: int, visits: int) -> bytes | None:
    """The page at a path of a host that has so many reports; None where there is none."""
    if (article := _ARTICLE.fullmatch(path)) and int(article[1]) < pages and path == path_of(int(article[1])):
        return _article(host, int(article[1]), edition).replace(b"@visits@", str(visits).encode())
    if (column := _LIST.fullmatch(path)) and int(column[1] or 0) * ROWS < max(pages, 1):
        return _column(host, int(column[1] or 0), pages)
    return None


def apology(status: int) -> bytes:
    """What stands on an error page."""
    return f"<!DOCTYPE html><title>{status}</title><p>您访问的页面暂时无法显示</p>".encode()


@lru_cache(maxsize=2000)
def _column(host: str, at: int, pages: int) -> bytes:
    numbers = range(at * ROWS, min(pages, (at + 1) * ROWS))
    rows = "\n".join(
        f'<li><a href="{path_of(number)}">{title_of(host, number)}</a><span>{_year(number) + 1}-03-15</span></li>'
        for number in numbers
    )
    admin = f'<li><a href="/admin/preview_{at}.html">{_place(host, at)}2018年法治政府建设年度报告</a></li>'
    script = f'<script>createPageHTML({max(-(-pages // ROWS), 1)}, {at}, "index", "html");</script>'
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>法治政府建设-{_district(host)}人民政府</title></head>'
        f'<body><ul class="list">\n{rows}\n{admin}\n</ul><div class="page">{script}</div></body></html>'
    ).encode()


@lru_cache(maxsize=20_000)
def _article(host: str, number: int, edition: int) -> bytes:
    title, year = title_of(host, number), _year(number)
    body = "\n".join(f"<p>{line}</p>" for line in lines_of(host, number, edition))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{year + 1}-03-15"></head><body>'
        f'<h1>{title}</h1><div class="info">发布时间：{year + 1}-03-15　浏览次数：@visits@</div>'
        f'<div class="TRS_Editor">\n{body}\n</div>'
        f'<div class="foot">主办：{_district(host)}人民政府办公室</div></body></html>'
    ).encode()


def lines_of(host: str, number: int, edition: int = 0) -> tuple[str, ...]:
    """The report's paragraphs and headings."""
    place, year = _place(host, number), _year(number)
    told = [f"现将{place}{year}年法治政府建设情况报告如下，欢迎居民查阅并提出意见。"]
    for at, (heading, *paragraphs) in enumerate(_PARTS):
        told.append(f"{'一二三'[at]}、{heading.format(year=year, next=year + 1)}")
        for row, paragraph in enumerate(paragraphs):
            draw = number * 31 + at * 7 + row * 3 + edition * 11 + 13
            slots = {"a": draw % 89 + 10, "b": draw % 7 + 2, "c": draw % 53 + 100}
            told.append(paragraph.format(place=place, word=str(draw).translate(_DIGITS), **slots))
    return (*told, f"{place}人民政府", f"{year + 1}年3月{edition % 9 + 1}日")


def _place(host: str, number: int) -> str:
    return f"{_district(host)}{str(number).translate(_DIGITS)}镇"


def _district(host: str) -> str:
    return f"虚构市{host.split('.')[1][1:].translate(_DIGITS)}区"


def _year(number: int) -> int:
    return 2015 + number % 10
