"""How asking for an address ends: what is counted, written down, and when it is asked for again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from crawler import again, pace
from crawler.answers import Fetched, Validators
from crawler.extract.barriers import barrier, is_login_address
from crawler.frontier import Entry, Kept, State
from crawler.means import Means
from crawler.scope import Scope, host_of
from crawler.turns import Left, Turns
from reports.crawl_config import SourceConfig
from reports.urls import canonical_url

# A list that was read, and had nothing for us: said until it has, whatever else becomes of it.
NOTHING_TAKEN = "the list was read, but no link on it announces a report of a kind wanted"
_WEEK_S = 7 * 86_400.0
_MOST_TRIES = 4
_MOST_HOPS = 5


class Endings:
    """Puts addresses to rest in the frontier, every one with its reason; shared by all hosts of a crawl."""

    def __init__(
        self, sources: Mapping[str, SourceConfig], scopes: Mapping[str, Scope], means: Means, turns: Turns
    ) -> None:
        self._sources, self._scopes, self._turns = sources, scopes, turns
        self._store, self._frontier, self._outcomes = means.store, means.frontier, means.outcomes
        self._now, self._began = means.now, means.now()

    def unchanged(self, entry: Entry, validators: Validators | None = None) -> None:
        """What is held is what stands there."""
        if entry.find.kept is Kept.ARTICLE:
            self._outcomes.count("unchanged" if entry.report_id else "without a report")
        else:
            self._outcomes.count("lists")
            self._frontier.forget_decision(entry.find.url, but=NOTHING_TAKEN)
            if entry.find.depth == 0:
                self._frontier.looked(entry.find.source, answered=True)
        self.done_without(entry, validators)

    def turned_away(self, entry: Entry, fetched: Fetched) -> None:
        """An error page that is a barrier stands before the whole host, which is left alone."""
        why = f"it answered {fetched.status}"
        found = barrier(fetched.status, fetched.headers, fetched.body.decode("utf-8", "replace"))
        if found and found.is_of_host:
            why = f"{why}, {found}"
            self._turns.block(entry.find.host, why)
        self.give_up(entry, why)

    def follow(self, entry: Entry, to: str, how: str) -> None:
        """A redirect is an address like any other: asked in its own host's turn, if it is the source's."""
        find, url = entry.find, canonical_url(to)
        why = self._scopes[find.source].outside(to, find.depth)
        if is_login_address(to):
            why = "a login"
        if why or url == find.url or find.hops >= _MOST_HOPS:
            what = why or ("to itself" if url == find.url else f"more than {_MOST_HOPS} times")
            self.give_up(entry, f"redirected ({how}) to {to[:200]}: {what}")
            return
        if find.kept is Kept.LIST and find.depth == 0:
            self._outcomes.note(f"{find.source}: its list has moved to {to[:200]}; put that into config.toml")
        if not self._frontier.queue(replace(find, url=url, asked=to, host=host_of(url), hops=find.hops + 1)):
            self._frontier.ask_again(url, unless_since=self._began)
        self._outcomes.count("moved")
        self._frontier.done(find.url)

    def gone(self, entry: Entry, what: str) -> None:
        """Twice gone, a week apart, is 已撤下; once may be a fault of the site."""
        if entry.report_id is None:
            self.give_up(entry, f"nothing stands there ({what})")
            return
        now = self._now()
        first_at = entry.gone_at or now
        if now - first_at >= _WEEK_S:
            self._store.withdraw(entry.report_id, moment(first_at), noted=moment(now))
            self._outcomes.count("withdrawn")
            self.decide(entry, f"{what} for a week: marked 已撤下")
            self._frontier.gone(entry.find.url, first_at, again_at=None)
        else:
            self._outcomes.count("failed")
            self.decide(entry, f"{what}: asked again after a week before it is marked 已撤下")
            self._frontier.gone(entry.find.url, first_at, again_at=first_at + _WEEK_S)

    def try_again(self, entry: Entry, why: str) -> None:
        """Something that may pass: asked again a little later, a few times."""
        tries = entry.tries + 1
        if tries >= _MOST_TRIES:
            self.give_up(entry, f"{why}; asked {tries} times")
            return
        self.decide(entry, f"{why}; to be asked again")
        self._frontier.give_back(entry.find.url, self._now() + pace.backoff_s(tries), tries=tries)

    def give_up(self, entry: Entry, why: str) -> None:
        """Nothing to be had in this run."""
        self._outcomes.count("failed")
        self.decide(entry, why)
        due_at = again.after_failure(entry.fetched_at, self._now(), self._recheck_days(entry))
        self._frontier.done(entry.find.url, state=State.FAILED, due_at=due_at)

    def leave(self, entry: Entry, left: Left) -> None:
        """It was not asked: back into the queue where that was for now."""
        self._outcomes.count("left")
        if left.until or left.whole_host:
            self._frontier.give_back(entry.find.url, 0 if left.whole_host else left.until)
            if left.until:
                self.decide(entry, left.why)
        else:
            self.decide(entry, left.why)
            self._frontier.done(entry.find.url, state=State.FAILED)

    def decide(self, entry: Entry, why: str) -> None:
        """Write down why an address gave no report; of a source's list it is told at the end, too."""
        find = entry.find
        self._frontier.decide(find.url, find.source, find.title or "", why)
        if find.kept is Kept.LIST and find.depth == 0:
            self._frontier.looked(find.source)
            self._outcomes.note(f"{find.source}: {find.asked}: {why}")

    def done_without(self, entry: Entry, validators: Validators | None, digest: str | None = None) -> None:
        """Done; where no report is held of it, it is asked for again ever more seldom."""
        seldom = entry.find.kept is Kept.ARTICLE and entry.report_id is None
        due_at = again.after_nothing(entry.fetched_at, self._now(), self._recheck_days(entry)) if seldom else 0.0
        self._frontier.done(entry.find.url, validators=validators, digest=digest, due_at=due_at)

    def _recheck_days(self, entry: Entry) -> float:
        return self._sources[entry.find.source].recheck_days


def moment(at: float) -> datetime:
    """POSIX seconds as a moment in UTC."""
    return datetime.fromtimestamp(at, UTC)
