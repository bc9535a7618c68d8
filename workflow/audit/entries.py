"""Whether the registry still says what was authorised: each entry against its event.

What families are rated by stands in the registry, beside the trail. The event of an
authorisation carries the entry's hash, so that the chain and its seals speak for it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workflow.audit.chain import hash_text, write_canonical
from workflow.audit.events import write_instant
from workflow.audit.faults import Fault, Wrong
from workflow.store.models.decisions import RegistryRecord

AUTHORISED = "registry:authorise"
_BOUND = (
    *("form", "edition", "values", "law_day", "law_edition"),
    *("version_id", "document_id", "case_id", "authorised_by", "authorised_at", "archive_place"),
)
"""All columns of an entry but its number: whose it is counts as much as what it says."""
_DAYS = frozenset({"edition", "law_day"})

Entries = dict[int, str | None]
"""Number of an entry -> its hash as it was authorised; None where the event is from before
events carried one."""


def hash_record(record: RegistryRecord) -> str:
    """The hash of what an entry says, as it is made."""
    return hash_entry({name: getattr(record, name) for name in _BOUND})


def hash_entry(row: Mapping[str, Any]) -> str:
    """The hash of what an entry says, from its columns."""
    days = {name: row[name].isoformat() for name in _DAYS}
    content = {name: row[name] for name in _BOUND} | days
    content["authorised_at"] = write_instant(row["authorised_at"])
    return hash_text(write_canonical(content))


def note_entries(
    events: Iterable[Mapping[str, Any]], entries: Entries
) -> Iterator[Mapping[str, Any]]:
    """The events as they come; what they tell of the registry is noted on the way.

    An entry is authorised once: a later event that tells of it again changes nothing.
    """
    for event in events:
        told = event.get("after")
        if event.get("action") == AUTHORISED and isinstance(told, Mapping):
            number = told.get("record")
            if isinstance(number, int):
                entries.setdefault(number, told.get("content"))
        yield event


def check_entries(
    rows: Iterable[tuple[int, Mapping[str, Any]]], entries: Mapping[int, str | None]
) -> Fault | None:
    """What is wrong with the first entry that is not what a sound trail says of it."""
    left = dict(entries)
    for number, row in rows:
        if number not in left:
            return Fault(Wrong.ENTRY, number, "no event tells of it")
        due = left.pop(number)
        if not row or (due is not None and not _fits(row, due)):
            return Fault(Wrong.ENTRY, number, "it was changed")
    return Fault(Wrong.ENTRY, min(left), "it is missing") if left else None


def _fits(row: Mapping[str, Any], due: str) -> bool:
    try:
        return hash_entry(row) == due
    except (TypeError, ValueError, AttributeError):  # a number or a day that no entry can hold
        return False
