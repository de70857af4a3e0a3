"""What becomes of an address once it is asked: a list gives further addresses, an article a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import sha256

from crawler.answers import NOTHING_HELD, Failed, Fault, Fetched, Moved, Refused, Unchanged, Validators
from crawler.articles import Articles, Seen
from crawler.endings import NOTHING_TAKEN, Endings, moment
from crawler.frontier import Entry, Kept
from crawler.means import Means
from crawler.queueing import Queueing
from crawler.scope import Scope
from crawler.sights import Piece
from crawler.turns import Left, Turns
from reports.crawl_config import SourceConfig
from reports.errors import ReadError
from reports.report import Report

_GONE = (404, 410)


class Visits:
    """Asks for one address at a time and puts what came of it where it belongs; shared by all hosts of a crawl.

    `taken` counts by source what is asked for beside the addresses themselves: a report's further pages and files.
    """

    def __init__(self, sources: Mapping[str, SourceConfig], means: Means, turns: Turns, taken: Counter[str]) -> None:
        self._sources, self._scopes = sources, {name: Scope(source) for name, source in sources.items()}
        self._store, self._frontier, self._archive = means.store, means.frontier, means.archive
        self._eyes, self._outcomes, self._now = means.eyes, means.outcomes, means.now
        self._turns = turns
        self._endings = Endings(sources, self._scopes, means, turns)
        self._articles = Articles(turns, means.archive, means.eyes, self._scopes, taken)
        self._queueing = Queueing(sources, self._scopes, means.frontier, means.now())

    async def visit(self, entry: Entry) -> Left | None:
        """Ask for it and deal with the answer; a Left where it was not asked after all."""
        answer = await self._turns.ask(entry.find.asked, self._held(entry))
        if isinstance(answer, Left):
            self._endings.leave(entry, answer)
            return answer
        match answer:
            case Refused(why=why):
                self._endings.give_up(entry, why)
            case Failed(fault=Fault.TOO_LARGE, why=why):
                self._endings.give_up(entry, why)
            case Failed(why=why):
                self._endings.try_again(entry, why)
            case Unchanged():
                self._endings.unchanged(entry)
            case Moved():
                self._endings.follow(entry, answer.to, f"{answer.status}")
            case Fetched(status=200):
                await self._take(entry, answer)
            case Fetched(status=status) if status in _GONE:
                self._endings.gone(entry, str(status))
            case Fetched(status=status) if status >= 500 or status in (408, 425, 429):
                self._endings.try_again(entry, f"it answered {status}")
            case Fetched():
                self._endings.turned_away(entry, answer)
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
            self._endings.unchanged(entry, fetched.validators)
        elif entry.find.kept is Kept.LIST:
            await self._take_list(entry, fetched, digest)
        else:
            await self._take_article(entry, fetched, digest)

    # Lists

    async def _take_list(self, entry: Entry, fetched: Fetched, digest: str) -> None:
        self._archive.keep_response(fetched)
        seen = await self._eyes.see(Piece(fetched.url, fetched.header("content-type") or "", fetched.body))
        if isinstance(seen, ReadError):
            self._endings.give_up(entry, str(seen))
            return
        if seen.barrier:
            self._turns.block(entry.find.host, seen.barrier)
            self._endings.give_up(entry, seen.barrier)
            return
        if seen.refresh and not seen.links:
            self._endings.follow(entry, seen.refresh, "meta refresh")
            return
        taken, new = self._queueing.links(entry.find, seen)
        self._queueing.pages(entry.find, seen, more=new > 0)
        self._outcomes.count("lists")
        self._frontier.forget_decision(entry.find.url)
        if entry.find.depth == 0:
            self._frontier.looked(entry.find.source, answered=True)
            if not taken:
                self._endings.decide(entry, NOTHING_TAKEN)
        self._frontier.done(entry.find.url, validators=fetched.validators, digest=digest)

    # Articles

    async def _take_article(self, entry: Entry, fetched: Fetched, digest: str) -> None:
        source = self._sources[entry.find.source]
        seen = await self._articles.read(entry.find, source, fetched)
        match seen:
            case Left():
                self._endings.leave(entry, seen)
            case Seen(barrier=str() as why):
                self._turns.block(entry.find.host, why)
                self._endings.give_up(entry, why)
            case Seen(retry=str() as why):
                self._endings.try_again(entry, why)
            case Seen(report=None, refresh=str() as to):
                self._endings.follow(entry, to, "meta refresh")
            case Seen(gone=True, why=why):
                self._endings.gone(entry, why)
            case Seen(report=None, why=why):
                self._without_report(entry, fetched, digest, why)
            case Seen(report=report) if report is not None:
                if self._is_unwanted(entry, report):
                    self._without_report(entry, fetched, digest, f"of a kind the source does not want: {report.kind}")
                    return
                self._outcomes.count(self._store.put(report, seen=moment(self._now())))
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
        self._endings.decide(entry, why)
        self._endings.done_without(entry, fetched.validators, digest)
