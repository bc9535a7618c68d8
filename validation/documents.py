"""One document from readings to record, findings and disposition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from form_templates.specification import Role, Template
from ocr.readings import DocumentReading, FieldState
from validation.corrections import judge_fields
from validation.covers import judge_cover
from validation.disposition import Disposition, Severity, Track, choose_gravest, find_track
from validation.findings import Finding
from validation.known import NOTHING_KNOWN, Known
from validation.outcomes import report_outcome
from validation.pages import judge_pages, judge_rows
from validation.parameters import load_law
from validation.places import SortedFields, sort_fields
from validation.record import Record, collect_record
from validation.rows import judge_uses
from validation.rules.catalog import list_decided, list_rules
from validation.rules.paper import open_paper
from validation.standing import Standing, is_surely_empty
from validation.typed_values import Json, TypedValues, type_values


@dataclass(frozen=True, slots=True)
class ValidatedDocument:
    """What a document says, what is wrong with it, and where it goes."""

    record: Record | None
    """None for pages that belong to no form."""
    typed: Mapping[str, Json]
    """Field -> its value for other programs; a field without one is absent."""
    states: Mapping[str, FieldState]
    """Field -> its state, with the table rows in view: an empty field in a row that
    nobody uses is empty, a required one in a row in use unanswered."""
    findings: tuple[Finding, ...]
    disposition: Disposition
    law_day: date
    """Day whose law was applied; stored with every decision."""
    law_edition: str
    """Edition of the legal values that were applied."""


def validate_document(
    template: Template, document: DocumentReading, today: date, known: Known = NOTHING_KNOWN
) -> ValidatedDocument:
    """Check one document against its form, the correction table, the rules and what is known."""
    law = load_law()
    fields, typed = sort_fields(document), type_values(template, document)
    rows = judge_uses(template, fields)
    record = collect_record(template, fields, typed, rows)
    paper = open_paper(template, record, law, today, known)
    track = find_track(template)
    decided = list_decided(template.key.form, paper.questions)
    findings = [
        *judge_pages(document, track, template.law, template.role),
        *judge_rows(template, document, fields, track, rows),
        *judge_fields(fields, track, rows, decided),
        *_judge_refusals(document, typed, track),
        *judge_cover(template, document, record, track),
        *_judge_form(template, track),
    ]
    for rule in list_rules(template.key.form):
        findings.extend(rule.examine(paper, track))
    return ValidatedDocument(
        record=record,
        typed=typed.json,
        states=_name_states(document, fields, findings),
        findings=tuple(findings),
        disposition=choose_gravest(finding.consequence for finding in findings),
        law_day=paper.law_day,
        law_edition=law.edition,
    )


def validate_strays(document: DocumentReading, today: date) -> ValidatedDocument:
    """What follows from pages that belong to no form; nothing is read from them."""
    findings = tuple(judge_pages(document, Track.AGENT))
    return ValidatedDocument(
        record=None,
        typed={},
        states={},
        findings=findings,
        disposition=choose_gravest(finding.consequence for finding in findings),
        law_day=today,
        law_edition=load_law().edition,
    )


def _judge_refusals(
    document: DocumentReading, typed: TypedValues, track: Track
) -> Iterator[Finding]:
    """Characters that cannot be what their field asks for; whoever looks is told why."""
    for field, code in typed.refused.items():
        reading = document.fields[field]
        if reading.state in (FieldState.READ, FieldState.CORRECTED):
            parameters = {"characters": str(reading.value)}
            yield report_outcome(code, track, field, reading.spec.law, parameters)


def _judge_form(template: Template, track: Track) -> Iterator[Finding]:
    """A form for which nobody has written rules: what is complete may still be unlawful."""
    if template.role is Role.FORM and not list_rules(template.key.form):
        yield report_outcome("form_without_rules", track, law=template.law)


def _name_states(
    document: DocumentReading, fields: SortedFields, findings: list[Finding]
) -> Mapping[str, FieldState]:
    """The state of each field once it is known where an answer is owed."""
    states = {field: reading.state for field, reading in document.fields.items()}
    for reading, standing in fields.notable:
        if standing is Standing.EMPTY and reading.state is not FieldState.CORRECTED:
            states[reading.id] = FieldState.EMPTY
    owing = [f.field for f in findings if f.field and f.severity is Severity.FAULT]
    for field in owing:
        if states.get(field) is FieldState.EMPTY and is_surely_empty(document.fields[field]):
            states[field] = FieldState.UNANSWERED
    return states
