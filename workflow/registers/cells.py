"""Reads one cell of an extract as what its column asks for; a doubtful one is refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl.cell.cell import ERROR_CODES

from workflow.registers.columns import CellKind, Column, fold_word

CellValue = str | date | Decimal | bool | None

NO_RESULT = "#NO_RESULT!"
"""Stands for a formula whose result is not in the file: it is not known to be empty."""

_LONGEST_TEXT = 500
_SHOWN = 40
_DATE = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"|(?P<d>\d\d)\.(?P<m>\d\d)\.(?P<y>\d{4})",
    re.ASCII,
)
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)|(?P<m>\d\d)\.(?P<y>\d{4})", re.ASCII)
_MONEY = re.compile(r"\d{1,9}([.,]\d{1,2})?", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}([.,]\d{1,6})?", re.ASCII)
_OLDEST_YEAR = 1850
"""Nobody in a register was born before; a slip of the pen would be."""


class CellRefused(ValueError):
    """A cell does not say what its column asks for; the text is the reason."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What every row of one extract is held against."""

    as_of: date
    """Day that the extract describes: nothing in it happened later."""
    digits: int
    """Of a personal number."""


def read_cell(column: Column, text: str, limits: Limits) -> CellValue:
    """What a cell says; None for an empty one. Raises CellRefused."""
    text = text.strip()
    if text in ERROR_CODES:
        raise CellRefused(f"the spreadsheet shows an error here: {text}")
    if text == NO_RESULT:
        raise CellRefused(
            "a formula without its result; save the file in a spreadsheet program, or put values"
        )
    if not text:
        if not column.may_be_empty:
            raise CellRefused("empty")
        return "" if column.kind is CellKind.TEXT else None
    return _READERS[column.kind](column, text, limits)


def is_number(text: str, limits: Limits) -> bool:
    """Whether a text can be a personal number."""
    return text.isascii() and text.isdigit() and len(text) == limits.digits


def _read_personal_number(column: Column, text: str, limits: Limits) -> str:
    if not is_number(text, limits):
        lost = text.isascii() and text.isdigit() and len(text) < limits.digits
        hint = "; a spreadsheet drops zeros at the start unless the column is text" if lost else ""
        raise CellRefused(f"{_show(text)} is not {limits.digits} digits{hint}")
    return text


def _read_text(column: Column, text: str, limits: Limits) -> str:
    if len(text) > _LONGEST_TEXT or not text.isprintable():
        raise CellRefused(f"{_show(text)} is too long, or holds control characters")
    return text


def _read_date(column: Column, text: str, limits: Limits) -> date:
    found = _DATE.fullmatch(text)
    if not found:
        raise CellRefused(f"{_show(text)} is no date; write 2026-11-01 or 01.11.2026")
    year, month, day = (
        found[a] or found[b] for a, b in (("year", "y"), ("month", "m"), ("day", "d"))
    )
    return _check_day(_make_day(text, int(year), int(month), int(day)), limits)


def _read_month(column: Column, text: str, limits: Limits) -> date:
    found = _MONTH.fullmatch(text)
    if found:
        year, month = found["year"] or found["y"], found["month"] or found["m"]
        return _check_day(_make_day(text, int(year), int(month), 1), limits)
    day = _read_date(column, text, limits) if _DATE.fullmatch(text) else None
    if day is None or day.day != 1:
        raise CellRefused(f"{_show(text)} is no month; write 2026-11 or 11.2026")
    return day


def _make_day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellRefused(f"there is no such day: {_show(text)}") from None


def _check_day(day: date, limits: Limits) -> date:
    if day > limits.as_of:
        raise CellRefused(f"{day} is after {limits.as_of}, the day that the extract describes")
    if day.year < _OLDEST_YEAR:
        raise CellRefused(f"{day} is too long ago")
    return day


def _read_flag(column: Column, text: str, limits: Limits) -> bool:
    return _read_code(column, text, limits) == "true"


def _read_code(column: Column, text: str, limits: Limits) -> str:
    code = column.words.get(fold_word(text))
    if code is None:
        raise CellRefused(f"unknown code {_show(text)}; known: {', '.join(column.codes)}")
    return code


def _read_money(column: Column, text: str, limits: Limits) -> Decimal:
    if not _MONEY.fullmatch(text):
        raise CellRefused(f"{_show(text)} is no amount of GEL; write 1250.50")
    return Decimal(text.replace(",", "."))


def _read_number(column: Column, text: str, limits: Limits) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise CellRefused(f"{_show(text)} is no number; write 72.5")
    return Decimal(text.replace(",", "."))


def _read_share(column: Column, text: str, limits: Limits) -> Decimal:
    share = _read_number(column, text, limits)
    if not 0 < share <= 1:
        raise CellRefused(f"{_show(text)} is no share: over 0 and at most 1")
    return share


def _show(text: str) -> str:
    """The characters as a terminal can show them."""
    shown = text[:_SHOWN].encode("unicode_escape").decode() if not text.isprintable() else text
    return f"“{shown[:_SHOWN]}”"


_READERS: Mapping[CellKind, Callable[[Column, str, Limits], CellValue]] = {
    CellKind.PERSONAL_NUMBER: _read_personal_number,
    CellKind.TEXT: _read_text,
    CellKind.DATE: _read_date,
    CellKind.MONTH: _read_month,
    CellKind.FLAG: _read_flag,
    CellKind.CODE: _read_code,
    CellKind.MONEY: _read_money,
    CellKind.NUMBER: _read_number,
    CellKind.SHARE: _read_share,
}
