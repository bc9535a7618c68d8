"""Computes a score from the values of a declaration, line by line; pure arithmetic.

Every product is rounded to a hundredth, a half upwards, so the lines give the same
score on a pocket calculator. An answer that may lawfully be blank counts as nothing;
one that is missing is unknown, and then there is no score at all.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from form_templates.catalog import load
from validation.parameters import load_law
from validation.stored import read_family
from validation.typed_values import Json
from workflow.rating.pack import Band, Input, Pack, Parameter
from workflow.rating.pack_rules import LEAST_WELFARE, SCORE

_CENT, _ONE, _NOTHING = Decimal("0.01"), Decimal(1), Decimal(0)
_ROW = re.compile(r"(\w+)\[(\d+)\]\.")

Values = Mapping[str, Json]


class Part(StrEnum):
    """What a line of the explanation adds to."""

    WELFARE = "welfare"
    NEEDS = "needs"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the computation: input x coefficient = amount."""

    part: Part
    label_key: str
    """Key of its wording in the pack: `salary`."""
    variable: str
    """Field that it comes from: `members[2].C3_01`; empty for a number of the pack."""
    input: str
    coefficient: Decimal
    amount: Decimal
    total: Decimal
    """Of the part, this line included."""

    def describe(self) -> dict[str, str]:
        """The line as a rating keeps it; decimals as text."""
        return {
            "part": self.part.value,
            "label_key": self.label_key,
            "variable": self.variable,
            "input": self.input,
            "coefficient": str(self.coefficient),
            "amount": str(self.amount),
            "total": str(self.total),
        }


@dataclass(frozen=True, slots=True)
class Score:
    """A score and how it came about."""

    score: int
    """The lower, the poorer."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Unscored:
    """Why there is no score: a reason, and the fields that must be looked at."""

    code: str
    """`answer_missing`, `no_members`, `born_later`."""
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """What one line multiplies."""

    label_key: str
    variable: str
    input: Decimal
    coefficient: Decimal


def rate(values: Values, pack: Pack, day: date) -> Score | Unscored:
    """The score of a declaration under a pack; `day`, that of filling, decides the ages."""
    prefixes = _list_prefixes(values, pack.needs.table)
    if not prefixes:
        return Unscored("no_members", ())
    if missing := tuple(_list_missing(values, pack, prefixes)):
        return Unscored("answer_missing", missing)
    births = {p: date.fromisoformat(str(values[p + pack.needs.born])) for p in prefixes}
    if later := tuple(p + pack.needs.born for p, born in births.items() if born > day):
        return Unscored("born_later", later)
    ages = _find_ages(values, pack, prefixes, day)
    welfare = _write_welfare(values, pack, prefixes)
    needs = _write_lines(Part.NEEDS, list(_list_needs(values, pack, ages)))
    result = _write_score(pack, welfare[-1].total, needs[-1].total)
    return Score(int(result.amount), (*welfare, *needs, result))


def _list_prefixes(values: Values, table: str) -> tuple[str, ...]:
    """What stands before the questions of each row in use: `members[1].`."""
    rows = {int(m[2]) for m in map(_ROW.match, values) if m and m[1] == table}
    return tuple(f"{table}[{row}]." for row in sorted(rows))


def _places(item: Input, prefixes: Sequence[str]) -> Sequence[str]:
    return prefixes if item.table else ("",)


def _find_ages(values: Values, pack: Pack, prefixes: Sequence[str], day: date) -> Mapping[str, int]:
    """The completed years of each member, by the facts that rules and benefits use too."""
    family = read_family(load(pack.form, max(pack.editions)), values, load_law(), day)
    ages = {f"{pack.needs.table}[{member.row}].": member.age for member in family.members}
    known = {prefix: age for prefix, age in ages.items() if age is not None}
    return {prefix: known[prefix] for prefix in prefixes}


def _list_missing(values: Values, pack: Pack, prefixes: Sequence[str]) -> Iterator[str]:
    """The fields without which nothing can be said, each once."""
    needed = [
        prefix + item.question
        for item in pack.welfare
        for prefix in _places(item, prefixes)
        if not _may_be_blank(values, item, prefix)
    ]
    needed += [prefix + pack.needs.born for prefix in prefixes]
    yield from (field for field in dict.fromkeys(needed) if field not in values)


def _may_be_blank(values: Values, item: Input, prefix: str) -> bool:
    """Whether a blank answer lawfully says: nothing."""
    if item.condition is None:
        return item.blank == "always"
    question, code = item.condition
    if code is None:
        return prefix + question in values
    return _is_circled(values, prefix + question, code)


def _is_circled(values: Values, field: str, code: str) -> bool:
    value = values.get(field)
    return code in value if isinstance(value, list) else value == code


def _write_welfare(values: Values, pack: Pack, prefixes: Sequence[str]) -> list[Line]:
    """The lines of welfare, raised to the least there is."""
    base = _Item(Parameter.BASE.value, "", _ONE, pack.number(Parameter.BASE))
    items = [base]
    for item in pack.welfare:
        items += _list_inputs(values, item, prefixes)
    lines = _write_lines(Part.WELFARE, items)
    short = pack.number(Parameter.LEAST_WELFARE) - lines[-1].total
    if short <= 0:
        return lines
    return _write_lines(Part.WELFARE, [*items, _Item(LEAST_WELFARE, "", _ONE, short)])


def _list_inputs(values: Values, item: Input, prefixes: Sequence[str]) -> list[_Item]:
    """What was answered; one line of nothing where nothing was."""
    fields = [prefix + item.question for prefix in _places(item, prefixes)]
    counted = [(field, _count(values, item, field)) for field in fields]
    found = [_Item(item.id, f, number, item.coefficient) for f, number in counted if number]
    return found or [_Item(item.id, item.question, _NOTHING, item.coefficient)]


def _count(values: Values, item: Input, field: str) -> Decimal:
    if item.code is not None:
        return _ONE if _is_circled(values, field, item.code) else _NOTHING
    return Decimal(str(values.get(field, 0)))


def _list_needs(values: Values, pack: Pack, ages: Mapping[str, int]) -> Iterator[_Item]:
    """Of each member: a band of age, and additions for condition and status."""
    unit = pack.number(Parameter.UNIT_NEED)
    for prefix, age in ages.items():
        band = _find_band(pack.needs.bands, age)
        yield _Item(band.id, prefix + pack.needs.born, unit, band.weight)
        for addition in pack.needs.additions:
            field = prefix + addition.question
            if _is_circled(values, field, addition.code):
                yield _Item(addition.id, field, unit, addition.weight)


def _find_band(bands: Sequence[Band], age: int) -> Band:
    return [band for band in bands if band.from_years <= age][-1]


def _write_lines(part: Part, items: Sequence[_Item]) -> list[Line]:
    """The items multiplied and added up."""
    lines, total = [], _NOTHING
    for item in items:
        amount = (item.input * item.coefficient).quantize(_CENT, ROUND_HALF_UP)
        total += amount
        said = (item.label_key, item.variable, str(item.input), item.coefficient)
        lines.append(Line(part, *said, amount, total))
    return lines


def _write_score(pack: Pack, welfare: Decimal, needs: Decimal) -> Line:
    """The last line: welfare by needs, times the scale, to the nearest whole number."""
    scale = pack.number(Parameter.SCALE)
    score = (scale * welfare / needs).quantize(_ONE, ROUND_HALF_UP)
    return Line(Part.SCORE, SCORE, "", f"{welfare} / {needs}", scale, score, score)
