"""Which places on the web may be asked: public addresses, plainly spelled, on the ports web servers use.

The networks are those of the IANA special-purpose registries (RFC 6890 and its updates), named here and not left to
`ipaddress.is_global`, whose answers differ between versions of Python.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address

MAX_URL_CHARS = 2083
OWN_PORTS = {"http": 80, "https": 443}
# What web servers listen on when 80 and 443 are taken; anything else is likelier to be another service.
PORTS = frozenset({80, 81, 88, 443, 8443, 8888, 9090, *range(8000, 8100)})

_IPV4_NOT_PUBLIC = (
    ("0.0.0.0/8", "no address of a host"),
    ("10.0.0.0/8", "in a private network"),
    ("100.64.0.0/10", "behind a carrier's translation"),
    ("127.0.0.0/8", "this machine itself"),
    ("168.63.129.16/32", "a cloud's own service"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "in a private network"),
    ("192.0.0.0/24", "reserved for protocols"),
    ("192.0.2.0/24", "for documentation"),
    ("192.88.99.0/24", "a 6to4 relay"),
    ("192.168.0.0/16", "in a private network"),
    ("198.18.0.0/15", "for benchmarks"),
    ("198.51.100.0/24", "for documentation"),
    ("203.0.113.0/24", "for documentation"),
    ("224.0.0.0/4", "for multicast"),
    ("240.0.0.0/4", "reserved"),
)
# Only 2000::/3 is unicast between networks, so mapped, NAT64, local, link-local and multicast forms need no line.
_IPV6_PUBLIC = IPv6Network("2000::/3")
_IPV6_NOT_PUBLIC = (
    ("2001::/23", "reserved for protocols (Teredo and others)"),
    ("2001:db8::/32", "for documentation"),
    ("2002::/16", "a 6to4 address, which holds another"),
    ("3fff::/20", "for documentation"),
)
_IPV4_NETWORKS = tuple((IPv4Network(network), what) for network, what in _IPV4_NOT_PUBLIC)
_IPV6_NETWORKS = tuple((IPv6Network(network), what) for network, what in _IPV6_NOT_PUBLIC)

_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
# The URL standard reads a host whose last label looks like this as an IPv4 address, in whatever spelling.
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_LOCAL_NAMES = re.compile(r"(^|\.)(localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa)$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a URL points before anything is looked up: `name` in ASCII and lower case, without brackets or port."""

    scheme: str
    name: str
    port: int

    @property
    def host(self) -> str:
        """As in a canonical URL and in a Host header.

        >>> Place("https", "2001:db8::1", 8443).host
        '[2001:db8::1]:8443'
        """
        name = f"[{self.name}]" if ":" in self.name else self.name
        return name if self.port == OWN_PORTS[self.scheme] else f"{name}:{self.port}"

    @property
    def address(self) -> Address | None:
        """The address, where the name is one. Raises ValueError for one in a spelling that readers disagree on."""
        if ":" in self.name:
            return IPv6Address(self.name)
        if not _NUMBER.fullmatch(self.name.rpartition(".")[2]):
            return None
        try:
            return IPv4Address(self.name)
        except ValueError:
            raise ValueError(f"{self.name} is an address in an unusual spelling") from None

    @property
    def is_local(self) -> bool:
        """Whether the name is one that only a local network could know."""
        return self.address is None and ("." not in self.name or bool(_LOCAL_NAMES.search(self.name)))


def place_of(url: str) -> Place:
    """Where an absolute http(s) URL points; raises ValueError, saying why, where it cannot be asked."""
    if len(url) > MAX_URL_CHARS:
        raise ValueError(f"longer than {MAX_URL_CHARS} characters")
    # urlsplit drops tabs and line ends silently; a URL that holds them is not what it seems.
    if any(char <= " " or char == "\x7f" for char in url):
        raise ValueError("holds white space or control characters")
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    if scheme not in OWN_PORTS:
        raise ValueError(f"only http and https are asked, not {scheme or 'an address without a scheme'}")
    if "@" in parts.netloc:
        raise ValueError("holds a user name or password")
    if "[" in parts.netloc and ":" not in (parts.hostname or ""):
        raise ValueError("holds brackets around what is no IPv6 address")
    if parts.port == 0:
        raise ValueError("names port 0")
    return Place(scheme, _name(parts.hostname or ""), parts.port or OWN_PORTS[scheme])


def _name(host: str) -> str:
    if ":" in host:
        if "%" in host:
            raise ValueError("names an interface of this machine")
        return IPv6Address(host).compressed
    try:
        # Full-width digits and dots become plain ones here, and are judged as such.
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        name = ""
    if len(name) > 253 or not _NAME.fullmatch(name):
        raise ValueError(f"{host!r} is no host name" if host else "names no host")
    return name


def not_public(ip: str) -> str | None:
    """What is special about an address, None for one on the public network. Raises ValueError if it is none."""
    address = ip_address(ip)
    if isinstance(address, IPv4Address):
        return next((what for network, what in _IPV4_NETWORKS if address in network), None)
    if address.scope_id or address not in _IPV6_PUBLIC:
        return "not on the public network"
    return next((what for network, what in _IPV6_NETWORKS if address in network), None)
