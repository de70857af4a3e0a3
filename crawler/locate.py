"""From a URL to the one address that may be asked for it: looked up once, every answer checked."""

from __future__ import annotations

import asyncio
import socket
import time
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Protocol

from crawler.addresses import PORTS, Place, not_public, place_of
from crawler.answers import Failed, Fault, Refused, Target
from reports.crawl_config import CrawlConfig

_LOOKUP_S = 10.0
_WHO = "set [crawl] project and contact so that webmasters can reach you"
# Any other trouble is that of a resolver or the way to it, and says nothing about the name.
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class Resolver(Protocol):
    """Every address of a host, in any order. Raises OSError where there is none."""

    async def __call__(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses."""


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """What this machine's own resolver says."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(str(address[0]) for *_, address in found)


class Locator:
    """Decides what a URL may be connected to.

    The address checked is the address handed out, so that a name that changes its mind between the check and
    the request (DNS rebinding) gains nothing.
    """

    def __init__(self, crawl: CrawlConfig, resolver: Resolver | None = None) -> None:
        self._names, self._networks = _allowed(crawl.allow)
        self._routes = {name.lower(): to for name, _, to in (pair.rpartition("=") for pair in crawl.connect_to)}
        self._is_identified = bool(crawl.project and crawl.contact)
        self._resolve = resolver or resolve
        self._lookup_s = min(crawl.timeout_s, _LOOKUP_S)

    async def locate(self, url: str) -> Target | Refused | Failed:
        """Where to connect for this URL; Refused where it may not be, Failed where it could not be found out."""
        started = time.monotonic()
        try:
            place = place_of(url)
            if route := self._route(place):
                return Target(url, place.host, *route, is_shared=False)
            return self._chosen(url, place, await self._addresses(place))
        except socket.gaierror as error:
            if error.errno in _NO_SUCH_NAME:
                return Refused(url, "no host of that name")
            return self._unfound(url, started, error)
        except OSError as error:  # TimeoutError is one
            return self._unfound(url, started, error)
        except ValueError as error:
            return Refused(url, str(error))

    def _route(self, place: Place) -> tuple[str, int] | None:
        name = f"[{place.name}]" if ":" in place.name else place.name
        # The host with its port, written out or not, says more than the host alone.
        for key in (f"{name}:{place.port}", name, place.name):
            if key in self._routes:
                ip, _, port = self._routes[key].rpartition(":")
                return ip.strip("[]"), int(port)
        return None

    async def _addresses(self, place: Place) -> tuple[str, ...]:
        if place.address is not None:
            return (place.name,)
        if place.is_local and place.name not in self._names:
            raise ValueError(f"{place.name} is a name of a local network")
        if not self._is_identified and not self._networks and place.name not in self._names:
            raise ValueError(_WHO)  # and nobody's name server need be asked
        async with asyncio.timeout(self._lookup_s):
            return await self._resolve(place.name, place.port)

    def _chosen(self, url: str, place: Place, found: tuple[str, ...]) -> Target | Refused:
        """The smallest address, so that a host keeps its address, and its pace, from one request to the next."""
        if not found:
            return Refused(url, "no host of that name")
        first = min(map(ip_address, found), key=lambda ip: (ip.version, int(ip)))
        if place.name in self._names or all(map(self._is_allowed, found)):
            return Target(url, place.host, str(first), place.port, is_shared=False)
        for ip in found:
            if not self._is_allowed(ip) and (what := not_public(ip)):
                return Refused(url, f"{ip} is {what}")
        if place.port not in PORTS:
            return Refused(url, f"port {place.port} is not one of a web server")
        if not self._is_identified:
            return Refused(url, _WHO)
        return Target(url, place.host, str(first), place.port)

    def _is_allowed(self, ip: str) -> bool:
        return any(ip_address(ip) in network for network in self._networks)

    @staticmethod
    def _unfound(url: str, started: float, error: OSError) -> Failed:
        why = "no answer in time" if isinstance(error, TimeoutError) else error.strerror or str(error)
        return Failed(url, Fault.UNREACHABLE, f"its name cannot be looked up: {why}", time.monotonic() - started)


def _allowed(entries: tuple[str, ...]) -> tuple[frozenset[str], tuple[IPv4Network | IPv6Network, ...]]:
    """The host names and the networks of an allow-list; a single address is the smallest network."""
    names, networks = set(), []
    for entry in entries:
        try:
            networks.append(ip_network(entry))
        except ValueError:
            names.add(entry.lower().rstrip("."))
    return frozenset(names), tuple(networks)
