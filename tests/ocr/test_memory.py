import platform
import subprocess
import sys

import pytest

TAKE_AND_FREE = """
import ctypes, resource, sys
from ocr.memory import keep_freed_memory
if sys.argv[1] == "keep":
    keep_freed_memory()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
def write_pieces():
    pieces = [libc.malloc(ctypes.c_size_t(16 << 20)) for _ in range(3)]
    for piece in pieces:
        ctypes.memset(piece, 1, 16 << 20)
    for piece in pieces:
        libc.free(piece)
write_pieces()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(4):
    write_pieces()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def count_faults(how: str) -> int:
    """How often the system had to give 4 kB when 48 MB were taken and freed four times."""
    command = [sys.executable, "-c", TAKE_AND_FREE, how]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_freed_memory_is_taken_again_without_asking_the_system() -> None:
    assert count_faults("keep") < 100 < count_faults("as it comes")
