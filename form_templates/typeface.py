"""Widths of printed text, so that lines are broken before anything is drawn."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
FAMILIES = ("Noto Sans Georgian", "Noto Sans")
"""In the order the printer tries them: Georgian letters, then everything else."""
_MM_PER_PT = 25.4 / 72


@cache
def _advances(style: str) -> tuple[dict[int, float], ...]:
    """For each family: code point -> advance as a share of the font size."""
    tables = []
    for family in FAMILIES:
        font = TTFont(FONTS / f"{family.replace(' ', '')}-{style}.ttf", lazy=True)
        metrics, units = font["hmtx"], font["head"].unitsPerEm
        tables.append(
            {point: metrics[name][0] / units for point, name in font.getBestCmap().items()}
        )
    return tuple(tables)


def measure_mm(text: str, size_pt: float, style: str = "Regular") -> float:
    """The width of one line of text in mm; style is Regular or Bold.

    Raises ValueError for a character that no font has: it would be printed as nothing.
    """
    width = 0.0
    for character in text:
        advances = [t[ord(character)] for t in _advances(style) if ord(character) in t]
        if not advances:
            raise ValueError(f"no font has {character!r}, in {text!r}")
        width += advances[0]
    return width * size_pt * _MM_PER_PT


def wrap(text: str, width_mm: float, size_pt: float, style: str = "Regular") -> list[str]:
    """The text in lines no wider than `width_mm`, broken at spaces only."""
    return break_lines(text, lambda line: measure_mm(line, size_pt, style) <= width_mm)


def break_lines(text: str, fits: Callable[[str], bool]) -> list[str]:
    """The text in lines as long as they fit, broken at spaces only."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and fits(longer):
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
