"""What can change between two editions of a form, and what may follow from it, as codes."""

from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """What a difference is in."""

    FORM = "form"
    SECTION = "section"
    QUESTION = "question"
    CODE = "code"


class Change(StrEnum):
    """What became of it."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """Asked in another section, or in another order."""
    WORDING = "wording"
    NOTE = "note"
    """The small print beside it."""
    TEXT = "text"
    """The running text of a section."""
    PLACES = "places"
    """Answers of a section stand elsewhere on the paper."""
    PAGES = "pages"
    ROWS = "rows"
    FOOT_SIGNATURE = "foot_signature"
    KIND = "kind"
    CARDINALITY = "cardinality"
    REQUIRED = "required"
    FORMAT = "format"
    CELLS = "cells"
    DECIMALS = "decimals"
    ORDER = "order"
    """The same codes are printed in another order."""
    LAW = "law"
    CORRECTION_RULE = "correction_rule"
    FAULTS_GO_TO = "faults_go_to"
    CASE_FIELD = "case_field"
    DAY_FIELD = "day_field"
    SCRIBBLE_CANCELS = "scribble_cancels"
    LEXICON = "lexicon"
    CRITICAL = "critical"
    AGENCY = "agency"
    ASSUMED = "assumed"


class ReadingEffect(StrEnum):
    """What it means for whatever reads the paper."""

    NONE = "none"
    MORE = "more"
    """There is more to look for."""
    LESS = "less"
    """It is no longer looked for."""
    ELSEWHERE = "elsewhere"
    """It is looked for elsewhere; paper of each edition in its own places."""
    OTHERWISE = "otherwise"
    """It is read in another way."""
    CORRECTIONS = "corrections"
    """Other signatures make a correction valid."""


class RulesEffect(StrEnum):
    """What it means for rules and records."""

    NONE = "none"
    UNKNOWN = "unknown"
    """No rule knows it yet, and older records do not answer it."""
    UNANSWERED = "unanswered"
    """Rules find no answer on newer paper; older answers are not carried over."""
    NOT_CARRIED = "not_carried"
    """Answers of the older edition are not carried over."""
    TO_NAME = "to_name"
    """A rule that should know the code needs its name among the edition's codes."""
    TO_COMPARE = "to_compare"
    """Answers are carried over: somebody must see that it still asks the same."""
    RETYPED = "retyped"
    """Answers are carried over; rules get another type of value."""
    NO_ROOM = "no_room"
    """Answers are carried over; a longer one does not fit when it is printed."""
    EMPTY = "empty"
    """An empty answer counts otherwise."""
    CITED = "cited"
    """Findings cite the other article."""
    TRACK = "track"
    """A paper with faults takes another way."""
    FAMILY = "family"
    """The family code is taken from another field."""
    DAY = "day"
    """The day whose law holds is taken from another field."""
    ENTRY = "entry"
    """Review asks for another number of entries."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same in the newer edition."""

    subject: Subject
    id: str
    """A question as `A10` or `members.C2`, a section, a code as `A10.3`; empty for the form."""
    label: str
    """Key of what it is called, in the edition that has it."""
    change: Change
    reading: ReadingEffect
    rules: RulesEffect
    before: str = ""
    after: str = ""
    """Wordings are those that are printed; all else is as the template writes it."""
    wording: str = ""
    """Key of the wording that changed, for those who want it in another language."""
    questions: tuple[str, ...] = ()
    """Those that stand elsewhere, where many of a section do."""
