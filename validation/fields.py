"""Fields of the schema: raw characters in, typed values out, JSON back.

Written answers come as one character a cell, a blank for an empty cell; blanks at
the ends may be gone, but decimals are always all there. A field takes them only
where they can mean one thing: a date without its year and a hole inside a number
are refused, never filled in. The error text of a field is the code of the finding
it leads to.
"""

from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, Generic, TypeVar

from marshmallow import ValidationError
from marshmallow.fields import Field

T = TypeVar("T")
Json = str | int | bool | list[str]
"""A value as other programs get it."""


class Answer(Field[T], Generic[T]):
    """What the answer to one question must be.

    `read` and `write` do the work; the schema calls them for a whole record, and who asks
    for one answer calls them alone.
    """

    refusal = "invalid_answer"

    def read(self, raw: object) -> T:
        """The value that was answered; raises ValidationError for what is none."""
        raise NotImplementedError

    def write(self, value: T) -> Any:
        """The value for other programs: itself, unless JSON has no such type."""
        return value

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> T:
        return self.read(value)

    def _serialize(self, value: T | None, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else self.write(value)


class Written(Answer[T], Generic[T]):
    """An answer in cells, read by the characters that stand in them."""

    def read(self, raw: object) -> T:
        """The value that the characters mean."""
        if not isinstance(raw, str):
            raise ValidationError(self.refusal)
        try:
            return self.parse(raw)
        except (ValueError, ArithmeticError) as fault:
            raise ValidationError(self.refusal) from fault

    def parse(self, raw: str) -> T:
        """The value that the characters mean; raises ValueError for any other."""
        raise NotImplementedError


def _digits_of(raw: str) -> str:
    """A run of plain digits without a hole in it."""
    digits = raw.strip()
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(raw)
    return digits


class PlainText(Written[str]):
    """Letters or free text; the blanks around them fall away."""

    def parse(self, raw: str) -> str:
        """The text itself."""
        if not raw.strip():
            raise ValueError(raw)
        return raw.strip()


class WholeNumber(Written[int]):
    """A count; it may stand anywhere in its cells."""

    refusal = "invalid_number"

    def parse(self, raw: str) -> int:
        """The count."""
        return int(_digits_of(raw))


class DecimalNumber(Written[Decimal]):
    """A measure whose last cells are decimals."""

    refusal = "invalid_number"

    def __init__(self, decimals: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.decimals = decimals

    def parse(self, raw: str) -> Decimal:
        """The exact number.

        The reader hands on all cells of the decimals, so the last characters are they,
        however many stand before; a value typed by hand carries its own point.
        """
        if "." in raw:
            whole, fraction = raw.split(".", 1)
            return self._join(whole, fraction.ljust(self.decimals, "0"))
        point = len(raw) - self.decimals
        if point <= 0:
            raise ValueError(raw)
        return self._join(raw[:point], raw[point:])

    def _join(self, whole: str, fraction: str) -> Decimal:
        """Both parts as one number; decimals are all written or all left blank."""
        digits = fraction if fraction.strip() else "0" * self.decimals
        if len(digits) != self.decimals or (digits and digits != _digits_of(digits)):
            raise ValueError(fraction)
        return Decimal(f"{_digits_of(whole)}.{digits}".rstrip("."))

    def write(self, value: Decimal) -> Json:
        """Exact digits, as text."""
        return str(value)


class Lari(DecimalNumber):
    """An amount of money in lari and tetri."""


class DateField(Written[date]):
    """A day written DDMMYYYY, every cell filled."""

    refusal = "invalid_date"

    def parse(self, raw: str) -> date:
        """The day, if the calendar has it."""
        digits = _digits_of(raw)
        if len(digits) != len("DDMMYYYY"):
            raise ValueError(raw)
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))

    def write(self, value: date) -> Json:
        """The day as ISO has it."""
        return value.isoformat()


class TimeField(Written[time]):
    """A time of day written HHMM, every cell filled."""

    refusal = "invalid_time"

    def parse(self, raw: str) -> time:
        """The time, if the clock has it."""
        digits = _digits_of(raw)
        if len(digits) != len("HHMM"):
            raise ValueError(raw)
        return time(int(digits[:2]), int(digits[2:]))

    def write(self, value: time) -> Json:
        """The time as ISO has it, to the minute."""
        return value.isoformat("minutes")


class DigitCode(Written[str]):
    """Digits that name something; zeros in front belong to them."""

    refusal = "invalid_code"

    def parse(self, raw: str) -> str:
        """The digits."""
        return _digits_of(raw)


class PersonalNumber(DigitCode):
    """A personal number; it has no check digit, only a length."""

    refusal = "invalid_personal_number"

    def __init__(self, digits: int | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.digits = digits

    def parse(self, raw: str) -> str:
        """The number, if it is as long as the law of the day has it."""
        number = super().parse(raw)
        if self.digits is not None and len(number) != self.digits:
            raise ValueError(raw)
        return number


class Phone(DigitCode):
    """A telephone number."""

    refusal = "invalid_phone"


class FamilyCode(Written[str]):
    """An identification or service code; the sources do not print its pattern."""

    refusal = "invalid_code"

    def parse(self, raw: str) -> str:
        """The code, if it has no hole."""
        code = raw.strip()
        if not code.isalnum():
            raise ValueError(raw)
        return code


class CircledCode(Answer[str]):
    """The one printed code that was marked."""

    def __init__(self, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.codes = frozenset(codes)

    def read(self, raw: object) -> str:
        """The code, if it is printed."""
        if not isinstance(raw, str) or raw not in self.codes:
            raise ValidationError(self.refusal)
        return raw


class CircledCodes(Answer[tuple[str, ...]]):
    """All printed codes that were marked."""

    def __init__(self, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.codes = frozenset(codes)

    def read(self, raw: object) -> tuple[str, ...]:
        """The codes, if all are printed."""
        if not isinstance(raw, list | tuple) or not self.codes.issuperset(raw):
            raise ValidationError(self.refusal)
        return tuple(raw)

    def write(self, value: tuple[str, ...]) -> Json:
        """The codes as a list."""
        return list(value)


class Presence(Answer[bool]):
    """A signature or a stamp: there or not."""

    def read(self, raw: object) -> bool:
        """Whether it is there."""
        if not isinstance(raw, bool):
            raise ValidationError(self.refusal)
        return raw
