"""Answers a question of cells or lines with a pen, in the way a scenario says."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.model import FieldSpec, Format, Kind, Region, enclose
from ocr.readings import Value
from ocr.simulation.answers import alter_text, clash_text, draw_digits, invent_text
from ocr.simulation.crosses import draw_cross, strike_through
from ocr.simulation.desk import Desk, Roles, Sheet, find_room, list_places
from ocr.simulation.hand import write_line
from ocr.simulation.letters import write_text
from ocr.simulation.scenarios import PLAIN, Act, Scenario
from ocr.simulation.strays import scribble
from ocr.simulation.strokes import Stroke, curve_through

_OF_SEVERAL = frozenset({"separate", "insert", "paint"})
"""Acts on an answer of several characters."""
_GAP_MM, _ROOM_MM = 2.4, 0.9
"""Around a border: where a comma is set; what it wants of room besides its own width."""
_FLUID = 255
"""Grey of what corrects by covering; a scanner shows it as paper."""


def cast_writings(
    field: FieldSpec, value: Value, scenario: Scenario, rng: np.random.Generator
) -> Roles:
    """What is written in which role of the scenario."""
    right = value if isinstance(value, str) else ""
    changes_part = scenario.has_verb("change_part")
    several = changes_part or scenario.verbs() & _OF_SEVERAL
    if scenario.name != PLAIN and len(right.strip()) <= (2 if several else 0):
        full = field.kind is Kind.DIGITS and several
        right = draw_digits(rng, len(field.cells)) if full else invent_text(field, rng)
    count = int(rng.integers(1, 3))
    if scenario.has_verb("overwrite"):
        wrong = clash_text(right, count, rng)
    elif changes_part or rng.random() < 0.5:
        wrong = alter_text(right, count, rng)
    else:
        wrong = invent_text(field, rng)
    wrong = alter_text(right, 1, rng) if wrong == right else wrong
    return {"right": (right,), "wrong": (wrong,), "all": (wrong,)}


@dataclass(frozen=True, slots=True)
class Job:
    """One act of a scenario on one written answer."""

    sheet: Sheet
    desk: Desk
    field: FieldSpec
    text: str
    before: str
    """What stood in the cells."""
    rng: np.random.Generator

    def changed_cells(self) -> list[tuple[Region, str]]:
        """The cells whose character differs from what stood there, with the new one."""
        characters = zip(self.field.cells, self.before, self.text, strict=False)
        return [(cell, new) for cell, old, new in characters if new != old]

    def inked_cells(self) -> list[Region]:
        """The cells that hold a character."""
        pairs = zip(self.field.cells, self.text, strict=False)
        return [cell for cell, one in pairs if not one.isspace()] or list(self.field.cells)

    def write(self, text: str, cells: Sequence[Region]) -> None:
        """Leaves the text in the cells in the agent's hand."""
        self.sheet.write_characters(self.desk, text, cells, self.rng)

    def draw(self, strokes: Iterable[Stroke]) -> None:
        """Leaves strokes in the agent's ink."""
        self.sheet.draw(self.desk.agent, strokes, self.rng)


def perform_writing(
    sheet: Sheet, desk: Desk, field: FieldSpec, act: Act, roles: Roles, rng: np.random.Generator
) -> None:
    """Does one act of a scenario with what plays its role."""
    text = roles[act.targets[0]][0]
    _WRITINGS[act.verb](Job(sheet, desk, field, text, roles["wrong"][0], rng))


def _write(job: Job) -> None:
    job.write(job.text, job.field.cells)


def _write_straddling(job: Job) -> None:
    """Writes a little closer or wider than the cells are, until characters stand on borders."""
    rng, cells = job.rng, job.field.cells
    last, step = rng.uniform(0.25, 0.42), rng.uniform(0.02, 0.1)
    side = rng.choice((-1, 1))
    written = [i for i, character in enumerate(job.text[: len(cells)]) if not character.isspace()]
    for left, index in enumerate(reversed(written)):
        beside = side * max(last - left * step, 0.0) * cells[index].width_mm
        job.write(job.text[index], [cells[index].moved(float(beside), 0.0)])


