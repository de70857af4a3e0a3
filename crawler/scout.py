"""One polite look at a list or an article: does it answer, what does robots.txt say, what would be taken."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.answers import Failed, Fetched, Moved, Refused, Unchanged
from crawler.crawl import locked
from crawler.extract.barriers import barrier, is_login_address
from crawler.extract.page import Given
from crawler.extract.trail import column_of
from crawler.extract.worker import Worker
from crawler.fetch import Fetcher
from crawler.frontier import Frontier
from crawler.hosts import Hosts
from crawler.plan import NOBODY, asks_nobody
from crawler.scope import Scope, host_of
from crawler.seeing import Eyes, Seeing
from crawler.sights import Listing, Piece, Sight, Visit
from crawler.turns import Left, Turns
from reports.config import Config
from reports.crawl_config import SourceConfig
from reports.errors import ConfigError, ReadError

# http to https, and to www: sites move an address twice before it answers.
_MOST_HOPS = 3


@dataclass(frozen=True, slots=True)
class Look:
    """What came of looking at `url`: `problem` is "" where it was read as a list or an article.

    `robots` says what became of robots.txt, `moved_to` where the address has moved, "" where it has not;
    `column` is the address an article gives for the list it stands in, "" where it gives none.
    """

    url: str
    robots: str = ""
    problem: str = ""
    moved_to: str = ""
    listing: Listing | None = None
    sight: Sight | None = None
    column: str = ""


class Scout:
    """Looks at one address at a time, at the pace, and alone with the corpus, like any crawl."""

    def __init__(self, turns: Turns, hosts: Hosts, eyes: Eyes, timeout_s: float) -> None:
        self._turns, self._hosts, self._eyes, self._timeout_s = turns, hosts, eyes, timeout_s

    async def look(self, url: str) -> Look:
        """One look; where the address leads on, at what it leads to."""
        look = Look(url)
        for _hop in range(_MOST_HOPS + 1):
            at = look.moved_to or url
            answer = await self._turns.ask(at)
            look = replace(look, robots=self._hosts.get(host_of(at)).robots_said)
            if isinstance(answer, Fetched) and answer.status == 200:
                seen = await self._seen(look, answer)
                if not (seen.listing and seen.listing.refresh and not seen.listing.links and seen.sight is None):
                    return seen
                look = replace(look, moved_to=seen.listing.refresh)
            elif isinstance(answer, Moved) and not is_login_address(answer.to):
                look = replace(look, moved_to=answer.to)
            else:
                return replace(look, problem=_told(answer))
        return replace(look, problem=f"it leads on and on, last to {look.moved_to[:200]}")

    async def _seen(self, look: Look, answer: Fetched) -> Look:
        piece = Piece(answer.url, answer.header("content-type") or "", answer.body)
        listing = await self._eyes.see(piece)
        if isinstance(listing, Listing) and listing.barrier:
            return replace(look, problem=str(listing.barrier))
        sight = await self._eyes.see(Visit((piece,), Given(url=answer.url)))
        links = listing if isinstance(listing, Listing) else None
        if isinstance(sight, Sight) and (sight.report or sight.attachments):
            return replace(look, listing=links, sight=sight, column=await self._column(piece))
        if isinstance(listing, ReadError):
            return replace(look, problem=str(listing))
        empty = not (listing.links or listing.refresh)
        return replace(look, listing=links, problem="it answers, but no links were found on it" if empty else "")

    async def _column(self, piece: Piece) -> str:
        """Read in a worker of its own, like everything that strangers wrote."""
        with Worker(column_of, timeout_s=self._timeout_s) as worker:
            try:
                return await asyncio.to_thread(worker.run, piece) or ""
            except ReadError:
                return ""


def look_at(urls: Sequence[str], config: Config, *, columns: bool = False) -> list[Look]:
    """Look at each address once; with `columns`, after an article at the list it says it stands in, too.

    Raises ConfigError where nobody may be asked yet, CorpusError where a crawl is at work.
    """
    if asks_nobody(config):
        raise ConfigError(NOBODY)
    with locked(config.corpus.path):
        frontier = Frontier(config.corpus.path, time.time)
        hosts = Hosts(frontier.db)
        if frontier.put_back:
            hosts.were_asked_until(time.time(), config.crawl.delay_s)
        try:
            with Eyes(Seeing(config.regions.extra), workers=1, timeout_s=config.reading.timeout_s) as eyes:
                return asyncio.run(_look_at(urls, config, hosts, eyes, columns))
        finally:
            frontier.close()


async def _look_at(urls: Sequence[str], config: Config, hosts: Hosts, eyes: Eyes, columns: bool) -> list[Look]:
    async with Fetcher(config.crawl) as fetcher:
        turns = Turns(config.crawl, hosts, fetcher, time.time, asyncio.Event())
        scout = Scout(turns, hosts, eyes, config.reading.timeout_s)
        looks = [await scout.look(url) for url in urls]
        return [*looks, *[await scout.look(look.column) for look in looks if columns and look.column]]


def judged(source: SourceConfig, look: Look) -> str:
    """A look at a source's list in one line."""
    moved = f"moved to {look.moved_to}; put that into the configuration; " if look.moved_to else ""
    if look.problem or look.listing is None or not look.listing.links:
        return moved + (look.problem or "an article, not a list")
    scope = Scope(source)
    taken = sum(scope.left(link, 1) is None for link in look.listing.links)
    if look.sight and look.sight.report and not taken:
        return f"{moved}an article, not a list"
    doubt = "" if taken else "; was it redesigned, or is it another list?"
    robots = "robots.txt allows it" if look.robots == "rules" else f"robots.txt: {look.robots}"
    return f"{moved}answers, {taken} of {len(look.listing.links)} links would be taken{doubt} ({robots})"


def _told(answer: Fetched | Unchanged | Moved | Refused | Failed | Left) -> str:
    match answer:
        case Fetched(status=status, reason=reason, headers=headers, body=body):
            instead = barrier(status, headers, body.decode("utf-8", "replace"))
            return f"it answered {status} {reason}".rstrip() + (f", {instead}" if instead else "")
        case Refused(why=why) | Failed(why=why) | Left(why=why):
            return why
        case Moved(to=to):
            return f"it leads on to a login: {to[:200]}"
    return "it answered 304, which was not asked for"
