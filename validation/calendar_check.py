"""What is wrong with the days of the law, all at once: decrees, deadlines and their table."""

from collections.abc import Iterator

from validation.deadline_table import TABLE, load_deadlines
from validation.deadlines import list_unit_faults
from validation.decrees import list_decree_faults, list_decrees, list_needless_decrees
from validation.errors import UnknownLawValue, ValidationFault
from validation.parameters import Law


def list_calendar_faults(law: Law) -> Iterator[ValidationFault]:
    """Every fault that keeps a day from being counted."""
    yield from list_decree_faults(list_decrees(law))
    for deadline in load_deadlines().values():
        if deadline.value not in law.values:
            yield UnknownLawValue(TABLE, deadline.name, deadline.value)
        for value in law.values.get(deadline.value, ()):
            if value.number is not None:
                yield from list_unit_faults(value, law)


def list_calendar_warnings(law: Law) -> Iterator[ValidationFault]:
    """Entries that change nothing, where the lists of decrees are right otherwise."""
    decrees = list_decrees(law)
    if not any(list_decree_faults(decrees)):
        yield from list_needless_decrees(decrees)
