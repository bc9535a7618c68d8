"""What each format of written digits allows, cell by cell.

A row of cells is a string with a space for each blank cell. The formats differ in
where blanks may stand and in which numbers exist at all.
"""

from datetime import date

from form_templates.model import FieldSpec, Format

_DATE_DIGITS, _TIME_DIGITS = 8, 4
_FIRST_YEAR, _LAST_YEAR = 1880, 2100
"""Years that a form can speak of: nobody alive was born before, no deadline lies behind."""


def fits_format(row: str, spec: FieldSpec) -> bool:
    """Whether a row of cells can be an answer in the field's format."""
    match spec.format:
        case Format.DATE if len(row) == _DATE_DIGITS:
            return row.isdigit() and _exists(row)
        case Format.TIME if len(row) == _TIME_DIGITS:
            return row.isdigit() and int(row[:2]) < 24 and int(row[2:]) < 60
        case Format.PERSONAL_NUMBER | Format.DATE | Format.TIME:
            return row.isdigit()
        case Format.MONEY | Format.DECIMAL if spec.decimals:
            whole, fraction = row[: -spec.decimals], row[-spec.decimals :]
            return _is_number(whole) and (fraction.isdigit() or not fraction.strip())
        case _:
            return _is_number(row)


def join_row(row: str, spec: FieldSpec) -> str:
    """The characters of a row as one value; a blank inside stays a space.

    Money and decimals always carry their decimals: cells left blank are zeros.
    """
    if spec.format in (Format.MONEY, Format.DECIMAL) and spec.decimals:
        whole, fraction = row[: -spec.decimals].strip(), row[-spec.decimals :]
        return whole + (fraction if fraction.strip() else "0" * spec.decimals)
    return row.strip()


def _is_number(row: str) -> bool:
    """Whether digits stand together at either end of their cells.

    People begin at the left or end at the right. A digit amid empty cells belongs
    to a correction of the line below.
    """
    adrift = row[:1].isspace() and row[-1:].isspace()
    return row.strip().isdigit() and not adrift


def _exists(row: str) -> bool:
    """Whether DDMMYYYY is a day of the calendar."""
    try:
        day = date(int(row[4:]), int(row[2:4]), int(row[:2]))
    except ValueError:
        return False
    return _FIRST_YEAR <= day.year <= _LAST_YEAR
