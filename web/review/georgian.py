"""The Georgian keyboard, for people whose keys write Latin letters."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from validation.toml_data import read_toml

_KEYS = Path(__file__).with_name("georgian_keys.toml")


@cache
def load_georgian_keys(file: Path = _KEYS) -> Mapping[str, str]:
    """Latin letter -> the Georgian letter on the same key."""
    return {latin: str(letter) for latin, letter in read_toml(file).items()}
