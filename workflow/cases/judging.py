"""What findings come to once people have had their say; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from validation.disposition import Disposition, Severity, Track, decide_consequence
from validation.findings import Finding
from validation.outcomes import report_outcome
from workflow.cases.decided import ILLEGIBLE, OWED, Decided, name_parameters, takes_entry
from workflow.cases.settling import SettledValue
from workflow.store.models.decisions import Verdict

_REFUSED = "invalid_"
"""Codes of characters that cannot be what their field asks for begin so."""
_CONTRADICTED = frozenset(
    {Disposition.RETURN_TO_AGENT, Disposition.REJECT, Disposition.ASK_APPLICANT}
)


def judge_findings(
    findings: Iterable[Finding], track: Track, decided: Decided
) -> Iterator[Finding]:
    """Each finding with the consequence that the decisions of people leave it."""
    settled = decided.settled
    for finding in findings:
        judged = _keep_image(finding, track, decided)
        value = settled.get(judged.field or "") if takes_entry(judged.code, judged.field) else None
        if value is not None and judged.severity is Severity.WARNING:
            yield _judge_settled(judged, track, value)
        elif value is None and _is_contradicted(judged, decided):
            yield _let_stand(_make_doubt(judged), decided)
        else:
            yield _let_stand(judged, decided)


def is_contradictable(consequence: str) -> bool:
    """Whether a coordinator decides about a finding of this consequence."""
    return consequence in _CONTRADICTED


def _keep_image(finding: Finding, track: Track, decided: Decided) -> Finding:
    """What follows where a new scan would look the same: a person reads, or the paper lacks it."""
    if not decided.overrules(finding.code, finding.field, Disposition.RESCAN):
        return finding
    if finding.field is not None:
        return _make_doubt(finding)
    fault = decide_consequence(Severity.FAULT, track)
    return replace(finding, severity=Severity.FAULT, consequence=fault)


def _judge_settled(finding: Finding, track: Track, value: SettledValue) -> Finding:
    """A doubt that people have decided: what they say is there counts against the paper."""
    if value.verdict is Verdict.UNREADABLE:
        rescans = finding.consequence is Disposition.RESCAN
        return finding if rescans else report_outcome(ILLEGIBLE, track, finding.field, finding.law)
    if finding.code.startswith(_REFUSED) or finding.code in OWED:
        fault = decide_consequence(Severity.FAULT, track)
        return replace(finding, severity=Severity.FAULT, consequence=fault)
    return replace(finding, severity=Severity.INFO, consequence=Disposition.ACCEPTED)


def _is_contradicted(finding: Finding, decided: Decided) -> bool:
    """Whether a coordinator saw no such fault on the paper."""
    contradictable = finding.consequence in _CONTRADICTED
    return contradictable and decided.overrules(finding.code, finding.field, finding.consequence)


def _make_doubt(finding: Finding) -> Finding:
    """What the program was sure of is a question for a person."""
    return replace(finding, severity=Severity.WARNING, consequence=Disposition.NEEDS_REVIEW)


def _let_stand(finding: Finding, decided: Decided) -> Finding:
    """A warning that a person has looked at holds nothing up."""
    told = (finding.code, finding.field, name_parameters(finding.parameters))
    if finding.severity is Severity.WARNING and told in decided.acknowledged:
        return replace(finding, consequence=Disposition.ACCEPTED)
    return finding
