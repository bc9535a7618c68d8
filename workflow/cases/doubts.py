"""What a person must decide in a document, in the order of its form."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from form_templates.specification import Template
from validation.disposition import Disposition, Severity
from workflow.cases.confirming import list_confirmed
from workflow.cases.decided import (
    LATE_SCAN,
    Decided,
    load_decided,
    load_template,
    name_parameters,
    takes_entry,
)
from workflow.cases.entered_since import list_entered_since
from workflow.cases.form_fields import Order, find_field
from workflow.cases.settling import Need, Stage, find_stage
from workflow.store.decisions import list_findings
from workflow.store.models.decisions import FoundFinding
from workflow.store.models.paper import DocumentState, PaperDocument
from workflow.store.session import Session

_WAITS_IN = {
    DocumentState.REVIEW: Stage.FIRST,
    DocumentState.SECOND_REVIEW: Stage.SECOND,
    DocumentState.SETTLE: Stage.SETTLE,
}
_WHOLE: Order = (-1, 0, 0)
"""Where doubts about the whole paper stand: before all fields."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that a person must decide."""

    field: str | None
    """Field to enter; of a warning to look at, the field that shows it, if any does."""
    codes: tuple[str, ...]
    """Codes of the findings behind it."""
    need: Need
    page_id: int | None
    reading_id: int | None
    stage: Stage
    people: frozenset[int] = frozenset()
    """Users who have entered the field."""
    drawn: bool = False
    """Nothing is doubted: the field was drawn for a look, and nobody is led by what was read."""
    mended: bool = False
    """A warning whose field was entered since: whether it still holds, the next check tells."""

    @property
    def done(self) -> bool:
        """Whether it is decided."""
        return self.stage is Stage.DONE


def list_doubts(
    session: Session, document: PaperDocument, template: Template | None = None
) -> tuple[Doubt, ...]:
    """All doubts about the newest version, decided ones too; those about the whole first."""
    template = template or load_template(document)
    if template is None:
        return ()
    decided = load_decided(session, document.current, template)
    findings = list_findings(session, document.current)
    return collect_doubts(template, findings, decided, list_entered_since(session, document))


def collect_doubts(
    template: Template,
    findings: Sequence[FoundFinding],
    decided: Decided,
    entered: Collection[str] = (),
) -> tuple[Doubt, ...]:
    """The doubts that findings and doubtful readings leave, with what was decided of them.

    `entered` names the fields that people entered after the check that found them.
    """
    awaited = decided.entries.keys() - decided.settled.keys()
    looks = list(_list_looks(findings, decided, awaited | set(entered)))
    late = [look for look in looks if LATE_SCAN in look.codes]
    fields = [] if late else _list_fields(findings, decided)
    return tuple(sorted(late or [*looks, *fields], key=lambda doubt: _place(template, doubt)))


def list_tasks(doubts: Iterable[Doubt], state: str, user_id: int | None) -> tuple[Doubt, ...]:
    """The doubts that this person can decide in a state; nobody is first and second."""
    stage = _WAITS_IN.get(DocumentState(state))
    second = stage is Stage.SECOND
    return tuple(
        doubt
        for doubt in doubts
        if doubt.stage is stage and not (second and user_id in doubt.people)
    )


def may_work(doubts: Sequence[Doubt], state: str, user_id: int | None) -> bool:
    """Whether the document waits for this person, if only to say that all is decided."""
    stage = _WAITS_IN.get(DocumentState(state))
    waiting = any(doubt.stage is stage for doubt in doubts)
    return not waiting or bool(list_tasks(doubts, state, user_id))


def list_named(finding: FoundFinding, decided: Decided) -> tuple[str, ...]:
    """The fields that a finding names and the paper has, its own first, each once."""
    names = [finding.field or ""]
    for value in finding.parameters.values():
        names += value if isinstance(value, list) else [value]
    return tuple(name for name in dict.fromkeys(names) if name in decided.reads)


def _list_looks(
    findings: Iterable[FoundFinding], decided: Decided, changing: Set[str]
) -> Iterator[Doubt]:
    """Warnings that no entry resolves, each code and field once.

    Nobody lets stand what they are mending: while a field that it names is `changing`,
    a warning waits for the next check.
    """
    warnings: dict[tuple[str, str | None], list[FoundFinding]] = {}
    for found in findings:
        if found.severity == Severity.WARNING and not takes_entry(found.code, found.field):
            warnings.setdefault((found.code, found.field), []).append(found)
    for (code, field), told in warnings.items():
        read = decided.reads.get(field or "")
        left = [found for found in told if not _is_let_stand(found, decided)]
        still = [found for found in left if changing.isdisjoint(list_named(found, decided))]
        yield Doubt(
            field=field,
            codes=(code,),
            need=Need.LOOK,
            page_id=read.page_id if read else None,
            reading_id=read.reading_id if read else None,
            stage=Stage.FIRST if still else Stage.DONE,
            mended=bool(left) and not still,
        )


def _is_let_stand(found: FoundFinding, decided: Decided) -> bool:
    told = (found.code, found.field, name_parameters(found.parameters))
    return told in decided.acknowledged


def _list_fields(findings: Sequence[FoundFinding], decided: Decided) -> Iterator[Doubt]:
    """Fields that the program doubts, and those that people have entered."""
    codes, confirmed = _gather_codes(findings), list_confirmed(findings)
    for field, read in decided.reads.items():
        entries = decided.entries.get(field, ())
        unsure = read.review and field not in confirmed
        doubted = unsure or (field in codes and _is_doubt(codes[field]))
        if not (doubted or read.drawn or entries):
            continue
        yield Doubt(
            field=field,
            codes=tuple(found.code for found in codes.get(field, ())),
            need=decided.needs[field],
            page_id=read.page_id,
            reading_id=read.reading_id,
            stage=find_stage(entries, decided.needs[field]),
            people=frozenset(entry.user_id for entry in entries),
            drawn=read.drawn and not doubted,
        )


def _gather_codes(findings: Iterable[FoundFinding]) -> Mapping[str, list[FoundFinding]]:
    """Field -> the findings that an entry in it can change."""
    gathered: dict[str, list[FoundFinding]] = {}
    for found in findings:
        informs = found.severity == Severity.INFO
        if found.field is not None and takes_entry(found.code, found.field) and not informs:
            gathered.setdefault(found.field, []).append(found)
    return gathered


def _is_doubt(findings: Iterable[FoundFinding]) -> bool:
    """Whether a person decides: warnings, and what only two people may call unclear."""
    return any(
        found.severity == Severity.WARNING
        or found.consequence == Disposition.NEW_DECLARATION_REQUIRED
        for found in findings
    )


def _place(template: Template, doubt: Doubt) -> Order:
    return find_field(template, doubt.field).order if doubt.field else _WHOLE
