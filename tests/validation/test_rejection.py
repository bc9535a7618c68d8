from dataclasses import replace

import pytest

from tests.law.known import AS_OF
from validation.disposition import Disposition, Severity
from validation.findings import Finding
from validation.registers import Register, RegisterAnswer
from validation.rejection import RejectionGround, name_ground
from validation.rules.catalog import list_rules
from workflow.letters.loading import load_letter

ANNEX = "order-02-150/annex-3"
FAULT = Finding(
    "waiver_explained", None, Severity.FAULT, f"{ANNEX}/art-2(3)", Disposition.REJECT, {}, False
)
ANSWER = RegisterAnswer(Register.CIVIL, "01001012345", (), AS_OF, "civil.csv")


@pytest.mark.parametrize(
    ("law", "ground"),
    [
        (f"{ANNEX}/art-2(3)", RejectionGround.INCOMPLETE),
        (f"{ANNEX}/art-3(1.1)", RejectionGround.INCOMPLETE),
        (f"{ANNEX}/art-3(1.2)", RejectionGround.MEMBER_ELSEWHERE),
        (f"{ANNEX}/art-3(1.3)", RejectionGround.DATA_CONFLICT),
        (f"{ANNEX}/art-3(1.4)", RejectionGround.OTHER),
        ("programme-overview/step-1", RejectionGround.OTHER),
    ],
)
def test_an_application_is_rejected_on_the_ground_that_the_article_names(
    law: str, ground: RejectionGround
) -> None:
    assert name_ground(replace(FAULT, law=law)) is ground


def test_what_rests_on_a_register_conflicts_with_other_databases() -> None:
    assert name_ground(replace(FAULT, evidence=(ANSWER,))) is RejectionGround.DATA_CONFLICT


def test_what_a_person_only_looks_at_rejects_nothing() -> None:
    assert name_ground(replace(FAULT, consequence=Disposition.NEEDS_REVIEW)) is None


def test_the_notice_of_a_rejection_has_a_sentence_for_each_ground() -> None:
    (grounds,) = (value for value in load_letter("notice_rejection").values if value.columns)
    assert tuple(RejectionGround) == grounds.columns[0].choices


def test_faults_of_the_paper_itself_name_no_ground_of_the_registry() -> None:
    """A rule of the application that needs nothing beside the paper rejects under 1.1."""
    own = [r for r in list_rules("application") if r.check.__module__.endswith(".application")]
    laws = {rule.laws["application"] for rule in own if rule.severity is Severity.FAULT}
    assert laws and not {law for law in laws if "art-3(1." in law and "1.1" not in law}
