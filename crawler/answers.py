"""What one request can end in: the values that pass between the fetcher, the archive and the crawl."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes a request conditional: the ETag and Last-Modified of what is held, as they were sent."""

    etag: str | None = None
    last_modified: str | None = None


NOTHING_HELD = Validators()


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked: `ip` and `port` are checked, and are what is connected to.

    `host` as in a canonical URL: lower case, with the port where that is not the scheme's own; robots.txt
    and a pace belong to it. `is_shared` is false where hosts at one address need not share a pace
    (loopback, allow-listed).
    """

    url: str
    host: str
    ip: str
    port: int
    is_shared: bool = True


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole response of any status but 304 and redirects.

    `raw` is the payload as sent, `body` with its content coding undone; both empty for an error page (4xx, 5xx)
    whose body could not be taken. `headers` in order, as sent, a character a byte (latin-1).
    `started_at`: POSIX time; `took_s`: seconds from connecting to the last byte.
    """

    url: str
    status: int
    reason: str
    headers: Headers
    raw: bytes
    body: bytes
    ip: str
    started_at: float
    took_s: float

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def validators(self) -> Validators:
        """What a later request for the same can be made conditional with."""
        return Validators(self.header("etag"), self.header("last-modified"))


@dataclass(frozen=True, slots=True)
class Unchanged:
    """304: what is held is what stands there."""

    url: str
    took_s: float


@dataclass(frozen=True, slots=True)
class Moved:
    """A redirect, not followed: `to` is absolute. The caller asks again, as politely as for any other address."""

    url: str
    to: str
    status: int
    took_s: float


@dataclass(frozen=True, slots=True)
class Refused:
    """Not asked: the address is one we do not ask (scheme, port, private network, no such host), and why."""

    url: str
    why: str


class Fault(StrEnum):
    """What kind of failure: the first three speak of the host, the rest of the one page."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    BROKEN = "broken"
    TOO_LARGE = "too large"


@dataclass(frozen=True, slots=True)
class Failed:
    """Asked, or looked up, without a whole response to show for it, and why."""

    url: str
    fault: Fault
    why: str
    took_s: float


Answer = Fetched | Unchanged | Moved | Refused | Failed
