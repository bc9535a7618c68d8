"""Finds everything that is wrong with an edition at once, for those who write it.

Loading stops at the first fault and keeps nothing. Here one reading gathers all:
what cannot be understood is told once and then left out, so that no fault is
told twice under another name.
"""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from form_templates.blanks import find_wrong_blanks
from form_templates.checking import find_faults
from form_templates.collisions import find_collisions
from form_templates.editing.freezing import find_moved
from form_templates.errors import (
    DoesNotFit,
    MisfitAnswer,
    MisfitTable,
    MissingCells,
    MissingCodes,
    MissingFile,
    NumberTaken,
    TemplateFault,
    UndatedEdition,
    WrongValue,
)
from form_templates.fitting import LayoutFault
from form_templates.labels import find_unreadable, load_labels
from form_templates.loading import TEMPLATE_FILE, build_template
from form_templates.misfits import find_misfits
from form_templates.model import TemplateKey
from form_templates.specification import Section, Template
from form_templates.toml_lines import locate_fault
from form_templates.typeface import measure_mm
from form_templates.whole_form import lay_out_whole

PRINTED = "ka"
"""The language on paper."""
_CROSS_REFERENCES = ("case_field", "day_field")
_OF_SEVERAL_KEYS = (MisfitAnswer, MisfitTable, MissingCells, MissingCodes)


def find_editions(place: Path) -> tuple[Path, ...]:
    """The folders of all editions in a folder: of one edition, of one form, or of many forms.

    Raises MissingFile where there is none.
    """
    if _is_edition(place):
        return (place,)
    for depth in ("*/*", "*"):
        found = sorted(file.parent for file in place.glob(f"{depth}/{TEMPLATE_FILE}"))
        if found:
            # Beside a sound edition stand the ones that lack their template.
            forms = sorted({edition.parent for edition in found})
            return tuple(edition for form in forms for edition in list_subfolders(form))
    raise MissingFile(place / TEMPLATE_FILE)


def _is_edition(folder: Path) -> bool:
    wanted = (TEMPLATE_FILE, "labels.*.toml")
    return any(file for pattern in wanted for file in folder.glob(pattern))


def list_subfolders(folder: Path) -> list[Path]:
    """The folders in a folder that are somebody's work, not a cache."""
    found = (p for p in folder.iterdir() if p.is_dir() and not p.name.startswith((".", "_")))
    return sorted(found)


def inspect_edition(folder: Path, roots: Sequence[Path] = ()) -> tuple[TemplateFault, ...]:
    """Everything that is wrong with an edition, in the order of its files.

    `roots` hold the other editions, none of which may have its number.
    """
    faults: list[TemplateFault] = []
    key = TemplateKey(folder.parent.name, _read_date(folder, faults))
    try:
        template = build_template(folder, key, faults.append)
    except TemplateFault as fault:
        faults += [fault, *find_unreadable(folder)]
    else:
        faults += _find_contradictions(template, folder, faults)
        faults += _find_number_taken(template, folder, roots)
        labels = load_labels(template, folder, faults.append)
        faults += list(_find_misplaced(replace(template, labels=labels), folder, faults))
    for found in faults:
        locate_fault(found)
    return tuple(sorted({str(found): found for found in faults}.values(), key=_order))


def _order(fault: TemplateFault) -> tuple[bool, str, int]:
    return fault.file.name != TEMPLATE_FILE, str(fault.file), fault.line or 0


def _read_date(folder: Path, faults: list[TemplateFault]) -> date:
    """The date that the folder is named by; any other name is a fault."""
    try:
        day = date.fromisoformat(folder.name)
    except ValueError:
        day = date.min
    if day.isoformat() != folder.name:
        faults.append(UndatedEdition(folder))
    return day


