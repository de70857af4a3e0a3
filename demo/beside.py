"""What a crawl meets beside the reports that are one page each: a report over two pages, one as a file, notices.

It lies in a folder of its own: an import reads one report a file, and would take these for what they are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

from demo.annual import reports
from demo.pages import Page, article, article_text
from demo.places import offices_beside
from demo.report import Block, Written
from demo.sites import Site, path_of, sites
from demo.word import docx
from demo.works import notices

BESIDE = Path(__file__).parent.parent / "corpus" / "demo" / "beside"
IN_PARTS = "heting-jyj"
AS_FILE = "chenglin-jtj"


@cache
def written_beside() -> tuple[Written, ...]:
    """The two reports that come in pieces, then the notices."""
    return (*chain.from_iterable(map(reports, offices_beside())), *notices())


def pages_beside() -> Iterator[Page]:
    """The pages and the file of them; list pages on the sites lead here."""
    for entry in written_beside():
        site = sites()[entry.site]
        if entry.key == IN_PARTS:
            yield from _parts(site, entry)
        elif entry.key == AS_FILE:
            yield from _with_file(site, entry)
        else:
            yield article(site, entry)


def parts_of(entry: Written) -> tuple[Written, Written]:
    """The report cut in two before the heading that follows its middle."""
    headings = [at for at, block in enumerate(entry.blocks) if block.kind == "h1"]
    cut = next(at for at in headings if at > len(entry.blocks) // 2)
    return replace(entry, blocks=entry.blocks[:cut]), replace(entry, blocks=entry.blocks[cut:])


def _parts(site: Site, entry: Written) -> Iterator[Page]:
    """`content_1.htm` and `content_1_2.htm`, each leading to the other."""
    path = path_of(site, entry)
    stem, dot, ending = path.rpartition(".")
    second = f"{stem}_2{dot}{ending}"
    name, other = path.rpartition("/")[2], second.rpartition("/")[2]
    pagers = (
        f'<span>上一页</span> <b>1</b> <a href="{other}">2</a> <a href="{other}">下一页</a>',
        f'<a href="{name}">上一页</a> <a href="{name}">1</a> <b>2</b> <span>下一页</span>',
    )
    for at, part, pager in zip((path, second), parts_of(entry), pagers, strict=True):
        text = article_text(site, part, f'\n<div class="pages_nav">{pager}</div>')
        yield Page(site, at, text.encode(site.encoding), entry.title)


def _with_file(site: Site, entry: Written) -> Iterator[Page]:
    """A page that says nothing but where the file is, and the file."""
    folder, _, name = path_of(site, entry).rpartition("/")
    file = f"W{name[1:].rpartition('.')[0]}.docx"
    link = Block("p", f'附件：<a href="./{file}" target="_blank">{entry.title}.docx</a>')
    yield article(site, replace(entry, blocks=(link,)))
    yield Page(site, f"{folder}/{file}", docx(entry), entry.title)
