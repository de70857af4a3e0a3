"""A crawl that met with everything: a source in trouble, a host left alone, many reasons, a hostile title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reports.crawl_state import CrawlState, HostState, NotFetched, Run, SourceState

AT = 1_717_205_400.0  # 2024-06-01 09:30, Beijing time
LATER = 4_102_416_000.0  # 2100-01-01 00:00
WHYS = ("robots.txt forbids it (rules)", "it answered 403", "it answered 500; asked 4 times")
UNWANTED = "not an annual report of a kind wanted: 法治政府建设年度报告; it is 解读"
STRANGE = "the moon was <b>full</b>"
HOSTILE = "<script>alert(1)</script>\"'&<b>年报</b>"
HOST = "www.example.invalid"

_SAID = (("云岫", HOSTILE, WHYS[0]), ("云岫", "", WHYS[1]), ("云岫", "一份年报", WHYS[2]), ("望潮", "", STRANGE))
DECISIONS = (
    *(NotFetched(f"https://{HOST}/{n}", *said, AT - n) for n, said in enumerate(_SAID)),
    *(NotFetched(f"https://{HOST}/jd/{n}", "望潮", f"解读第{n}篇", UNWANTED, AT - 10 - n) for n in range(230)),
)


def state(source: str | None) -> CrawlState:
    """All of it, or one source's."""
    mine = [each for each in DECISIONS if source in (None, each.source)]
    return CrawlState(
        runs=(
            Run(2, AT, None, (("requests", 9),), ()),
            Run(
                1,
                AT - 86_400,
                AT - 86_340,
                (("requests", 1234), ("added", 3), ("without a report", 2)),
                (f"{HOST}: 4 addresses stay queued for the next crawl",),
            ),
        ),
        hosts=(
            HostState(HOST, AT, 3.0, 5, LATER, "it answered 503 (5 failures in a row)", "rules", AT, 4),
            HostState("b.example.invalid", AT, 3.0, 0, 0, "", "forbid all: 503", AT, 1),
            replace(HostState("c.example.invalid", AT, 3.0, 0, AT, "it answered 500", "allow all: 404", AT, 0)),
        ),
        sources=(
            SourceState("云岫", AT, AT, ""),
            SourceState("望潮", AT, 0, "the list was read, but no link on it announces a report of a kind wanted"),
        ),
        queue=(("done", 5), ("queued", 4)),
        reasons=tuple(Counter(each.why for each in mine).most_common()),
        not_fetched=tuple(mine[:200]),
    )


def not_fetched(groups: Sequence[Sequence[str]], count: int, offset: int, source: str | None) -> tuple[NotFetched, ...]:
    """As CrawlLog's."""
    found: list[NotFetched] = []
    for group in groups:
        of = [each for each in DECISIONS if each.why in group and source in (None, each.source)]
        found += of[offset : offset + count]
    return tuple(sorted(found, key=lambda each: -each.at))
