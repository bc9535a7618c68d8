"""Three families of drawing, so that a reader is not measured on the strokes it learned."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

_FILE = Path(__file__).with_name("styles.toml")


class Style(StrEnum):
    """Which family of stroke models, pens and digit forms is drawn with."""

    TRAINING = "training"
    MEASURING = "measuring"
    GUARD = "guard"
    """Nobody tunes to it: only the last benchmark looks, and sees whether somebody has."""


@cache
def _load_styles() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def model_of(style: Style, movement: str) -> str:
    """The name of the stroke model that a style uses for a movement."""
    return str(_load_styles()[style][f"{movement}_model"])


def pens_of(style: Style) -> list[Mapping[str, Any]]:
    """The pens people of a style write with, with their ranges."""
    return list(_load_styles()[style]["pens"])


def draw_habits(style: Style, rng: np.random.Generator) -> dict[str, float]:
    """One person's habits, drawn from the ranges of a style."""
    return draw_ranges(_load_styles()[style]["hand"], rng)


def draw_ranges(ranges: Mapping[str, Any], rng: np.random.Generator) -> dict[str, float]:
    """One number of each [low, high] range; other entries are left out."""
    return {
        name: float(rng.uniform(*limits))
        for name, limits in ranges.items()
        if isinstance(limits, list) and all(isinstance(n, int | float) for n in limits)
    }
