"""What codes are called on the pages; every code of the program that people see has words."""

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from ocr.page_text import HintKind
from validation.disposition import Disposition, Severity
from workflow.store.models.decisions import Verdict
from workflow.store.models.families import CaseState
from workflow.store.models.paper import DocumentState, FileState, Source
from workflow.store.models.people import RoleName
from workflow.store.models.work import StepState

OFFERED_BY_REGISTER = _("offered by the civil register")
"""Of an answer that says just that."""
WORDS: dict[str, dict[str, LazyString]] = {
    "role": {
        RoleName.ARCHIVIST: _("archivist"),
        RoleName.OPERATOR: _("operator"),
        RoleName.COORDINATOR: _("coordinator"),
        RoleName.SUPERVISOR: _("supervisor"),
        RoleName.ADMINISTRATOR: _("administrator"),
        "system": _("the program"),
    },
    "source": {
        Source.UPLOAD: _("sent from a browser"),
        Source.FOLDER: _("watched folder"),
        Source.COMMAND: _("command line"),
        Source.DEMONSTRATION: _("demonstration"),
    },
    "stage": {
        FileState.WAITING: _("Waiting"),
        "reading_running": _("Being read"),
        "reading_failed": _("Reading failed"),
        FileState.READ: _("Read"),
        FileState.FAULTY: _("Cannot be opened"),
        FileState.REPEAT: _("Came before"),
        FileState.SET_ASIDE: _("Set aside"),
    },
    "document": {
        DocumentState.RECEIVED: _("Received"),
        DocumentState.UNIDENTIFIED: _("Unidentified"),
        DocumentState.RESCAN: _("Scan again"),
        DocumentState.REVIEW: _("To review"),
        DocumentState.SECOND_REVIEW: _("Second person"),
        DocumentState.SETTLE: _("To settle"),
        DocumentState.CONFIRM_RETURN: _("Confirm return"),
        DocumentState.CONFIRM_REJECTION: _("Confirm rejection"),
        DocumentState.ASK_APPLICANT: _("Ask the applicant"),
        DocumentState.READY: _("Ready"),
        DocumentState.AUTHORISED: _("Authorised"),
        DocumentState.RETURNED: _("Returned to the agent"),
        DocumentState.REJECTED: _("Rejected"),
        DocumentState.NEW_DECLARATION: _("New declaration needed"),
        DocumentState.DISCARDED: _("Put aside"),
    },
    "hint": {
        HintKind.NAME: _("Name"),
        HintKind.PERSONAL_NUMBER: _("Personal number"),
        HintKind.DIAGNOSIS: _("Code of a disease"),
    },
    "case": {
        CaseState.REGISTERED: _("Registered"),
        CaseState.DECLARED: _("Declared"),
        CaseState.NOT_ELIGIBLE: _("Not eligible"),
        CaseState.ELIGIBLE: _("Eligible"),
        CaseState.SUSPENDED: _("Suspended"),
        CaseState.ASSIGNED: _("Assigned"),
        CaseState.DECLINED: _("Declined"),
        CaseState.CANCELLED: _("Cancelled"),
        CaseState.LAPSED: _("Application lapsed"),
    },
    "page": {
        "read": _("Read"),
        "unidentified": _("Unidentified"),
        "blank": _("Blank"),
        "unreadable": _("Unreadable"),
        "repeated": _("Repeated"),
        "attachment": _("Attachment"),
    },
    "verdict": {
        Verdict.VALUE: _("Value"),
        Verdict.EMPTY: _("Empty"),
        Verdict.UNSIGNED: _("Correction not signed"),
        Verdict.UNCLEAR: _("Unclear correction"),
        Verdict.UNREADABLE: _("Unreadable"),
    },
    "severity": {
        Severity.INFO: _("Note"),
        Severity.WARNING: _("Warning"),
        Severity.FAULT: _("Fault"),
        Severity.UNCLEAR: _("Unclear"),
    },
    "disposition": {
        Disposition.RESCAN: _("Scan again"),
        Disposition.NEW_DECLARATION_REQUIRED: _("New declaration needed"),
        Disposition.REJECT: _("Reject"),
        Disposition.RETURN_TO_AGENT: _("Return to the agent"),
        Disposition.ASK_APPLICANT: _("Ask the applicant"),
        Disposition.NEEDS_REVIEW: _("Needs review"),
        Disposition.ACCEPTED: _("Accepted"),
    },
    "step": {
        "read_file": _("Read the file"),
        "check_document": _("Check the document"),
        "rate_family": _("Rate the family"),
        "open_assignment": _("Open the assignment"),
        "decide_assignment": _("Decide the assignment"),
    },
    "subject": {
        "batch": _("batch"),
        "file": _("file"),
        "document": _("document"),
        "case": _("family"),
        "record": _("record"),
        "rating": _("score"),
        "print": _("print"),
        "register": _("extract of a register"),
        "person": _("person with the number"),
        "step": _("step"),
        "thresholds": _("set of thresholds"),
        "user": _("person"),
    },
    "step_state": {
        StepState.PENDING: _("To be queued"),
        StepState.QUEUED: _("In the queue"),
        StepState.RUNNING: _("Under way"),
        StepState.DONE: _("Done"),
        StepState.FAILED: _("Failed"),
    },
}
"""Kind of code -> code -> words."""


def label(kind: str, code: str) -> LazyString | str:
    """What a code is called in the reader's language; a code without words stays as it is."""
    return WORDS[kind].get(code, code)


def word_subject(subject: str) -> str:
    """What an event or a step is about: `document:9` as people say it."""
    if subject in _NAMED_SUBJECTS:
        return str(_NAMED_SUBJECTS[subject])
    kind, colon, number = subject.partition(":")
    if not colon or kind not in WORDS["subject"]:
        return subject
    return str(gettext("%(kind)s no. %(number)s", kind=label("subject", kind), number=number))


_NAMED_SUBJECTS = {"trail:all": _("the whole trail"), "user:unknown": _("an unknown person")}
