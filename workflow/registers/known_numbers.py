"""Whether the civil register has a personal number: what reading asks, digit string by string."""

from dataclasses import dataclass

from validation.registers import Register
from workflow.store.registers import find_newest_editions, has_number
from workflow.store.session import Store


@dataclass(frozen=True, slots=True)
class KnownNumbers:
    """The personal numbers of one extract, looked up one at a time: it may hold millions."""

    store: Store
    edition_id: int

    def __contains__(self, number: object) -> bool:
        with self.store.read() as session:
            return isinstance(number, str) and has_number(session, self.edition_id, number)


def find_known_numbers(store: Store) -> KnownNumbers | None:
    """Those of the newest extract of the civil register; None where none was taken in."""
    with store.read() as session:
        edition = find_newest_editions(session, None).get(Register.CIVIL)
        return KnownNumbers(store, edition.id) if edition else None
