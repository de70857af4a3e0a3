"""What a list shows is put into the queue, or it is written down why not."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.frontier import Find, Frontier, Kept
from crawler.scope import Scope, host_of, spelled_out
from crawler.sights import Listing
from reports.crawl_config import SourceConfig
from reports.urls import canonical_url

_FURTHER = 1  # the depth of every further page of a list, however long the chain of them is


class Queueing:
    """Queues links and further pages for the sources; `began`: when this run did."""

    def __init__(
        self, sources: Mapping[str, SourceConfig], scopes: Mapping[str, Scope], frontier: Frontier, began: float
    ) -> None:
        self._sources, self._scopes, self._frontier, self._began = sources, scopes, frontier, began

    def links(self, find: Find, listing: Listing) -> tuple[int, int]:
        """How many links are the source's, and how many of them were not known."""
        taken, new = 0, 0
        for link in listing.links:
            url, depth = canonical_url(link.url), find.depth + 1
            if why := self._scopes[find.source].left(link, depth):
                self._frontier.decide(url, find.source, link.title, why)
                continue
            taken += 1
            title = link.title or None
            new += self._frontier.queue(
                Find(
                    url, spelled_out(link.url), host_of(url), find.source, Kept.ARTICLE, depth, 0, title, link.published
                )
            )
        return taken, new

    def pages(self, find: Find, listing: Listing, *, more: bool) -> None:
        """The further pages of a list: those not known, and the next known one where this page had something new.

        A list that has always one page more has no more pages, in all, than one run takes.
        """
        most = self._sources[find.source].max_pages
        room = most - self._frontier.lists(find.source)
        for page in listing.pages:
            url = canonical_url(page)
            if why := self._scopes[find.source].outside(page, find.depth):
                self._frontier.decide(url, find.source, "", why)
            elif self._frontier.knows(url):
                if more:
                    self._frontier.ask_again(url, unless_since=self._began)
                more = False
            elif room > 0:
                self._frontier.queue(Find(url, spelled_out(page), host_of(url), find.source, Kept.LIST, _FURTHER))
                room -= 1
            else:
                self._frontier.decide(url, find.source, "", f"the source has {most} pages of lists already (max_pages)")
