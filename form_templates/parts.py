"""The places on a laid-out page, one by one: every cell, code, box and signature."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from form_templates.model import PRESENCE_KINDS, FieldSpec, Region, TemplatePage


class Use(StrEnum):
    """What somebody does in a place."""

    CODE = "code"
    CELL = "cell"
    TEXT = "text"
    SIGNATURE = "signature"
    CORRECTION_CELL = "correction cell"
    CORRECTION_SIGNATURE = "correction signature"
    NAME = "free writing"


@dataclass(frozen=True, slots=True)
class Part:
    """A place on a page that is read for itself."""

    use: Use
    region: Region
    question: str = ""
    field: str = ""
    """Id with its row: `members[3].C3_07`."""
    name: str = ""
    """Which of the field's places: the code, the number of the cell, the signer."""

    def __str__(self) -> str:
        place = f"{self.use.value} {self.name}".strip()
        return f"{self.field}, {place}" if self.field else place


def list_parts(page: TemplatePage) -> tuple[Part, ...]:
    """Every place on a page that somebody writes or marks in."""
    return (
        *(part for field in page.fields for part in list_parts_of(field)),
        *(Part(Use.NAME, region) for region in page.free),
        *_list_signatures(page.fields),
    )


def list_parts_of(field: FieldSpec) -> Iterator[Part]:
    """The places of one field, but for those to sign at a correction."""
    for option in field.options:
        yield Part(Use.CODE, option.region, field.question, field.id, option.code)
    for use, cells in (
        (Use.CELL, field.cells),
        (Use.CORRECTION_CELL, field.correction_cells),
    ):
        for number, cell in enumerate(cells, start=1):
            yield Part(use, cell, field.question, field.id, str(number))
    if not field.options and not field.cells:
        use = Use.SIGNATURE if field.kind in PRESENCE_KINDS else Use.TEXT
        yield Part(use, field.region, field.question, field.id)


def _list_signatures(fields: Iterable[FieldSpec]) -> Iterator[Part]:
    """Places to sign at a correction; the fields of one table row may share theirs."""
    shared: set[tuple[object, ...]] = set()
    for field in fields:
        for who, region in (field.correction_signatures or {}).items():
            row = (field.group, field.row, *region.as_list())
            if field.group is None or row not in shared:
                shared.add(row)
                use = Use.CORRECTION_SIGNATURE
                yield Part(use, region, field.question, field.id, who.value)
