"""Every citation of the law that the product writes down, with the places it stands at."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.guards.sources import find_product_files, name_in_project
from validation.rules.catalog import list_all_rules

CITATION = re.compile(
    r"(order-[0-9-]+|resolution-\d+|programme-overview|gurjaani-programme-2015"
    r"|zestaponi-policy|labour-code)(/[a-z][A-Za-z0-9().-]*)*"
)


def gather_citations() -> dict[str, set[str]]:
    """Citation -> the rules and files that make it."""
    found: dict[str, set[str]] = {}
    for place, law in _walk():
        found.setdefault(law, set()).add(place)
    return found


def find_in_table(table: object) -> Iterator[str]:
    """What stands under the key `law` anywhere in data: a citation, several, or one by name."""
    if isinstance(table, dict):
        for key, value in table.items():
            yield from _read_law(value) if key == "law" else find_in_table(value)
    elif isinstance(table, list):
        for part in table:
            yield from find_in_table(part)


def find_in_code(source: str) -> Iterator[str]:
    """Strings of a program that are a citation and nothing else."""
    for node in ast.walk(ast.parse(source)):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and CITATION.fullmatch(text):
            yield text


def _walk() -> Iterator[tuple[str, str]]:
    for rule in list_all_rules():
        yield from ((f"rule {rule.code}", law) for law in rule.laws.values())
    for path in find_product_files(".toml"):
        if not _is_example(path):
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            yield from ((name_in_project(path), law) for law in find_in_table(table))
    for path in find_product_files(".py"):
        source = path.read_text(encoding="utf-8")
        yield from ((name_in_project(path), law) for law in find_in_code(source))


def _read_law(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        parts = value.values() if isinstance(value, dict) else value
        yield from (part for part in parts if isinstance(part, str))


def _is_example(path: Path) -> bool:
    """Wordings call things `law` in a human language; the skeleton of a form cites no act."""
    named = path.name == "sample.toml" or path.name.endswith((".ka.toml", ".en.toml"))
    return named or "_skeleton" in path.parts
