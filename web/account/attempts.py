"""How often a password may be guessed.

Kept in memory: a restart forgives. The trail keeps each failure for good.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

PER_NAME = 5
"""Wrong passwords for one name; then it is closed for a while."""
PER_ADDRESS = 30
"""Wrong passwords from one address, whatever the names."""
CLOSED = timedelta(minutes=15)
_REMEMBERED = 10_000
"""Names and addresses; the oldest are forgotten, so that nobody can fill the memory."""


@dataclass(slots=True)
class Attempts:
    """Failed sign-ins of the last minutes, by name and by address."""

    _failures: OrderedDict[str, list[datetime]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def is_closed(self, name: str, address: str, now: datetime) -> bool:
        """Whether there were too many failures for the name, or from the address."""
        with self._lock:
            return (
                len(self._recall(f"name {name}", now)) >= PER_NAME
                or len(self._recall(f"address {address}", now)) >= PER_ADDRESS
            )

    def note_failure(self, name: str, address: str, now: datetime) -> None:
        """Count a wrong name or password."""
        with self._lock:
            for key in (f"name {name}", f"address {address}"):
                self._failures[key] = [*self._recall(key, now), now]
                self._failures.move_to_end(key)
            while len(self._failures) > _REMEMBERED:
                self._failures.popitem(last=False)

    def forgive(self, name: str) -> None:
        """Forget the failures of a name: the right password came."""
        with self._lock:
            self._failures.pop(f"name {name}", None)

    def _recall(self, key: str, now: datetime) -> list[datetime]:
        return [moment for moment in self._failures.get(key, ()) if now - moment < CLOSED]
