"""Finds what an edition still has of the small form that it was begun with."""

from collections.abc import Iterator
from pathlib import Path

from form_templates.errors import TemplateFault
from form_templates.labels import LANGUAGES
from form_templates.loading import TEMPLATE_FILE
from form_templates.toml_lines import locate_fault
from form_templates.toml_table import read_toml

SKELETON = Path(__file__).with_name("_skeleton")
_WORDINGS = ("title", "act", "option.reason.1", "option.reason.2")
"""The other wordings of the small form are good in any form."""


class StillToWrite(TemplateFault):
    """Something is as the small form has it that an edition is begun with."""

    code = "still_to_write"
    message = "This stands here only as an example: write your own."


def find_placeholders(folder: Path) -> tuple[TemplateFault, ...]:
    """The law and the wordings of the small form that were left in an edition.

    None where a file cannot be read; that is told by whoever reads the whole.
    """
    try:
        faults = (*_find_law(folder / TEMPLATE_FILE), *_find_wordings(folder))
    except TemplateFault:
        return ()
    for fault in faults:
        locate_fault(fault)
    return faults


def _find_law(file: Path) -> Iterator[TemplateFault]:
    example = str(read_toml(SKELETON / TEMPLATE_FILE)["law"])
    template = read_toml(file)
    sections = template.get("sections")
    tables = [("law", template)]
    if isinstance(sections, list):
        tables += [(f"{s.get('id')}.law", s) for s in sections if isinstance(s, dict)]
    for key, table in tables:
        law = str(table.get("law", ""))
        if law.partition("/")[0] == example:
            yield StillToWrite(file, key, law)


def _find_wordings(folder: Path) -> Iterator[TemplateFault]:
    for language in LANGUAGES:
        name = f"labels.{language}.toml"
        ours, theirs = read_toml(SKELETON / name), read_toml(folder / name)
        for key in _WORDINGS:
            found = _find_wording(theirs, key)
            if found is not None and found == _find_wording(ours, key):
                yield StillToWrite(folder / name, key, str(found))


def _find_wording(wording: object, key: str) -> object:
    for part in key.split("."):
        wording = wording.get(part) if isinstance(wording, dict) else None
    return wording
