"""Names for what was drawn, so that nothing is taken for what would be drawn today."""

import hashlib
import pickle
from pathlib import Path

from ocr.simulation.letters import list_typefaces

_ROOT = Path(__file__).parents[3]
_DRAWN_BY = ("form_templates", "ocr")
"""Folders whose code and settings decide what is drawn, and how it is cut and prepared."""
_SUFFIXES = frozenset({".py", ".toml"})


def name_drawing(*parts: object) -> str:
    """Twelve hex digits that differ wherever something else would be drawn.

    Any change of the code that draws counts, whether it matters or not: to draw again
    takes minutes, and what is learned from old drawings nobody can repeat.

    Args:
        parts: what the drawing starts from: seeds, counts, writers with their fonts.
    """
    digest = hashlib.sha256(pickle.dumps((parts, list_typefaces())))
    for folder in _DRAWN_BY:
        for file in sorted((_ROOT / folder).rglob("*")):
            if file.suffix in _SUFFIXES:
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
