"""Any values on any page of any edition: what is taken without a look is what was written."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.simulated import compare_readings, read_sides
from form_templates import catalog
from form_templates.model import TemplateKey
from ocr.simulation.document import Paper, prepare_paper, simulate_on
from tests.ocr.values import intents_of

LEVEL = 1
SEEDS = st.integers(0, 2**20)
MANY = settings(
    max_examples=15,
    phases=[Phase.generate],  # a smaller paper says no more, and each costs a second
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@cache
def paper_of(key: TemplateKey) -> Paper:
    return prepare_paper(catalog.load(key.form, key.edition))


@pytest.mark.parametrize("key", catalog.list_templates(), ids=str)
@MANY
@given(data=st.data(), seed=SEEDS)
def test_no_value_is_silently_misread(key: TemplateKey, data: st.DataObject, seed: int) -> None:
    whole = paper_of(key)
    side = data.draw(st.integers(0, len(whole.pages) - 1), label="page")
    paper = replace(whole, pages=(whole.pages[side],), blanks=(whole.blanks[side],))
    intents = data.draw(intents_of(paper.pages[0].fields), label="answers")
    document = simulate_on(paper, intents, LEVEL, seed)
    compared = compare_readings(document, read_sides(document, whole.template))
    wrong = [(c.truth.value, c.seen) for c in compared if c.silent_error]
    assert wrong == []
