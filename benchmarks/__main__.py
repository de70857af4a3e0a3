"""Every benchmark, one after the other: `make bench`. Ends with 1 if one is below its floors."""

from __future__ import annotations

import subprocess
import sys

_RUNS = (
    ("extraction", "--check"),
    ("metadata", "--check"),
    ("topics", "--check"),
    ("links", "--check"),
    ("ranking", "--check"),
    ("figures", "--check"),
    ("search",),
    ("comparing",),
    ("peers", "--reports", "10000", "--write"),
    ("growth", "--write"),
    ("truth",),
)


def main() -> None:
    """Run them, each in a process of its own, so that none measures another's memory."""
    failed = []
    for name, *options in _RUNS:
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *options], check=False).returncode:
            failed.append(name)
    sys.exit(f"below the floors or failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
