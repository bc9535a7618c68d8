"""What can be wrong with a template; a fault names its file, and key and line where known."""

from collections.abc import Callable
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


Report = Callable[[TemplateFault], None]
"""What is done about a fault: loading raises the first, checking gathers them all."""


def raise_fault(fault: TemplateFault) -> None:
    """Refuse the template for its first fault."""
    raise fault


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
    message = "The file is missing: template.toml, labels in each language, blanks that are named."


class EditionThere(TemplateFault):
    """An edition is to be started whose folder is there already."""

    code = "edition_there"
    message = "There is such an edition already; change its files."


class BrokenToml(TemplateFault):
    """The file is not TOML in UTF-8."""

    code = "broken_toml"
    message = "The file cannot be read as TOML; mend this line or the one before."


class UnknownKey(TemplateFault):
    """A key means nothing in this place."""

    code = "unknown_key"
    message = "No such key here; mind the spelling."


class MissingKey(TemplateFault):
    """A key that must stand here does not."""

    code = "missing_key"
    message = "The key is missing; add it."


class WrongValue(TemplateFault):
    """A key carries something that it cannot mean."""

    code = "wrong_value"
    message = "The value does not fit the key; write what is wanted."


class UnknownKind(TemplateFault):
    """A question is to be answered in a way that does not exist."""

    code = "unknown_kind"
    message = "No such kind of answer; choose one of those that are wanted."


class DuplicateId(TemplateFault):
    """Two parts of a form carry one id."""

    code = "duplicate_id"
    message = "Another section, question or table has this id; give this one its own."


class DuplicateCode(TemplateFault):
    """Two answers of a question carry one printed code."""

    code = "duplicate_code"
    message = "The question has this code twice; give each answer its own."


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
    message = "The keys of the question do not fit each other; change one of them."


class MisfitTable(TemplateFault):
    """What is said of a table contradicts itself."""

    code = "misfit_table"
    message = "The keys of the table do not fit each other; change one of them."


class MissingLabel(TemplateFault):
    """A wording is missing in one of the languages."""

    code = "missing_label"
    message = "The wording is missing; write it in this file: every key needs one in each language."


class NumberTaken(TemplateFault):
    """Two editions carry one number in their printed page code."""

    code = "number_taken"
    message = "Another edition has this number already; a page code must mean one edition."


class EditionTaken(TemplateFault):
    """An edition of one's own bears the form and the date of one that ships, and differs."""

    code = "edition_taken"
    message = "Another edition ships with this form and date; give yours another date and number."


class NumberTooLarge(TemplateFault):
    """The number of an edition does not fit into the printed page code."""

    code = "number_too_large"
    message = "The number of an edition must fit into the page code: 1 to 511."


class MissingLaw(TemplateFault):
    """A question names neither the article behind it nor that it is ours."""

    code = "missing_law"
    message = "Name the article behind the question, or say `assumed = true`."


class DoesNotFit(TemplateFault):
    """The form cannot be laid out on its paper."""

    code = "does_not_fit"
    message = "This does not fit on the paper; shorten it or give it more room."


class OverlappingRegions(TemplateFault):
    """Two things are answered in one place."""

    code = "overlapping_regions"
    message = "Two places lie over each other, and nobody could tell whose ink it is; move one."


class RegionOffPage(TemplateFault):
    """Something would be answered where there is no paper, or none that can be read."""

    code = "region_off_page"
    message = "The place lies outside the part of the page that can be read; move it."


class TextOverRegion(TemplateFault):
    """Something printed stands where somebody is to write or to mark."""

    code = "text_over_region"
    message = "Printed text stands where somebody is to write or to mark; move one of them."


class WrongBlank(TemplateFault):
    """The empty page of a placed form is missing, cannot be opened or has another size."""

    code = "wrong_blank"
    message = "The blank shows another page than the template; correct the size or the file."


class GeometryMoved(TemplateFault):
    """The fields of an edition stand elsewhere or mean something else than when it was printed."""

    code = "geometry_moved"
    message = "Paper already printed would be read wrongly; undo this, or make a new edition."
