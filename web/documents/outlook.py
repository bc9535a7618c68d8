"""Where a document stands and what happens next, in one sentence a state."""

from flask_babel import lazy_gettext as _

from workflow.store.models.paper import DocumentState

OUTLOOK = {
    DocumentState.RECEIVED: _(
        "The program checks it next. Registers that have a service are asked first about the "
        "people on it."
    ),
    DocumentState.UNIDENTIFIED: _(
        "These pages belong to no form that the program knows. The archivist looks at them."
    ),
    DocumentState.RESCAN: _(
        "The image is at fault, not the paper. The archivist scans it again, or keeps the image "
        "where a new one would look the same."
    ),
    DocumentState.REVIEW: _("An operator decides what the program would not."),
    DocumentState.SECOND_REVIEW: _(
        "A second person decides the same fields without seeing the first answers."
    ),
    DocumentState.SETTLE: _("Two people read it differently. A coordinator decides."),
    DocumentState.CONFIRM_RETURN: _(
        "A coordinator confirms the faults. Then the paper goes back to the agent."
    ),
    DocumentState.CONFIRM_REJECTION: _(
        "A coordinator confirms the faults. Then the application is rejected."
    ),
    DocumentState.ASK_APPLICANT: _("The applicant completes the paper."),
    DocumentState.READY: _(
        "Nothing is open. It waits to be authorised and entered in the registry."
    ),
    DocumentState.AUTHORISED: _("Its values stand in the registry. Nothing more is to do."),
    DocumentState.RETURNED: _(
        "The agent mends the paper. Scanned again, it becomes a new version of this document."
    ),
    DocumentState.REJECTED: _("The application is rejected. Nothing more is to do."),
    DocumentState.NEW_DECLARATION: _(
        "Two people looked at a correction, and it does not read in one way only. "
        "The agent fills in a new declaration with the family."
    ),
    DocumentState.DISCARDED: _("A person put it aside. Nothing more is to do."),
}
