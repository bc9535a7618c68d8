"""What kinds of fields, figures and conclusions are called."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from ocr.thresholds import ReadKind
from workflow.trust.drift import Measure

KINDS: dict[str, LazyString] = {
    ReadKind.MARKS: _("circled codes"),
    ReadKind.DIGITS: _("digits"),
    ReadKind.LETTERS: _("letters"),
    ReadKind.SIGNATURES: _("signatures and stamps"),
}
MEASURES: dict[str, LazyString] = {
    Measure.REVIEW: _("answers that a person decides"),
    Measure.DOUBT: _("doubt of the reader"),
    Measure.DISAGREEMENT: _("decided otherwise than read"),
}
CONCLUSIONS: dict[bool, LazyString] = {
    True: _("drifting"),
    False: _("as before"),
}
