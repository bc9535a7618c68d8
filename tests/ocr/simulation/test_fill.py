import numpy as np
import pytest

from form_templates.marks import CODE_REGIONS, MARKERS
from form_templates.model import MARK_KINDS, PRESENCE_KINDS
from ocr.readings import FieldState, MarkState
from ocr.simulation.answers import invent_answers
from ocr.simulation.desk import list_places
from ocr.simulation.digits import DigitImages
from ocr.simulation.document import apply_scenarios, draw_scenarios, invent_intents
from ocr.simulation.fill import FilledPages, fill_pages
from ocr.simulation.imprints import NOTE_REGION, read_words
from ocr.simulation.intents import Intent, Medium
from ocr.simulation.scenarios import find_scenario
from ocr.simulation.styles import Style
from tests.ocr.simulation.canvas import application_paper, declaration_pages, declaration_paper


def fill_declaration(seed: int, style: Style = Style.TRAINING, **scenarios: str) -> FilledPages:
    paper = declaration_paper()
    intents = apply_scenarios(paper.pages, invent_intents(paper, 1), scenarios)
    return fill_pages(paper.blanks, paper.pages, intents, seed, style)


def test_the_same_seed_fills_the_same_pages() -> None:
    one, two = fill_declaration(1), fill_declaration(1)
    assert [p.tobytes() for p in one.pictures] == [p.tobytes() for p in two.pictures]
    assert one.truth == two.truth


@pytest.mark.parametrize(("seed", "style"), [(2, Style.TRAINING), (1, Style.MEASURING)])
def test_another_seed_or_style_fills_other_pages(seed: int, style: Style) -> None:
    one, two = fill_declaration(1), fill_declaration(seed, style)
    assert all(a.tobytes() != b.tobytes() for a, b in zip(one.pictures, two.pictures, strict=True))


def test_the_truth_tells_of_every_field_and_every_code() -> None:
    filled = fill_declaration(1)
    for page in declaration_paper().pages:
        for field in page.fields:
            truth = filled.truth[field.id]
            assert (truth.page, truth.sheet) == (page.page, page.sheet)
            assert set(truth.marks) == {option.code for option in field.options}
            circled = {c for c, s in truth.marks.items() if s is MarkState.CIRCLED}
            if field.kind in MARK_KINDS:
                value = truth.value if isinstance(truth.value, tuple) else (truth.value,)
                assert circled == {code for code in value if code is not None}


def test_an_untouched_field_is_empty() -> None:
    paper = declaration_paper()
    filled = fill_pages(paper.blanks, paper.pages, {}, 1)
    for page in paper.pages:
        for field in page.fields:
            truth = filled.truth[field.id]
            assert truth.state is FieldState.EMPTY
            assert truth.value is (False if field.kind in PRESENCE_KINDS else None)
            is_fault = field.required and field.row is None
            assert truth.disposition == ("return_to_agent" if is_fault else "accepted")


def test_a_required_answer_is_missed_in_a_row_that_is_used() -> None:
    paper = declaration_paper()
    intents = {"members[2].surname": Intent("\u10d0\u10d0")}
    truth = fill_pages(paper.blanks, paper.pages, intents, 1).truth
    assert truth["members[2].personal_number"].disposition == "return_to_agent"
    assert truth["members[3].personal_number"].disposition == "accepted"


def test_a_scenario_leaves_other_fields_as_they_were() -> None:
    plain, changed = fill_declaration(1), fill_declaration(1, A10="two_circled")
    pages = declaration_paper().pages
    number = next(n for n, p in enumerate(pages) if any(f.id == "A10" for f in p.fields))
    for n, (a, b) in enumerate(zip(plain.pictures, changed.pictures, strict=True)):
        assert (a.tobytes() == b.tobytes()) is (n != number)


