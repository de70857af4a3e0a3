"""Pages in the chrome of their site, written out as the site would send them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from zlib import crc32

from demo.markup import MARKUP
from demo.report import Written
from demo.script import gateway
from demo.sites import LIST_PATH, Site, path_of

TEMPLATES = Path(__file__).parent / "templates"
ROWS = 10
MARKER = "虚构演示"
ROBOTS = "# 虚构演示\nUser-agent: *\nDisallow: /search/\nDisallow: /admin/\nCrawl-delay: {delay}\n"


@dataclass(frozen=True, slots=True)
class Page:
    """A file of a site: its path there, its bytes, and its title if it is an article."""

    site: Site
    path: str
    content: bytes
    title: str = ""


def article(site: Site, written: Written) -> Page:
    """A report in its site's chrome."""
    return Page(site, path_of(site, written), _article_text(site, written).encode(site.encoding), written.title)


def twin(site: Site, written: Written) -> Page:
    """The gateway's copy of a page; the marker stays as it is, for it is no part of the fiction."""
    text = gateway(_article_text(site, written)).replace(gateway(MARKER), MARKER)
    return Page(site, f"/gate/big5/{site.host}{path_of(site, written)}", text.encode(), gateway(written.title))


def columns(site: Site, articles: Sequence[Written]) -> Iterator[Page]:
    """The list pages (`index.html`, `index_1.html`…), the home page and robots.txt."""
    newest = sorted(articles, key=lambda entry: (str(entry.published or entry.year + 1), entry.title), reverse=True)
    pages = -(-len(newest) // ROWS)
    for page in range(pages):
        rows = _rows(site, newest[page * ROWS : (page + 1) * ROWS])
        name = f"index_{page}.html" if page else "index.html"
        yield _column_page(site, "list.html", LIST_PATH + name, rows, {"pages": str(pages), "page": str(page)})
    yield _column_page(site, "home.html", "/index.html", _rows(site, newest[:5]), {})
    yield Page(site, "/robots.txt", ROBOTS.format(delay=1 + crc32(site.host.encode()) % 5).encode())


def _article_text(site: Site, written: Written) -> str:
    serial = crc32(f"{site.key}{written.key}{written.year}".encode())
    published = str(written.published or "")
    slots = _slots(site) | {
        "title": written.title,
        "column": written.column,
        "published": published,
        "made": _made(written),
        "issuer": written.issuer,
        "source": written.issuer,
        "path": path_of(site, written),
        "index_number": f"{site.code}/{written.year + 1}-{serial % 90000 + 10000}",
        "visits": str(serial % 3000 + 60),
        "body": MARKUP[_markup(site, written)](written.blocks),
    }
    return _template(f"{site.template}.html").substitute(slots)


def _markup(site: Site, written: Written) -> str:
    return "broken" if written.key == "990321" else site.template


def _made(written: Written) -> str:
    """The date line under the report, as the 信息公开 table repeats it."""
    return next((block.text for block in written.blocks if block.kind == "date"), "")


def _slots(site: Site) -> dict[str, str]:
    return {
        "site_name": site.name,
        "host": site.host,
        "owner": site.owner,
        "code": site.code,
        "charset": site.declared_charset,
        "list_path": LIST_PATH,
    }


def _column_page(site: Site, template: str, path: str, rows: str, more: dict[str, str]) -> Page:
    text = _template(template).substitute(_slots(site) | {"column": "法治政府建设", "rows": rows} | more)
    return Page(site, path, text.encode(site.encoding))


def _rows(site: Site, articles: Sequence[Written]) -> str:
    return "\n".join(
        f'<li><a href="{path_of(site, entry)}">{entry.title}</a><span>{entry.published or ""}</span></li>'
        for entry in articles
    )


def _template(name: str) -> Template:
    return Template((TEMPLATES / name).read_text("utf-8"))
