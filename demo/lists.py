"""How a site says what it has: a column in pages, a sitemap, a feed, each as its publishing system writes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email.utils import format_datetime
from html import escape

from demo.pages import MARKER, Page, slots_of, template
from demo.script import gateway
from demo.sites import LIST_PATH, Site, gate_path

ROWS = 6
CUT = 18
_MORNING = dt.time(9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
ROBOTS = "# 虚构演示\nUser-agent: *\nDisallow: /search/\nDisallow: /admin/\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: where it leads, what it calls it, the day it names; `place` is where it stands in time."""

    path: str
    title: str
    published: dt.date | None
    place: str


def columns(site: Site, entries: Sequence[Entry]) -> Iterator[Page]:
    """The list pages (`index.html`, `index_1.html`…), the home page, robots.txt, a sitemap or feed if it has one."""
    newest = sorted(entries, key=lambda entry: (entry.place, entry.title), reverse=True)
    pages = -(-len(newest) // ROWS)
    for page in range(pages):
        shown = newest[page * ROWS : (page + 1) * ROWS]
        yield Page(site, LIST_PATH + _name(page), _list(site, shown, _pager(site, page, pages)).encode(site.encoding))
    home = template("home.html").substitute(slots_of(site) | {"rows": _rows(site, newest[:5])})
    yield Page(site, "/index.html", home.encode(site.encoding))
    yield Page(site, "/robots.txt", _robots(site).encode())
    if site.says == "sitemap":
        yield Page(site, "/sitemap.xml", _sitemap(site, newest).encode())
    if site.says == "feed":
        yield Page(site, f"{LIST_PATH}rss.xml", _feed(site, newest).encode())


def gateway_column(site: Site, entries: Sequence[Entry]) -> Page:
    """The gateway's list of the pages it has a copy of."""
    gated = [replace(entry, path=gate_path(site, entry.path)) for entry in entries]
    text = gateway(_list(site, gated, _pager(site, 0, 1))).replace(gateway(MARKER), MARKER)
    return Page(site, gate_path(site, f"{LIST_PATH}index.html"), text.encode())


def _list(site: Site, entries: Sequence[Entry], pager: str) -> str:
    more = {"column": "法治政府建设", "rows": _rows(site, entries), "pager": pager}
    return template("list.html").substitute(slots_of(site) | more)


def _rows(site: Site, entries: Sequence[Entry]) -> str:
    return "\n".join(_row(site, entry) for entry in entries)


def _row(site: Site, entry: Entry) -> str:
    day = str(entry.published or "")
    if site.pager == "numbers" and len(entry.title) > CUT:
        return f'<li><a href="{entry.path}" title="{entry.title}">{entry.title[:CUT]}…</a><span>{day}</span></li>'
    if site.pager == "variables":
        return f'<li>[{day}]　<a href="{entry.path}" target="_blank">{entry.title}</a></li>'
    return f'<li><a href="{entry.path}">{entry.title}</a><span>{day}</span></li>'


def _name(page: int) -> str:
    return f"index_{page}.html" if page else "index.html"


def _pager(site: Site, page: int, pages: int) -> str:
    """What stands under a list. `page` counts from 0."""
    match site.pager:
        case "variables":  # the call is commented out, as on the sites that wrote their own after it
            return (
                f'<script type="text/javascript">\n//createPageHTML({pages}, {page}, "index", "html");\n'
                f"var currentPage = {page};//所在页从0开始\nvar countPage = {pages};//共多少页\n</script>"
            )
        case "next":
            return f"共{pages}页　" + _step(page, pages, "上一页", "下一页", LIST_PATH)
        case "short":
            return f"{page + 1}/{pages}　" + _step(page, pages, "上页", "下页", "")
        case "absolute":
            return _step(page, pages, "&lt; 上一页", "下一页 &gt;", f"http://{site.host}{LIST_PATH}")
        case "numbers":
            return " ".join(
                f"<b>{at + 1}</b>" if at == page else f'<a href="{_name(at)}">{at + 1}</a>' for at in range(pages)
            )
        case _:
            return f'<script type="text/javascript">createPageHTML({pages}, {page}, "index", "html");</script>'


def _step(page: int, pages: int, back: str, on: str, base: str) -> str:
    before = f'<a href="{base}{_name(page - 1)}">{back}</a>' if page else f"<span>{back}</span>"
    after = f'<a href="{base}{_name(page + 1)}">{on}</a>' if page + 1 < pages else f"<span>{on}</span>"
    return f"{before}　{after}"


def _robots(site: Site) -> str:
    pace = f"Crawl-delay: {site.crawl_delay}\n" if site.crawl_delay else ""
    return ROBOTS + pace + (f"\nSitemap: http://{site.host}/sitemap.xml\n" if site.says == "sitemap" else "")


def _sitemap(site: Site, entries: Sequence[Entry]) -> str:
    def place(path: str, day: dt.date | None) -> str:
        return f"<url><loc>http://{site.host}{path}</loc>" + (f"<lastmod>{day}</lastmod>" if day else "") + "</url>"

    places = [place("/", None), place(LIST_PATH, None), *(place(entry.path, entry.published) for entry in entries)]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {MARKER} -->\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + "\n".join(places) + "\n</urlset>\n"
    )


def _feed(site: Site, entries: Sequence[Entry]) -> str:
    def item(entry: Entry) -> str:
        day = format_datetime(dt.datetime.combine(entry.published, _MORNING)) if entry.published else ""
        told = f"<pubDate>{day}</pubDate>" if day else ""
        link = f"http://{site.host}{entry.path}"
        return f"<item><title>{escape(entry.title)}</title><link>{link}</link>{told}</item>"

    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>\n<title>{site.name}</title>\n'
        f"<link>http://{site.host}{LIST_PATH}</link>\n<description>法治政府建设（{MARKER}）</description>\n"
        + "\n".join(map(item, entries))
        + "\n</channel></rss>\n"
    )
