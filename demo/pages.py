"""Pages in the chrome of their site, written out as the site would send them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import Template
from zlib import crc32

from demo.markup import MARKUP
from demo.report import Written
from demo.script import gateway
from demo.sites import LIST_PATH, Site, gate_path, path_of

TEMPLATES = Path(__file__).parent / "templates"
MARKER = "虚构演示"


@dataclass(frozen=True, slots=True)
class Page:
    """A file of a site: its path there, its bytes, and its title if it is an article."""

    site: Site
    path: str
    content: bytes
    title: str = ""


def article(site: Site, written: Written) -> Page:
    """A report in its site's chrome."""
    return Page(site, path_of(site, written), article_text(site, written).encode(site.encoding), written.title)


def twin(site: Site, written: Written) -> Page:
    """The gateway's copy of a page; the marker stays as it is, for it is no part of the fiction."""
    text = gateway(article_text(site, written)).replace(gateway(MARKER), MARKER)
    return Page(site, gate_path(site, path_of(site, written)), text.encode(), gateway(written.title))


def article_text(site: Site, written: Written, pager: str = "") -> str:
    """The whole page; `pager` leads to the report's other pages, where its site has a place for that."""
    serial = crc32(f"{site.key}{written.key}{written.year}".encode())
    published = str(written.published or "")
    slots = slots_of(site) | {
        "title": written.title,
        "column": written.column,
        "published": published,
        "made": _made(written),
        "issuer": written.issuer,
        "source": written.issuer,
        "path": path_of(site, written),
        "index_number": f"{site.code}/{written.year + 1}-{serial % 90000 + 10000}",
        "visits": str(serial % 3000 + 60),
        "pager": pager,
        "body": MARKUP[_markup(site, written)](written.blocks),
    }
    return template(f"{site.template}.html").substitute(slots)


def _markup(site: Site, written: Written) -> str:
    return "broken" if written.key == "990321" else site.template


def _made(written: Written) -> str:
    """The date line under the report, as the 信息公开 table repeats it."""
    return next((block.text for block in written.blocks if block.kind == "date"), "")


def slots_of(site: Site) -> dict[str, str]:
    """What every page of a site says of it."""
    return {
        "site_name": site.name,
        "host": site.host,
        "owner": site.owner,
        "code": site.code,
        "charset": site.declared_charset,
        "list_path": LIST_PATH,
    }


def template(name: str) -> Template:
    """A file of the templates."""
    return Template((TEMPLATES / name).read_text("utf-8"))