def _find_contradictions(
    template: Template, folder: Path, told: Iterable[TemplateFault]
) -> list[TemplateFault]:
    """Where the template contradicts itself, but for what only follows from a misread key."""
    misread = {fault.key for fault in told}
    return [
        fault
        for fault in find_faults(template, folder / TEMPLATE_FILE)
        if not _follows(fault, misread)
    ]


def _follows(fault: TemplateFault, misread: Collection[str]) -> bool:
    """Whether a fault may be gone as soon as the keys that were misread are put right."""
    if isinstance(fault, _OF_SEVERAL_KEYS):
        return any(_name_owner(fault.key) == _name_owner(key) for key in misread)
    refers = fault.key in _CROSS_REFERENCES or fault.key.endswith(".write_at")
    return fault.key in misread or (refers and bool(misread))


def _name_owner(key: str) -> str:
    """The section and question of a key."""
    return ".".join(key.split(".")[:2])


def _find_number_taken(
    template: Template, folder: Path, roots: Iterable[Path]
) -> Iterator[TemplateFault]:
    """Other editions with the same number in their page code; a copy of this one is none."""
    for other, number in read_numbers(roots).items():
        name = f"{other.parent.name}/{other.name}"
        copy = other.resolve() == folder.resolve() or name == str(template.key)
        if number == template.number and not copy:
            yield NumberTaken(folder / TEMPLATE_FILE, "number", f"{number} is {name}")


def read_numbers(roots: Iterable[Path]) -> dict[Path, int]:
    """Folder of an edition -> its number; a broken one is told where it is inspected itself."""
    numbers: dict[Path, int] = {}
    for file in sorted(file for root in set(roots) for file in root.glob(f"*/*/{TEMPLATE_FILE}")):
        try:
            number = tomllib.loads(file.read_text(encoding="utf-8")).get("number")
        except (OSError, ValueError):
            continue
        if isinstance(number, int) and number > 0:
            numbers[file.parent] = number
    return numbers


def _find_unprintable(template: Template, file: Path) -> Iterator[TemplateFault]:
    """Wording with letters that no font has: they would be printed as nothing."""
    for key, words in template.labels[PRINTED].items():
        try:
            measure_mm(words, 1.0)
        except ValueError as error:
            yield WrongValue(file, key, str(error))


def _find_misplaced(
    template: Template, folder: Path, told: Sequence[TemplateFault]
) -> Iterator[TemplateFault]:
    """What is wrong on paper, with the parts of the form that are sound so far."""
    file, wording = folder / TEMPLATE_FILE, folder / f"labels.{PRINTED}.toml"
    yield from find_wrong_blanks(template, folder, file)
    unprintable = list(_find_unprintable(template, wording))
    yield from unprintable
    misworded = unprintable or any(fault.file == wording for fault in told)
    if misworded and not template.placed:
        return  # without its wording nothing has a place yet
    misread = [fault.key for fault in told if fault.file == file]
    sound = _leave_out(template, misread)
    try:
        pages = lay_out_whole(sound)
    except LayoutFault as misfit:
        yield DoesNotFit(file, misfit.key, misfit.detail)
        return
    for lost in find_misfits(sound, pages):
        yield DoesNotFit(file, lost.key, lost.detail)
    yield from find_collisions(sound, pages, file)
    if not misread:
        yield from find_moved(sound, folder)


def _leave_out(template: Template, misread: Sequence[str]) -> Template:
    """The template without the sections and questions that something is wrong with."""
    sections = (_leave_out_questions(section, misread) for section in template.sections)
    return replace(template, sections=tuple(s for s in sections if s.questions or s.paragraphs))


def _leave_out_questions(section: Section, misread: Sequence[str]) -> Section:
    names = {(q.base or q.id): q for q in section.questions}
    wrong = {key.split(".")[1] for key in misread if key.startswith(f"{section.id}.")}
    if wrong - names.keys():
        return replace(section, questions=(), paragraphs=0)
    return replace(
        section, questions=tuple(q for q in section.questions if (q.base or q.id) not in wrong)
    )
