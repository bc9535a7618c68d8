"""Memory that a process keeps for its next page instead of giving it back to the system.

Reading a page takes and frees some thirty pictures of a few megabytes each. As the C
library comes, such pieces go back to the system at once and are taken anew, zeroed,
4 kB at a time: a sixth of the time of reading.
"""

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""As malloc.h of glibc numbers them."""
_LARGEST_BYTES = 64 << 20
"""Pieces up to this size come from the memory that is kept: a page's largest have 16 MB."""
_KEPT_BYTES = 128 << 20


def keep_freed_memory() -> None:
    """Let the C library keep freed memory in this process; nothing where it is not glibc."""
    if not sys.platform.startswith("linux"):
        return
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_MMAP_THRESHOLD, _LARGEST_BYTES)
        set_option(_TRIM_THRESHOLD, _KEPT_BYTES)
