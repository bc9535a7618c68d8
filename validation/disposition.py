"""What becomes of a document: the gravest of what its findings ask for."""

from collections.abc import Iterable
from enum import StrEnum

from form_templates.model import CorrectionRule, FaultsGoTo
from form_templates.specification import Template


class Disposition(StrEnum):
    """Where a document goes; the gravest first."""

    RESCAN = "rescan"
    """The image is at fault, not the paper."""
    NEW_DECLARATION_REQUIRED = "new_declaration_required"
    """A correction is unclear (order 01-14, annex 1, art. 11(3)); two people confirm it."""
    REJECT = "reject"
    """A faulty application (order 02-150, annex 3, art. 3); a person confirms it."""
    RETURN_TO_AGENT = "return_to_agent"
    """Faults on the paper (order 02-150, annex 3, art. 6); a person confirms it."""
    ASK_APPLICANT = "ask_applicant"
    """A municipal paper that its applicant completes."""
    NEEDS_REVIEW = "needs_review"
    """A person decides what the program would not."""
    ACCEPTED = "accepted"
    """Takes effect by itself."""


class Severity(StrEnum):
    """What a finding says of the paper."""

    INFO = "info"
    """Worth knowing; nothing follows."""
    WARNING = "warning"
    """Somebody looks: the program doubts its reading, or the answers are unlikely but lawful."""
    FAULT = "fault"
    """The paper breaks a rule of its filling."""
    UNCLEAR = "unclear"
    """A correction leaves more than one reading; never guessed."""


class Track(StrEnum):
    """Which law says what happens to a faulty document of a form."""

    DECLARATION = "declaration"
    """To the agent; an unclear correction needs a new declaration."""
    AGENT = "agent"
    """To the agent: protocols and assignment forms."""
    REJECTION = "rejection"
    """Rejected: applications."""
    APPLICANT = "applicant"
    """Back to the applicant: municipal papers."""


_FAULTS = {
    Track.DECLARATION: Disposition.RETURN_TO_AGENT,
    Track.AGENT: Disposition.RETURN_TO_AGENT,
    Track.REJECTION: Disposition.REJECT,
    Track.APPLICANT: Disposition.ASK_APPLICANT,
}

_GRAVEST_FIRST = tuple(Disposition)


def find_track(template: Template) -> Track:
    """The law that a form's faults fall under.

    Article 11(3) asks for a new declaration whatever part of it is unclear, so
    block F and the closing, which the agent corrects alone, fall under it too
    (assumed).
    """
    if template.faults_go_to is FaultsGoTo.AGENT:
        declares = template.correction_rule is CorrectionRule.DECLARATION
        return Track.DECLARATION if declares else Track.AGENT
    if template.faults_go_to is FaultsGoTo.REJECTION:
        return Track.REJECTION
    return Track.APPLICANT


def decide_consequence(severity: Severity, track: Track) -> Disposition:
    """What one finding of a severity asks for in a document of a track."""
    if severity is Severity.INFO:
        return Disposition.ACCEPTED
    if severity is Severity.WARNING:
        return Disposition.NEEDS_REVIEW
    if severity is Severity.UNCLEAR and track is Track.DECLARATION:
        return Disposition.NEW_DECLARATION_REQUIRED
    return _FAULTS[track]


def choose_gravest(consequences: Iterable[Disposition]) -> Disposition:
    """The disposition that outranks all others; accepted where nothing was found."""
    return min(consequences, key=_GRAVEST_FIRST.index, default=Disposition.ACCEPTED)
