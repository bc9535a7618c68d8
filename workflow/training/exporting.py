"""Takes cells with what people read in them out of the store, to train networks with."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from form_templates.known_forms import load_known
from form_templates.model import FieldSpec, Kind, TemplateKey
from intake.files import read_pages
from ocr.named_cells import PARTS, cut_named_cells, join_cells, lay_on_blank, write_named_cells
from ocr.references import ReferenceShelf
from workflow.acts import Act
from workflow.contents import ContentStore
from workflow.errors import WorkflowFault
from workflow.reading.rows import find_specs, unwrap_value
from workflow.settings import Settings
from workflow.store.documents import find_page
from workflow.store.models.decisions import Verdict
from workflow.store.models.paper import Page
from workflow.store.session import Session
from workflow.store.written_cells import EnteredRow, list_entered_rows

FEWEST_DOCUMENTS = 20
"""With fewer, names and numbers might be put together again from their cells."""
_KINDS = {Kind.DIGITS: "digits", Kind.LETTERS: "letters"}
"""Kind of a field -> name of the network, and of the file, that learns it."""

Answer = tuple[NDArray[np.uint8], str, int]


class CropsNotAllowed(WorkflowFault):
    """This installation does not allow handwriting to leave its store."""

    code = "crops_not_allowed"
    message = "Set BLANKI_TRAINING_CROPS=1 where the agency has agreed to it."


class TooFewDocuments(WorkflowFault):
    """So few documents that people could be recognised."""

    code = "too_few_documents"
    message = "Cells are taken out once people have read at least 20 documents."


@dataclass(frozen=True, slots=True)
class Exported:
    """What was taken out."""

    documents: int
    cells: dict[str, int]
    """Of each network."""
    left_out: int
    """Answers where ink and text do not stand in the same cells, that people read apart, or that
    a register offered them."""


def export_cells(
    act: Act,
    settings: Settings,
    folder: Path,
    rng: np.random.Generator,
    *,
    simulated: bool = False,
    fewest: int = FEWEST_DOCUMENTS,
) -> Exported:
    """Write all cells that people agree about into a folder, well mixed, with no word of whose.

    Raises CropsNotAllowed, TooFewDocuments.
    """
    if not settings.training_crops:
        raise CropsNotAllowed(str(folder))
    rows = list_entered_rows(act.session, simulated=simulated)
    documents = len({row.document_id for row in rows})
    if documents < fewest:
        raise TooFewDocuments(str(documents))
    answers: dict[str, list[Answer]] = {name: [] for name in _KINDS.values()}
    left_out = 0
    for kind, answer in _cut_answers(act.session, settings, rows):
        if answer is None:
            left_out += 1
        else:
            answers[_KINDS[kind]].append(answer)
    folder.mkdir(parents=True, exist_ok=True)
    cells = {name: join_cells(found, rng) for name, found in answers.items()}
    for name, joined in cells.items():
        write_named_cells(joined, folder / f"{name}.npz")
    exported = Exported(documents, {n: len(c) for n, c in cells.items()}, left_out)
    notes = {"documents": documents, "simulated": simulated, "cells": exported.cells}
    (folder / "cells.json").write_text(json.dumps(notes, indent=1) + "\n", "utf-8")
    act.record(
        "training:export", "training:cells", after={"documents": documents, **exported.cells}
    )
    return exported


def _cut_answers(
    session: Session, settings: Settings, rows: Sequence[EnteredRow]
) -> Iterator[tuple[Kind, Answer | None]]:
    """Every answer in cells that people entered; None where it cannot be learned from."""
    shelf = ReferenceShelf()
    for page_id, on_page in groupby(rows, key=lambda row: row.page_id):
        yield from _cut_page(settings, shelf, find_page(session, page_id), list(on_page))


def _cut_page(
    settings: Settings, shelf: ReferenceShelf, page: Page, rows: Sequence[EnteredRow]
) -> Iterator[tuple[Kind, Answer | None]]:
    assert page.form and page.edition and page.page and page.sheet
    key = TemplateKey(page.form, page.edition)
    specs = find_specs(key, page.page, page.sheet)
    fields = sorted({row.field for row in rows if specs[row.field].kind in _KINDS})
    pixels = _decode(settings, page) if fields else None
    if pixels is None:
        yield from ((specs[field].kind, None) for field in fields)
        return
    inked = lay_on_blank(pixels, shelf.find(load_known(key), page.page, page.sheet))
    for field in fields:
        own = [row for row in rows if row.field == field]
        text = _agree(own, specs[field])
        cut = cut_named_cells(inked, specs[field], text) if inked and text else None
        part = _find_part(own[0].document_id)
        yield specs[field].kind, (*cut, part) if cut else None


def _agree(rows: Sequence[EnteredRow], spec: FieldSpec) -> str | None:
    """What everybody who looked says that stands there; None where anybody says otherwise.

    Nor where a register offered it: nobody vouches that each letter is on the paper.
    """
    newest = {row.user_id: row for row in rows}
    said = {unwrap_value(row.value) for row in newest.values()}
    are_read = all(
        row.verdict == Verdict.VALUE and row.registered is None for row in newest.values()
    )
    text = said.pop() if len(said) == 1 and are_read else None
    return text if isinstance(text, str) and len(text) <= len(spec.cells) else None


def _find_part(document_id: int) -> int:
    """The same part for all pages of a document, and no hint of which it is."""
    return int.from_bytes(hashlib.sha256(f"cells {document_id}".encode()).digest()[:4]) % PARTS


def _decode(settings: Settings, page: Page) -> NDArray[np.uint8] | None:
    """The page as it was scanned."""
    path = ContentStore(settings.originals).path(page.file.sha256)
    for image in read_pages(path):
        if image.index == page.index:
            return image.pixels
    return None
