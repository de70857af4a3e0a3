"""One polite look at a list or an article: does it answer, what does robots.txt say, what would be taken."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.answers import Failed, Fetched, Moved, Refused, Unchanged
from crawler.crawl import locked
from crawler.extract.page import Given
from crawler.fetch import Fetcher
from crawler.frontier import Frontier
from crawler.hosts import Hosts
from crawler.scope import Scope, host_of
from crawler.seeing import Eyes
from crawler.sights import Listing, Piece, Sight, Visit
from crawler.turns import Left, Turns
from reports.config import Config
from reports.crawl_config import SourceConfig
from reports.errors import ReadError


@dataclass(frozen=True, slots=True)
class Look:
    """What came of looking at `url`: `problem` is "" where it was read as a list or an article.

    `robots` says what became of robots.txt, `moved_to` where the address has moved, "" where it has not.
    """

    url: str
    robots: str = ""
    problem: str = ""
    moved_to: str = ""
    listing: Listing | None = None
    sight: Sight | None = None


def judged(source: SourceConfig, look: Look) -> str:
    """A look at a source's list in one line."""
    robots = f"robots.txt: {look.robots}" if look.robots else "robots.txt was not asked for"
    if look.problem or look.listing is None:
        return f"{look.problem or 'an article, not a list'} ({robots})"
    scope = Scope(source)
    taken = sum(scope.left(link, 1) is None for link in look.listing.links)
    moved = f"moved to {look.moved_to}, " if look.moved_to else ""
    return f"answers, {moved}{taken} of {len(look.listing.links)} links would be taken ({robots})"


def look_at(urls: Sequence[str], config: Config) -> list[Look]:
    """Look at each address once, a redirect followed once; at the pace, and alone, like any crawl."""
    with locked(config.corpus.path):
        frontier = Frontier(config.corpus.path, time.time)
        try:
            with Eyes(config.regions.extra, workers=1, timeout_s=config.reading.timeout_s) as eyes:
                return asyncio.run(_look_at(urls, config, Hosts(frontier.db), eyes))
        finally:
            frontier.close()


async def _look_at(urls: Sequence[str], config: Config, hosts: Hosts, eyes: Eyes) -> list[Look]:
    async with Fetcher(config.crawl) as fetcher:
        turns = Turns(config.crawl, hosts, fetcher, time.time, asyncio.Event())
        return [await _look(url, turns, hosts, eyes) for url in urls]


async def _look(url: str, turns: Turns, hosts: Hosts, eyes: Eyes) -> Look:
    answer, moved_to = await turns.ask(url), ""
    if isinstance(answer, Moved):
        moved_to = answer.to
        answer = await turns.ask(moved_to)
    robots = hosts.get(host_of(moved_to or url)).robots_said
    if not isinstance(answer, Fetched) or answer.status != 200:
        return Look(url, robots, _told(answer), moved_to)
    piece = Piece(answer.url, answer.header("content-type") or "", answer.body)
    listing = await eyes.see(piece)
    if isinstance(listing, Listing) and listing.barrier:
        return Look(url, robots, listing.barrier, moved_to)
    sight = await eyes.see(Visit((piece,), Given(url=answer.url)))
    if isinstance(sight, Sight) and sight.report is not None:
        return Look(url, robots, "", moved_to, listing if isinstance(listing, Listing) else None, sight)
    if isinstance(listing, ReadError):
        return Look(url, robots, str(listing), moved_to)
    return Look(url, robots, "" if listing.links else "it answers, but no links were found on it", moved_to, listing)


def _told(answer: Fetched | Unchanged | Moved | Refused | Failed | Left) -> str:
    match answer:
        case Fetched(status=status, reason=reason):
            return f"it answered {status} {reason}".rstrip()
        case Refused(why=why) | Failed(why=why) | Left(why=why):
            return why
        case Moved(to=to):
            return f"it leads on to {to[:200]}"
    return "it answered 304, which was not asked for"
