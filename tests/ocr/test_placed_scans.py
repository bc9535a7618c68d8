from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.scans import (
    Sheet,
    compose_forms,
    find_scans,
    list_bubble_sheets,
    list_crossed_boxes,
    list_photographs,
)
from ocr.placed.reading import PlacedReader
from ocr.readings import FieldReading, FieldState, MarkState


@pytest.fixture(scope="module")
def scans() -> Path:
    folder = find_scans()
    if folder is None:
        pytest.skip("the real scans are not at hand: set BLANKI_SCANS to their folder")
    return folder


@pytest.fixture(scope="module")
def reader(scans: Path, tmp_path_factory: pytest.TempPathFactory) -> PlacedReader:
    return PlacedReader(compose_forms(scans, tmp_path_factory.mktemp("forms")))


def read(reader: PlacedReader, sheet: Sheet) -> dict[str, FieldReading]:
    reading = reader.read(sheet.image)
    assert reading is not None and reading.key is not None
    assert reading.key.form == sheet.form
    return {field.id: field for field in reading.fields}


def list_errors(sheet: Sheet, fields: dict[str, FieldReading]) -> Iterator[tuple[str, object]]:
    for name, told in sheet.truth.items():
        if fields[name].value != told:
            yield name, fields[name].value


def test_every_crossed_box_is_read_as_it_stands(scans: Path, reader: PlacedReader) -> None:
    for sheet in list_crossed_boxes(scans):
        assert not list(list_errors(sheet, read(reader, sheet)))


def test_a_box_that_was_scribbled_out_is_taken_back(scans: Path, reader: PlacedReader) -> None:
    _, second = list_crossed_boxes(scans)
    language = read(reader, second)["C1"]
    states = {mark.code: mark.state for mark in language.marks}
    assert states == {"2": MarkState.CHECKED, "1": MarkState.CROSSED_OUT}
    assert (language.state, language.value) == (FieldState.CORRECTED, "2")
    assert language.review, "the paper names nobody who signs: a person confirms it"


def test_latin_handwriting_is_left_to_a_person(scans: Path, reader: PlacedReader) -> None:
    first, _ = list_crossed_boxes(scans)
    name = read(reader, first)["B2_surname"]
    assert (name.value, name.review) == (None, True)


def test_bubbles_are_read_and_hardly_any_is_sent_to_a_person(
    scans: Path, reader: PlacedReader
) -> None:
    for sheet in list(list_bubble_sheets(scans))[::4]:
        fields = read(reader, sheet)
        assert not list(list_errors(sheet, fields))
        assert sum(field.review for field in fields.values()) <= 1


def test_photographs_give_no_wrong_answer_that_nobody_looks_at(
    scans: Path, reader: PlacedReader
) -> None:
    for sheet in list_photographs(scans):
        if sheet.form == "exam_sheet":
            fields = read(reader, sheet)
            unseen = [n for n, _ in list_errors(sheet, fields) if not fields[n].review]
            assert not unseen
            assert sum(field.review for field in fields.values()) <= 20


def test_a_page_without_anchors_is_laid_straight_by_its_blank(scans: Path, tmp_path: Path) -> None:
    (bubbles,) = (f for f in compose_forms(scans, tmp_path) if f.key.form == "bubble_sheet")
    bare = replace(bubbles, pages=tuple(replace(page, anchors=()) for page in bubbles.pages))
    sheet = next(list_bubble_sheets(scans))
    assert not list(list_errors(sheet, read(PlacedReader([bare]), sheet)))


def test_a_form_whose_blank_is_missing_does_not_stop_the_others(
    scans: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    forms = compose_forms(scans, tmp_path)
    (blank,) = tmp_path.glob("bubble_sheet/*/blank.pdf")
    blank.unlink()
    _, sheet = list_crossed_boxes(scans)
    assert read(PlacedReader(forms), sheet)["C1"].value == sheet.truth["C1"]
    assert "bubble_sheet/2020-01-01, page 1, is not looked for" in caplog.text


def test_a_page_lies_in_its_own_millimetres(scans: Path, reader: PlacedReader) -> None:
    sheet = next(list_bubble_sheets(scans))
    spec = read(reader, sheet)["Q61"].spec
    assert spec.options[0].region.as_list() == [172.35, 182.96, 3.42, 3.42]
