"""Which benchmarks there are: the modules of this folder that state a QUESTION.

A benchmark is a module with

    QUESTION = "How many pages a second does one core read?"
    QUICK = False  # only where it takes more than a minute

    def run(arguments: Sequence[str]) -> Result: ...
"""

import ast
import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from benchmarks.result import Result


class Runnable(Protocol):
    """What the runner asks of a benchmark's module."""

    def run(self, arguments: Sequence[str]) -> Result:
        """Measures and answers the module's question."""
        ...


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark as its source states it."""

    name: str
    question: str
    quick: bool
    """Whether it runs where no benchmark is named."""


def find_benchmarks(folder: Path) -> dict[str, Benchmark]:
    """Lists a folder's benchmarks by name, without importing what they measure."""
    found = {}
    for path in sorted(folder.glob("*.py")):
        constants = _read_constants(path)
        if "QUESTION" in constants:
            quick = constants.get("QUICK", True) is True
            found[path.stem] = Benchmark(path.stem, str(constants["QUESTION"]), quick)
    return found


def _read_constants(path: Path) -> Mapping[str, object]:
    constants: dict[str, object] = {}
    for node in ast.parse(path.read_text(encoding="utf-8"), str(path)).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            constants |= {t.id: node.value.value for t in targets if isinstance(t, ast.Name)}
    return constants


def load_benchmark(name: str) -> Runnable:
    """Imports the module that measures."""
    return cast(Runnable, importlib.import_module(f"benchmarks.{name}"))
