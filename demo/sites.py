"""The fictional sites, and the address each gives to a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from demo.material import table
from demo.report import Written

LIST_PATH = "/fzzf/"


@dataclass(frozen=True, slots=True)
class Site:
    """One host: whose it is, how its pages and lists are written, and the Crawl-delay it asks for (0: none).

    `says`: "sitemap" or "feed" where it has one.
    """

    key: str
    host: str
    name: str
    owner: str
    code: str
    template: str
    url: str
    encoding: str = "utf-8"
    pager: str = "trs"
    says: str = ""
    crawl_delay: float = 0

    @property
    def declared_charset(self) -> str:
        """The charset its pages name: the GBK site, like many, names the smaller gb2312."""
        return "gb2312" if self.encoding == "gb18030" else self.encoding


@cache
def sites() -> dict[str, Site]:
    """All sites by key."""
    rows = ({name: value for name, value in row.items() if name != "places"} for row in table("sites.toml")["site"])
    return {row["key"]: Site(**row) for row in rows}


def path_of(site: Site, written: Written) -> str:
    """The page's path on its site, from the address pattern of the site's publishing system."""
    day = written.published or dt.date(written.year + 1, 1, 1)
    number = 10000 + crc32(f"{written.key}/{written.year}/{written.title}".encode()) % 89999
    slots = {
        "number": number,
        "year": day.year,
        "month": f"{day:%Y%m}",
        "day": f"{day:%Y%m%d}",
        "mm": f"{day:%m}",
        "dd": f"{day:%d}",
        "m": day.month,
        "d": day.day,
    }
    return site.url.format(**slots)


def gate_path(site: Site, path: str) -> str:
    """Where the script gateway keeps its copy of a page."""
    return f"/gate/big5/{site.host}{path}"
