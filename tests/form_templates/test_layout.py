from itertools import combinations

import pytest

from form_templates import catalog
from form_templates.fitting import LayoutFault
from form_templates.layout import lay_out, lay_out_page, list_pages
from form_templates.limits import MOST_ROWS
from form_templates.marks import BODY, CODE_REGIONS, MARKERS
from form_templates.model import CELL_KINDS, FieldSpec, Kind, Region, Signer

FORMS = [catalog.load(key.form, key.edition) for key in catalog.list_templates()]
DECLARATION = catalog.load("family_declaration")


def _answer_regions(field: FieldSpec) -> list[Region]:
    """What a pen may touch of a field: cells, codes, boxes."""
    if field.options:
        return [option.region for option in field.options]
    return [*(field.cells or (field.region,)), *field.correction_cells]


@pytest.mark.parametrize("template", FORMS, ids=lambda t: str(t.key))
def test_no_two_places_to_answer_or_sign_overlap(template):
    for page in lay_out(template):
        places = [r for field in page.template.fields for r in _answer_regions(field)]
        signed = {
            r
            for field in page.template.fields
            for r in (field.correction_signatures or {}).values()
        }
        clashes = [
            (a, b)
            for a, b in combinations([*places, *signed, *page.template.free], 2)
            if a.grown(-0.01).overlaps(b.grown(-0.01))
        ]
        assert clashes == []


@pytest.mark.parametrize("template", FORMS, ids=lambda t: str(t.key))
def test_everything_to_fill_keeps_clear_of_markers_and_codes(template):
    reserved = [region.grown(1.0) for region in (*MARKERS.values(), *CODE_REGIONS)]
    for page in lay_out(template):
        for field in page.template.fields:
            for region in _answer_regions(field):
                assert not any(region.overlaps(r) for r in reserved), field.id
                assert region.x_mm >= BODY.x_mm - 0.01 and region.right_mm <= BODY.right_mm + 0.01


@pytest.mark.parametrize("template", FORMS, ids=lambda t: str(t.key))
def test_each_field_id_stands_once(template):
    ids = [field.id for page in lay_out(template) for field in page.template.fields]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("template", FORMS, ids=lambda t: str(t.key))
def test_every_question_of_the_form_is_on_paper(template):
    printed = {field.question for page in lay_out(template) for field in page.template.fields}
    assert printed >= {question.id for _, question in template.questions()}


def test_a_family_of_23_has_a_card_for_each_member_in_every_table():
    fields = [f for page in lay_out(DECLARATION, {"members": 23}) for f in page.template.fields]
    for question in ("personal_number", "B3", "C1", "C3_14"):
        rows = {f.row for f in fields if f.question == question}
        assert rows >= set(range(1, 24))


def test_rows_run_on_without_gap_from_page_to_continuation_sheet():
    pages = lay_out(DECLARATION, {"members": 23})
    rows = [f.row for p in pages for f in p.template.fields if f.question == "C3_01"]
    assert rows == list(range(1, len(rows) + 1))


def test_what_a_page_holds_does_not_depend_on_how_many_rows_were_printed():
    few = {(p.template.page, p.template.sheet): p for p in lay_out(DECLARATION, {"members": 1})}
    many = {(p.template.page, p.template.sheet): p for p in lay_out(DECLARATION, {"members": 23})}
    assert few.items() <= many.items()


def test_a_continuation_sheet_has_a_page_number_of_its_own():
    main = {page for page, sheet in list_pages(DECLARATION, {"members": 1})}
    more = {page for page, sheet in list_pages(DECLARATION, {"members": 23})} - main
    assert min(more) > max(main)


def test_both_sides_sign_at_a_corrected_answer_and_the_agent_alone_in_block_f():
    fields = {f.id: f for page in lay_out(DECLARATION) for f in page.template.fields}
    assert set(fields["A10"].correction_signatures) == {Signer.REPRESENTATIVE, Signer.AGENT}
    assert set(fields["F1"].correction_signatures) == {Signer.AGENT}
    assert set(fields["family_code"].correction_signatures) == {Signer.AGENT}


def test_pages_with_blocks_a_to_e_are_signed_at_the_foot_and_block_f_is_not():
    signed = {
        page.template.page
        for page in lay_out(DECLARATION)
        if any(f.question == "foot_signature" for f in page.template.fields)
    }
    with_f = {
        page.template.page
        for page in lay_out(DECLARATION)
        if any(f.id == "F1" for f in page.template.fields)
    }
    holding = {
        page.template.page
        for page in lay_out(DECLARATION)
        if any(f.id[:1] in "ABCDE" and f.id[1:2].isdigit() for f in page.template.fields)
    }
    assert holding <= signed
    assert not signed & with_f


def test_block_f_and_the_closing_stand_alone_on_a_page():
    (page,) = [
        p.template for p in lay_out(DECLARATION) if any(f.id == "F1" for f in p.template.fields)
    ]
    ids = {f.id for f in page.fields}
    assert {"F2", "F2_reasons", "filling_date", "agent_signature", "agent_stamp"} <= ids
    assert not any(i[:1] in "ABCDE" and i[1:2].isdigit() for i in ids)


def test_written_answers_with_a_rule_have_as_many_correction_cells_as_cells():
    for page in lay_out(DECLARATION):
        for field in page.template.fields:
            if field.kind in CELL_KINDS and field.signers():
                assert len(field.correction_cells) == len(field.cells), field.id


def test_codes_have_room_for_a_circle():
    for template in FORMS:
        for page in lay_out(template):
            for field in page.template.fields:
                if field.kind is Kind.CIRCLE:
                    assert all(
                        o.region.width_mm >= 9 and o.region.height_mm >= 8 for o in field.options
                    ), field.id


def test_an_application_asks_nobody_to_sign_at_corrections():
    fields = [f for p in lay_out(catalog.load("application")) for f in p.template.fields]
    assert not any(f.correction_signatures or f.correction_cells for f in fields)
    assert any(f.kind is Kind.SIGNATURE for f in fields)


@pytest.mark.parametrize("rows", [{"members": 0}, {"members": MOST_ROWS + 1}, {"cows": 2}])
def test_impossible_rows_are_refused(rows):
    with pytest.raises(LayoutFault):
        lay_out(DECLARATION, rows)


@pytest.mark.parametrize("number", [(0, 1), (1, 2), (99, 1), (15, 0)])
def test_a_page_that_the_form_does_not_have_is_refused(number):
    with pytest.raises(LayoutFault):
        lay_out_page(DECLARATION, *number)
