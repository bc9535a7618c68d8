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


class MissingLaw(TemplateFault):
    """A question names neither the article behind it nor that it is ours."""

    code = "missing_law"
    message = "Name the article behind the question, or say `assumed = true`."


class DoesNotFit(TemplateFault):
    """The form cannot be laid out on its paper."""

    code = "does_not_fit"
    message = "The form does not fit on its paper as the template asks."


class OverlappingRegions(TemplateFault):
    """Two things are answered in one place."""

    code = "overlapping_regions"
    message = "Two regions lie over each other; the reader could not tell whose ink it is."


class RegionOffPage(TemplateFault):
    """Something would be answered where there is no paper, or none that can be read."""

    code = "region_off_page"
    message = "The region lies outside the part of the page that is filled in."


class TextOverRegion(TemplateFault):
    """Something printed stands where somebody is to write or to mark."""

    code = "text_over_region"
    message = "Printed text stands in a place that is filled in by hand."


class WrongBlank(TemplateFault):
    """The empty page of a placed form is missing, cannot be opened or has another size."""

    code = "wrong_blank"
    message = "The blank does not show the page that the template describes."


class GeometryMoved(TemplateFault):
    """The fields of an edition stand elsewhere than when it was printed."""

    code = "geometry_moved"
    message = "Paper already printed would be read in the wrong places: make a new edition."
