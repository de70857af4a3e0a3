"""Fetching all that belongs to one report: its page, its further pages, or the file it is only in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from crawler.answers import Answer, Failed, Fetched, Moved, Refused
from crawler.archive import Archive, Where
from crawler.extract.barriers import Barrier
from crawler.extract.page import Given
from crawler.frontier import Find
from crawler.scope import Scope, host_of, spelled_out
from crawler.seeing import Eyes
from crawler.sights import Piece, Role, Sight, Visit
from crawler.turns import Left, Turns
from reports.crawl_config import SourceConfig
from reports.errors import ReadError
from reports.report import Body, Report

_MOST_PARTS = 30
_MOST_ATTACHMENTS = 3
_MOST_HOPS = 5
_NOT_THERE = (400, 401, 403, 404, 405, 406, 410, 451)


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of an article: its report, or `why` there is none; `retry`: why it must be asked again; `gone`: the
    page itself says that nothing stands there any more."""

    report: Report | None = None
    why: str = ""
    retry: str | None = None
    barrier: str | None = None
    refresh: str | None = None
    gone: bool = False


@dataclass(slots=True)
class _Got:
    """What was fetched for an article so far, and where each piece is kept."""

    visit: Visit
    kept: list[Where] = field(default_factory=list)


class Articles:
    """Reads articles for a crawl; every response is archived before it is read. `taken`: requests, by source."""

    def __init__(
        self, turns: Turns, archive: Archive, eyes: Eyes, scopes: Mapping[str, Scope], taken: Counter[str]
    ) -> None:
        self._turns, self._archive, self._eyes, self._scopes, self._taken = turns, archive, eyes, scopes, taken

    async def read(self, find: Find, source: SourceConfig, page: Fetched) -> Seen | Left:
        """The report that begins on a page just fetched, with its further pages, or in a file beside it.

        A piece that may be had later is waited for; one that is not there for good leaves the report "incomplete".
        """
        got = _Got(Visit((_piece(page, Role.PAGE),), _given(find, source), source.selector or None))
        got.kept.append(self._archive.keep_response(page))
        sight, asked = await self._look(got.visit), set[str]()
        # The further pages may name further ones themselves.
        while more := [url for url in sight.parts if url not in asked]:
            for url in more[: _MOST_PARTS - len(asked)]:
                if ending := await self._add(got, find, url, Role.PART):
                    return ending
            if len(asked.union(more)) > _MOST_PARTS:
                return Seen(why=f"a report on more than the {_MOST_PARTS + 1} pages that are taken")
            asked.update(more)
            sight = await self._look(got.visit)
        if sight.report is None and sight.attachments:
            return await self._from_attachment(got, find, sight)
        return self._seen(got, find, sight)

    async def _from_attachment(self, got: _Got, find: Find, sight: Sight) -> Seen | Left:
        """The first of the files beside a page that can be read."""
        seen = self._seen(got, find, sight)
        for link in sight.attachments[:_MOST_ATTACHMENTS]:
            with_file = _Got(got.visit, [*got.kept])
            if ending := await self._add(with_file, find, link.url, Role.ATTACHMENT):
                return ending
            if len(with_file.kept) > len(got.kept):
                seen = self._seen(with_file, find, await self._look(with_file.visit))
                if seen.report is not None:
                    break
        return seen

    async def _add(self, got: _Got, find: Find, url: str, role: Role) -> Seen | Left | None:
        """Fetch one piece more; None also where it is not there for good, a Seen or Left where it may be had later."""
        answer = await self._fetch(find, url)
        if isinstance(answer, Left):
            return answer
        if isinstance(answer, Fetched) and answer.status == 200:
            got.visit = replace(got.visit, pieces=(*got.visit.pieces, _piece(answer, role)))
            got.kept.append(self._archive.keep_response(answer))
        elif not _is_final(answer):
            return Seen(retry=f"{role} {url}: {_told(answer)}")
        return None

    async def _fetch(self, find: Find, url: str) -> Answer | Left:
        """A piece of a report, where it may be asked for; a few redirects are followed, each in its turn."""
        answer: Answer | Left = Moved(url, url, 0, 0)
        for _hop in range(_MOST_HOPS + 1):
            if not isinstance(answer, Moved):
                break
            to = spelled_out(answer.to)
            if why := self._scopes[find.source].outside(to, find.depth):
                return Refused(to, why)
            self._taken[find.source] += 1
            answer = await self._turns.ask(to)
            if isinstance(answer, Left) and not answer.whole_host:  # robots.txt forbids it
                return Refused(to, answer.why)
            if isinstance(answer, Left) and answer.until and host_of(to) != find.host:
                return replace(answer, whole_host=False)  # not the host this article stands on
        return answer

    async def _look(self, visit: Visit) -> Sight:
        sight = await self._eyes.see(visit)
        return Sight(why=str(sight)) if isinstance(sight, ReadError) else sight

    def _seen(self, got: _Got, find: Find, sight: Sight) -> Seen:
        if sight.barrier is None:
            found = sight.report is not None
            self._archive.keep_reading(find.asked, got.visit, tuple(got.kept), source=find.source, found=found)
        gone = sight.report is None and Barrier.GONE in sight.why
        return Seen(sight.report, sight.why, barrier=sight.barrier, refresh=sight.refresh, gone=gone)


def _piece(fetched: Fetched, role: Role) -> Piece:
    return Piece(fetched.url, fetched.header("content-type") or "", fetched.body, role)


def _given(find: Find, source: SourceConfig) -> Given:
    return Given(
        title=find.title,
        url=find.asked,
        region_code=source.region or None,
        issuer=source.issuer or None,
        body=Body(source.body) if source.body else None,
        published=find.published,
    )


def _is_final(answer: Answer) -> bool:
    """Whether asking again would not help."""
    return isinstance(answer, Refused | Moved) or (isinstance(answer, Fetched) and answer.status in _NOT_THERE)


def _told(answer: Answer) -> str:
    if isinstance(answer, Fetched):
        return f"it answered {answer.status}"
    return answer.why if isinstance(answer, Failed | Refused) else "more redirects than are followed"
