"""`python -m demo.compose` writes the fictional web into corpus/demo/sites, the same bytes every time."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from demo.annual import reports
from demo.material import lines
from demo.pages import Page, article, columns, twin
from demo.places import governments, offices
from demo.report import Block, Written
from demo.script import traditional, with_readings
from demo.sites import sites
from demo.works import news, work_reports

SITES = Path(__file__).parent.parent / "corpus" / "demo" / "sites"
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
    """Every file of every site: articles, gateway copies, lists, home pages, robots.txt."""
    everything = written()
    original = next(entry for entry in everything if (entry.key, entry.year) == REPRINTED)
    by_site: dict[str, list[Written]] = defaultdict(list)
    for entry in (*everything, reprint(original)):
        by_site[entry.site].append(entry)
    for key, entries in by_site.items():
        site = sites()[key]
        yield from (article(site, entry) for entry in entries)
        yield from (twin(site, entry) for entry in entries if (entry.key, entry.year) in TWINS)
        yield from columns(site, entries)


def files() -> dict[str, bytes]:
    """What lies under corpus/demo/sites: bytes by path, the manifest of the articles among them."""
    content: dict[str, bytes] = {}
    manifest = []
    for page in pages():
        file = f"{page.site.host}{page.path}"
        content[file] = page.content
        if page.title:
            row = {"file": file, "url": f"http://{page.site.host}{page.path}", "title": page.title}
            manifest.append(json.dumps(row, ensure_ascii=False))
    content["manifest.jsonl"] = ("\n".join(manifest) + "\n").encode()
    return content


def main() -> None:
    """Write the sites anew."""
    shutil.rmtree(SITES, ignore_errors=True)
    for name, content in files().items():
        path = SITES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
