"""Real scans of forms of others, with what stands on them.

They lie in a folder of their own, `$BLANKI_SCANS` or `../shared/scans` beside the project:
their licences are not the project's. The templates stand with the tests, without blanks.
"""

import csv
import json
import os
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from form_templates import catalog
from form_templates.specification import Template
from intake.files import read_files
from intake.pages import PageImage

_PROJECT = Path(__file__).parents[1]
FORMS = _PROJECT / "tests" / "ocr" / "placed_forms"
_PHOTOGRAPHS = FORMS / "photographs.toml"

Truth = Mapping[str, str | None]
"""Field -> the code or the characters on the paper; None where nothing stands."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One scanned page and what stands on it."""

    folder: str
    """Where it comes from: crossed-boxes, bubble-sheets, phone-photos."""
    form: str
    image: PageImage
    truth: Truth
    """Of the fields whose answer is known."""


def find_scans() -> Path | None:
    """The folder of scans; None where there is none."""
    folder = Path(os.environ.get("BLANKI_SCANS", _PROJECT.parent / "shared" / "scans"))
    return folder if folder.is_dir() else None


def compose_forms(scans: Path, root: Path) -> tuple[Template, ...]:
    """The templates of all these forms, put together with their blanks in another folder."""
    for form in FORMS.iterdir():
        if form.is_dir():
            shutil.copytree(form, root / form.name)
    shutil.copy(scans / "bubble-sheets" / "blank.pdf", root / "bubble_sheet" / "2020-01-01")
    shutil.copy(scans / "crossed-boxes" / "blank.pdf", root / "crossed_boxes" / "2010-01-01")
    return tuple(catalog.load(k.form, k.edition, root) for k in catalog.list_templates(root))


def list_sheets(scans: Path) -> Iterator[Sheet]:
    """Every scan with its truth."""
    yield from list_crossed_boxes(scans)
    yield from list_bubble_sheets(scans)
    yield from list_photographs(scans)


def list_crossed_boxes(scans: Path) -> Iterator[Sheet]:
    """Two pages of crossed boxes; what is written in Latin letters is for a person."""
    told = json.loads((scans / "crossed-boxes" / "truth.json").read_text(encoding="utf-8"))
    useful = {"not_useful": "1", "useful": "2"}
    trust = {"a_little": "2", "a_great_amount": "3", "unsure": "4"}
    yes = {"yes": "1", "no": "2"}
    first = {
        "A1_first": useful[told["A1.first"]],
        "A1_second": useful[told["A1.second"]],
        "B1_community": trust[told["B1.community"]],
        "B1_state": trust[told["B1.state_government"]],
        "B1_local": trust[told["B1.local_government"]],
        "B3": yes[told["B3"]],
        "B4": told["B4"],
    }
    second = {"C1": yes[told["C1"]], "C2": {"male": "1", "female": "2"}[told["C2"]]}
    images = _decode(scans / "crossed-boxes" / "filled.pdf")
    for image, truth in zip(images, (first, second), strict=True):
        yield Sheet("crossed-boxes", "crossed_boxes", image, truth)


_COLUMNS = (
    ("Last Name", "last_name", 12),
    ("First Name", "first_name", 6),
    ("Middle Name", "middle_name", 2),
    ("Student ID", "student", 10),
    ("Course ID", "course", 10),
)


def list_bubble_sheets(scans: Path) -> Iterator[Sheet]:
    """Sheets of bubbles: names and numbers by column, 75 questions of which 24 are answered."""
    folder = scans / "bubble-sheets"
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            truth = {f"Q{n}": row.get(f"Q{n}") or None for n in range(1, 76)}
            truth["test_form"] = row["Test Form Code"] or None
            for column, field, places in _COLUMNS:
                truth |= _spell(field, 1, row[column].ljust(places, "."))
            (image,) = _decode(folder / row["Source File"])
            yield Sheet("bubble-sheets", "bubble_sheet", image, truth)


def list_photographs(scans: Path) -> Iterator[Sheet]:
    """Photographs taken with a phone, labelled by eye."""
    told = tomllib.loads(_PHOTOGRAPHS.read_text(encoding="utf-8"))
    for name, answers in told.items():
        truth: dict[str, str | None] = {}
        for entry in answers["answers"]:
            written = "".join(entry["written"].split())
            truth |= _spell(entry["field"], entry["first"], written)
        (image,) = _decode(scans / "phone-photos" / name)
        yield Sheet("phone-photos", answers["form"], image, truth)


def _spell(field: str, first: int, written: str) -> dict[str, str | None]:
    """One field a character; a full stop is none."""
    return {
        f"{field}{n}": None if character == "." else character
        for n, character in enumerate(written, start=first)
    }


def _decode(file: Path) -> list[PageImage]:
    return list(read_files([os.fsencode(file)]))
