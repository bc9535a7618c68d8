import numpy as np
import pytest

from form_templates.model import CorrectionRule, FieldSpec, Kind, Signer
from ocr.readings import FieldState, MarkState, Reason
from ocr.simulation.answers import clash_text, invent_answer, invent_text
from ocr.simulation.desk import Sheet, find_room, list_places, seat_people
from ocr.simulation.fill import fill_field
from ocr.simulation.intents import FieldTruth, Intent
from ocr.simulation.scenarios import (
    SEVERITY,
    Scenario,
    find_scenario,
    fitting_scenarios,
    list_scenarios,
    worst_disposition,
)
from ocr.simulation.styles import Style
from tests.ocr.simulation.canvas import declaration_pages, place_for, white

TABLE = (
    "one circled, nothing crossed",
    "circled + X, exactly one other circled, signed",
    "the same, a signature missing",
    "X on a code never circled: another circled",
    "X on a code never circled: alone",
    "circled + X, nothing new circled",
    "an empty required field",
    "two circled in a one field, no X anywhere",
    "two survive after an X",
    "X touching two codes",
    "X over the new mark",
    "re-circled over an X",
    "scribble",
    "a many field: some crossed, signed",
    "a written answer crossed, rewritten, signed",
    "crossed, not rewritten",
    "digits overwritten",
    "part of a number changed",
    "two in a cell",
    "signatures at the answer but no X seen",
    "ink beside the answer outside the signature places",
    "the image does not allow a decision",
)
DISPOSITION_OF_ROW = {
    "the same, a signature missing": {"return_to_agent"},
    "X on a code never circled: alone": {"return_to_agent"},
    "circled + X, nothing new circled": {"return_to_agent"},
    "two circled in a one field, no X anywhere": {"return_to_agent"},
    "two survive after an X": {"new_declaration_required"},
    "X touching two codes": {"new_declaration_required"},
    "X over the new mark": {"new_declaration_required"},
    "re-circled over an X": {"new_declaration_required"},
    "scribble": {"new_declaration_required"},
    "crossed, not rewritten": {"return_to_agent"},
    "digits overwritten": {"new_declaration_required"},
    "part of a number changed": {"new_declaration_required"},
    "two in a cell": {"new_declaration_required"},
    "signatures at the answer but no X seen": {"needs_review"},
    "ink beside the answer outside the signature places": {"needs_review"},
    "the image does not allow a decision": {"rescan"},
}
CHANGED = [s for s in list_scenarios() if s.name != "plain"]
EACH = pytest.mark.parametrize("scenario", CHANGED, ids=lambda s: f"{s.kinds}-{s.name}")


def fill(
    field: FieldSpec, name: str, seed: int = 3, style: Style = Style.TRAINING
) -> tuple[np.ndarray, FieldTruth]:
    page = next(p for p in (*declaration_pages(), place_for(CHANGED[0])[0]) if field in p.fields)
    sheet = Sheet(white(210, 297, 4.0), 4.0, page)
    value = invent_answer(field, np.random.default_rng(seed))
    desk = seat_people(seed, style)
    truth = fill_field(sheet, desk, field, Intent(value, name), seed)
    return sheet.picture, truth


def field_of(identity: str) -> FieldSpec:
    return next(f for page in declaration_pages() for f in page.fields if f.id == identity)


def test_every_row_of_the_correction_table_has_a_scenario() -> None:
    assert {s.row for s in list_scenarios() if s.row} == set(TABLE)


@pytest.mark.parametrize("row", DISPOSITION_OF_ROW)
def test_a_row_of_the_table_has_one_disposition(row: str) -> None:
    found = {s.disposition for s in list_scenarios() if s.row == row}
    assert found == DISPOSITION_OF_ROW[row]


@pytest.mark.parametrize("style", Style)
@EACH
def test_a_scenario_is_drawn_otherwise_than_a_plain_answer(
    scenario: Scenario, style: Style
) -> None:
    page, field = place_for(scenario)
    pictures = []
    for name in ("plain", scenario.name):
        sheet = Sheet(white(210, 297, 4.0), 4.0, page)
        value = invent_answer(field, np.random.default_rng(3))
        fill_field(sheet, seat_people(3, style), field, Intent(value, name), 3)
        pictures.append(sheet.picture)
    assert (pictures[0] != pictures[1]).sum() > 8


@EACH
def test_what_a_scenario_says_fits_together(scenario: Scenario) -> None:
    page, field = place_for(scenario)
    sheet = Sheet(white(210, 297, 4.0), 4.0, page)
    value = invent_answer(field, np.random.default_rng(1))
    truth = fill_field(
        sheet, seat_people(1, Style.TRAINING), field, Intent(value, scenario.name), 1
    )
    states = set(truth.marks.values())
    assert (truth.state, truth.reason) == (scenario.state, scenario.reason)
    if truth.state in (FieldState.CORRECTED, FieldState.UNSIGNED) and truth.marks:
        assert MarkState.CROSSED_OUT in states
        assert truth.before is not None
    if truth.state is FieldState.CORRECTED:
        assert all(truth.signatures.values())
        assert truth.signatures
    if truth.reason is Reason.UNSIGNED_CORRECTION:
        assert not all(truth.signatures.values())
    if truth.disposition == "accepted":
        assert MarkState.UNCLEAR not in states


