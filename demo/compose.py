"""`python -m demo.compose` writes the fictional web into corpus/demo, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from demo.annual import reports
from demo.beside import BESIDE, pages_beside, written_beside
from demo.lists import Entry, columns, gateway_column
from demo.material import lines, rows
from demo.pages import Page, article, twin
from demo.places import governments, offices
from demo.report import Block, Written
from demo.script import traditional, with_readings
from demo.sites import Site, path_of, sites
from demo.works import news, work_reports

DEMO = Path(__file__).parent.parent / "corpus" / "demo"
SITES = DEMO / "sites"
REPRINTED = ("990102", 2022)
TWINS = {("990400", 2021), ("990400", 2022), ("990400", 2023), ("990421", 2023), ("990402", 2024)}
REPRINTER = "huicui"


def written() -> tuple[Written, ...]:
    """Everything that was published on the fictional web, copies apart."""
    annual = chain.from_iterable(reports(issuer) for issuer in (*governments(), *offices()))
    return (*annual, *work_reports(), *news())


def reprint(original: Written) -> Written:
    """A commercial site's copy: in traditional script, with readings in brackets and two promotional texts."""
    blocks = (Block(block.kind, with_readings(traditional(block.text))) for block in original.blocks)
    promotion = (Block("p", traditional(line)) for line in lines("promo.txt"))
    return replace(
        original,
        key=f"reprint-{original.key}",
        site=REPRINTER,
        title=traditional(original.title),
        blocks=(*blocks, *promotion),
    )


def pages() -> Iterator[Page]:
    """Every file of every site but those beside: articles, gateway copies, lists, home pages, robots.txt."""
    everything = written()
    original = next(entry for entry in everything if (entry.key, entry.year) == REPRINTED)
    by_site: dict[str, list[Written]] = defaultdict(list)
    for entry in (*everything, reprint(original)):
        by_site[entry.site].append(entry)
    for key, entries in by_site.items():
        site = sites()[key]
        yield from (article(site, entry) for entry in entries)
        twins = [entry for entry in entries if (entry.key, entry.year) in TWINS]
        yield from (twin(site, entry) for entry in twins)
        if twins:
            yield gateway_column(site, [_entry(site, each) for each in twins])
        beside = [entry for entry in written_beside() if entry.site == key]
        yield from columns(site, [*(_entry(site, each) for each in (*entries, *beside)), *_leading_nowhere(key)])


def files() -> dict[str, bytes]:
    """What lies under corpus/demo/sites: bytes by path, the manifest of the articles among them."""
    content: dict[str, bytes] = {}
    manifest = []
    for page in pages():
        content[_file(page)] = page.content
        if page.title:
            row = {"file": _file(page), "url": f"http://{_file(page)}", "title": page.title}
            manifest.append(json.dumps(row, ensure_ascii=False))
    content["manifest.jsonl"] = ("\n".join(manifest) + "\n").encode()
    return content


def files_beside() -> dict[str, bytes]:
    """What lies under corpus/demo/beside: bytes by path."""
    return {_file(page): page.content for page in pages_beside()}


def _file(page: Page) -> str:
    return f"{page.site.host}{page.path}"


def _entry(site: Site, written: Written) -> Entry:
    place = str(written.published or written.year + 1)
    return Entry(path_of(site, written), written.title, written.published, place)


def _leading_nowhere(key: str) -> Iterator[Entry]:
    """Links that no page answers to: one removed, one that robots.txt forbids."""
    for site, day, title, path in rows("links.txt"):
        if site == key:
            yield Entry(path, title, dt.date.fromisoformat(day), day)


def main() -> None:
    """Write the sites anew, and what lies beside."""
    for folder, content in ((SITES, files()), (BESIDE, files_beside())):
        shutil.rmtree(folder, ignore_errors=True)
        for name, data in content.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


if __name__ == "__main__":
    main()
