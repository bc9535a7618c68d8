import numpy as np
import pytest

from form_templates.layout import lay_out, list_pages
from form_templates.model import MARK_KINDS
from ocr.simulation.questionnaires import invent_dense_page, invent_questionnaire

SEEDS = range(12)


@pytest.mark.parametrize("invent", [invent_dense_page, invent_questionnaire])
def test_the_same_seed_invents_the_same_form(invent):
    assert invent(3) == invent(3)
    assert invent(3) != invent(4)


def test_a_dense_page_is_one_page_full_of_questions():
    for seed in SEEDS:
        (page,) = lay_out(invent_dense_page(seed))
        asked = [field for field in page.template.fields if field.kind in MARK_KINDS]
        assert len(asked) == len(page.template.fields) >= 25
        assert all(3 <= len(field.options) <= 6 for field in asked)


def test_dense_pages_have_room_for_no_further_card():
    heights = []
    for seed in SEEDS:
        (page,) = lay_out(invent_dense_page(seed))
        rows = {f.row: f.region.bottom_mm for f in page.template.fields}
        heights.append(max(rows.values()))
    assert np.mean(heights) > 215


def test_a_questionnaire_asks_with_and_without_wording():
    template = invent_questionnaire(1)
    assert len(list_pages(template)) >= 2
    assert [section.group for section in template.sections] == [None, "rows"]
