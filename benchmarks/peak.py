"""Runs `blanki read` on a file in this process and says on stderr how much memory it took."""

import atexit
import resource
import sys


def _tell_peak() -> None:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    sys.stderr.write(f"\n{(own + child) / 1024:.0f}\n")


if __name__ == "__main__":
    atexit.register(_tell_peak)
    from web.cli.main import main

    sys.argv = ["blanki", "read", "--json", *sys.argv[1:]]
    main()
