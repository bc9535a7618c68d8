"""What can be wrong with a trail or its seals."""

from dataclasses import dataclass
from enum import StrEnum


class Wrong(StrEnum):
    """A kind of fault; the wording for people is in `DESCRIPTIONS`."""

    CHANGED = "changed"
    REPLACED = "replaced"
    MISSING = "missing"
    END_MISSING = "end_missing"
    HEAD = "head"
    REWRITTEN = "rewritten"
    UNSEALED = "unsealed"
    SEAL_CHANGED = "seal_changed"
    SEAL_MISSING = "seal_missing"
    ENTRY = "entry"


DESCRIPTIONS = {
    Wrong.CHANGED: "event {number}: its content does not give its hash; it was changed",
    Wrong.REPLACED: "event {number}: the next one is bound to another; it was replaced",
    Wrong.MISSING: "event {number}: it is missing",
    Wrong.END_MISSING: "event {number}: it is missing, with all that came after it",
    Wrong.HEAD: "event {number}: the store does not name it as the newest as it stands",
    Wrong.REWRITTEN: "event {number}: it or a later one was rewritten after it was sealed",
    Wrong.UNSEALED: "event {number}: no seal speaks of it, though days of events follow",
    Wrong.SEAL_CHANGED: "seal {number}: its line was changed",
    Wrong.SEAL_MISSING: "seal {number}: it is missing",
    Wrong.ENTRY: "registry entry {number}: it is not what was authorised",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong."""

    wrong: Wrong
    number: int
    """Of the event, of the seal or of the registry's entry."""
    detail: str = ""

    def __str__(self) -> str:
        said = DESCRIPTIONS[self.wrong].format(number=self.number)
        return f"{said} ({self.detail})" if self.detail else said
