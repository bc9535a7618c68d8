"""What of one paper is printed into the next: pure mappings from record to form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from form_templates import catalog
from form_templates.editions import Loss
from form_templates.model import TemplateKey
from validation.typed_values import Json
from validation.vocabulary import load_vocabulary_of
from workflow.printing.late_records import CarriedRecord, carry_to_newest

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


@dataclass(frozen=True, slots=True)
class Prefilled:
    """What a form is printed with."""

    values: Mapping[str, str]
    source: TemplateKey | None = None
    """The paper that says it."""
    lost: Mapping[str, Loss] = field(default_factory=dict)
    """Field of the source that would have been printed -> why it is left to the pen."""


def prefill_declaration(
    family_code: str,
    application: Mapping[str, Json],
    key: TemplateKey,
    root: Path = catalog.ROOT,
) -> Prefilled:
    """What the application already says of a family whose declaration will be filled.

    The representative is named by the members at the visit (order 01-14, annex 1,
    art. 3(5)): only an applicant who is a member is presumed to be it. What an application
    of an older edition says counts where the newest edition asks the same.
    """
    carried = carry_to_newest(application, key, root)
    application = carried.values
    values = {"family_code": family_code} | _copy(application, _ADDRESS, _ADDRESS)
    newest = catalog.load(key.form, None, root)
    codes = load_vocabulary_of(newest).name_meanings("applicant_is_member")
    if application.get("applicant_is_member") == codes["yes"]:
        values |= _copy(application, _APPLICANT, _REPRESENTATIVE)
    wanted = (*_ADDRESS, *_APPLICANT, "applicant_is_member")
    return Prefilled(values, key, _list_lost(carried, wanted))


def prefill_assignment(
    family_code: str,
    declaration: Mapping[str, Json],
    key: TemplateKey,
    root: Path = catalog.ROOT,
) -> Prefilled:
    """The head of an assignment form, from the declaration that was rated."""
    kept = (*_REPRESENTATIVE, *_ADDRESS)
    carried = carry_to_newest(declaration, key, root)
    values = {"family_code": family_code} | _copy(carried.values, kept, kept)
    return Prefilled(values, key, _list_lost(carried, kept))


def count_rows(application: Mapping[str, Json]) -> dict[str, int]:
    """A row for each member whom the application names."""
    rows = [int(match[1]) for match in map(_ROW.match, application) if match]
    return {MEMBERS: max(rows)} if rows else {}


def _list_lost(carried: CarriedRecord, wanted: tuple[str, ...]) -> dict[str, Loss]:
    """What would have been printed if the newest edition asked it as the older one did."""
    return {name: carried.lost[name] for name in wanted if name in carried.lost}


def _copy(
    values: Mapping[str, Json], sources: tuple[str, ...], targets: tuple[str, ...]
) -> dict[str, str]:
    """The written answers under the names of another form; what is blank stays out."""
    pairs = zip(sources, targets, strict=True)
    return {target: str(values[source]) for source, target in pairs if source in values}
