"""What of one paper is printed into the next: pure mappings from record to form."""

import re
from collections.abc import Mapping

from form_templates.model import TemplateKey
from validation.typed_values import Json
from validation.vocabulary import load_vocabulary
from workflow.printing.late_records import carry_to_newest

VISIT, ASSIGNMENT = "visit", "assignment"
"""Why a form is printed."""
DECLARATION, ASSIGNMENT_FORM = "family_declaration", "assignment_form"
MEMBERS = "members"
_ADDRESS = ("municipality", "settlement", "street", "house", "flat")
_REPRESENTATIVE = (
    "representative_surname",
    "representative_name",
    "representative_personal_number",
)
_APPLICANT = ("applicant_surname", "applicant_first_name", "applicant_personal_number")
_ROW = re.compile(rf"{MEMBERS}\[(\d+)\]\.")


def prefill_declaration(
    family_code: str, application: Mapping[str, Json], key: TemplateKey
) -> dict[str, str]:
    """What the application already says of a family whose declaration will be filled.

    The representative is named by the members at the visit (order 01-14, annex 1,
    art. 3(5)): only an applicant who is a member is presumed to be it. What an application
    of an older edition says counts where the newest edition asks the same.
    """
    carried = carry_to_newest(application, key)
    application = carried.values
    values = {"family_code": family_code} | _copy(application, _ADDRESS, _ADDRESS)
    codes = load_vocabulary(carried.key).name_meanings("applicant_is_member")
    if application.get("applicant_is_member") == codes["yes"]:
        values |= _copy(application, _APPLICANT, _REPRESENTATIVE)
    return values


def prefill_assignment(
    family_code: str, declaration: Mapping[str, Json], key: TemplateKey
) -> dict[str, str]:
    """The head of an assignment form, from the declaration that was rated."""
    kept = (*_REPRESENTATIVE, *_ADDRESS)
    declared = carry_to_newest(declaration, key).values
    return {"family_code": family_code} | _copy(declared, kept, kept)


def count_rows(application: Mapping[str, Json]) -> dict[str, int]:
    """A row for each member whom the application names."""
    rows = [int(match[1]) for match in map(_ROW.match, application) if match]
    return {MEMBERS: max(rows)} if rows else {}


def _copy(
    values: Mapping[str, Json], sources: tuple[str, ...], targets: tuple[str, ...]
) -> dict[str, str]:
    """The written answers under the names of another form; what is blank stays out."""
    pairs = zip(sources, targets, strict=True)
    return {target: str(values[source]) for source, target in pairs if source in values}
