"""The cover of a form IV-100/a: whether its diagnoses prove the need of medication.

The declaration has no place for diagnoses; the cover of the attached form has. What the
cover shows for sure is decided here, so that a person looks at the others alone.
"""

from collections.abc import Iterator, Mapping

from validation.diagnoses import Judgement, Verdict, judge_diagnoses, write_code
from validation.disposition import Severity
from validation.findings import Parameter
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_COVER = ("attachment_cover",)
_TABLE = "diagnoses"
_UNCODED = ("diagnoses/without_code", "diagnoses/heart_interventions")
"""What counts and has no printed code: whoever reads the form looks for it by its name."""
_CLASSES: Mapping[str, tuple[str, ...]] = {
    "functional_classes": ("diagnoses/heart_failure_classes", "diagnoses/angina_classes"),
}
"""Condition that no code shows -> the lists that say what fulfils it."""


@rule(
    "diagnoses_are_listed",
    law="order-01-14/annex-1/art-7(7)(b)",
    forms=_COVER,
    severity=Severity.WARNING,
    meets=(
        "R003-7.7.b",
        "R003-7.7.b.a",
        "R003-7.7.b.b",
        "R003-7.7.b.c",
        "R003-7.7.b.d",
        "R003-7.7.b.e",
        "R003-7.7.b.f",
        "R003-7.7.b.g",
    ),
)
def diagnoses_are_listed(paper: Paper) -> Iterator[Breach]:
    """The diagnoses of a form IV-100/a are among those that count."""
    judgement = _judge(paper)
    if judgement is not None and judgement.verdict is not Verdict.SUFFICIENT:
        said: dict[str, Parameter] = {
            "codes": judgement.codes or ("no_code",),
            "verdict": judgement.verdict.value,
            "uncoded": tuple(code for name in _UNCODED for code in paper.legal_codes(name)),
        }
        yield Breach(paper.field("attachment_kind"), said, law=judgement.law)


@rule(
    "diagnoses_show_condition",
    law="order-01-14/annex-1/art-7(7)(b)",
    forms=_COVER,
    severity=Severity.INFO,
    meets=("R003-7.7.b.a", "R003-7.7.b.e"),
)
def diagnoses_show_condition(paper: Paper) -> Iterator[Breach]:
    """No diagnosis counts under a condition that its code cannot show."""
    judgement = _judge(paper)
    if judgement is not None and judgement.unshown is not None:
        classes = [paper.legal_codes(name) for name in _CLASSES.get(judgement.unshown, ())]
        condition = (judgement.unshown, *(" / ".join(codes) for codes in classes))
        said: dict[str, Parameter] = {"codes": judgement.codes, "condition": condition}
        yield Breach(paper.field("attachment_kind"), said, law=judgement.law)


def _judge(paper: Paper) -> Judgement | None:
    """What the codes on the cover say; None where it is of another paper, or one is unread."""
    table = paper.table(_TABLE)
    if paper.meaning("attachment_kind") != "form_iv_100_a" or table.is_doubtful or not table.uses:
        return None
    codes = []
    for row in table.rows:
        letter, digits = row.meaning("letter"), row.text("number")
        if letter is None or digits is None:
            return None
        codes.append(write_code(letter, digits))
    return judge_diagnoses(codes, paper.law, paper.law_day)
