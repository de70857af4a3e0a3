"""What an address alone tells: an article, a column, a file, a page of a series."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit, urlunsplit

_FILES = frozenset(("pdf", "doc", "docx"))
_PAGES = frozenset(
    ("", "html", "htm", "shtml", "shtm", "xhtml", "jsp", "jspx", "jhtml", "asp", "aspx", "php", "do", "action")
)
_EXTENSION = re.compile(r"\.([A-Za-z]{1,5}\d?)$")
_COLUMN = re.compile(
    r"/(?:(?:index|list|default|node|channel|column|col|main|home|more)(?:[_-]?\d+)*\.\w+)?$", re.IGNORECASE
)
_ARTICLE = re.compile(
    r"\d{3,}[^/]*$|/(?:info|art|article|detail|content|doc)/|content[^/]*$|/20\d\d[-/]?(?:0?[1-9]|1[0-2])/"
    r"|/c\d+/|[?&]\w*id=",
    re.IGNORECASE,
)
_PAGE_KEYS = frozenset(
    (
        "page",
        "p",
        "pn",
        "pg",
        "pageindex",
        "pagenum",
        "pageno",
        "pagenumber",
        "pageid",
        "curpage",
        "currentpage",
        "cur_page",
    )
)
_INDEX = re.compile(r"/(?:index|default)\.\w+$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?P<stem>/(?:[^/]*[^/\d])?)(?P<number>\d{1,5})(?P<ext>\.\w+)$"
    r"|(?P<folder>/page)/(?P<at>\d{1,5})(?P<end>/?)$",
    re.IGNORECASE,
)


def is_home(url: str) -> bool:
    """Whether this is the front page of a host."""
    parts = urlsplit(url)
    return not parts.query and _INDEX.sub("/", parts.path) in ("", "/")


def is_readable(url: str) -> bool:
    """Whether a page, or a file of a kind that is read, can stand there."""
    found = _EXTENSION.search(urlsplit(url).path)
    return found is None or found[1].lower() in _FILES | _PAGES


def names_article(url: str) -> bool:
    """Whether the address looks like an article's: it ends in an identifier, or is filed under a date."""
    parts = urlsplit(url)
    if not parts.query and _COLUMN.search(parts.path) and not re.search(r"/(?:art|content)[_/]", parts.path):
        return False
    return bool(_ARTICLE.search(parts.path + (f"?{parts.query}" if parts.query else "")))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address stands in a series of pages.

    `series` is the same for all of them and for the first, which has no number; `number` counts them; `before`
    and `after` are what stands around it. `itself`: the series the address would begin, were its number none.
    """

    series: str
    itself: str
    query: frozenset[tuple[str, str]]
    number: int | None = None
    before: str = ""
    after: str = ""

    def at(self, number: int) -> str:
        """The address of another page of the series."""
        return f"{self.before}{number}{self.after}"

    def is_of(self, other: Place) -> bool:
        """Whether this page belongs to the list whose page the other is; it may say more in its query."""
        return self.series in (other.series, other.itself) and self.query >= other.query

    def without_number(self) -> Place:
        """The same address as the first page of a series: /list/1042.htm, whose second is /list/1042/36.htm."""
        return Place(self.itself, self.itself, self.query)


def place_of(url: str) -> Place:
    """An address as a page of a series."""
    parts = urlsplit(url)
    query = frozenset(pair for pair in parse_qsl(parts.query) if pair[0].lower() not in _PAGE_KEYS)
    whole = f"{parts.scheme.lower()}://{parts.netloc.lower()}"
    itself = whole + _first(parts.path)
    for found in re.finditer(r"(?:^|[?&;])(\w+)=(\d{1,6})(?=&|$)", parts.query):
        if found[1].lower() in _PAGE_KEYS:
            before = f"{urlunsplit((*parts[:3], '', ''))}?{parts.query[: found.start(2)]}"
            return Place(itself, itself, query, int(found[2]), before, parts.query[found.end(2) :])
    if numbered := _NUMBERED.search(parts.path):
        number, ext = numbered["number"] or numbered["at"], numbered["ext"] or numbered["end"]
        at = numbered.start("number") if numbered["number"] else numbered.start("at")
        first = _unnumbered(parts.path[: numbered.start()], numbered["stem"], ext)
        rest = ext + (f"?{parts.query}" if parts.query else "")
        return Place(
            whole + _first(first), itself, query, int(number), f"{parts.scheme}://{parts.netloc}{parts.path[:at]}", rest
        )
    return Place(itself, itself, query)


def _unnumbered(folder: str, stem: str | None, ext: str) -> str:
    """The path of the first page: /a/index_2.html -> /a/index.html, /list/1042/3.htm -> /list/1042.htm."""
    if stem is None:
        return f"{folder}/"
    return folder + stem.rstrip("_-") + ext if stem != "/" else folder + ext


def _first(path: str) -> str:
    return _INDEX.sub("/", path or "/")
