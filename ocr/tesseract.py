"""The only door to Tesseract.

`textord_noise_rejrows=0` goes with every call: without it Tesseract silently
returns nothing for some clean Georgian lines. Settings leak between the API
objects of a process, so every object gets the same ones.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PIL import Image

from ocr.errors import LanguageMissing, TesseractMissing, TesseractStopped
from ocr.frame import Grey

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

GEORGIAN = ("script/Georgian",)
"""Georgian, Latin and digits in one line."""
MKHEDRULI = ("kat",)
"""Georgian and digits alone."""
LATIN = ("eng",)
"""Latin and digits alone."""
_SETTINGS = {"textord_noise_rejrows": "0"}
_LINE = 7
_BLOCK = 6
_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_USUAL_PX_PER_MM = 8.0
"""Of the canonical frame."""
_MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class OcrText:
    """What Tesseract makes of a picture."""

    text: str
    confidence: float
    """Mean over the words, 0 to 1; 0 where there is none."""


def read_line(
    picture: Grey, languages: Sequence[str] = GEORGIAN, px_per_mm: float = _USUAL_PX_PER_MM
) -> OcrText:
    """Read one typed line, in this process."""
    return _read(picture, languages, _LINE, px_per_mm)


def read_block(
    picture: Grey, languages: Sequence[str] = GEORGIAN, px_per_mm: float = _USUAL_PX_PER_MM
) -> OcrText:
    """Read a block of typed lines, in this process."""
    return _read(picture, languages, _BLOCK, px_per_mm)


def read_page_text(
    pixels: Grey, languages: Sequence[str] = ("kat",), timeout_seconds: float = 120.0
) -> str:
    """Read all text of a page, in a process of its own that can be stopped."""
    pytesseract = _import("pytesseract")
    # Several of them run five times slower without it (OpenMP threads that wait for each other).
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    settings = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
    names = _name_languages(languages)
    try:
        text = pytesseract.image_to_string(
            Image.fromarray(pixels), lang=names, config=settings, timeout=timeout_seconds
        )
    except pytesseract.TesseractNotFoundError as fault:
        raise TesseractMissing from fault
    except (pytesseract.TesseractError, RuntimeError) as fault:
        raise TesseractStopped(str(fault)[:200]) from fault
    return str(text).strip()


def _read(picture: Grey, languages: Sequence[str], mode: int, px_per_mm: float) -> OcrText:
    api = _open_api(_name_languages(languages))
    try:
        api.SetPageSegMode(mode)
        api.SetImage(Image.fromarray(picture))
        api.SetSourceResolution(round(px_per_mm * _MM_PER_INCH))
        text = api.GetUTF8Text().strip()
        words = api.AllWordConfidences() if text else ()
    except RuntimeError as fault:
        raise TesseractStopped(str(fault)[:200]) from fault
    finally:
        api.Clear()
    return OcrText(text, sum(words) / len(words) / 100 if words else 0.0)


@cache
def _open_api(languages: str) -> "PyTessBaseAPI":
    """One API object a language set; making one costs more than reading a field."""
    tesserocr = _import("tesserocr")
    try:
        api = tesserocr.PyTessBaseAPI(path=str(_find_own_tessdata()), lang=languages)
    except RuntimeError as fault:
        raise TesseractMissing(str(fault)[:200]) from fault
    for name, value in _SETTINGS.items():
        api.SetVariable(name, value)
    return api


def _name_languages(languages: Sequence[str]) -> str:
    """The languages as Tesseract names them; each checked, since it is loud only on stderr."""
    folder = _find_own_tessdata()
    for language in languages:
        if not (folder / f"{_name_language(folder, language)}.traineddata").is_file():
            raise LanguageMissing(f"Missing: {language}.")
    return "+".join(_name_language(folder, language) for language in languages)


def _name_language(folder: Path, language: str) -> str:
    """Debian keeps `script/Georgian` as plain `Georgian`."""
    plain = language.removeprefix("script/")
    return plain if (folder / f"{plain}.traineddata").is_file() else language


@cache
def _find_own_tessdata() -> Path:
    """TESSDATA_PREFIX, else where distributions put it."""
    given = os.environ.get("TESSDATA_PREFIX")
    places = [Path(given), Path(given) / "tessdata"] if given else []
    return find_tessdata([*places, *map(Path, _PLACES)])


def find_tessdata(places: Sequence[Path]) -> Path:
    """The first of these folders that holds language data; raises TesseractMissing."""
    for place in places:
        if any(place.glob("*.traineddata")):
            return place
    raise TesseractMissing


def _import(name: str) -> ModuleType:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as fault:
        raise TesseractMissing(f"No module {name}.") from fault
