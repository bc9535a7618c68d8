"""What stands beside an answer in cells, or in its cells by mistake."""

from dataclasses import replace

import pytest

from form_templates import catalog
from form_templates.model import FieldSpec, Kind
from intake.pages import PageImage
from ocr.cell_answers import _has_ink_beside, _Rows
from ocr.cell_rows import RowReading
from ocr.corrections import CellRow
from ocr.frame import RegisteredPage
from ocr.inked_page import find_ink
from ocr.page_sizes import shrink_page
from ocr.pipeline import PageReader
from ocr.references import ReferenceShelf
from ocr.registration import register_page
from ocr.simulation.document import simulate_document
from ocr.strays import StrayInk
from ocr.written import WrittenState

REFERENCE = next(
    reference
    for page in range(1, 15)
    for reference in [ReferenceShelf().find(catalog.load("family_declaration"), page, 1)]
    if any(field.id == "members[1].C3_03" for field in reference.page.fields)
)
FIELDS = {field.id: field for field in REFERENCE.page.fields}
PAGE = register_page(REFERENCE.blank)
assert isinstance(PAGE, RegisteredPage)
INKED = find_ink(PAGE, REFERENCE, shrink_page(PAGE.grey))
CHANGED = FIELDS["members[1].C3_04"]


def rows(spec: FieldSpec, answer: WrittenState, anew: WrittenState = WrittenState.EMPTY) -> _Rows:
    answered, again = (
        RowReading(CellRow(state, "82" if state is WrittenState.READ else None), 0.9999, False)
        for state in (answer, anew)
    )
    return _Rows(spec, answered, again)


@pytest.mark.parametrize(
    ("name", "state", "beside"),
    [
        ("members[1].C3_03", WrittenState.READ, True),
        ("members[1].C3_05", WrittenState.READ, True),
        ("members[1].C3_03", WrittenState.EMPTY, False),
        ("members[1].C3_06", WrittenState.READ, False),
    ],
)
def test_what_stands_in_the_cells_above_a_changed_number_may_belong_to_it(name, state, beside):
    """Where people write the right figures above the wrong ones, a table has another answer."""
    seen = rows(FIELDS[name], state)
    assert _has_ink_beside(INKED, seen, StrayInk(), [CHANGED]) is beside
    assert not _has_ink_beside(INKED, seen, StrayInk(), [])


def test_a_row_that_looked_changed_is_guarded_as_one_that_is() -> None:
    """Two characters in a cell look like one that reaches over from the next."""
    seen = rows(CHANGED, WrittenState.READ)
    moved = replace(seen, answer=replace(seen.answer, doubtful=True, looked_changed=True))
    assert (seen.is_changed_elsewhere, moved.is_changed_elsewhere) == (False, True)
    assert not _has_ink_beside(INKED, seen, StrayInk(), [])
    assert _has_ink_beside(INKED, moved, StrayInk(), [])


@pytest.mark.parametrize(
    ("answer", "anew", "changed"),
    [
        (WrittenState.STRUCK, WrittenState.EMPTY, True),
        (WrittenState.OVERWRITTEN, WrittenState.EMPTY, True),
        (WrittenState.STRUCK, WrittenState.READ, False),
        (WrittenState.READ, WrittenState.EMPTY, False),
    ],
)
def test_an_answer_is_changed_elsewhere_if_its_own_cells_do_not_say_how(answer, anew, changed):
    assert rows(CHANGED, answer, anew).is_changed_elsewhere is changed


def test_a_crossed_answer_may_stand_anew_where_other_answers_are_nearer():
    around = StrayInk(around=frozenset({CHANGED.id}))
    assert _has_ink_beside(INKED, rows(CHANGED, WrittenState.STRUCK), around, [])
    assert not _has_ink_beside(INKED, rows(CHANGED, WrittenState.READ), around, [])


def test_what_else_an_answer_may_say_is_kept_beside_empty_correction_cells() -> None:
    document = simulate_document("family_declaration", None, {"members": 2}, 1, 3)
    pages = (image for image in document.scans[3:4])
    (page,) = (PageReader().read_page(PageImage("a", 0, s.picture, s.dpi)) for s in pages)
    doubted = [
        f
        for f in page.fields
        if f.spec.kind is Kind.LETTERS and f.spec.correction_cells and f.value
    ]
    assert any(field.candidates for field in doubted)
