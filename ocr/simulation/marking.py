"""Answers a question of printed codes with a pen, in the way a scenario says."""

from collections.abc import Callable, Container, Sequence

import numpy as np

from form_templates.model import Cardinality, FieldSpec, Kind, Region, enclose
from ocr.readings import MarkState, Value
from ocr.simulation.circles import circle_several, draw_circle, draw_circle_once
from ocr.simulation.crosses import draw_cross, slash, strike_row
from ocr.simulation.desk import Desk, Roles, Sheet
from ocr.simulation.hand import Hand, write_lines
from ocr.simulation.outlines import draw_check, fill_outline
from ocr.simulation.places import centre_of, core_of, radius_around
from ocr.simulation.scenarios import Act, Scenario
from ocr.simulation.strays import arrow, dot, scribble, stray, tick, underline
from ocr.simulation.strokes import Stroke, bend

_Drawing = Callable[[Hand, Region, np.random.Generator], tuple[Stroke, ...]]


def cast_codes(
    field: FieldSpec, value: Value, scenario: Scenario, rng: np.random.Generator
) -> Roles:
    """Which printed code plays which role of the scenario."""
    codes = [option.code for option in field.options]
    right = _meant_codes(field, value, scenario, rng)
    others = [code for code in codes if code not in right] or [codes[0]]
    wrong = others[int(rng.integers(len(others)))]
    rest = [code for code in codes if code not in (*right, wrong)] or [wrong]
    third = rest[int(rng.integers(len(rest)))]
    return {
        "right": right,
        "wrong": (wrong,),
        "third": (third,),
        "near": (_nearest_code(field, wrong),),
        "nothing": (),
    }


def _meant_codes(
    field: FieldSpec, value: Value, scenario: Scenario, rng: np.random.Generator
) -> tuple[str, ...]:
    """The codes of the answer; one must be left over where the scenario needs another."""
    if scenario.value == "nothing":
        return ()
    meant = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
    codes = tuple(option.code for option in field.options)
    if not meant and scenario.name != "plain":
        meant = (codes[int(rng.integers(len(codes)))],)
    return meant[:-1] if len(meant) == len(codes) and scenario.codes > 1 else meant


def _nearest_code(field: FieldSpec, code: str) -> str:
    """The code printed nearest to another one."""
    home = centre_of(region_of(field, code))

    def distance(other: str) -> float:
        return float(np.hypot(*(centre_of(region_of(field, other)) - home)))

    return min((o.code for o in field.options if o.code != code), key=distance, default=code)


def region_of(field: FieldSpec, code: str) -> Region:
    """Where a code is printed."""
    return next(option.region for option in field.options if option.code == code)


def perform_mark(
    sheet: Sheet,
    desk: Desk,
    field: FieldSpec,
    act: Act,
    roles: Roles,
    rng: np.random.Generator,
    crossed: Container[str] = (),
) -> None:
    """Draws one act of a scenario on the codes that play its roles, some of them `crossed`."""
    hand = desk.agent.hand
    if act.verb in _DRAWINGS_OVER_MANY:
        regions = [region_of(field, roles[target][0]) for target in act.targets]
        sheet.draw(desk.agent, _DRAWINGS_OVER_MANY[act.verb](hand, regions, rng), rng)
        return
    if act.verb == "stray":
        sheet.draw(desk.agent, stray(hand, _edge_of(field, rng), rng), rng)
        return
    draw = _ANSWERS[field.kind][0] if act.verb == "circle" else _DRAWINGS[act.verb]
    if draw is draw_circle and act.targets[0] in crossed:
        draw = draw_circle_once
    for code in roles[act.targets[0]]:
        sheet.draw(desk.agent, draw(hand, region_of(field, code), rng), rng)


def _recircle(hand: Hand, region: Region, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """Another, larger circle around a code that was crossed out."""
    return draw_circle(hand, region.grown(rng.uniform(1.2, 3.0)), rng, "double")


def _cross_wide(
    hand: Hand, regions: Sequence[Region], rng: np.random.Generator
) -> tuple[Stroke, ...]:
    """An X whose legs run over two codes."""
    box = enclose(core_of(region) for region in regions).grown(rng.uniform(-0.6, 0.4))
    corners = np.array(
        [
            [[box.x_mm, box.y_mm], [box.right_mm, box.bottom_mm]],
            [[box.right_mm, box.y_mm], [box.x_mm, box.bottom_mm]],
        ]
    ) + rng.normal(0, 0.4, (2, 2, 2))
    return write_lines(hand, [bend(start, end, rng.normal(0, 0.04)) for start, end in corners], rng)


def _edge_of(field: FieldSpec, rng: np.random.Generator) -> Region:
    """A place at the rim of a code, where a slip of the pen hits nothing."""
    region = field.options[int(rng.integers(len(field.options)))].region
    x, y = centre_of(region)
    y += 1.35 * radius_around(region)
    return Region(float(x) - 2.0, float(y) - 0.4, 4.0, 0.8)


_ANSWERS: dict[Kind, tuple[_Drawing, MarkState]] = {
    Kind.CIRCLE: (draw_circle, MarkState.CIRCLED),
    Kind.CHECK: (draw_check, MarkState.CHECKED),
    Kind.BUBBLE: (fill_outline, MarkState.BUBBLED),
}
"""How a code is made the answer, and what is seen there: `circle` in the scenarios."""
_DRAWINGS: dict[str, _Drawing] = {
    "cross": draw_cross,
    "recircle": _recircle,
    "scribble": scribble,
    "tick": tick,
    "underline": underline,
    "dot": dot,
    "slash": slash,
}
_DRAWINGS_OVER_MANY: dict[
    str, Callable[[Hand, Sequence[Region], np.random.Generator], tuple[Stroke, ...]]
] = {
    "cross_wide": _cross_wide,
    "circle_several": circle_several,
    "strike_row": strike_row,
    "arrow": arrow,
}
"""What hits the codes of all its roles at once."""


def state_marks(field: FieldSpec, scenario: Scenario | None, roles: Roles) -> dict[str, MarkState]:
    """What should be seen at each code; without a scenario nothing at all."""
    marks = {option.code: MarkState.BLANK for option in field.options}
    for role, state in (scenario.marks if scenario else {}).items():
        seen = _ANSWERS[field.kind][1] if state is MarkState.CIRCLED else state
        marks.update(dict.fromkeys(roles[role], seen))
    return marks


def value_of_codes(field: FieldSpec, roles: Roles, names: str) -> Value:
    """The codes of some roles (joined by +) as a reader gives them back, in print order."""
    if not names:
        return None
    chosen = {code for name in names.split("+") for code in roles[name]}
    codes = tuple(option.code for option in field.options if option.code in chosen)
    if field.cardinality is Cardinality.ONE and len(codes) <= 1:
        return codes[0] if codes else None
    return codes
