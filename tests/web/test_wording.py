import importlib
import pkgutil
from enum import StrEnum

import pytest

import intake.errors as intake
import ocr.errors as ocr
import workflow
from intake.errors import FaultCode
from ocr.readings import PageStatus
from validation.disposition import Disposition, Severity
from web.fault_wording import FAULTS
from web.file_wording import FILE_FAULTS, word_page_fault, word_trouble
from web.wording import WORDS, label
from workflow.jobs.queue import WORKER_LOST, StepName
from workflow.store.models.decisions import Verdict
from workflow.store.models.families import CaseState
from workflow.store.models.paper import DocumentState, Source
from workflow.store.models.people import RoleName
from workflow.store.models.work import StepState

ENUMS: dict[str, type[StrEnum]] = {
    "role": RoleName,
    "source": Source,
    "document": DocumentState,
    "case": CaseState,
    "page": PageStatus,
    "verdict": Verdict,
    "severity": Severity,
    "disposition": Disposition,
    "step": StepName,
    "step_state": StepState,
}
AT_WORK = ("errors", "reception", "reading", "cases", "rating", "assignment", "printing")
"""Parts of the workflow whose faults people meet; the others' stop the program from starting."""
FAMILIES = {"workflow_fault", "ocr_fault", "template_fault"}
"""Names of all faults of a package together; none is raised as such."""


def list_fault_codes() -> set[str]:
    inside = [f"workflow.{part}" for part in AT_WORK]
    modules = [
        module.name
        for module in pkgutil.walk_packages(workflow.__path__, "workflow.")
        if module.name.startswith(tuple(inside))
    ]
    found = [vars(importlib.import_module(name)) for name in modules]
    members = (member for module in [*found, vars(intake), vars(ocr)] for member in module.values())
    faults = (m for m in members if isinstance(m, type) and issubclass(m, Exception))
    return {fault.code for fault in faults if isinstance(getattr(fault, "code", None), str)}


@pytest.mark.parametrize("kind", ENUMS)
def test_every_code_that_people_see_has_words(kind: str) -> None:
    assert {code.value for code in ENUMS[kind]} <= {str(code) for code in WORDS[kind]}


def test_every_fault_that_a_step_or_a_page_can_meet_has_words_and_a_way_forward() -> None:
    assert list_fault_codes() - FAMILIES - set(FAULTS) == set()
    assert WORKER_LOST in FAULTS


def test_every_fault_of_a_file_has_words_and_a_way_forward() -> None:
    assert set(FaultCode) == set(FILE_FAULTS)


@pytest.mark.parametrize("code", ["inbox_read_only", "not_removed", "not_found", "disk_full"])
def test_what_stays_in_the_watched_folder_is_explained(code: str) -> None:
    assert word_trouble(code) is not word_trouble("something else")


@pytest.mark.parametrize("status", ["blank", "unidentified", "unreadable"])
def test_a_page_that_became_no_document_is_explained(status: str) -> None:
    assert word_page_fault(status, "") != status


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert label("document", "a state of tomorrow") == "a state of tomorrow"
