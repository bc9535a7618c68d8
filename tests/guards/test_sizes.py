import ast
from pathlib import Path

import pytest

from tests.guards.sources import find_product_files, name_in_project

LINES_OF_A_MODULE = 300
LINES_OF_A_FUNCTION = 40
MODULES = find_product_files(".py")
# A migration is written by a program, one statement after the other.
WRITTEN = [path for path in MODULES if path.parent.parent.name != "migrations"]


def find_long_functions(source: str) -> list[str]:
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    lengths = [(f.name, (f.end_lineno or f.lineno) - f.lineno + 1) for f in functions]
    return [f"{name}: {lines} lines" for name, lines in lengths if lines > LINES_OF_A_FUNCTION]


@pytest.mark.parametrize("path", MODULES, ids=name_in_project)
def test_a_module_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_OF_A_MODULE


@pytest.mark.parametrize("path", WRITTEN, ids=name_in_project)
def test_a_function_is_short(path: Path) -> None:
    assert find_long_functions(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("lines", [LINES_OF_A_FUNCTION, LINES_OF_A_FUNCTION + 1])
def test_a_function_is_measured_from_its_first_line_to_its_last(lines: int) -> None:
    source = "class A:\n    def f(self):\n" + "        x = 1\n" * (lines - 1)
    assert bool(find_long_functions(source)) is (lines > LINES_OF_A_FUNCTION)
