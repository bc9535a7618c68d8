"""Fields of the schema: raw characters in, typed values out, JSON back.

Written answers come as one character a cell, a blank for an empty cell; blanks at
the ends may be gone, but decimals are always all there. A field takes them only
where they can mean one thing: a date without its year and a hole inside a number
are refused, never filled in. The error text of a field is the code of the finding
it leads to.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Generic, TypeVar

from marshmallow import ValidationError
from marshmallow.fields import Field

T = TypeVar("T")


class Written(Field[T], Generic[T]):
    """An answer in cells, read by the characters that stand in them."""

    refusal = "invalid_answer"

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> T:
        if not isinstance(value, str):
            raise ValidationError(self.refusal)
        try:
            return self.parse(value)
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

    def _serialize(self, value: str | None, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value


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

    def _serialize(self, value: Decimal | None, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else str(value)


class Lari(DecimalNumber):
    """An amount of money in lari and tetri."""


class DateField(Written[date]):
    """A day written DDMMYYYY, every cell filled."""

    refusal = "invalid_date"

    def parse(self, raw: str) -> date:
        """The day, if the calendar has it."""
        if len(_digits_of(raw)) != len("DDMMYYYY"):
            raise ValueError(raw)
        return datetime.strptime(raw.strip(), "%d%m%Y").date()

    def _serialize(self, value: date | None, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else value.isoformat()


class TimeField(Written[time]):
    """A time of day written HHMM, every cell filled."""

    refusal = "invalid_time"

    def parse(self, raw: str) -> time:
        """The time, if the clock has it."""
        if len(_digits_of(raw)) != len("HHMM"):
            raise ValueError(raw)
        return datetime.strptime(raw.strip(), "%H%M").time()

    def _serialize(self, value: time | None, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else value.isoformat("minutes")


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


class CircledCode(Field[str]):
    """The one printed code that was marked."""

    def __init__(self, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.codes = frozenset(codes)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        if value not in self.codes:
            raise ValidationError("invalid_answer")
        return str(value)


class CircledCodes(Field[tuple[str, ...]]):
    """All printed codes that were marked."""

    def __init__(self, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.codes = frozenset(codes)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> tuple[str, ...]:
        if not isinstance(value, list | tuple) or not self.codes.issuperset(value):
            raise ValidationError("invalid_answer")
        return tuple(value)

    def _serialize(
        self, value: tuple[str, ...] | None, attr: str | None, obj: Any, **kwargs: Any
    ) -> Any:
        return None if value is None else list(value)


class Presence(Field[bool]):
    """A signature or a stamp: there or not."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("invalid_answer")
        return value