def _write_line(job: Job) -> None:
    strokes = write_text(job.desk.agent.hand, job.text, job.field.region, job.rng, job.desk.fonts)
    job.draw(strokes)


def _rewrite(job: Job) -> None:
    job.write(job.text, job.field.correction_cells)


def _write_beside(job: Job) -> None:
    """Writes freely beside the cells, smaller than in them."""
    text = _punctuate(job.field, job.text)
    step = job.field.cells[0].width_mm * 0.72
    room = find_room(job.sheet, job.field, max(4.0, step * len(text)), 6.0)
    cells = [Region(room.x_mm + i * step, room.y_mm, step, 5.6) for i in range(len(text))]
    job.write(text, cells)


def _punctuate(field: FieldSpec, text: str) -> str:
    """The text as people write it without cells: with the point or comma that is printed."""
    mark = {Format.DATE: ".", Format.TIME: ":"}.get(field.format, "")
    if field.decimals:
        return f"{text[: -field.decimals].strip()},{text[-field.decimals :]}"
    groups = [text[:2], text[2:4], text[4:]] if mark else [text.strip()]
    return mark.join(group for group in groups if group)


def _strike(job: Job) -> None:
    """Crosses out what is written; half the people cross the empty cells as well."""
    inked = job.inked_cells() if job.rng.random() < 0.5 else list(job.field.cells)
    job.draw(strike_through(job.desk.agent.hand, inked, job.rng))


def _scribble(job: Job) -> None:
    """Makes what is written illegible, cell by cell or with one long zigzag."""
    cells = job.inked_cells()
    shape = "zigzag" if job.rng.random() < 0.5 else ""
    if shape and len(cells) > 1:
        middle = enclose(cells)
        parts = np.linspace(middle.x_mm, middle.right_mm, len(cells) + 1)
        cells = [
            Region(float(x), middle.y_mm, float(parts[1] - parts[0]), middle.height_mm)
            for x in parts[:-1]
        ]
    for cell in cells:
        job.draw(scribble(job.desk.agent.hand, cell, job.rng, shape))


def _overwrite(job: Job) -> None:
    """Presses the right characters over the wrong ones."""
    hand = job.desk.agent.hand
    firm = replace(job.desk.agent, hand=replace(hand, pressure=min(1.3, hand.pressure * 1.3)))
    for cell, character in job.changed_cells():
        job.sheet.write_character(job.desk, firm, character, cell, job.rng)


def _change_part(job: Job) -> None:
    """Crosses single characters and writes the right ones small above them."""
    for cell, character in job.changed_cells():
        job.draw(draw_cross(job.desk.agent.hand, cell, job.rng))
        above = Region(
            cell.x_mm + job.rng.normal(0.2, 0.4),
            cell.y_mm - 0.62 * cell.height_mm,
            cell.width_mm,
            0.72 * cell.height_mm,
        )
        job.sheet.write_character(job.desk, job.desk.agent, character, above, job.rng)


def _crowd(job: Job) -> None:
    """Writes the text with two characters in one of the cells."""
    filled = [i for i, character in enumerate(job.text) if not character.isspace()] or [0]
    crowded = filled[int(job.rng.integers(len(filled)))]
    for index, (cell, character) in enumerate(zip(job.field.cells, job.text, strict=False)):
        if index != crowded:
            job.sheet.write_character(job.desk, job.desk.agent, character, cell, job.rng)
            continue
        half = cell.width_mm * 0.54
        second = alter_text(character, 1, job.rng)
        for x, one in ((cell.x_mm, character), (cell.right_mm - half, second)):
            narrow = Region(x, cell.y_mm, half, cell.height_mm)
            job.sheet.write_character(job.desk, job.desk.agent, one, narrow, job.rng)


