"""What does not fit is refused, with the section and the question."""

from dataclasses import replace

import pytest

from form_templates import catalog
from form_templates.drawing import Text
from form_templates.fitting import LayoutFault
from form_templates.layout import lay_out
from form_templates.marks import CODE_REGIONS
from form_templates.misfits import find_misfits
from form_templates.model import Kind
from form_templates.printing import print_form
from form_templates.specification import CardStyle, Section
from form_templates.whole_form import lay_out_whole
from tests.form_templates.drafts import LETTER, WORD, ask, draft, draft_questions, write_behind

LONG = " ".join([WORD] * 60)
GIANT = LETTER * 150


def find_in(template):
    return [fault.key for fault in find_misfits(template, lay_out(template))]


@pytest.mark.parametrize("key", catalog.list_templates(), ids=str)
def test_nothing_of_a_shipped_form_is_lost_or_printed_over(key):
    template = catalog.load(key.form, key.edition)
    assert [str(f) for f in find_misfits(template, lay_out_whole(template))] == []


def test_a_word_wider_than_its_column_is_refused_with_its_question():
    choice = ask("A1", codes=("1", "2", "3", "4"), columns=4)
    template = draft_questions(choice, wording={"option.A1.1": LETTER * 40})
    assert set(find_in(template)) == {"S.A1"}
    with pytest.raises(LayoutFault) as caught:
        print_form(template)
    assert caught.value.key == "S.A1"
    assert LETTER * 40 in str(caught.value)


def test_a_word_wider_than_the_page_is_refused():
    assert find_in(draft_questions(ask("A1"), wording={"field.A1": GIANT})) == ["S.A1"]


def test_a_heading_that_is_cut_off_is_refused():
    assert find_in(draft_questions(ask("A1"), wording={"section.S": LONG})) == ["S"]


@pytest.mark.parametrize("key", ["title", "act"])
@pytest.mark.parametrize("words", [LONG, LETTER * 150])
def test_a_head_that_is_too_long_is_refused_once_with_its_wording(key, words):
    template = draft_questions(ask("A1"), ask("A2"), wording={key: words})
    (fault,) = find_misfits(template, lay_out_whole(template))
    assert fault.detail.startswith(f"labels.ka.toml: {key}: at most 2 lines of 134 mm fit")


def test_a_title_of_two_lines_and_an_act_of_two_fit():
    wording = {"title": " ".join([WORD] * 16), "act": " ".join([WORD] * 30)}
    assert find_in(draft_questions(ask("A1"), wording=wording)) == []


def test_a_line_that_runs_through_the_page_code_is_refused():
    template = draft_questions(ask("A1"))
    page = lay_out(template)[0]
    line = Text(CODE_REGIONS[0].x_mm - 5, CODE_REGIONS[0].y_mm + 5, LETTER * 20, 8)
    (fault,) = find_misfits(template, [replace(page, shapes=(*page.shapes, line))])
    assert "runs into a marker or the page code" in fault.detail


def test_a_word_that_is_too_long_is_told_with_the_file_and_key_of_its_wording():
    template = draft_questions(ask("A1"), wording={"field.A1": GIANT})
    (fault,) = find_misfits(template, lay_out(template))
    assert fault.detail.startswith("labels.ka.toml: field.A1: ")


def test_a_caption_that_is_cut_off_on_a_card_is_refused():
    table = Section(
        "S",
        (ask("A1", Kind.DIGITS, cells=(2,)), ask("A2")),
        "law",
        group="rows",
        rows=1,
        continuation_rows=1,
    )
    assert "S.A1" in find_in(draft(table, wording={"field.A1": LONG}))


def test_a_note_that_no_card_prints_is_refused():
    table = Section("S", (ask("A1"),), "law", group="rows", rows=1, continuation_rows=1)
    assert find_in(draft(table, wording={"note.A1": "mind"})) == ["S.A1"]


def test_an_answer_wider_than_the_page_is_refused():
    template = draft_questions(ask("A1", Kind.DIGITS, cells=(40,)))
    assert "S.A1" in find_in(template)


def test_a_paragraph_higher_than_a_page_is_refused():
    section = Section("S", (), "law", paragraphs=1)
    with pytest.raises(LayoutFault) as caught:
        lay_out(draft(section, wording={"text.S.1": " ".join([LONG] * 40)}))
    assert caught.value.key == "S"


def test_a_question_higher_than_a_page_is_refused():
    with pytest.raises(LayoutFault) as caught:
        lay_out(draft_questions(ask("A1", codes=tuple(str(n) for n in range(40)))))
    assert caught.value.key == "S"


def test_a_table_higher_than_its_page_is_refused():
    table = Section("S", (ask("A1"),), "law", group="rows", rows=30, continuation_rows=1)
    with pytest.raises(LayoutFault):
        lay_out(draft(table))


def test_nothing_is_written_behind_the_codes_of_a_card():
    choice = ask("A1")
    questions = (choice, write_behind(choice, "2"))
    table = Section("S", questions, "law", group="rows", rows=1, continuation_rows=1)
    with pytest.raises(LayoutFault) as caught:
        lay_out(draft(table))
    assert caught.value.key == "S.A1_other"


def test_a_card_in_lines_holds_cells_only():
    table = Section(
        "S", (ask("A1"),), "law", group="rows", rows=1, continuation_rows=1, card=CardStyle.LINES
    )
    with pytest.raises(LayoutFault) as caught:
        lay_out(draft(table))
    assert caught.value.key == "S.A1"
