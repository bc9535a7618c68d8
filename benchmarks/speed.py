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
from intake.decoding import Decoder
from intake.files import read_pages_with
from intake.limits import Limits
from ocr.pipeline import PageReader
from ocr.simulation.document import simulate_document
from ocr.simulation.files import save_scan

QUESTION = "How many pages a second are read, and what does a cold `blanki read` take?"

_PROJECT = Path(__file__).parents[1]
_BATCH = 5
"""Files that one decoder is started for; an evening's pile has more."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What one warm process spends on a file, in seconds of processor time."""

    pages: int
    decoding: float
    whole: float
    """Decoding and reading, a batch of files with one decoder."""
    alone: float
    """The same of a file that comes by itself: a decoder is started for it."""


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
            f"a decoder is started for each {_BATCH} files, or for each by itself, and counts",
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
        (
            "the same where each file has a decoder of its own",
            alone.alone,
            alone.pages / alone.alone,
        ),
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

    def decode(files: int) -> None:
        with Decoder(Limits()) as decoder:
            for _ in range(files):
                list(read_pages_with(decoder, scan))

    def read(files: int) -> int:
        with Decoder(Limits()) as decoder:
            for _ in range(files):
                pages = list(reader.read_file(read_pages_with(decoder, scan)))
        return len(pages)

    pages = read(1)  # blanks are drawn, networks loaded
    return Pace(
        pages,
        decoding=_best(repeat, lambda: decode(_BATCH)) / _BATCH,
        whole=_best(repeat, lambda: read(_BATCH)) / _BATCH,
        alone=_best(repeat, lambda: read(1)),
    )


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
