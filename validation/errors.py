"""What can be wrong with the data that validation runs on: every fault names file and key."""

from pathlib import Path
from typing import ClassVar


class ValidationFault(Exception):
    """The law, the codes or the wording cannot be used; nothing is decided on them."""

    code: ClassVar[str] = "validation_fault"
    retry: ClassVar[bool] = False
    message: ClassVar[str] = "Correct the data of the validation package."

    def __init__(self, file: Path, key: str = "", detail: str = ""):
        super().__init__(file, key, detail)
        self.file = file
        self.key = key
        self.detail = detail

    def __str__(self) -> str:
        said = f"{self.message} ({self.detail})" if self.detail else self.message
        return ": ".join(part for part in (str(self.file), self.key, said) if part)


class BrokenData(ValidationFault):
    """A file is missing, or is not TOML in UTF-8."""

    code = "broken_data"
    message = "The file must be there and be valid TOML."


class WrongLawValue(ValidationFault):
    """An entry of a legal value does not say what it must."""

    code = "wrong_law_value"
    message = "A legal value needs its first day, one number, a unit and its article."


class UnknownLawValue(ValidationFault):
    """No legal value has that name."""

    code = "unknown_law_value"
    message = "There is no such legal value."


class UnknownMeaning(ValidationFault):
    """A rule asks for the meaning of a code that nobody wrote down."""

    code = "unknown_meaning"
    message = "The edition has no code of that meaning; name it in the edition's codes file."


class MissingWording(ValidationFault):
    """A finding has no wording in a language."""

    code = "missing_wording"
    message = "Every finding needs a text in each language."
