"""Where and on what code a benchmark ran: figures mean little without it."""

import os
import platform
import subprocess
from collections.abc import Mapping
from pathlib import Path


def describe_machine() -> Mapping[str, str | int]:
    """Names the processor, the cores this process may use, the system and the Python."""
    return {
        "cpu": read_cpu_model(Path("/proc/cpuinfo")),
        "cores": len(os.sched_getaffinity(0)),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def read_cpu_model(cpuinfo: Path) -> str:
    """Finds the processor's name, which some architectures do not state."""
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()


def describe_commit(project: Path) -> Mapping[str, str | bool | None]:
    """Names the commit and whether files differ from it; None where git cannot tell."""
    commit = _ask_git(project, "rev-parse", "HEAD")
    changes = _ask_git(project, "status", "--porcelain")
    return {"commit": commit, "changed": None if changes is None else bool(changes)}


def _ask_git(project: Path, *words: str) -> str | None:
    try:
        answer = subprocess.run(
            ["git", *words], cwd=project, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.strip()
