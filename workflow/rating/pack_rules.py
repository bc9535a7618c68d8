"""What must hold inside a methodology pack before anybody is rated by it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from form_templates import catalog
from form_templates.errors import TemplateFault
from form_templates.model import Format
from form_templates.specification import Question
from validation.toml_data import read_toml
from workflow.rating.faults import BrokenPack
from workflow.rating.pack import Input, Pack, Parameter

REFUSED = Path(__file__).parent / "packs" / "refused.toml"
LEAST_WELFARE = Parameter.LEAST_WELFARE.value
SCORE = "score"
_NUMBERS = frozenset({Format.INTEGER, Format.DECIMAL, Format.MONEY})

Questions = Mapping[tuple[str | None, str], Question]
"""Table and id -> the question."""


def check_pack(pack: Pack, file: Path) -> None:
    """Fail on the first thing that cannot be computed, or must not be."""
    _check_ids(pack, file)
    for key, question in _name_questions(pack):
        _refuse_forbidden(question, key, file)
    _check_needs(pack, file)
    for edition in sorted(pack.editions):
        _check_questions(pack, _list_questions(pack, edition, file), file)


def _check_ids(pack: Pack, file: Path) -> None:
    """A line of the explanation is known by its id alone."""
    seen = {*Parameter, SCORE}
    for name in pack.part_ids:
        if name in seen:
            raise BrokenPack.at(file, name, "the id is taken")
        seen.add(name)


def _name_questions(pack: Pack) -> Iterator[tuple[str, str]]:
    """Every question that has any part in the score, with the key that names it."""
    for item in pack.welfare:
        yield f"welfare.{item.id}.question", item.question
        if item.condition:
            yield f"welfare.{item.id}.blank", item.condition[0]
    yield "needs.born", pack.needs.born
    for addition in pack.needs.additions:
        yield f"needs.additions.{addition.id}.question", addition.question


def _refuse_forbidden(question: str, key: str, file: Path) -> None:
    """The agent's opinion and durable goods never count (programme overview, methodology)."""
    for refused in _load_refused():
        if any(fnmatchcase(question, pattern) for pattern in refused["questions"]):
            raise BrokenPack.at(file, key, f"{question}: {refused['why']} ({refused['law']})")


@cache
def _load_refused() -> tuple[Mapping[str, Any], ...]:
    return tuple(read_toml(REFUSED)["refused"])


def _check_needs(pack: Pack, file: Path) -> None:
    """Every age has a band, and every member needs something."""
    years = [band.from_years for band in pack.needs.bands]
    if not years or years[0] != 0 or years != sorted(set(years)):
        raise BrokenPack.at(file, "needs.bands", "the first begins at 0, each later than the last")
    for part in pack.needs.weights:
        if part.weight <= 0:
            raise BrokenPack.at(file, f"needs.{part.id}.weight", "must be above 0")
    for name in (Parameter.SCALE, Parameter.UNIT_NEED):
        if pack.number(name) <= 0:
            raise BrokenPack.at(file, f"parameters.{name}.number", "must be above 0")


def _list_questions(pack: Pack, edition: date, file: Path) -> Questions:
    try:
        template = catalog.load(pack.form, edition)
    except TemplateFault as fault:
        raise BrokenPack.at(file, "pack.editions", str(fault)) from fault
    return {(section.group, question.id): question for section, question in template.questions()}


def _check_questions(pack: Pack, questions: Questions, file: Path) -> None:
    """What is asked for stands on the form and can be counted."""
    for item in pack.welfare:
        _check_input(item, questions, file)
    table = pack.needs.table
    born = _find(questions, table, pack.needs.born, "needs.born", file)
    if born.format is not Format.DATE:
        raise BrokenPack.at(file, "needs.born", f"{born.id} is no date")
    for addition in pack.needs.additions:
        key = f"needs.additions.{addition.id}"
        question = _find(questions, table, addition.question, f"{key}.question", file)
        _check_code(question.codes, addition.code, f"{key}.code", file)


def _check_input(item: Input, questions: Questions, file: Path) -> None:
    key = f"welfare.{item.id}"
    question = _find(questions, item.table, item.question, f"{key}.question", file)
    if item.code is not None:
        _check_code(question.codes, item.code, f"{key}.code", file)
    elif question.format not in _NUMBERS:
        raise BrokenPack.at(file, f"{key}.question", f"{question.id} is no number; name a code")
    if item.condition:
        name, code = item.condition
        other = _find(questions, item.table, name, f"{key}.blank", file)
        if code is not None:
            _check_code(other.codes, code, f"{key}.blank", file)
    elif item.blank == "always" and question.required:
        raise BrokenPack.at(file, f"{key}.blank", f"{question.id} is required on the form")


def _find(questions: Questions, table: str | None, name: str, key: str, file: Path) -> Question:
    if (table, name) not in questions:
        raise BrokenPack.at(file, key, f"the form has no question {name} there")
    return questions[table, name]


def _check_code(codes: Iterable[str], code: str, key: str, file: Path) -> None:
    if code not in codes:
        raise BrokenPack.at(file, key, f"{code!r} is no code of the question")
