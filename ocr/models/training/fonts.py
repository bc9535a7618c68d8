"""Fonts that the training prints with: the project's own and the machine's; none is copied."""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from form_templates.typeface import FONTS

_FOLDERS = (FONTS, Path("/usr/share/fonts/truetype"), Path("/usr/share/fonts/opentype"))


HELD_OUT = (
    "BPG_Chveulebrivi", "BPG_Excelsior_Caps", "BPG_Glaho_GPL&GNU_2011", "BPG_Ingiri",
    "BPG_Nateli_Condenced", "BPG_Sans_Modern", "BPG_Serif_Modern", "NotoSerifGeorgian-Regular",
)  # fmt: skip
"""Fonts (beginnings of file names) that the network for letters never learns from."""


@cache
def find_fonts(characters: str) -> tuple[Path, ...]:
    """The fonts that have all the characters, in the order of their names."""
    found = []
    for folder in _FOLDERS:
        for path in sorted(folder.rglob("*.[to]tf")):
            if {ord(c) for c in characters} <= set(TTFont(path, lazy=True).getBestCmap()):
                found.append(path)
    return tuple(sorted(found, key=lambda path: path.name))


def split_fonts(characters: str) -> tuple[list[Path], list[Path]]:
    """Installed fonts with the characters: those to learn from, those to check with."""
    fonts = find_fonts(characters)
    kept = [font for font in fonts if font.name.startswith(HELD_OUT)]
    return [font for font in fonts if font not in kept], kept
