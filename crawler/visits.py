"""What becomes of an address once it is asked: a list gives further addresses, an article a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from crawler import again, pace
from crawler.answers import NOTHING_HELD, Failed, Fault, Fetched, Moved, Refused, Unchanged, Validators
from crawler.articles import Articles, Seen
from crawler.extract.barriers import barrier, is_login_address
from crawler.frontier import Entry, Kept, State
from crawler.means import Means
from crawler.queueing import Queueing
from crawler.scope import Scope, host_of
from crawler.sights import Piece
from crawler.turns import Left, Turns
from reports.crawl_config import SourceConfig
from reports.errors import ReadError
from reports.report import Report
from reports.urls import canonical_url

_WEEK_S = 7 * 86_400.0
_MOST_TRIES = 4
_MOST_HOPS = 5
_GONE = (404, 410)
_NOTHING_TAKEN = "the list was read, but no link on it announces a report of a kind wanted"


class Visits:
    """Asks for one address at a time and puts what came of it where it belongs; shared by all hosts of a crawl.

    `taken` counts by source what is asked for beside the addresses themselves: a report's further pages and files.
    """

    def __init__(self, sources: Mapping[str, SourceConfig], means: Means, turns: Turns, taken: Counter[str]) -> None:
        self._sources, self._scopes = sources, {name: Scope(source) for name, source in sources.items()}
        self._store, self._frontier, self._archive = means.store, means.frontier, means.archive
        self._eyes, self._outcomes, self._now = means.eyes, means.outcomes, means.now
        self._turns, self._began = turns, means.now()
        self._articles = Articles(turns, means.archive, means.eyes, self._scopes, taken)
        self._queueing = Queueing(sources, self._scopes, means.frontier, self._began)

    async def visit(self, entry: Entry) -> Left | None:
        """Ask for it and deal with the answer; a Left where it was not asked after all."""
        answer = await self._turns.ask(entry.find.asked, self._held(entry))
        if isinstance(answer, Left):
            self._leave(entry, answer)
            return answer
        match answer:
            case Refused(why=why):
                self._give_up(entry, why)
            case Failed(fault=Fault.TOO_LARGE, why=why):
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
                self._gone(entry, str(status))
            case Fetched(status=status) if status >= 500 or status in (408, 425, 429):
                self._try_again(entry, f"it answered {status}")
            case Fetched():
                self._turned_away(entry, answer)
        return None

    def _held(self, entry: Entry) -> Validators:
        """What makes the request conditional: only where what was read then, by the same rules, is still held."""
        held = entry.digest is not None and entry.digest.startswith(self._rules(entry))
        if entry.find.kept is Kept.ARTICLE:
            held = entry.report_id is not None
        return entry.validators if held and not entry.gone_at else NOTHING_HELD

    def _rules(self, entry: Entry) -> str:
        """What of a list was taken by which rules: with others an unchanged list is to be read again."""
        return f"{self._scopes[entry.find.source].digest} " if entry.find.kept is Kept.LIST else ""

    async def _take(self, entry: Entry, fetched: Fetched) -> None:
        digest = self._rules(entry) + sha256(fetched.body).hexdigest()
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
        taken, new = self._queueing.links(entry.find, seen)
        self._queueing.pages(entry.find, seen, more=new > 0)
        self._outcomes.count("lists")
        self._frontier.forget_decision(entry.find.url)
        if entry.find.depth == 0:
            self._frontier.looked(entry.find.source, answered=True)
            if not taken:
                self._decide(entry, _NOTHING_TAKEN)
        self._frontier.done(entry.find.url, validators=fetched.validators, digest=digest)

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
            case Seen(gone=True, why=why):
                self._gone(entry, why)
            case Seen(report=None, why=why):
                self._without_report(entry, fetched, digest, why)
            case Seen(report=report) if report is not None:
                if self._is_unwanted(entry, report):
                    self._without_report(entry, fetched, digest, f"of a kind the source does not want: {report.kind}")
                    return
                self._outcomes.count(self._store.put(report, seen=_moment(self._now())))
                self._frontier.done(entry.find.url, validators=fetched.validators, digest=digest, report_id=report.id)
                self._frontier.forget_decision(entry.find.url)

    def _is_unwanted(self, entry: Entry, report: Report) -> bool:
        """A page no title spoke for, or one that has taken the place of a report that was wanted."""
        kinds = self._sources[entry.find.source].kinds
        if report.kind in kinds or entry.find.title is None:
            return report.kind not in kinds
        held = self._store.get(entry.report_id) if entry.report_id else None
        return held is not None and held.kind in kinds

    def _without_report(self, entry: Entry, fetched: Fetched, digest: str, why: str) -> None:
        self._outcomes.count("without a report")
        self._decide(entry, why)
        self._done_without(entry, fetched.validators, digest)

    def _done_without(self, entry: Entry, validators: Validators | None, digest: str | None = None) -> None:
        """Done; where no report is held of it, it is asked for again ever more seldom."""
        seldom = entry.find.kept is Kept.ARTICLE and entry.report_id is None
        due_at = again.after_nothing(entry.fetched_at, self._now(), self._recheck_days(entry)) if seldom else 0.0
        self._frontier.done(entry.find.url, validators=validators, digest=digest, due_at=due_at)

    def _recheck_days(self, entry: Entry) -> float:
        return self._sources[entry.find.source].recheck_days

    # Endings

    def _unchanged(self, entry: Entry, validators: Validators | None = None) -> None:
        if entry.find.kept is Kept.ARTICLE:
            self._outcomes.count("unchanged" if entry.report_id else "without a report")
        else:
            self._outcomes.count("lists")
            self._frontier.forget_decision(entry.find.url, but=_NOTHING_TAKEN)
            if entry.find.depth == 0:
                self._frontier.looked(entry.find.source, answered=True)
        self._done_without(entry, validators)

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
            self._frontier.ask_again(url, unless_since=self._began)
        self._outcomes.count("moved")
        self._frontier.done(find.url)

    def _gone(self, entry: Entry, what: str) -> None:
        """Twice gone, a week apart, is 已撤下; once may be a fault of the site."""
        if entry.report_id is None:
            self._give_up(entry, f"nothing stands there ({what})")
            return
        now = self._now()
        first_at = entry.gone_at or now
        if now - first_at >= _WEEK_S:
            self._store.withdraw(entry.report_id, _moment(first_at), noted=_moment(now))
            self._outcomes.count("withdrawn")
            self._decide(entry, f"{what} for a week: marked 已撤下")
            self._frontier.gone(entry.find.url, first_at, again_at=None)
        else:
            self._outcomes.count("failed")
            self._decide(entry, f"{what}: asked again after a week before it is marked 已撤下")
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
        due_at = again.after_failure(entry.fetched_at, self._now(), self._recheck_days(entry))
        self._frontier.done(entry.find.url, state=State.FAILED, due_at=due_at)

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
            self._frontier.looked(find.source)
            self._outcomes.note(f"{find.source}: {find.asked}: {why}")


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
