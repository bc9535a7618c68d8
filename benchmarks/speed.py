"""What reading costs: pages a second beside the floor of decoding, cold start, memory."""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import cv2

from benchmarks.result import Cell, Result
from intake.files import read_pages
from ocr.pipeline import PageReader
from ocr.simulation.document import simulate_document
from ocr.simulation.files import save_scan

QUESTION = "How many pages a second are read, and what does a cold `blanki read` take?"

_PROJECT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Pace:
    """What one warm process spends on a file, in seconds of processor time."""

    pages: int
    decoding: float
    whole: float
    """Decoding and reading."""


def run(arguments: Sequence[str]) -> Result:
    """Time a scanned declaration of a family of six: warm in one process, cold as a command."""
    parser = argparse.ArgumentParser(prog="speed", description=__doc__)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--dpi", type=int, default=200)
    chosen = parser.parse_args(arguments)
    document = simulate_document(
        "family_declaration", None, {"members": 6}, 1, chosen.seed, dpi=chosen.dpi
    )
    with tempfile.TemporaryDirectory() as folder:
        scan = Path(folder) / "scan.pdf"
        save_scan(document.scans, scan)
        (alone,) = measure_pace(scan, 1, chosen.repeat)
        both = measure_pace(scan, 2, chosen.repeat)
        cold, peak = measure_cold(scan, chosen.repeat)
    return Result(
        "Reading a declaration of a family of six on one core",
        ("what", "processor seconds", "pages/s"),
        _list_rows(alone, both, cold, f"{alone.pages} pages, {chosen.dpi} dpi grey"),
        notes=(
            f"peak memory of the command and its decoder together: at most {peak:.0f} MB",
            f"the best of {chosen.repeat} runs each; level 1; processor time of the process and"
            " its decoder, one thread, so that what else the machine does counts little",
        ),
        extra={"peak_mb": peak, "pages": alone.pages},
    )


def _list_rows(
    alone: Pace, both: Sequence[Pace], cold: float, name: str
) -> tuple[tuple[Cell, ...], ...]:
    reading, slower = alone.whole - alone.decoding, max(pace.whole for pace in both)
    together = sum(pace.pages / pace.whole for pace in both)
    return (
        (f"decoding alone, warm ({name})", alone.decoding, alone.pages / alone.decoding),
        ("decoding and reading, warm process", alone.whole, alone.pages / alone.whole),
        ("reading without decoding", reading, alone.pages / reading),
        ("two processes at once, each the whole file", slower, together),
        ("`blanki read`, cold start included", cold, alone.pages / cold),
    )


def measure_pace(scan: Path, processes: int, repeat: int) -> list[Pace]:
    """What each of so many warm processes spends on a file while the others do the same."""
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        return list(pool.map(_measure_warm, [scan] * processes, [repeat] * processes))


def _measure_warm(scan: Path, repeat: int) -> Pace:
    cv2.setNumThreads(1)
    reader = PageReader()
    pages = len(list(reader.read_file(read_pages(scan))))  # blanks are drawn, networks loaded
    decoding = _best(repeat, lambda: list(read_pages(scan)))
    whole = _best(repeat, lambda: list(reader.read_file(read_pages(scan))))
    return Pace(pages, decoding, whole)


def _best(repeat: int, work: Callable[[], object]) -> float:
    spent = []
    for _ in range(repeat):
        start = _count_seconds()
        work()
        spent.append(_count_seconds() - start)
    return min(spent)


def _count_seconds() -> float:
    """Processor time of this process and of all its children that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def measure_cold(scan: Path, repeat: int) -> tuple[float, float]:
    """Seconds of `blanki read` as a process of its own, and MB that it and its decoder hold."""
    command = [sys.executable, "-P", "-m", "benchmarks.peak", str(scan)]
    spent, peaks = [], []
    for _ in range(repeat):
        start = _count_seconds()
        ended = subprocess.run(
            command, cwd=_PROJECT, capture_output=True, text=True, check=False, env=_environment()
        )
        spent.append(_count_seconds() - start)
        peaks.append(float(ended.stderr.split()[-1]))
    return min(spent), max(peaks)


def _environment() -> dict[str, str]:
    one_thread = {"OMP_THREAD_LIMIT": "1", "OPENCV_FOR_THREADS_NUM": "1"}
    return {**os.environ, "PYTHONPATH": str(_PROJECT), **one_thread}
