"""Forms that an act has abolished: known by their printed title, so that they can be refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from form_templates.errors import WrongValue
from form_templates.toml_table import TomlTable, read_toml

FILE = Path(__file__).parent / "abolished.toml"


@dataclass(frozen=True, slots=True)
class AbolishedForm:
    """A paper that nobody may use any more."""

    id: str
    titles: tuple[str, ...]
    """What may be printed at its head."""
    until: date
    """First day on which the form is no more."""
    law: str
    """The article that abolished it."""
    assumed: bool
    """The sources do not show the paper itself."""


@cache
def load_abolished(file: Path = FILE) -> Mapping[str, AbolishedForm]:
    """Every abolished form by its id."""
    return {name: _build_form(file, name, values) for name, values in read_toml(file).items()}


def _build_form(file: Path, name: str, values: object) -> AbolishedForm:
    if not isinstance(values, dict):
        raise WrongValue(file, name, "a table, headed [name]")
    table = TomlTable(file, name, dict(values))
    form = AbolishedForm(
        id=name,
        titles=_take_titles(table),
        until=_take_day(table),
        law=table.take_text("law"),
        assumed=table.take_truth("assumed", False),
    )
    table.refuse_rest()
    return form


def _take_titles(table: TomlTable) -> tuple[str, ...]:
    titles = table.take_texts("titles")
    if not titles:
        raise WrongValue(table.file, table.key("titles"), "at least one title")
    return titles


def _take_day(table: TomlTable) -> date:
    day = table.values.pop("until", None)
    if not isinstance(day, date):
        raise WrongValue(table.file, table.key("until"), "a day such as 2015-05-01")
    return day
