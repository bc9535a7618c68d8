"""Values of a letter, as JSON or TOML gives them, made into what they mean; or refused."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from form_templates.typeface import measure_mm
from validation.parameters import value_on
from workflow.letters.faults import MissingLetterValue, UnknownLetterValue, WrongLetterValue
from workflow.letters.loading import DAY
from workflow.letters.model import Letter, ValueKind, ValueSpec

LONGEST_TEXT = 400
"""Characters; a longer one is not a value but a letter of its own."""
LONGEST_WORD = 32
"""Characters; a longer one would not fit its column and be printed over the next."""
_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,2})?", re.ASCII)
_CODE = re.compile(r"[0-9A-Za-z/-]{1,20}")
_DIGITS = re.compile(r"\d+", re.ASCII)


def check_values(letter: Letter, given: Mapping[str, object]) -> dict[str, object]:
    """The values of a letter, each of its kind; raises a fault that names the key."""
    return _check_all(letter.values, given, "", _find_day(given))


def _find_day(given: Mapping[str, object]) -> date:
    """The day of the letter: what the law says of the other values is asked for on it."""
    if given.get(DAY) is None:
        raise MissingLetterValue(DAY)
    try:
        return _parse_day(given[DAY])
    except ValueError as fault:
        raise WrongLetterValue(DAY, str(fault)) from fault


def _check_all(
    specs: Sequence[ValueSpec], given: Mapping[str, object], place: str, day: date
) -> dict[str, object]:
    """All values under one heading; null means the same as no key."""
    there = {key: value for key, value in given.items() if value is not None}
    for key in given:
        if key not in {spec.id for spec in specs}:
            raise UnknownLetterValue(f"{place}{key}")
    for spec in specs:
        if spec.required and spec.id not in there:
            raise MissingLetterValue(f"{place}{spec.id}")
    wanted = (spec for spec in specs if spec.id in there)
    return {spec.id: _check(spec, there[spec.id], f"{place}{spec.id}", day) for spec in wanted}


def _check(spec: ValueSpec, given: object, key: str, day: date) -> object:
    """One value of its kind."""
    try:
        match spec.kind:
            case ValueKind.TABLE:
                return _check_table(spec, given, key, day)
            case ValueKind.PERSONAL_NUMBER:
                return _parse_personal_number(given, day)
            case ValueKind.CHOICE | ValueKind.CHOICES:
                return _parse_choices(spec, given)
            case _:
                return _PARSERS[spec.kind](given)
    except ValueError as fault:
        raise WrongLetterValue(key, str(fault)) from fault


def _check_table(spec: ValueSpec, given: object, key: str, day: date) -> tuple[object, ...]:
    """The rows of a table, counted from 1 in faults."""
    if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
        raise ValueError("wanted: a list of objects, one a row")
    if not given and not spec.may_be_empty:
        raise ValueError("the table has no row")
    return tuple(
        _check_all(spec.columns, row, f"{key}[{number}].", day)
        for number, row in enumerate(given, start=1)
    )


def _parse_text(given: object) -> str:
    """Words that the printer has letters for, and that will find room."""
    if not isinstance(given, str) or not given.strip():
        raise ValueError(f"{given!r}; wanted: words")
    if len(given) > LONGEST_TEXT:
        raise ValueError(f"{len(given)} characters; wanted: at most {LONGEST_TEXT}")
    longest = max(given.split(), key=len)
    if len(longest) > LONGEST_WORD:
        raise ValueError(f"{longest!r}; wanted: words of at most {LONGEST_WORD} characters")
    measure_mm(given, 1.0)
    return given.strip()


def _parse_day(given: object) -> date:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    if not isinstance(given, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", given, re.ASCII):
        raise ValueError(f"{given!r}; wanted: a day as 2026-11-22")
    return date.fromisoformat(given)


def _parse_count(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        raise ValueError(f"{given!r}; wanted: a whole number")
    return given


def _parse_amount(given: object) -> Decimal:
    if not isinstance(given, str) or not _AMOUNT.fullmatch(given):
        raise ValueError(f'{given!r}; wanted: lari as "60.00"')
    return Decimal(given)


def _parse_truth(given: object) -> bool:
    if not isinstance(given, bool):
        raise ValueError(f"{given!r}; wanted: true or false")
    return given


def _parse_code(given: object) -> str:
    if not isinstance(given, str) or not _CODE.fullmatch(given):
        raise ValueError(f"{given!r}; wanted: a code in quotation marks")
    return given


def _parse_personal_number(given: object, day: date) -> str:
    """A number as long as the law of the day has it."""
    length = value_on("identity/personal_number", day)
    if not isinstance(given, str) or not _DIGITS.fullmatch(given):
        raise ValueError(f"{given!r}; wanted: digits in quotation marks")
    if length is not None and len(given) != length.number:
        raise ValueError(f"{len(given)} digits; wanted: {length.number}")
    return given


def _parse_choices(spec: ValueSpec, given: object) -> tuple[str, ...]:
    """What was chosen, in the order of the letter; of CHOICE exactly one."""
    chosen = [given] if spec.kind is ValueKind.CHOICE else given
    if not isinstance(chosen, list) or not chosen or not all(c in spec.choices for c in chosen):
        raise ValueError(f"{given!r}; wanted: {' | '.join(spec.choices)}")
    return tuple(choice for choice in spec.choices if choice in chosen)


_PARSERS: Mapping[ValueKind, Callable[[object], object]] = {
    ValueKind.TEXT: _parse_text,
    ValueKind.DAY: _parse_day,
    ValueKind.COUNT: _parse_count,
    ValueKind.AMOUNT: _parse_amount,
    ValueKind.TRUTH: _parse_truth,
    ValueKind.CODE: _parse_code,
}
