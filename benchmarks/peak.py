"""Runs `blanki read` on a file in this process and says on stderr how much memory it took.

The sum of this process's peak and of its decoder's, which need not come together.
A process's own account (ru_maxrss) starts with what its parent held when it forked, so
both are read from the kernel's status of the running process instead.
"""

import atexit
import os
import sys
import threading
import time
from pathlib import Path

_EVERY_SECONDS = 0.01
_decoders: dict[str, int] = {}


def _watch_decoders() -> None:
    """Note the peak of every child as long as it runs, in kB."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    while True:
        for pid in children.read_text().split():
            peak = _read_peak(pid)
            if peak is not None:
                _decoders[pid] = peak
        time.sleep(_EVERY_SECONDS)


def _read_peak(pid: str) -> int | None:
    """The most that a running process has held, in kB; None where it has just ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    peak = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(peak[0]) if peak else None


def _tell_peak() -> None:
    own = _read_peak("self") or 0
    sys.stderr.write(f"\n{(own + max(_decoders.values(), default=0)) / 1024:.0f}\n")


if __name__ == "__main__":
    atexit.register(_tell_peak)
    threading.Thread(target=_watch_decoders, daemon=True).start()
    from web.cli.main import main

    sys.argv = ["blanki", "read", "--json", *sys.argv[1:]]
    main()
