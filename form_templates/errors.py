"""What can be wrong with a template; a fault names its file, and key and line where known."""

from pathlib import Path
from typing import ClassVar


class TemplateFault(Exception):
    """A template cannot be used; nothing of it is loaded."""

    code: ClassVar[str] = "template_fault"
    retry: ClassVar[bool] = False
    message: ClassVar[str] = "Correct the template."

    def __init__(self, file: Path, key: str = "", detail: str = "", line: int | None = None):
        super().__init__(file, key, detail, line)
        self.file = file
        self.key = key
        self.detail = detail
        self.line = line

    def __str__(self) -> str:
        place = str(self.file) if self.line is None else f"{self.file}:{self.line}"
        said = f"{self.message} ({self.detail})" if self.detail else self.message
        return ": ".join(part for part in (place, self.key, said) if part)


class UnknownForm(TemplateFault):
    """There is no form of that name."""

    code = "unknown_form"
    message = "No such form; `blanki form list` names them all."


class UnknownEdition(TemplateFault):
    """The form has no edition of that date."""

    code = "unknown_edition"
    message = "The form has no such edition; `blanki form list` names them all."


class UndatedEdition(TemplateFault):
    """The folder of an edition is not named by its date."""

    code = "undated_edition"
    message = "Name the folder of an edition by its date: 2015-05-01."


class MissingFile(TemplateFault):
    """A file that an edition needs is not there or cannot be opened."""

    code = "missing_file"
    message = "An edition needs template.toml and a labels file for each language."


class BrokenToml(TemplateFault):
    """The file is not TOML in UTF-8."""

    code = "broken_toml"
    message = "The file is not valid TOML."


class UnknownKey(TemplateFault):
    """A key means nothing in this place."""

    code = "unknown_key"
    message = "No such key here; mind the spelling."


class MissingKey(TemplateFault):
    """A key that must stand here does not."""

    code = "missing_key"
    message = "The key is missing."


class WrongValue(TemplateFault):
    """A key carries something that it cannot mean."""

    code = "wrong_value"
    message = "The value does not fit the key."


class UnknownKind(TemplateFault):
    """A question is to be answered in a way that does not exist."""

    code = "unknown_kind"
    message = "No such kind of answer."


class DuplicateId(TemplateFault):
    """Two parts of a form carry one id."""

    code = "duplicate_id"
    message = "Ids of sections, questions and tables are unique in a form."


class DuplicateCode(TemplateFault):
    """Two answers of a question carry one printed code."""

    code = "duplicate_code"
    message = "The codes of a question are unique."


class MissingCodes(TemplateFault):
    """A question to be marked has nothing that could be marked."""

    code = "missing_codes"
    message = "A question that is marked needs codes."


class MissingCells(TemplateFault):
    """A question to be written has no cells to write in."""

    code = "missing_cells"
    message = "A question that is written in cells needs the count of its cells."


class MisfitAnswer(TemplateFault):
    """What is said of an answer contradicts itself."""

    code = "misfit_answer"
    message = "The parts of the question do not fit each other."


class MisfitTable(TemplateFault):
    """What is said of a table contradicts itself."""

    code = "misfit_table"
    message = "The rows of the table do not fit."


class MissingLabel(TemplateFault):
    """A wording is missing in one of the languages."""

    code = "missing_label"
    message = "The wording is missing; every key needs one in each language."


class NumberTaken(TemplateFault):
    """Two editions carry one number in their printed page code."""

    code = "number_taken"
    message = "Another edition has this number already; a page code must mean one edition."


class NumberTooLarge(TemplateFault):
    """The number of an edition does not fit into the printed page code."""

    code = "number_too_large"
    message = "The number of an edition must fit into the page code: 1 to 511."
