"""Values that a field may carry, for tests over many of them."""

from collections.abc import Callable, Iterable

from hypothesis import strategies as st

from form_templates.model import (
    CELL_KINDS,
    MARK_KINDS,
    PRESENCE_KINDS,
    Cardinality,
    FieldSpec,
    Format,
    Kind,
)
from ocr.readings import Value
from ocr.simulation.answers import write_amount, write_date
from ocr.simulation.intents import Intent

DIGITS = "0123456789"
MKHEDRULI = "".join(chr(0x10D0 + n) for n in range(33))


def intents_of(fields: Iterable[FieldSpec]) -> st.SearchStrategy[dict[str, Intent]]:
    """An answer, or none, for each of the fields."""
    return st.fixed_dictionaries({field.id: values_of(field).map(Intent) for field in fields})


def values_of(field: FieldSpec) -> st.SearchStrategy[Value]:
    """What may stand in a field, emptiness included."""
    if field.kind in MARK_KINDS:
        return _codes_of(field)
    if field.kind in PRESENCE_KINDS:
        return st.booleans()
    if field.kind not in CELL_KINDS:
        return st.none() | st.text(MKHEDRULI, min_size=3, max_size=12)
    if field.kind is Kind.LETTERS:
        return st.none() | st.text(MKHEDRULI, min_size=1, max_size=len(field.cells))
    return st.none() | _FORMATS.get(field.format, _digits_of)(field)


def _codes_of(field: FieldSpec) -> st.SearchStrategy[Value]:
    codes = [option.code for option in field.options]
    if field.cardinality is Cardinality.ONE:
        return st.none() | st.sampled_from(codes)
    chosen = st.sets(st.sampled_from(codes)).map(lambda some: [c for c in codes if c in some])
    return chosen.map(tuple)


def _digits_of(field: FieldSpec) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=len(field.cells), max_size=len(field.cells))


def _integers_of(field: FieldSpec) -> st.SearchStrategy[str]:
    count = len(field.cells)
    numbers = st.integers(0, 10**count - 1).map(str)
    return numbers.map(lambda n: n.rjust(count)) | numbers.map(lambda n: n.ljust(count))


def _amounts_of(field: FieldSpec) -> st.SearchStrategy[str]:
    cells, decimals = len(field.cells), field.decimals
    whole = st.integers(0, 10 ** (cells - decimals) - 1)
    part = st.text(DIGITS, min_size=decimals, max_size=decimals)
    return st.builds(lambda w, p: write_amount(w, p, cells), whole, part)


def _dates_of(field: FieldSpec) -> st.SearchStrategy[str]:
    return st.dates().map(write_date)


def _times_of(field: FieldSpec) -> st.SearchStrategy[str]:
    return st.times().map(lambda t: f"{t:%H%M}")


_FORMATS: dict[Format, Callable[[FieldSpec], st.SearchStrategy[str]]] = {
    Format.INTEGER: _integers_of,
    Format.DECIMAL: _amounts_of,
    Format.MONEY: _amounts_of,
    Format.DATE: _dates_of,
    Format.TIME: _times_of,
}
