"""What people read on earlier scans of a document, and whether the newest one says so too."""

from collections.abc import Mapping

from form_templates.specification import Template
from ocr.readings import FieldReading, FieldState
from validation.standing import is_blank
from workflow.cases.decided import Decided, load_decided
from workflow.cases.settling import SettledValue, list_said
from workflow.store.models.decisions import Verdict
from workflow.store.models.paper import PaperDocument
from workflow.store.session import Session

Said = tuple[SettledValue, ...]
"""What people settled in a field, else what each of them said."""


def find_former_values(
    session: Session, document: PaperDocument, template: Template, decided: Decided
) -> Mapping[str, Said]:
    """What people last read on pages that the newest version has in another scan.

    One person's reading counts before a second one has confirmed it, and a reading
    outlives any number of scans that nobody worked on.
    """
    found: dict[str, Said] = {}
    for version in reversed(document.versions[:-1]):
        former = load_decided(session, version, template)
        for field in former.entries:
            if _is_scanned_anew(field, former, decided):
                found.setdefault(field, _list_read(field, former))
    return found


def speaks_against(before: SettledValue, reading: FieldReading) -> bool:
    """Whether people read something else on an earlier scan than is read now.

    A correction that lacked a signature, or was unclear, does not go from the paper: it
    was put right, or was overlooked. What nobody could read may be anything.
    """
    if before.verdict is Verdict.UNREADABLE:
        return False
    if before.verdict in (Verdict.UNSIGNED, Verdict.UNCLEAR):
        return reading.state is not FieldState.CORRECTED
    if before.verdict is Verdict.EMPTY:
        return not is_blank(reading.value)
    return write_alike(reading.value) != write_alike(before.value)


def write_alike(value: object) -> str:
    """A value as text that compares: blanks around it and the order of codes do not count."""
    if isinstance(value, list | tuple):
        return ", ".join(sorted(str(code) for code in value))
    return " ".join(str(value).split())


def _is_scanned_anew(field: str, former: Decided, decided: Decided) -> bool:
    """Whether another page shows a field now, and nobody has entered it since."""
    read = decided.reads.get(field)
    return (
        read is not None
        and field not in decided.entries
        and read.page_id != former.reads[field].page_id
    )


def _list_read(field: str, former: Decided) -> Said:
    settled = former.settled.get(field)
    return (settled,) if settled else list_said(former.entries[field])
