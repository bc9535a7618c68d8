"""What the pages and the command line say of forms, fields and what changed in them."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from form_templates.editing.changes import Change, ReadingEffect, RulesEffect
from form_templates.model import Cardinality, CorrectionRule, FaultsGoTo, Format, Kind, Signer
from form_templates.specification import Role

KINDS: dict[str, LazyString] = {
    Kind.CIRCLE: _("circled code"),
    Kind.CHECK: _("ticked box"),
    Kind.BUBBLE: _("filled bubble"),
    Kind.DIGITS: _("digits in cells"),
    Kind.LETTERS: _("letters in cells"),
    Kind.TEXT: _("free text"),
    Kind.SIGNATURE: _("signature"),
    Kind.STAMP: _("stamp"),
}
FORMATS: dict[str, LazyString] = {
    Format.INTEGER: _("whole number"),
    Format.DECIMAL: _("decimal number"),
    Format.MONEY: _("amount of money"),
    Format.DATE: _("date"),
    Format.TIME: _("time"),
    Format.PERSONAL_NUMBER: _("personal number"),
    Format.CODE: _("code"),
    Format.PHONE: _("telephone number"),
    Format.PLAIN: _("any characters"),
}
CARDINALITIES: dict[str, LazyString] = {
    Cardinality.ONE: _("one answer"),
    Cardinality.MANY: _("several answers"),
}
CORRECTIONS: dict[str, LazyString] = {
    CorrectionRule.DECLARATION: _("crossed, answered anew, signed by representative and agent"),
    CorrectionRule.AGENT_ALONE: _("crossed, answered anew, signed by the agent"),
    CorrectionRule.NONE: _("no signature is asked for"),
}
TRACKS: dict[str, LazyString] = {
    FaultsGoTo.AGENT: _("goes back to the agent"),
    FaultsGoTo.REJECTION: _("is rejected"),
    FaultsGoTo.APPLICANT: _("is completed by the applicant"),
}
PURPOSES: dict[str, LazyString] = {
    Role.FORM: _("carries answers"),
    Role.SEPARATOR: _("parts two documents in a pile"),
    Role.BATCH_COVER: _("lies on a pile and says what is in it"),
    Role.ATTACHMENT_COVER: _("lies on the papers of others that belong to it"),
}
SIGNERS: dict[str, LazyString] = {
    Signer.REPRESENTATIVE: _("representative"),
    Signer.AGENT: _("agent"),
}
_TRUTHS: dict[str, LazyString] = {"true": _("yes"), "false": _("no")}

CHANGES: dict[Change, LazyString] = {
    Change.ADDED: _("New"),
    Change.REMOVED: _("No longer there"),
    Change.MOVED: _("Asked elsewhere in the form"),
    Change.WORDING: _("Wording"),
    Change.NOTE: _("Small print"),
    Change.TEXT: _("Running text"),
    Change.PLACES: _("Place on the paper"),
    Change.PAGES: _("Number of pages"),
    Change.ROWS: _("Rows on its page"),
    Change.FOOT_SIGNATURE: _("Who signs at the foot of the page"),
    Change.KIND: _("How it is answered"),
    Change.CARDINALITY: _("How many answers"),
    Change.REQUIRED: _("Must be answered"),
    Change.FORMAT: _("Format"),
    Change.CELLS: _("Cells"),
    Change.DECIMALS: _("Decimals"),
    Change.ORDER: _("Order of the codes"),
    Change.LAW: _("Legal basis"),
    Change.CORRECTION_RULE: _("How it is corrected"),
    Change.FAULTS_GO_TO: _("A paper with faults"),
    Change.CASE_FIELD: _("Field of the family code"),
    Change.DAY_FIELD: _("Field of the day"),
    Change.SCRIBBLE_CANCELS: _("A scribble takes a mark back"),
    Change.LEXICON: _("Word list"),
    Change.CRITICAL: _("Entered by two people"),
    Change.AGENCY: _("Filled by the agency"),
    Change.ASSUMED: _("Our assumption"),
}
READING: dict[ReadingEffect, LazyString] = {
    ReadingEffect.NONE: _("nothing"),
    ReadingEffect.MORE: _("there is more to look for"),
    ReadingEffect.LESS: _("it is no longer looked for"),
    ReadingEffect.ELSEWHERE: _("it is looked for elsewhere"),
    ReadingEffect.OTHERWISE: _("it is read in another way"),
    ReadingEffect.CORRECTIONS: _("other signatures make a correction valid"),
}
RULES: dict[RulesEffect, LazyString] = {
    RulesEffect.NONE: _("nothing"),
    RulesEffect.UNKNOWN: _("no rule knows it yet, and older records do not answer it"),
    RulesEffect.UNANSWERED: _("rules find no answer on newer paper; older answers are not carried"),
    RulesEffect.NOT_CARRIED: _("answers of the older edition are not carried over"),
    RulesEffect.TO_NAME: _("name the code for the rules that should know it"),
    RulesEffect.TO_COMPARE: _("answers are carried over: see that it still asks the same"),
    RulesEffect.RETYPED: _("answers are carried over as another type of value"),
    RulesEffect.NO_ROOM: _("answers are carried over; long ones find no room in print"),
    RulesEffect.EMPTY: _("an empty answer counts otherwise"),
    RulesEffect.CITED: _("findings cite the other article"),
    RulesEffect.TRACK: _("a paper with faults takes another way"),
    RulesEffect.FAMILY: _("the family code is taken from another field"),
    RulesEffect.DAY: _("the day whose law holds is taken from another field"),
    RulesEffect.ENTRY: _("review asks for another number of entries"),
}
_VALUES: dict[Change, dict[str, LazyString]] = {
    Change.KIND: KINDS,
    Change.FORMAT: FORMATS,
    Change.CARDINALITY: CARDINALITIES,
    Change.CORRECTION_RULE: CORRECTIONS,
    Change.FAULTS_GO_TO: TRACKS,
    Change.FOOT_SIGNATURE: SIGNERS,
    Change.REQUIRED: _TRUTHS,
    Change.CRITICAL: _TRUTHS,
    Change.AGENCY: _TRUTHS,
    Change.ASSUMED: _TRUTHS,
    Change.SCRIBBLE_CANCELS: _TRUTHS,
}
"""Change -> what the template writes -> how people say it."""


def word_value(change: Change, value: str) -> str:
    """A value before or after a change; what has no words stays as it is."""
    return str(_VALUES.get(change, {}).get(value, value))