def test_a_corrected_code_is_another_than_the_crossed_one() -> None:
    for seed in range(20):
        _, truth = fill(field_of("A10"), "corrected", seed)
        assert truth.value != truth.before
        assert truth.marks[str(truth.value)] is MarkState.CIRCLED
        assert truth.marks[str(truth.before)] is MarkState.CROSSED_OUT


def test_signatures_are_told_as_they_were_given() -> None:
    _, truth = fill(field_of("A10"), "unsigned_by_agent")
    assert truth.signatures == {Signer.REPRESENTATIVE: True, Signer.AGENT: False}


def test_signing_leaves_ink_in_the_signature_places_alone() -> None:
    field = field_of("A10")
    signed, _ = fill(field, "corrected")
    unsigned, _ = fill(field, "unsigned")
    for place in (field.correction_signatures or {}).values():
        box = tuple(
            slice(round(a * 4), round(b * 4))
            for a, b in ((place.y_mm, place.bottom_mm), (place.x_mm, place.right_mm))
        )
        assert (signed[box] < 220).any()
        assert (unsigned[box] == 255).all()


def test_a_many_field_keeps_what_is_not_crossed() -> None:
    for seed in range(20):
        _, truth = fill(field_of("A7"), "many_crossed_signed", seed)
        assert isinstance(truth.value, tuple)
        assert isinstance(truth.before, tuple)
        assert set(truth.value) < set(truth.before)


def test_a_many_field_may_be_crossed_to_nothing_where_it_may_be_empty() -> None:
    _, truth = fill(field_of("members[1].B4"), "many_crossed_to_nothing")
    assert truth.value == ()
    with pytest.raises(ValueError, match="no scenario many_crossed_to_nothing fits"):
        find_scenario("many_crossed_to_nothing", field_of("A7"))


def test_a_rewritten_number_is_another_of_the_same_length() -> None:
    for seed in range(10):
        _, truth = fill(field_of("members[1].personal_number"), "rewritten", seed)
        assert truth.value != truth.before
        assert len(str(truth.value)) == len(str(truth.before)) == 11


def test_one_who_signs_alone_is_no_missing_representative() -> None:
    field = field_of("F1")
    assert field.correction_rule is CorrectionRule.AGENT_ALONE
    names = {scenario.name for scenario in fitting_scenarios(field)}
    assert "unsigned" in names
    assert "unsigned_by_agent" not in names


@pytest.mark.parametrize("name", ["rewritten", "no_such_thing"])
def test_a_scenario_that_does_not_fit_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="A10: no scenario"):
        find_scenario(name, field_of("A10"))


def test_the_worst_disposition_counts() -> None:
    assert worst_disposition({"accepted", "return_to_agent", "needs_review"}) == "return_to_agent"
    assert worst_disposition(set(SEVERITY)) == "rescan"
    assert worst_disposition(set()) == "accepted"


@pytest.mark.parametrize("seed", range(6))
def test_digits_written_over_others_can_be_told(seed: int) -> None:
    hidden = {"0": "", "8": "03695", "4": "1", "7": "1", "9": "3"}
    rng = np.random.default_rng(seed)
    below = clash_text("0123456789", 10, rng)
    for above, under in zip("0123456789", below, strict=True):
        assert under != above
        assert under not in hidden.get(above, "")


@pytest.mark.parametrize("page", declaration_pages()[:3], ids=lambda p: f"p{p.page}s{p.sheet}")
def test_every_written_answer_fits_its_cells(page: object) -> None:
    rng = np.random.default_rng(0)
    for field in page.fields:  # type: ignore[attr-defined]
        if field.kind in (Kind.DIGITS, Kind.LETTERS):
            text = invent_text(field, rng)
            assert 0 < len(text) <= len(field.cells)


def test_room_beside_an_answer_touches_nothing_that_is_meant_for_ink() -> None:
    field = field_of("A8")
    page = next(p for p in declaration_pages() if field in p.fields)
    room = find_room(Sheet(white(210, 297, 4.0), 4.0, page), field, 20.0, 6.0)
    assert not any(room.overlaps(place) for place in list_places(page))


def test_room_beside_an_answer_is_nearer_to_it_than_to_any_other() -> None:
    page = next(p for p in declaration_pages() if field_of("members[1].B3") in p.fields)
    field = field_of("members[1].B3")
    room = find_room(Sheet(white(210, 297, 4.0), 4.0, page), field, 16.0, 6.0)
    own = min(room.gap_to(place) for place in field.places)
    others = (place for other in page.fields if other != field for place in other.places)
    assert own <= min(room.gap_to(place) for place in others)