def test_every_page_says_in_its_margin_that_it_is_simulated() -> None:
    paper = declaration_paper()
    filled = fill_pages(paper.blanks, paper.pages, {}, 1)
    scale = paper.px_per_mm
    rows = slice(round(NOTE_REGION.y_mm * scale), round(NOTE_REGION.bottom_mm * scale))
    columns = slice(round(NOTE_REGION.x_mm * scale), round(NOTE_REGION.right_mm * scale) + 2)
    for blank, picture in zip(paper.blanks, filled.pictures, strict=True):
        changed = blank != picture
        assert changed[rows, columns].any()
        changed[rows, columns] = False
        assert not changed.any()


def test_the_note_stands_where_nothing_else_does() -> None:
    taken = [*MARKERS.values(), *CODE_REGIONS]
    taken += [place for page in declaration_pages() for place in list_places(page)]
    assert not any(NOTE_REGION.overlaps(place) for place in taken)


def test_the_words_say_simulated_in_both_languages() -> None:
    for text in (read_words()["margin"], read_words()["title"], read_words()["stamp"]):
        assert "SIMULATED" in text
        assert "\u10e1\u10d8\u10db\u10e3\u10da\u10d0\u10ea\u10d8\u10d0" in text


def test_a_stamp_and_signatures_leave_ink_in_their_boxes() -> None:
    paper = declaration_paper()
    filled = fill_declaration(1)
    scale = paper.px_per_mm
    for page, blank, picture in zip(paper.pages, paper.blanks, filled.pictures, strict=True):
        for field in page.fields:
            if field.kind in PRESENCE_KINDS:
                r = field.region
                box = (
                    slice(round(r.y_mm * scale), round(r.bottom_mm * scale)),
                    slice(round(r.x_mm * scale), round(r.right_mm * scale)),
                )
                assert (blank[box].astype(int) - picture[box] > 60).sum() > 15, field.id


def test_answers_known_before_are_printed() -> None:
    paper = declaration_paper()
    printed = {"filling_date": Intent("01022020", medium=Medium.PRINT)}
    penned = {"filling_date": Intent("01022020")}
    one = fill_pages(paper.blanks, paper.pages, printed, 1)
    two = fill_pages(paper.blanks, paper.pages, printed, 2)
    three = fill_pages(paper.blanks, paper.pages, penned, 1)
    assert one.truth["filling_date"].value == "01022020"
    assert [p.tobytes() for p in one.pictures] == [p.tobytes() for p in two.pictures]
    assert [p.tobytes() for p in one.pictures] != [p.tobytes() for p in three.pictures]


def test_digits_given_by_the_caller_are_written() -> None:
    paper = application_paper()
    bar = np.zeros((1, 28, 28), np.uint8)
    bar[:, 10:18, 4:24] = 255
    images: DigitImages = {digit: bar for digit in "0123456789"}
    intents = {"application_date": Intent("01022020")}
    strokes = fill_pages(paper.blanks, paper.pages, intents, 1)
    lent = fill_pages(paper.blanks, paper.pages, intents, 1, digit_images=images)
    assert strokes.truth == lent.truth
    assert any((a != b).any() for a, b in zip(strokes.pictures, lent.pictures, strict=True))


def test_any_form_can_be_filled_densely() -> None:
    paper = application_paper()
    intents = invent_answers(paper.pages, np.random.default_rng(0))
    filled = fill_pages(paper.blanks, paper.pages, intents, 0)
    assert all(truth.state is FieldState.READ for truth in filled.truth.values())


def test_drawn_scenarios_fit_and_share_no_signature_places() -> None:
    pages = declaration_pages()
    chosen = draw_scenarios(pages, np.random.default_rng(0), 0.8)
    fields = {field.id: (page, field) for page in pages for field in page.fields}
    claimed: list[object] = []
    for key, name in chosen.items():
        page, field = fields[key]
        find_scenario(name, field)
        places = (field.correction_signatures or {}).values()
        claimed += [(page.page, page.sheet, place) for place in places]
    assert len(chosen) > 20
    assert len(claimed) == len(set(claimed))


def test_a_scenario_for_no_field_is_refused() -> None:
    with pytest.raises(ValueError, match="no field A99"):
        apply_scenarios(declaration_pages(), {}, {"A99": "corrected"})
