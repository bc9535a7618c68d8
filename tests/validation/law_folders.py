"""Folders of law for tests: the shipped one with a few files written anew."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from validation.parameters import LAW, Law, load_law

DAYS_OF_REST = "calendar/rest_days"
DAYS_WORKED = "calendar/worked_days"


def write_law(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files of law by their names: `ages/majority`."""
    for name, text in files.items():
        file = folder / f"{name}.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def copy_law(folder: Path, files: Mapping[str, str]) -> Law:
    """Load the shipped law with other contents of some files."""
    root = folder / "law"
    shutil.copytree(LAW, root)
    return load_law(write_law(root, files))


def choose(folder: Path, choices: Mapping[str, str]) -> Law:
    """Load the shipped law with other choices of some settings, on every day."""
    texts = {f"settings/{name}": _choose(name, option) for name, option in choices.items()}
    return copy_law(folder, texts)


def _choose(setting: str, option: str) -> str:
    text = (LAW / "settings" / f"{setting}.toml").read_text(encoding="utf-8")
    return re.sub('(?m)^choice = ".*"$', f'choice = "{option}"', text)
