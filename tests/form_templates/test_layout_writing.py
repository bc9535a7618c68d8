"""Running text, texts behind a code, boxes and rings, and page breaks."""

from itertools import pairwise

import pytest

from form_templates.drawing import Box, Line, Ring, Text
from form_templates.layout import lay_out
from form_templates.marks import BODY
from form_templates.model import CorrectionRule, Kind, Region, enclose
from form_templates.specification import Section
from form_templates.typeface import measure_mm
from tests.form_templates.drafts import WORD, ask, draft, draft_questions, write_behind

CHOICE = ask("A1", codes=("1", "2", "6"))
LONG = " ".join([WORD] * 60)


def fields_of(template):
    return {field.id: field for page in lay_out(template) for field in page.template.fields}


def texts_of(page):
    return [shape for shape in page.shapes if isinstance(shape, Text)]


def test_paragraphs_stand_between_the_heading_and_the_questions():
    section = Section("S", (CHOICE,), "law", paragraphs=2)
    wording = {"section.S": "heading", "text.S.1": "first", "text.S.2": "second", "field.A1": "ask"}
    (page,) = lay_out(draft(section, wording=wording))
    tops = {text.text: text.y_mm for text in texts_of(page)}
    assert tops["heading"] < tops["first"] < tops["second"] < tops["ask"]


def test_a_section_of_paragraphs_alone_is_printed():
    section = Section("S", (), "law", paragraphs=1)
    (page,) = lay_out(draft(section, wording={"text.S.1": "read this"}))
    assert "read this" in {text.text for text in texts_of(page)}
    assert page.template.fields == ()


def test_a_long_paragraph_is_broken_into_lines_within_the_body():
    (page,) = lay_out(draft(Section("S", (), "law", paragraphs=1), wording={"text.S.1": LONG}))
    lines = [text for text in texts_of(page) if text.text.startswith(f"{WORD} {WORD}")]
    assert len(lines) > 2
    assert " ".join(line.text for line in lines) == LONG


def test_a_text_behind_a_code_is_written_on_the_line_of_its_wording():
    template = draft_questions(CHOICE, write_behind(CHOICE, "6"), wording={"option.A1.6": "other"})
    fields = fields_of(template)
    written, option = fields["A1_other"].region, fields["A1"].options[2].region
    (page,) = lay_out(template)
    (wording,) = [text for text in texts_of(page) if text.text == "other"]
    assert written.x_mm > wording.x_mm
    assert written.y_mm < wording.y_mm < written.bottom_mm
    assert written.y_mm < option.y_mm + option.height_mm / 2 < written.bottom_mm
    assert written.width_mm >= 42 and written.height_mm >= 8
    assert written.right_mm <= BODY.right_mm


def test_the_writing_line_is_drawn_inside_its_region():
    template = draft_questions(CHOICE, write_behind(CHOICE, "6"))
    written = fields_of(template)["A1_other"].region
    (page,) = lay_out(template)
    lines = [s for s in page.shapes if isinstance(s, Line) and s.x1_mm == written.x_mm]
    (line,) = lines
    assert line.x2_mm == written.right_mm
    assert written.y_mm < line.y1_mm == line.y2_mm < written.bottom_mm


def test_a_text_behind_a_long_wording_is_written_below_it():
    wording = {"option.A1.6": LONG}
    template = draft_questions(CHOICE, write_behind(CHOICE, "6"), wording=wording)
    written = fields_of(template)["A1_other"].region
    (page,) = lay_out(template)
    lines = [t for t in texts_of(page) if t.text.startswith(f"{WORD} {WORD}")]
    assert written.y_mm > max(line.y_mm for line in lines)
    assert written.x_mm == lines[0].x_mm


def test_two_codes_of_a_question_may_each_have_a_text():
    others = (write_behind(CHOICE, "2"), ask("A1_more", Kind.TEXT, write_at="6", required=False))
    fields = fields_of(draft_questions(CHOICE, *others))
    first, second = fields["A1_other"].region, fields["A1_more"].region
    assert not first.overlaps(second)
    assert first.y_mm < second.y_mm


