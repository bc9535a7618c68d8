"""What the review station says: states of a reading, faults of an answer, names of keys."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from form_templates.model import Format, Kind, Signer
from form_templates.specification import Question
from ocr.readings import FieldState
from workflow.store.models.decisions import Verdict

SAVE = _("Save")
READING_STATES: dict[str, LazyString] = {
    FieldState.READ: _("read"),
    FieldState.EMPTY: _("seen as empty"),
    FieldState.CORRECTED: _("corrected, with the signatures it needs"),
    FieldState.UNSIGNED: _("corrected, a signature is missing"),
    FieldState.UNANSWERED: _("not answered"),
    FieldState.UNCLEAR: _("an unclear correction"),
    FieldState.UNREADABLE: _("not readable in this image"),
}
ANSWER_FAULTS: dict[str, LazyString] = {
    "nothing_typed": _("Type what the paper says, or choose what else is the case."),
    "nothing_chosen": _("Choose a code, or what else is the case."),
    "one_only": _("Choose one code only."),
    "digits_only": _("Only digits can stand here."),
    "too_long": _("The paper has fewer cells than that."),
}
"""Code of UnusableAnswer -> what to do."""
SLIPS: dict[str, LazyString] = {
    "one_digit": _("This is one digit over and over."),
    "too_short": _("This is shorter than the cells of the paper."),
    "not_yet": _("That day has not come yet."),
    "not_letters": _("A name is written in letters only."),
}
"""Code of a likely slip -> what is odd about it."""
SEND_ANYWAY = _("If the paper says so, send it once more.")
VERDICTS: dict[str, LazyString] = {
    Verdict.VALUE: _("Accept"),
    Verdict.EMPTY: _("Empty"),
    Verdict.UNSIGNED: _("Signature missing"),
    Verdict.UNCLEAR: _("Unclear correction"),
    Verdict.UNREADABLE: _("Unreadable"),
}
KEYS: dict[str, LazyString] = {
    "correct": _("Correct: go to the box"),
    "empty": _("Nothing is written there"),
    "unsigned": _("The correction lacks a signature"),
    "unclear": _("The correction is unclear"),
    "unreadable": _("The image does not show it"),
    "registered": _("Take what the civil register has"),
    "first": _("Take the first person's answer"),
    "second": _("Take the second person's answer"),
    "next": _("Next"),
    "previous": _("Previous"),
    "closer": _("Page: closer"),
    "farther": _("Page: farther"),
    "whole": _("Page: whole"),
    "region": _("Page: back to the field"),
    "help": _("These keys"),
}
ENTRY_TITLES: dict[str, LazyString] = {
    "first": _("First reading"),
    "second": _("Second reading"),
}
SIGNATURES: dict[tuple[str, bool], LazyString] = {
    (Signer.REPRESENTATIVE, True): _("the representative signed"),
    (Signer.REPRESENTATIVE, False): _("the representative's signature is missing"),
    (Signer.AGENT, True): _("the agent signed"),
    (Signer.AGENT, False): _("the agent's signature is missing"),
}
_HINTS: dict[Format, LazyString] = {
    Format.DATE: _("Day, month, year as written: 5.3.1960"),
    Format.TIME: _("Hours and minutes as written: 9:05"),
    Format.MONEY: _("Lari and tetri: 120.50"),
    Format.DECIMAL: _("With a point: 83.5"),
    Format.PERSONAL_NUMBER: _("All digits, with the zeros in front"),
    Format.CODE: _("All digits, with the zeros in front"),
}


def write_hint(question: Question) -> LazyString | str:
    """How an answer is typed; empty where there is nothing to say."""
    return "" if question.kind in (Kind.LETTERS, Kind.TEXT) else _HINTS.get(question.format, "")
