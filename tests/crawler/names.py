"""A fake resolver, and a locator that asks it: no test looks a name up."""

from __future__ import annotations

import asyncio

from crawler.answers import Failed, Refused, Target
from crawler.locate import Locator
from reports.crawl_config import CrawlConfig

CRAWL = CrawlConfig(project="https://zhengbao.example/", contact="mail@zhengbao.example")
PUBLIC, PUBLIC_6 = "93.184.215.14", "2606:2800:21f:cb07::1"


class Names:
    """A resolver that knows what it is told, and remembers what it was asked."""

    def __init__(self, **known: tuple[str, ...] | OSError) -> None:
        self.known = {name.replace("_", "."): answer for name, answer in known.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> tuple[str, ...]:
        self.asked.append(host)
        answer = self.known.get(host, ())
        if isinstance(answer, OSError):
            raise answer
        return answer


def locate(url: str, names: Names, crawl: CrawlConfig = CRAWL) -> Target | Refused | Failed:
    return asyncio.run(Locator(crawl, names).locate(url))