def test_a_text_behind_a_code_shares_the_signatures_of_its_question():
    rule = CorrectionRule.DECLARATION
    choice = ask("A1", codes=("1", "6"), correction_rule=rule)
    other = ask("A1_other", Kind.TEXT, write_at="6", required=False, correction_rule=rule)
    fields = fields_of(draft_questions(choice, other))
    assert fields["A1"].correction_signatures
    assert fields["A1_other"].correction_signatures == fields["A1"].correction_signatures
    assert not any(
        place.overlaps(fields["A1_other"].region)
        for place in fields["A1"].correction_signatures.values()
    )


@pytest.mark.parametrize(("kind", "shape"), [(Kind.CHECK, Box), (Kind.BUBBLE, Ring)])
def test_a_box_or_ring_is_printed_in_place_of_the_code_with_its_wording_beside(kind, shape):
    template = draft_questions(ask("A1", kind), wording={"option.A1.2": "no"})
    (page,) = lay_out(template)
    option = page.template.fields[0].options[1]
    outlines = [s for s in page.shapes if isinstance(s, shape) and s.region == option.region]
    (wording,) = [text for text in texts_of(page) if text.text == "no"]
    assert len(outlines) == 1
    assert "2" not in {text.text for text in texts_of(page)}
    assert wording.x_mm > option.region.right_mm
    assert option.region.y_mm < wording.y_mm < option.region.bottom_mm + 1


@pytest.mark.parametrize("kind", [Kind.CHECK, Kind.BUBBLE])
def test_on_a_card_each_box_and_ring_has_its_code_beside_it(kind):
    question = ask("A1", kind, codes=("1", "20", "300"))
    table = Section("S", (question,), "law", group="rows", rows=2, continuation_rows=2)
    (page,) = lay_out(draft(table))
    for field in page.template.fields:
        for option in field.options:
            region = option.region
            beside = Region(region.x_mm - 7, region.y_mm, 6.9, region.height_mm)
            codes = [
                text.text
                for text in texts_of(page)
                if beside.x_mm <= text.x_mm <= beside.right_mm
                and beside.y_mm <= text.y_mm <= beside.bottom_mm
            ]
            assert codes == [option.code]


def test_a_question_is_never_split_between_pages():
    questions = [ask(f"A{n}", codes=tuple("12345678")) for n in range(1, 20)]
    pages = lay_out(draft_questions(*questions))
    assert len(pages) > 3
    for page in pages:
        for field in page.template.fields:
            assert len(field.options) == 8
        blocks = [enclose(o.region for o in f.options) for f in page.template.fields]
        assert all(BODY.y_mm <= b.y_mm and b.bottom_mm <= BODY.bottom_mm for b in blocks)
        assert all(above.bottom_mm <= below.y_mm for above, below in pairwise(blocks))


def test_a_heading_stays_with_what_it_heads():
    sections = [Section(f"S{n}", (ask(f"A{n}", codes=tuple("12345")),), "law") for n in range(12)]
    wording = {f"section.S{n}": f"heading{n}" for n in range(12)}
    for page in lay_out(draft(*sections, wording=wording)):
        headed = {t.text[7:] for t in texts_of(page) if t.text.startswith("heading")}
        assert headed == {field.id[1:] for field in page.template.fields}


@pytest.mark.parametrize("code", ["1", "12", "300", "WWW"])
def test_a_code_of_up_to_three_characters_has_white_around_it(code):
    (page,) = lay_out(draft_questions(ask("A1", codes=(code,))))
    region = page.template.fields[0].options[0].region
    (text,) = [text for text in texts_of(page) if text.text == code]
    width = measure_mm(code, text.size_pt, "Bold")
    assert text.x_mm - region.x_mm >= 1.2
    assert region.right_mm - text.x_mm - width >= 1.2