def _separate(job: Job) -> None:
    """Sets a point or a comma low into the gap between two characters; the form has none there."""
    rng, cells = job.rng, job.field.cells
    pairs = [
        (left, right)
        for (left, one), (right, two) in pairwise(zip(cells, job.text, strict=False))
        if not one.isspace() and not two.isspace() and right.x_mm - left.right_mm < 1
    ]
    left, right = pairs[int(rng.integers(len(pairs)))] if pairs else (cells[0], cells[1])
    y, tail = left.y_mm + rng.uniform(0.7, 0.78) * left.height_mm, _draw_tail(rng)
    gap = Region((left.right_mm + right.x_mm) / 2 - _GAP_MM / 2, y, _GAP_MM, float(tail[1]))
    top = np.array([_find_gap(job.sheet, gap, abs(float(tail[0])) + _ROOM_MM), y])
    middle = top + tail / 2 + [rng.uniform(0, 0.15), 0]
    hand = job.desk.agent.hand
    job.draw([write_line(hand, curve_through(np.array([top, middle, top + tail])), rng)])


def _draw_tail(rng: np.random.Generator) -> NDArray[np.float64]:
    """From the head of a comma to its end, in mm."""
    return np.array([-rng.uniform(0.0, 0.5), rng.uniform(0.5, 1.3)])


def _find_gap(sheet: Sheet, gap: Region, width_mm: float) -> float:
    """Where within a gap least is written; its middle, where all of it is bare."""
    dark = 255.0 - sheet.cut(gap)
    columns = dark.reshape(*dark.shape[:2], -1).sum(axis=(0, 2))
    inked = columns - np.median(columns)
    wide = max(1, round(width_mm * sheet.px_per_mm))
    crowded = np.convolve(inked.clip(0), np.ones(wide), "same")
    places = np.linspace(gap.x_mm, gap.right_mm, len(crowded))
    middle = gap.x_mm + gap.width_mm / 2
    best = np.lexsort((np.abs(places - middle), crowded.round(-2)))[0]
    return float(places[best])


def _insert(job: Job) -> None:
    """Writes a small character above one of the others, or beside all, and crosses nothing out."""
    cells, rng = job.inked_cells(), job.rng
    cell = cells[int(rng.integers(len(cells)))]
    above = Region(
        cell.x_mm + rng.normal(0.0, 0.5),
        cell.y_mm - rng.uniform(0.55, 0.75) * cell.height_mm,
        cell.width_mm,
        0.55 * cell.height_mm,
    )
    if any(above.overlaps(place) for place in list_places(job.sheet.page)):
        above = find_room(job.sheet, job.field, above.width_mm, above.height_mm)
    character = draw_digits(rng, 1) if job.field.kind is Kind.DIGITS else job.text.strip()[0]
    job.sheet.write_character(job.desk, job.desk.agent, character, above, rng)


def _paint(job: Job) -> None:
    """Covers one character with a dab of correction fluid and writes nothing over it."""
    cells, rng = job.inked_cells(), job.rng
    cell = cells[int(rng.integers(len(cells)))]
    size = rng.uniform(1.15, 1.45) * cell.width_mm, rng.uniform(0.85, 1.2) * cell.height_mm
    covered = Region(
        cell.x_mm + (cell.width_mm - size[0]) / 2 + rng.normal(0, 0.25),
        cell.y_mm + (cell.height_mm - size[1]) / 2 + rng.normal(0, 0.3),
        *size,
    )
    part = job.sheet.cut(covered)
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    reach = rng.uniform(0.88, 1.0, 24)
    round_edge = np.array([np.cos(angles), np.sin(angles)])
    # Squarer than an ellipse, as a brush leaves it.
    edge = np.sign(round_edge) * np.abs(round_edge) ** 0.6
    outline = (edge * reach).T * 0.5 + 0.5
    points = (outline * part.shape[1::-1]).round().astype(np.int32)
    cv2.fillPoly(part, [points], (_FLUID,) * 3, cv2.LINE_AA)


_WRITINGS: dict[str, Callable[[Job], None]] = {
    "write": _write,
    "write_straddling": _write_straddling,
    "write_line": _write_line,
    "rewrite": _rewrite,
    "write_beside": _write_beside,
    "strike": _strike,
    "scribble": _scribble,
    "overwrite": _overwrite,
    "change_part": _change_part,
    "crowd": _crowd,
    "separate": _separate,
    "insert": _insert,
    "paint": _paint,
}
