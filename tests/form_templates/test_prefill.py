"""Values that are known before the visit stand in their boxes, rings and lines."""

import pytest

from form_templates.layout import lay_out
from form_templates.model import Kind
from form_templates.printing import print_form, render_pages
from tests.form_templates.drafts import LETTER, WORD, ask, draft_questions, write_behind

CHECK = ask("A1", Kind.CHECK)
TEXT = ask("A4", Kind.TEXT, lines=3)
TEMPLATE = draft_questions(CHECK, write_behind(CHECK, "2"), ask("A2", Kind.BUBBLE), ask("A3"), TEXT)
PX = 8


def find_changes(**values: str) -> tuple[dict[str, float], int]:
    """Share of each place that the values darken, and px that they darken elsewhere."""
    pictures = [
        next(render_pages(TEMPLATE, [(1, 1)], px_per_mm=PX, values=given)).astype(int)
        for given in ({}, values)
    ]
    changed = pictures[0] - pictures[1] > 60
    places = {}
    (page,) = lay_out(TEMPLATE)
    for field in page.template.fields:
        for code, region in [(o.code, o.region) for o in field.options] or [("", field.region)]:
            rows = slice(int(region.y_mm * PX), int(region.bottom_mm * PX) + 1)
            columns = slice(int(region.x_mm * PX), int(region.right_mm * PX) + 1)
            places[field.id + code] = float(changed[rows, columns].mean())
            changed[rows, columns] = False
    return {name: share for name, share in places.items() if share}, int(changed.sum())


@pytest.mark.parametrize(
    ("field", "code", "least", "most"),
    [("A1", "1", 0.08, 0.4), ("A2", "2", 0.5, 0.8), ("A3", "1", 0.05, 0.3)],
)
def test_a_known_answer_is_printed_in_the_manner_of_its_kind(field, code, least, most):
    places, elsewhere = find_changes(**{field: code})
    assert places.keys() == {field + code}
    assert least < places[field + code] < most
    assert elsewhere == 0


@pytest.mark.parametrize("words", [1, 12, 24])
def test_a_known_text_stays_in_its_box_on_as_many_lines_as_it_needs(words):
    places, elsewhere = find_changes(A4=" ".join([WORD] * words))
    assert places.keys() == {"A4"}
    assert elsewhere == 0


def test_a_known_text_behind_a_code_stands_on_its_line():
    places, elsewhere = find_changes(A1_other=WORD)
    assert places.keys() == {"A1_other"}
    assert elsewhere == 0


@pytest.mark.parametrize("text", [" ".join([WORD] * 200), LETTER * 60])
def test_a_text_that_its_box_has_no_room_for_is_refused(text):
    with pytest.raises(ValueError, match="A4 has no room"):
        print_form(TEMPLATE, values={"A4": text})
