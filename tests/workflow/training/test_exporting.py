"""Cells that people read, taken out of the store to train with."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from form_templates.model import Kind
from ocr.cells import DIGIT_CLASSES
from ocr.models.training.dataset import Cells
from ocr.models.training.operators import add_named_cells
from ocr.named_cells import read_named_cells
from tests.workflow.cases.papers import store_paper
from tests.workflow.reading.desk import Desk
from tests.workflow.reading.scans import fill_application, scan
from workflow.acts import Act
from workflow.reading.rows import find_specs, wrap_value
from workflow.store.models.decisions import FieldValue, Verdict
from workflow.store.models.paper import Version
from workflow.training.exporting import (
    CropsNotAllowed,
    Exported,
    TooFewDocuments,
    export_cells,
)

NUMBER = "applicant_personal_number"
SURNAME, FIRST_NAME = "applicant_surname", "applicant_first_name"
TRUTH = {key: str(fill_application().truth[key].value) for key in (NUMBER, SURNAME, FIRST_NAME)}


def read_one(desk: Desk) -> Version:
    (document,) = desk.read(scan(1))
    return document.versions[-1]


def store_one(desk: Desk) -> Version:
    """A version whose page nobody will look at."""
    with desk.store.write() as session:
        return store_paper(session, "application", desk.clock()).versions[-1]


def enter(
    desk: Desk,
    version: Version,
    field: str,
    text: str,
    user: str = "archivist",
    registered: dict[str, str] | None = None,
) -> None:
    """A person reads a field; what they enter is kept as the review keeps it."""
    with desk.store.write() as session:
        kept = session.get_one(Version, version.id)
        session.add(
            FieldValue(
                page_id=kept.pages[0].page_id,
                version_id=kept.id,
                field=field,
                verdict=Verdict.VALUE.value,
                value=wrap_value(text),
                entry=1,
                user_id=PEOPLE[user],
                entered_at=desk.clock(),
                registered=registered,
            )
        )


PEOPLE: dict[str, int] = {}


@pytest.fixture(autouse=True)
def know_people(people) -> None:
    PEOPLE.update({name: actor.user_id for name, actor in people.items() if actor.user_id})


def take_out(desk: Desk, folder: Path, fewest: int = 1, allowed: bool = True) -> Exported:
    settings = replace(desk.settings, training_crops=allowed)
    with desk.store.write() as session:
        act = Act(session, desk.archivist, desk.clock())
        return export_cells(act, settings, folder, np.random.default_rng(1), fewest=fewest)


def test_what_people_agree_about_is_learned_from_without_a_word_of_whose_it_is(
    desk: Desk, tmp_path: Path
) -> None:
    version = read_one(desk)
    for field, text in TRUTH.items():
        enter(desk, version, field, text)
    enter(desk, version, FIRST_NAME, TRUTH[FIRST_NAME][::-1], "operator")
    exported = take_out(desk, tmp_path / "cells")
    assert exported.cells == {"digits": 11, "letters": len(TRUTH[SURNAME])}
    assert (exported.documents, exported.left_out) == (1, 1)
    digits = read_named_cells(tmp_path / "cells" / "digits.npz")
    assert sorted(digits.characters) == sorted(TRUTH[NUMBER])
    assert "".join(digits.characters) != TRUTH[NUMBER]
    assert len(set(digits.parts)) == 1
    drawn = Cells(np.zeros((5, 40, 32), np.uint8), np.zeros(5, np.int64))
    learn, check = add_named_cells(drawn, drawn, tmp_path / "cells", "digits", DIGIT_CLASSES)
    assert max(len(learn), len(check)) > 5 == min(len(learn), len(check))
    notes = json.loads((tmp_path / "cells" / "cells.json").read_text())
    assert notes == {"documents": 1, "simulated": False, "cells": exported.cells}
    assert desk.trail()[-1] == "training:export"


def test_what_a_register_offered_is_not_learned_from(desk: Desk, tmp_path: Path) -> None:
    version = read_one(desk)
    enter(desk, version, SURNAME, TRUTH[SURNAME], registered={"register": "civil"})
    enter(desk, version, FIRST_NAME, TRUTH[FIRST_NAME])
    exported = take_out(desk, tmp_path / "cells")
    assert exported.cells == {"digits": 0, "letters": len(TRUTH[FIRST_NAME])}
    assert exported.left_out == 1


def test_handwriting_stays_in_the_store_unless_it_is_allowed_out(
    desk: Desk, tmp_path: Path
) -> None:
    enter(desk, store_one(desk), NUMBER, TRUTH[NUMBER])
    with pytest.raises(CropsNotAllowed, match="BLANKI_TRAINING_CROPS=1"):
        take_out(desk, tmp_path / "cells", allowed=False)
    assert not (tmp_path / "cells").exists()


def test_a_few_documents_stay_too_for_people_could_be_recognised(
    desk: Desk, tmp_path: Path
) -> None:
    enter(desk, store_one(desk), NUMBER, TRUTH[NUMBER])
    with pytest.raises(TooFewDocuments):
        take_out(desk, tmp_path / "cells", fewest=20)
    assert not (tmp_path / "cells").exists()
    assert "training:export" not in desk.trail()


def test_the_fields_of_the_test_are_written_in_cells() -> None:
    specs = find_specs(fill_application().key, 1, 1)
    assert (specs[NUMBER].kind, specs[SURNAME].kind) == (Kind.DIGITS, Kind.LETTERS)
