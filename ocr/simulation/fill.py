"""Fills blank pages the way people do, and says what should be read from them."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from form_templates.model import (
    CELL_KINDS,
    MARK_KINDS,
    PRESENCE_KINDS,
    FieldSpec,
    Kind,
    TemplatePage,
)
from ocr.readings import FieldState, Reason, Value
from ocr.simulation.desk import Desk, Roles, Sheet, seat_people
from ocr.simulation.digits import DigitImages
from ocr.simulation.imprints import print_note, type_answer
from ocr.simulation.intents import FieldTruth, Intent, Intents, Medium
from ocr.simulation.marking import cast_codes, perform_mark, state_marks, value_of_codes
from ocr.simulation.pen import Picture
from ocr.simulation.scenarios import PLAIN, Scenario, find_scenario
from ocr.simulation.signing import ACTS, collect_signatures
from ocr.simulation.styles import Style
from ocr.simulation.writing import cast_writings, perform_writing

_WRITTEN_KINDS = CELL_KINDS | {Kind.TEXT}
_MACHINES = frozenset({Medium.PRINT, Medium.STANDING})


@dataclass(frozen=True, slots=True)
class FilledPages:
    """Pages with ink on them, and what the ink means."""

    pictures: tuple[Picture, ...]
    truth: Mapping[str, FieldTruth]


def fill_pages(
    blanks: Sequence[Picture],
    pages: Sequence[TemplatePage],
    intents: Intents,
    seed: int,
    style: Style = Style.TRAINING,
    desk: Desk | None = None,
    digit_images: DigitImages | None = None,
) -> FilledPages:
    """Writes the intents on pictures of the blank pages; the same seed, the same ink.

    The pictures keep the size of the blanks, grey or RGB; each says that it is simulated.
    """
    desk = desk or seat_people(seed, style, digit_images)
    pictures = []
    truth: dict[str, FieldTruth] = {}
    used = find_used_rows(pages, intents)
    for blank, page in zip(blanks, pages, strict=True):
        sheet = Sheet(blank.copy(), blank.shape[1] / page.width_mm, page)
        for field in page.fields:
            intent = intents.get(field.id, Intent(None))
            truth[field.id] = fill_field(sheet, desk, field, intent, seed, used)
        print_note(sheet.picture, sheet.px_per_mm)
        pictures.append(sheet.picture)
    return FilledPages(tuple(pictures), truth)


Rows = frozenset[tuple[str | None, int | None]]
"""Table and row; fields outside tables stand in row None, which is always used."""
_NO_ROWS: Rows = frozenset({(None, None)})


def find_used_rows(pages: Sequence[TemplatePage], intents: Intents) -> Rows:
    """The rows that carry any answer."""
    fields = (field for page in pages for field in page.fields)
    answered = {(f.group, f.row) for f in fields if not _is_untouched(intents.get(f.id))}
    return _NO_ROWS | answered


def _is_untouched(intent: Intent | None) -> bool:
    """Whether nothing is meant to be done to the field."""
    return intent is None or (intent.scenario == PLAIN and intent.value in (None, (), False, ""))


def fill_field(
    sheet: Sheet, desk: Desk, field: FieldSpec, intent: Intent, seed: int, used: Rows = _NO_ROWS
) -> FieldTruth:
    """Answers one field as its intent says; other fields have no part in its chance."""
    rng = np.random.default_rng([seed, 2, zlib.crc32(field.id.encode())])
    if _is_untouched(intent):
        return _leave_empty(sheet, field, used)
    scenario = find_scenario(intent.scenario, field)
    if intent.medium in _MACHINES and field.kind in _WRITTEN_KINDS:
        if intent.medium is Medium.PRINT:
            type_answer(sheet.picture, field, str(intent.value), sheet.px_per_mm, desk.fonts)
        roles: Roles = {"right": (str(intent.value),)}
    else:
        roles = _cast(field, intent.value, scenario, rng)
        _perform(sheet, desk, field, scenario, roles, rng)
    return _tell_truth(sheet, field, scenario, roles)


def _cast(field: FieldSpec, value: Value, scenario: Scenario, rng: np.random.Generator) -> Roles:
    if field.kind in MARK_KINDS:
        return cast_codes(field, value, scenario, rng)
    if field.kind in _WRITTEN_KINDS:
        return cast_writings(field, value, scenario, rng)
    return {}


def _perform(
    sheet: Sheet,
    desk: Desk,
    field: FieldSpec,
    scenario: Scenario,
    roles: Roles,
    rng: np.random.Generator,
) -> None:
    """Does the acts of a scenario one after the other."""
    crossed = {target for act in scenario.acts if act.verb == "cross" for target in act.targets}
    for act in scenario.acts:
        if act.verb in ACTS:
            ACTS[act.verb](sheet, desk, field, act, rng)
        elif field.kind in MARK_KINDS:
            perform_mark(sheet, desk, field, act, roles, rng, crossed)
        else:
            perform_writing(sheet, desk, field, act, roles, rng)


def _leave_empty(sheet: Sheet, field: FieldSpec, used: Rows) -> FieldTruth:
    """What an untouched field comes to; an unused row of a table is no fault."""
    required = field.required and (field.group, field.row) in used
    return FieldTruth(
        field=field.id,
        page=sheet.page.page,
        sheet=sheet.page.sheet,
        scenario=PLAIN,
        row="",
        state=FieldState.EMPTY,
        reason=Reason.NONE,
        value=False if field.kind in PRESENCE_KINDS else None,
        disposition="return_to_agent" if required else "accepted",
        marks=state_marks(field, None, {}),
        signatures=collect_signatures(field, ()),
    )


def _tell_truth(sheet: Sheet, field: FieldSpec, scenario: Scenario, roles: Roles) -> FieldTruth:
    """What should be read after a scenario."""
    return FieldTruth(
        field=field.id,
        page=sheet.page.page,
        sheet=sheet.page.sheet,
        scenario=scenario.name,
        row=scenario.row,
        state=scenario.state,
        reason=scenario.reason,
        value=_value_of(field, roles, scenario.value),
        disposition=scenario.disposition,
        cautious=scenario.cautious,
        before=_value_of(field, roles, scenario.before) if scenario.before else None,
        marks=state_marks(field, scenario, roles),
        signatures=collect_signatures(field, scenario.acts),
    )


def _value_of(field: FieldSpec, roles: Roles, names: str) -> Value:
    """The value that a role of the scenario stands for."""
    if field.kind in MARK_KINDS:
        return value_of_codes(field, roles, names)
    if field.kind in _WRITTEN_KINDS:
        return roles[names][0] if names else None
    return bool(names)
