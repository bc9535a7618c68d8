"""Which files the guards look at."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[2]
MADE_BY_TOOLS = {".git", ".venv", "__pycache__", "build", "var", "out"}
KEPT_DOT_NAMES = {".ci", ".editorconfig", ".gitignore", ".pre-commit-config.yaml"}


def list_packages() -> tuple[str, ...]:
    """Names the product's packages, as the import contract does."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    return tuple(settings["tool"]["importlinter"]["root_packages"])


def find_product_files(*suffixes: str) -> list[Path]:
    """Finds the product's files of the given kinds."""
    paths = (path for package in list_packages() for path in (PROJECT / package).rglob("*"))
    return sorted(path for path in paths if path.suffix in suffixes)


def find_project_files(folder: Path = PROJECT) -> Iterator[Path]:
    """Finds every file that a person wrote or a tool made to be kept."""
    for path in sorted(folder.iterdir()):
        if path.name in MADE_BY_TOOLS or path.name.endswith(".egg-info"):
            continue
        if path.name.startswith(".") and path.name not in KEPT_DOT_NAMES:
            continue
        if path.is_dir():
            yield from find_project_files(path)
        else:
            yield path


def name_in_project(path: Path) -> str:
    """Names a file as a reader of the project would."""
    return path.relative_to(PROJECT).as_posix()
