"""Every edition: print, fill, scan, read, compare. What is taken without a look must be right."""

import pytest

from benchmarks.simulated import Compared, Job, compare_document
from form_templates import catalog
from form_templates.layout import lay_out
from form_templates.model import TemplateKey

PAPERS = [(key, level) for key in catalog.list_templates() for level in (0, 1, 2)]


@pytest.fixture(scope="module", params=PAPERS, ids=lambda p: f"{p[0]}-level{p[1]}")
def paper(request) -> tuple[TemplateKey, int]:
    return request.param


@pytest.fixture(scope="module")
def compared(paper) -> list[Compared]:
    key, level = paper
    return compare_document(Job(key.form, level, 40 + level, 0.15, edition=key.edition))


def test_no_wrong_value_is_taken_without_a_look(compared):
    """Of worn scans this is asked of marks; how digits fare there is a benchmark's question."""
    asked = [c for c in compared if c.level < 2 or c.truth.marks]
    silent = [c.truth for c in asked if c.silent_error]
    assert [(t.field, t.scenario) for t in silent] == []


def test_marks_that_are_plain_on_paper_are_read(compared):
    marks = [c for c in compared if c.truth.marks and c.truth.scenario == "plain"]
    right = sum(c.right for c in marks)
    assert right >= len(marks) - max(1, 0.05 * len(marks))


def test_nothing_that_the_law_calls_unclear_is_accepted(compared):
    unclear = [c for c in compared if c.truth.disposition == "new_declaration_required"]
    assert [c.truth.field for c in unclear if c.disposition == "accepted"] == []


def test_every_field_of_the_form_is_answered_for(paper, compared):
    key, _ = paper
    pages = lay_out(catalog.load(key.form, key.edition))
    fields = [field.id for page in pages for field in page.template.fields]
    assert sorted(c.truth.field for c in compared if c.seen is not None) == sorted(fields)
