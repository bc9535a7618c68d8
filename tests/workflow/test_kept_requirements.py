"""What the catalogue of requirements says of the workflow is there."""

from pathlib import Path

import pytest

import workflow.letters
from form_templates.catalog import list_templates
from validation.coverage import Means, measure_coverage
from validation.parameters import load_law
from validation.requirements import load_requirements
from workflow.cases.states import Action
from workflow.jobs.queue import StepName

KEPT = {
    (keeping.means, keeping.name)
    for covered in measure_coverage(load_requirements(), (), load_law())
    for keeping in covered.kept_by
}
STEPS = {action.value for action in Action} | {step.value for step in StepName}


@pytest.mark.parametrize("name", sorted(n for m, n in KEPT if m is Means.STEP))
def test_each_step_that_keeps_a_requirement_exists(name: str) -> None:
    assert name in STEPS


@pytest.mark.parametrize("name", sorted(n for m, n in KEPT if m is Means.LETTER))
def test_each_letter_that_keeps_a_requirement_exists(name: str) -> None:
    assert (Path(workflow.letters.__file__).parent / name / "letter.toml").exists()


@pytest.mark.parametrize("name", sorted(n for m, n in KEPT if m is Means.FORM))
def test_each_form_that_keeps_a_requirement_exists(name: str) -> None:
    assert name in {key.form for key in list_templates()}
