"""Tells the faults that stand for themselves from those that only follow from another one.

Whoever mends the first has mended the others, and is not to look for them.
"""

from collections.abc import Collection, Iterable, Sequence

from form_templates.errors import (
    MisfitAnswer,
    MisfitTable,
    MissingCells,
    MissingCodes,
    MissingLabel,
    TemplateFault,
    UnknownKey,
)
from form_templates.specification import Section, Template

_OF_SEVERAL_KEYS = (MisfitAnswer, MisfitTable, MissingCells, MissingCodes)
_OF_ALL_KEYS = ("case_field", "day_field", "role")
_ROWS = "default_rows."
_NAMING = ("id", "sections", "questions")
"""Keys without which nobody knows whose wording is whose."""


def drop_consequences(
    found: Iterable[TemplateFault], told: Iterable[TemplateFault]
) -> list[TemplateFault]:
    """Contradictions of a template, but for those that may only follow from a misread key."""
    misread = {fault.key for fault in told}
    return [fault for fault in found if not _follows(fault, misread)]


def _follows(fault: TemplateFault, misread: Collection[str]) -> bool:
    """Whether a fault may be gone as soon as the keys that were misread are put right."""
    if ".." in f".{fault.key}":
        return True  # without its id a thing is told by its number already
    if isinstance(fault, UnknownKey | MisfitTable) and fault.key.startswith(_ROWS):
        # The table may be there under a key of its section that was misread.
        by_section = any(key.count(".") == 1 and not key.startswith(_ROWS) for key in misread)
        return by_section or fault.key in misread
    if isinstance(fault, _OF_SEVERAL_KEYS):
        return any(_is_of_one_thing(fault.key, key) for key in misread)
    if fault.key.endswith(".page"):
        return any(key.startswith("pages") for key in misread)
    refers = fault.key in _OF_ALL_KEYS or fault.key.endswith(".write_at")
    return fault.key in misread or (refers and bool(misread))


def _is_of_one_thing(key: str, other: str) -> bool:
    """Whether two keys are of one question, or both of one section itself."""
    parts, others = key.split("."), other.split(".")
    both_of_section = len(parts) == len(others) == 2 and parts[0] == others[0]
    return both_of_section or parts[:2] == others[:2]


def leave_out_labels(
    unworded: Sequence[TemplateFault], template: Template, told: Iterable[TemplateFault]
) -> list[TemplateFault]:
    """What is wrong with the wording, but for that of sections and questions at fault."""
    misread = [fault.key for fault in told]
    empty = {section.id for section in template.sections if not section.questions}
    if any(_hides_names(key, empty) for key in misread):
        return [fault for fault in unworded if not isinstance(fault, MissingLabel | UnknownKey)]
    wrong = {name for key in misread for name in _name_at_fault(key, template.sections)}
    return [fault for fault in unworded if not wrong.intersection(fault.key.split(".")[1:2])]


def _hides_names(key: str, empty: Collection[str]) -> bool:
    """Whether questions may be there that nobody could find for this fault."""
    section, _, rest = key.partition(".")
    return key.rpartition(".")[2] in _NAMING or (section in empty and "." not in rest)


def _name_at_fault(key: str, sections: Iterable[Section]) -> tuple[str, ...]:
    """The question of a key, or its section with the rows of the section's table."""
    section, _, rest = key.partition(".")
    if "." in rest:
        return (rest.partition(".")[0],)
    groups = (s.group for s in sections if s.id == section and s.group)
    return (section, *(f"row_{group}" for group in groups))
