"""What reading costs: pages a second beside the floor of decoding, cold start, memory."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.result import Result
from intake.files import read_pages
from intake.pages import PageImage
from ocr.pipeline import PageReader
from ocr.simulation.document import simulate_document
from ocr.simulation.files import save_scan

QUESTION = "How many pages a second are read, and what does a cold `blanki read` take?"

_PROJECT = Path(__file__).parents[1]


def run(arguments: Sequence[str]) -> Result:
    """Time a scanned declaration of a family of six: warm in one process, cold as a command."""
    parser = argparse.ArgumentParser(prog="speed", description=__doc__)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--dpi", type=int, default=200)
    chosen = parser.parse_args(arguments)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    document = simulate_document(
        "family_declaration", None, {"members": 6}, 1, chosen.seed, dpi=chosen.dpi
    )
    with tempfile.TemporaryDirectory() as folder:
        scan = Path(folder) / "scan.pdf"
        save_scan(document.scans, scan)
        reader = PageReader()
        list(reader.read_file(read_pages(scan)))  # blanks are drawn, networks loaded
        pages = len(document.sides)
        decode = _best(chosen.repeat, lambda: _decode(scan))
        whole = _best(chosen.repeat, lambda: list(reader.read_file(read_pages(scan))))
        cold, peak = _run_cold(scan, chosen.repeat)
    name = f"{pages} pages, {chosen.dpi} dpi grey"
    return Result(
        "Reading a declaration of a family of six on one core",
        ("what", "seconds", "pages/s"),
        (
            (f"decoding alone, warm ({name})", decode, pages / decode),
            ("decoding and reading, warm process", whole, pages / whole),
            ("reading without decoding", whole - decode, pages / (whole - decode)),
            ("`blanki read`, cold start included", cold, pages / cold),
        ),
        notes=(
            f"peak memory of the command and its decoder together: at most {peak:.0f} MB",
            f"the best of {chosen.repeat} runs each; level 1, pinned to one core",
        ),
        extra={"peak_mb": peak, "pages": pages},
    )


def _decode(scan: Path) -> list[PageImage]:
    return list(read_pages(scan))


def _best(repeat: int, work: Callable[[], object]) -> float:
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def _run_cold(scan: Path, repeat: int) -> tuple[float, float]:
    """Seconds of the command as a process of its own, and MB that it and its decoder hold."""
    command = [sys.executable, "-P", "-m", "benchmarks.peak", str(scan)]
    times, peaks = [], []
    for _ in range(repeat):
        start = time.perf_counter()
        ended = subprocess.run(
            command, cwd=_PROJECT, capture_output=True, text=True, check=False, env=_environment()
        )
        times.append(time.perf_counter() - start)
        peaks.append(float(ended.stderr.split()[-1]))
    return min(times), max(peaks)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(_PROJECT), "OMP_THREAD_LIMIT": "1"}
