"""Finds everything that is wrong with an edition at once, for those who write it.

Loading stops at the first fault and keeps nothing. Here one reading gathers all:
what cannot be understood is told once and then left out, so that no fault is
told twice under another name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from form_templates.blanks import find_wrong_blanks
from form_templates.checking import find_faults
from form_templates.collisions import find_collisions
from form_templates.editing.following import drop_consequences, leave_out_labels
from form_templates.editing.freezing import find_moved
from form_templates.editing.printed_outlines import find_missing_outlines
from form_templates.errors import (
    DoesNotFit,
    MissingFile,
    NumberTaken,
    TemplateFault,
    UndatedEdition,
    WrongValue,
)
from form_templates.fitting import LayoutFault
from form_templates.labels import find_unreadable, load_labels
from form_templates.layout import LaidPage
from form_templates.loading import TEMPLATE_FILE, build_template
from form_templates.misfits import find_misfits
from form_templates.model import TemplateKey
from form_templates.placed import BrokenBlank
from form_templates.specification import Section, Template
from form_templates.toml_lines import locate_fault
from form_templates.toml_table import read_toml
from form_templates.typeface import measure_mm
from form_templates.whole_form import lay_out_whole

PRINTED = "ka"
"""The language on paper."""


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
    key = TemplateKey(folder.resolve().parent.name, _read_date(folder, faults))
    try:
        template = build_template(folder, key, faults.append)
    except TemplateFault as fault:
        faults += [fault, *find_unreadable(folder)]
    else:
        faults += drop_consequences(find_faults(template, folder / TEMPLATE_FILE), faults)
        faults += _find_number_taken(template, folder, roots)
        unworded: list[TemplateFault] = []
        labels = load_labels(template, folder, unworded.append)
        faults += leave_out_labels(unworded, template, faults)
        faults += list(_find_misplaced(replace(template, labels=labels), folder, faults))
    for found in faults:
        locate_fault(found)
    return tuple(sorted({str(found): found for found in faults}.values(), key=_order))


def _order(fault: TemplateFault) -> tuple[bool, str, int]:
    return fault.file.name != TEMPLATE_FILE, str(fault.file), fault.line or 0


def _read_date(folder: Path, faults: list[TemplateFault]) -> date:
    """The date that the folder is named by; any other name is a fault."""
    name = folder.resolve().name
    try:
        day = date.fromisoformat(name)
    except ValueError:
        day = date.min
    if day.isoformat() != name:
        faults.append(UndatedEdition(folder))
    return day


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
            number = read_toml(file).get("number")
        except TemplateFault:
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
    if any(key.startswith("pages") for key in misread):
        return  # the paper itself is not known
    sound = _leave_out(template, misread)
    try:
        pages = lay_out_whole(sound)
    except LayoutFault as misfit:
        yield DoesNotFit(file, misfit.key, misfit.detail)
        return
    for lost in find_misfits(sound, pages):
        yield DoesNotFit(file, lost.key, lost.detail)
    yield from find_collisions(sound, pages, file)
    yield from _find_unprinted(sound, pages, file, misread)
    if not misread:
        yield from _find_thawed(sound, folder)


def _find_unprinted(
    template: Template, pages: Sequence[LaidPage], file: Path, misread: Sequence[str]
) -> Iterator[TemplateFault]:
    """Boxes and rings that a blank does not show, once the blank can be opened."""
    try:
        if template.placed and not misread:
            yield from find_missing_outlines(template, [page.template for page in pages], file)
    except (BrokenBlank, MissingFile):
        return  # told already


def _find_thawed(template: Template, folder: Path) -> Iterator[TemplateFault]:
    """What is not as it was frozen, or why that cannot be told."""
    try:
        yield from find_moved(template, folder)
    except TemplateFault as fault:
        yield fault


def _leave_out(template: Template, misread: Sequence[str]) -> Template:
    """The template without the sections and questions that something is wrong with."""
    left = (_leave_out_questions(section, misread) for section in template.sections)
    sections = tuple(s for s in left if s.questions or s.paragraphs)
    groups = {section.group for section in sections}
    rows = {name: count for name, count in template.default_rows.items() if name in groups}
    return replace(template, sections=sections, default_rows=rows)


def _leave_out_questions(section: Section, misread: Sequence[str]) -> Section:
    names = {(q.base or q.id): q for q in section.questions}
    wrong = {key.split(".")[1] for key in misread if key.startswith(f"{section.id}.")}
    if wrong - names.keys():
        return replace(section, questions=(), paragraphs=0)
    return replace(
        section, questions=tuple(q for q in section.questions if (q.base or q.id) not in wrong)
    )
