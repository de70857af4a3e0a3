"""What is remembered of every host, whatever happens to the process: when it may next be asked, how it behaved."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from reports.database import Connection


@dataclass(slots=True)
class Host:
    """A host's row. Times are POSIX seconds; `ip` is "" where it shares its pace with no other host.

    `robots` is the text of its robots.txt, None where there was none to read; `robots_said` what became of
    fetching it at `robots_at`.
    """

    name: str
    ip: str = ""
    next_at: float = 0.0
    delay_s: float = 0.0
    failures: int = 0
    paused_until: float = 0.0
    why: str = ""
    robots: str | None = None
    robots_said: str = ""
    robots_at: float = 0.0


_COLUMNS = "name, ip, next_at, delay_s, failures, paused_until, why, robots, robots_said, robots_at"


class Hosts:
    """The table of hosts."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def get(self, name: str) -> Host:
        """A host as it is remembered; a new one where it was never asked."""
        row = self._db.execute(f"SELECT {_COLUMNS} FROM host WHERE name = ?", (name,)).fetchone()
        return Host(*row) if row else Host(name)

    def keep(self, host: Host) -> None:
        """Remember a host as it is now."""
        self._db.execute(f"INSERT OR REPLACE INTO host ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)", astuple(host))

    def were_asked_until(self, now: float, delay_s: float) -> None:
        """After a kill nobody has written down when the last requests ended: they count as ended at `now`."""
        self._db.execute("UPDATE host SET next_at = max(next_at, ? + max(delay_s, ?))", (now, delay_s))

    def at_address(self, ip: str) -> tuple[float, float]:
        """Of all hosts that share an address: when the first of them may be asked again, and the longest delay."""
        row = self._db.execute("SELECT max(next_at), max(delay_s) FROM host WHERE ip = ?", (ip,)).fetchone()
        return (row[0] or 0.0, row[1] or 0.0)
