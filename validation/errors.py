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


class WrongLawFile(ValidationFault):
    """A file of the law has what it may not have, or lacks what it must."""

    code = "wrong_law_file"
    message = "Correct the file of the law."


class WrongLawValue(WrongLawFile):
    """An entry of a legal value does not say what it must."""

    code = "wrong_law_value"
    message = "A legal value needs its first day, one number, a unit and its article."


class WrongList(WrongLawFile):
    """An entry of a list of codes does not say what it must."""

    code = "wrong_list"
    message = "A list of the law needs its first day, its codes and its article."


class WrongScale(WrongLawFile):
    """An entry of a scale does not say what it must."""

    code = "wrong_scale"
    message = "A scale needs its first day, its bands, their units and its article."


class WrongSetting(WrongLawFile):
    """A setting has no options, an option no source, or a choice is no option."""

    code = "wrong_setting"
    message = "A setting needs its number, options with their sources and a choice among them."


class UnknownLawValue(ValidationFault):
    """No legal value has that name."""

    code = "unknown_law_value"
    message = "There is no such legal value."


class UnknownSetting(ValidationFault):
    """No setting has that name."""

    code = "unknown_setting"
    message = "There is no such setting."


class UnknownMeaning(ValidationFault):
    """A rule asks for the meaning of a code that nobody wrote down."""

    code = "unknown_meaning"
    message = "The edition has no code of that meaning; name it in the edition's codes file."


class MissingWording(ValidationFault):
    """A finding has no wording in a language."""

    code = "missing_wording"
    message = "Every finding needs a text in each language."
