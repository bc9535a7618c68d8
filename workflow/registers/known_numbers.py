"""Whether the civil register has a personal number: what reading asks, digit string by string."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from validation.registers import Register
from workflow.store.registers import find_newest_editions, has_number
from workflow.store.session import Session, Store


@dataclass(frozen=True, slots=True)
class KnownNumbers:
    """The personal numbers of one extract, looked up one at a time: it may hold millions."""

    session: Session
    edition_id: int
    _found: dict[str, bool] = field(default_factory=dict, repr=False)
    """What was looked up: the rows of an extract never change."""

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, str):
            return False
        if number not in self._found:
            self._found[number] = has_number(self.session, self.edition_id, number)
        return self._found[number]


@contextmanager
def open_known_numbers(store: Store) -> Iterator[KnownNumbers | None]:
    """Those of the newest extract of the civil register; None where none was taken in.

    They can be asked as long as the block lasts, all in one session.
    """
    with store.read() as session:
        edition = find_newest_editions(session, None).get(Register.CIVIL)
        if edition is not None:
            yield KnownNumbers(session, edition.id)
            return
    yield None
