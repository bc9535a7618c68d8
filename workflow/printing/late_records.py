"""Brings a record of an older edition up to date before anything of it is printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from form_templates import catalog
from form_templates.editions import Loss, map_values
from form_templates.model import TemplateKey
from validation.typed_values import Json


@dataclass(frozen=True, slots=True)
class CarriedRecord:
    """A record in the terms of its form's newest edition."""

    key: TemplateKey
    values: Mapping[str, Json]
    lost: Mapping[str, Loss]
    """Field of the older edition -> why its answer could not be carried: left to the pen."""


def carry_to_newest(
    values: Mapping[str, Json], key: TemplateKey, root: Path = catalog.ROOT
) -> CarriedRecord:
    """Say what a record says in the terms of the newest edition of its form."""
    newest = catalog.load(key.form, None, root)
    if newest.key == key:
        return CarriedRecord(key, values, {})
    mapped = map_values(values, catalog.load(key.form, key.edition, root), newest)
    return CarriedRecord(newest.key, mapped.values, mapped.lost)
