"""What was found in a document, each thing with its field, its article and its picture."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from form_templates.specification import Template
from validation.disposition import Disposition, Severity
from validation.findings import Finding
from validation.registers import RegisterAnswer
from validation.wording import load_wording, write_message
from web.documents.grounds import ShownGround, show_ground
from web.documents.spelling import Speller
from web.review.questions import FieldName, name_field
from workflow.registers.entries import restore_answer
from workflow.store.models.decisions import FoundFinding

FAULTS = frozenset({Disposition.RETURN_TO_AGENT, Disposition.REJECT, Disposition.ASK_APPLICANT})
"""What a faulty paper leads to; the rest is a doubt of the program or a poor image."""
_MENDING = {
    "missing_signature": "sign",
    "missing_stamp": "stamp",
    "unsigned_correction": "countersign",
}
"""Code -> how the paper is mended where no answer is wrong."""
_ORDER = {severity.value: -place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """What a register said of a person, as far as a finding rests on it."""

    register: str
    """In words."""
    personal_number: str
    is_known: bool
    """Whether the register has the person at all."""
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding as people read it."""

    code: str
    severity: str
    name: FieldName | None
    """None where it is about a page or the whole."""
    message: str
    law: str
    consequence: str
    assumed: bool
    reading_id: int | None
    """Field whose picture shows it."""
    evidence: tuple[ShownEvidence, ...] = ()
    ground: ShownGround | None = None
    """What it rejects an application on."""


def list_shown(
    found: Iterable[FoundFinding],
    template: Template | None,
    reading_ids: Mapping[str, int],
    language: str,
) -> list[ShownFinding]:
    """The findings of a check, the gravest first, otherwise in the order they were found."""
    shown = [show_finding(row, template, reading_ids, language) for row in found]
    return sorted(shown, key=lambda finding: _ORDER[finding.severity])


def select_leading_to(
    findings: Iterable[ShownFinding], consequences: Collection[str]
) -> list[ShownFinding]:
    """Those that ask for one of the consequences."""
    return [finding for finding in findings if finding.consequence in consequences]


def group_by_mending(findings: Iterable[ShownFinding]) -> dict[str, list[ShownFinding]]:
    """Way of mending -> what is mended so: `correct`, `countersign`, `sign` or `stamp`."""
    groups: dict[str, list[ShownFinding]] = {}
    for finding in findings:
        groups.setdefault(_MENDING.get(finding.code, "correct"), []).append(finding)
    return groups


def restore_finding(row: FoundFinding) -> Finding:
    """A finding as the check made it."""
    return Finding(
        code=row.code,
        field=row.field,
        severity=Severity(row.severity),
        law=row.law,
        consequence=Disposition(row.consequence),
        parameters={
            name: tuple(value) if isinstance(value, list) else value
            for name, value in row.parameters.items()
        },
        assumed=row.assumed,
        evidence=tuple(map(restore_answer, row.evidence)),
    )


def show_evidence(answers: Iterable[RegisterAnswer], language: str) -> tuple[ShownEvidence, ...]:
    """The answers of registers that a finding rests on, as people read them."""
    words = load_wording(language).words
    return tuple(
        ShownEvidence(
            register=words[f"register_{answer.register}"],
            personal_number=answer.personal_number,
            is_known=bool(answer.entries),
            as_of=answer.as_of,
            source=answer.source,
        )
        for answer in answers
    )


def show_finding(
    row: FoundFinding, template: Template | None, reading_ids: Mapping[str, int], language: str
) -> ShownFinding:
    """A finding of a check in words: `reading_ids` names the fields whose pictures are shown."""
    field, finding = row.field, restore_finding(row)
    return ShownFinding(
        code=row.code,
        severity=row.severity,
        name=name_field(template, field, language) if template and field else None,
        message=write_message(finding, language, Speller(template, language)),
        law=row.law,
        consequence=row.consequence,
        assumed=row.assumed,
        reading_id=reading_ids.get(field) if field else None,
        evidence=show_evidence(finding.evidence, language),
        ground=show_ground(finding),
    )
