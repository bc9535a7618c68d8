"""What can be wrong with a letter or with the values it is to be printed with."""

from typing import ClassVar

from form_templates.errors import TemplateFault
from workflow.errors import WorkflowFault


class UnknownLetter(WorkflowFault):
    """There is no letter of that name."""

    code = "unknown_letter"
    message = "No such letter; `blanki letter list` names them all."


class BrokenLetter(TemplateFault):
    """The files of a letter contradict each other; nothing is printed."""

    code = "broken_letter"
    message: ClassVar[str] = "Correct the letter."


class LetterValueFault(WorkflowFault):
    """A value does not belong into the letter; nothing is printed."""

    code = "letter_value"
    message = "The values do not fit the letter."

    def __init__(self, key: str, detail: str = "") -> None:
        super().__init__(detail)
        self.key = key

    def __str__(self) -> str:
        return f"{self.key}: {super().__str__()}"


class MissingLetterValue(LetterValueFault):
    """The letter would be printed with a hole in it."""

    code = "missing_letter_value"
    message = "The letter needs this value."


class UnknownLetterValue(LetterValueFault):
    """A value would be lost unseen."""

    code = "unknown_letter_value"
    message = "The letter has no such value."


class WrongLetterValue(LetterValueFault):
    """A value is not of the kind that the letter prints."""

    code = "wrong_letter_value"
    message = "The letter cannot print this."
