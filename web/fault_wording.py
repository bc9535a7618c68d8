"""What the faults of the machinery are called, and what people can do about each."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


@dataclass(frozen=True, slots=True)
class FaultWords:
    """A fault in words."""

    title: LazyString | str
    way: LazyString | str
    """What to do now."""


UNEXPECTED = FaultWords(
    _("Something unexpected went wrong"),
    _("Nothing was changed. Try again; if it happens again, tell the administrator the code."),
)
_TELL_CODE = _("Tell the administrator the code. Then try again.")
FAULTS = {
    "store_busy": FaultWords(
        _("The database is busy"),
        _("Nothing was changed. Wait a moment, then try again."),
    ),
    "store_unavailable": FaultWords(
        _("The database does not answer"),
        _("Nothing was changed. Try again; if it stays so, tell the administrator."),
    ),
    "disk_full": FaultWords(
        _("There is no room left on the disk"),
        _("Nothing was changed. Tell the administrator to make room, then try again."),
    ),
    "not_allowed": FaultWords(
        _("You may not do this"),
        _("Your role, or the state it is in now, does not allow it. Nothing was changed."),
    ),
    "not_found": FaultWords(
        _("There is no such page"),
        _("It may belong to another unit, or the address is wrong."),
    ),
    "not_the_second": FaultWords(
        _("A second person decides this"),
        _("You read these fields first. Somebody else reads them without seeing your answers."),
    ),
    "not_the_umpire": FaultWords(
        _("Another coordinator settles this"),
        _("You are one of the two who read it differently. Nothing was changed."),
    ),
    "lease_lost": FaultWords(
        _("You do not have it any more"),
        _("You did nothing on it for a while, so it was given back. Nothing was changed."),
    ),
    "held_by_other": FaultWords(
        _("Somebody else has it now"),
        _("A document is not handed out twice. Nothing was changed."),
    ),
    "moved_on": FaultWords(
        _("You do not have it any more"),
        _("Somebody decided about the document meanwhile. What you sent last was not saved."),
    ),
    "conflict": FaultWords(
        _("It has changed meanwhile"),
        _("Somebody was faster, or this was sent twice. Nothing was changed; look at it again."),
    ),
    "original_lost": FaultWords(
        _("The stored original cannot be read"),
        _("Tell the administrator: the disk may be damaged. Then try again."),
    ),
    "worker_lost": FaultWords(
        _("The work was cut off again and again"),
        _("Try again; if it happens again, tell the administrator which file it is."),
    ),
    "decoder_unavailable": FaultWords(
        _("The pages cannot be opened"),
        _("Tell the administrator: memory may be short. Then try again."),
    ),
    "tesseract_missing": FaultWords(_("The reader of print is not installed"), _TELL_CODE),
    "tesseract_language_missing": FaultWords(_("The reader of print has no Georgian"), _TELL_CODE),
    "tesseract_stopped": FaultWords(_("The reader of print stopped"), _TELL_CODE),
    "member_elsewhere": FaultWords(
        _("A member is declared by another family too"),
        _("Neither is scored. Compare both declarations and have one put right; then try again."),
    ),
    "not_scored": FaultWords(
        _("The declaration cannot be scored"),
        _("An answer that the score needs is missing. Look at the declaration."),
    ),
    "no_pack": FaultWords(
        _("No methodology holds on that day"),
        _("Nobody was rated. Tell the administrator that a methodology pack is missing."),
    ),
    "no_score_limit": FaultWords(
        _("No limit of the score holds on that day"),
        _("Nobody was rated. Tell the administrator that the legal value is missing."),
    ),
    "broken_pack": FaultWords(
        _("The methodology pack contradicts itself"),
        _("Nobody was rated. Tell the administrator: file and key are named here."),
    ),
    "already_decided": FaultWords(
        _("The assignment is decided already"),
        _("Another form does not change the decision. Look at the family's papers."),
    ),
    "outdated_procedure": FaultWords(
        _("The family has a newer declaration, or has left the registry"),
        _("The form decides nothing any more. Look at the family's papers."),
    ),
    "other_family": FaultWords(
        _("The form was printed for another family than its code names"),
        _("Nothing was decided. Compare the paper with both families."),
    ),
    "undecided_form": FaultWords(
        _("The assignment form carries no decision"),
        _("Compare the record with the paper."),
    ),
    "too_large": FaultWords(
        _("This is too large"),
        _("Nothing was kept. Send fewer or smaller files at once."),
    ),
    "form_expired": FaultWords(
        _("This page was open for too long"),
        _("Nothing of it was saved. What you had entered stands below; enter it anew."),
    ),
    "wrong_request": FaultWords(
        _("The browser asked for something that cannot be understood"),
        _("Nothing was changed. Go back and try again."),
    ),
}
"""Code of the fault -> words."""


def word_fault(code: str) -> FaultWords:
    """The words for a fault; a code without words is one that nobody foresaw."""
    return FAULTS.get(code, UNEXPECTED)
