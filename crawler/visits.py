"""What becomes of an address once it is asked: a list gives further addresses, an article a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from crawler import pace
from crawler.answers import NOTHING_HELD, Failed, Fetched, Moved, Refused, Unchanged, Validators
from crawler.articles import Articles, Seen
from crawler.extract.barriers import barrier, is_login_address
from crawler.frontier import Entry, Find, Kept, State
from crawler.means import Means
from crawler.scope import Scope, host_of
from crawler.sights import Listing, Piece
from crawler.turns import Left, Turns
from reports.crawl_config import SourceConfig
from reports.errors import ReadError
from reports.urls import canonical_url

_WEEK_S = 7 * 86_400.0
_MOST_TRIES = 4
_MOST_HOPS = 5
_GONE = (404, 410)
_FURTHER = 1  # the depth of every further page of a list, however long the chain of them is


class Visits:
    """Asks for one address at a time and puts what came of it where it belongs; shared by all hosts of a crawl."""

    def __init__(self, sources: Mapping[str, SourceConfig], means: Means, turns: Turns) -> None:
        self._sources, self._scopes = sources, {name: Scope(source) for name, source in sources.items()}
        self._store, self._frontier, self._archive = means.store, means.frontier, means.archive
        self._eyes, self._outcomes, self._now = means.eyes, means.outcomes, means.now
        self._turns = turns
        self._articles = Articles(turns, means.archive, means.eyes, self._scopes)

    async def visit(self, entry: Entry) -> Left | None:
        """Ask for it and deal with the answer; a Left where it was not asked after all."""
        answer = await self._turns.ask(entry.find.asked, self._held(entry))
        if isinstance(answer, Left):
            self._leave(entry, answer)
            return answer
        match answer:
            case Refused(why=why):
                self._give_up(entry, why)
            case Failed(why=why):
                self._try_again(entry, why)
            case Unchanged():
                self._unchanged(entry)
            case Moved():
                self._follow(entry, answer.to, f"{answer.status}")
            case Fetched(status=200):
                await self._take(entry, answer)
            case Fetched(status=status) if status in _GONE:
                self._gone(entry, status)
            case Fetched(status=status) if status >= 500 or status in (408, 425, 429):
                self._try_again(entry, f"it answered {status}")
            case Fetched():
                self._turned_away(entry, answer)
        return None

    def _held(self, entry: Entry) -> Validators:
        """What makes the request conditional: only where what was read then is still held."""
        held = entry.find.kept is Kept.LIST or entry.report_id is not None
        return entry.validators if held and not entry.gone_at else NOTHING_HELD

    async def _take(self, entry: Entry, fetched: Fetched) -> None:
        digest = sha256(fetched.body).hexdigest()
        if digest == entry.digest and not entry.gone_at:
            self._unchanged(entry, fetched.validators)
        elif entry.find.kept is Kept.LIST:
            await self._take_list(entry, fetched, digest)
        else:
            await self._take_article(entry, fetched, digest)

    # Lists

    async def _take_list(self, entry: Entry, fetched: Fetched, digest: str) -> None:
        self._archive.keep_response(fetched)
        seen = await self._eyes.see(Piece(fetched.url, fetched.header("content-type") or "", fetched.body))
        if isinstance(seen, ReadError):
            self._give_up(entry, str(seen))
            return
        if seen.barrier:
            self._turns.block(entry.find.host, seen.barrier)
            self._give_up(entry, seen.barrier)
            return
        if seen.refresh and not seen.links:
            self._follow(entry, seen.refresh, "meta refresh")
            return
        taken, new = self._queue_links(entry, seen)
        self._queue_pages(entry, seen, more=new > 0)
        self._outcomes.count("lists")
        if entry.find.depth == 0:
            problem = "" if taken else "the list was read, but no link on it announces a report of a kind wanted"
            self._frontier.looked(entry.find.source, answered=True, problem=problem)
        self._frontier.done(entry.find.url, validators=fetched.validators, digest=digest)

    def _queue_links(self, entry: Entry, listing: Listing) -> tuple[int, int]:
        """How many links are the source's, and how many of them were not known."""
        find, taken, new = entry.find, 0, 0
        for link in listing.links:
            url, depth = canonical_url(link.url), find.depth + 1
            if why := self._scopes[find.source].left(link, depth):
                self._frontier.decide(url, find.source, link.title, why)
                continue
            taken += 1
            title = link.title or None
            new += self._frontier.queue(
                Find(url, link.url, host_of(url), find.source, Kept.ARTICLE, depth, 0, title, link.published)
            )
        return taken, new

    def _queue_pages(self, entry: Entry, listing: Listing, *, more: bool) -> None:
        """The further pages of a list: those not known, and the next known one where this page had something new."""
        find = entry.find
        for page in listing.pages:
            url = canonical_url(page)
            if why := self._scopes[find.source].outside(page, find.depth):
                self._frontier.decide(url, find.source, "", why)
            elif not self._frontier.queue(Find(url, page, host_of(url), find.source, Kept.LIST, _FURTHER)) and more:
                more = False
                self._frontier.ask_again(url)

    # Articles

    async def _take_article(self, entry: Entry, fetched: Fetched, digest: str) -> None:
        source = self._sources[entry.find.source]
        seen = await self._articles.read(entry.find, source, fetched)
        match seen:
            case Left():
                self._leave(entry, seen)
            case Seen(barrier=str() as why):
                self._turns.block(entry.find.host, why)
                self._give_up(entry, why)
            case Seen(retry=str() as why):
                self._try_again(entry, why)
            case Seen(report=None, refresh=str() as to):
                self._follow(entry, to, "meta refresh")
            case Seen(report=None, why=why):
                self._without_report(entry, fetched, digest, why)
            case Seen(report=report) if report is not None:
                if entry.find.title is None and report.kind not in source.kinds:
                    self._without_report(entry, fetched, digest, f"of a kind the source does not want: {report.kind}")
                    return
                self._outcomes.count(self._store.put(report, seen=_moment(self._now())))
                self._frontier.done(entry.find.url, validators=fetched.validators, digest=digest, report_id=report.id)
                self._frontier.forget_decision(entry.find.url)

    def _without_report(self, entry: Entry, fetched: Fetched, digest: str, why: str) -> None:
        self._outcomes.count("without a report")
        self._decide(entry, why)
        self._frontier.done(entry.find.url, validators=fetched.validators, digest=digest)

    # Endings

    def _unchanged(self, entry: Entry, validators: Validators | None = None) -> None:
        if entry.find.kept is Kept.ARTICLE:
            self._outcomes.count("unchanged" if entry.report_id else "without a report")
        else:
            self._outcomes.count("lists")
            if entry.find.depth == 0:
                self._frontier.looked(entry.find.source, answered=True)
        self._frontier.done(entry.find.url, validators=validators)

    def _turned_away(self, entry: Entry, fetched: Fetched) -> None:
        """An error page that is a barrier stands before the whole host, which is left alone."""
        why = f"it answered {fetched.status}"
        found = barrier(fetched.status, fetched.headers, fetched.body.decode("utf-8", "replace"))
        if found and found.is_of_host:
            why = f"{why}, {found}"
            self._turns.block(entry.find.host, why)
        self._give_up(entry, why)

    def _follow(self, entry: Entry, to: str, how: str) -> None:
        """A redirect is an address like any other: asked in its own host's turn, if it is the source's."""
        find, url = entry.find, canonical_url(to)
        why = self._scopes[find.source].outside(to, find.depth)
        if is_login_address(to):
            why = "a login"
        if why or url == find.url or find.hops >= _MOST_HOPS:
            what = why or ("to itself" if url == find.url else f"more than {_MOST_HOPS} times")
            self._give_up(entry, f"redirected ({how}) to {to[:200]}: {what}")
            return
        if find.kept is Kept.LIST and find.depth == 0:
            self._outcomes.note(f"{find.source}: its list has moved to {to[:200]}; put that into config.toml")
        if not self._frontier.queue(replace(find, url=url, asked=to, host=host_of(url), hops=find.hops + 1)):
            self._frontier.ask_again(url)
        self._outcomes.count("moved")
        self._frontier.done(find.url)

    def _gone(self, entry: Entry, status: int) -> None:
        """Twice gone, a week apart, is 已撤下; once may be a fault of the site."""
        if entry.report_id is None:
            self._give_up(entry, f"nothing stands there ({status})")
            return
        now = self._now()
        first_at = entry.gone_at or now
        if now - first_at >= _WEEK_S:
            self._store.withdraw(entry.report_id, _moment(first_at), noted=_moment(now))
            self._outcomes.count("withdrawn")
            self._decide(entry, f"{status} for a week: marked 已撤下")
            self._frontier.gone(entry.find.url, first_at, again_at=None)
        else:
            self._outcomes.count("failed")
            self._decide(entry, f"{status}: asked again after a week before it is marked 已撤下")
            self._frontier.gone(entry.find.url, first_at, again_at=first_at + _WEEK_S)

    def _try_again(self, entry: Entry, why: str) -> None:
        tries = entry.tries + 1
        if tries >= _MOST_TRIES:
            self._give_up(entry, f"{why}; asked {tries} times")
            return
        self._decide(entry, f"{why}; to be asked again")
        self._frontier.give_back(entry.find.url, self._now() + pace.backoff_s(tries), tries=tries)

    def _give_up(self, entry: Entry, why: str) -> None:
        self._outcomes.count("failed")
        self._decide(entry, why)
        self._frontier.done(entry.find.url, state=State.FAILED)

    def _leave(self, entry: Entry, left: Left) -> None:
        self._outcomes.count("left")
        if left.until or left.whole_host:
            self._frontier.give_back(entry.find.url, 0 if left.whole_host else left.until)
            if left.until:
                self._decide(entry, left.why)
        else:
            self._decide(entry, left.why)
            self._frontier.done(entry.find.url, state=State.FAILED)

    def _decide(self, entry: Entry, why: str) -> None:
        find = entry.find
        self._frontier.decide(find.url, find.source, find.title or "", why)
        if find.kept is Kept.LIST and find.depth == 0:
            self._frontier.looked(find.source, problem=why)
            self._outcomes.note(f"{find.source}: {find.asked}: {why}")


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
