"""What changed between two versions of one document."""

from collections.abc import Iterator
from dataclasses import dataclass

from web.documents.findings import ShownFinding
from web.documents.reading import ShownVersion
from web.documents.values import ShownField
from workflow.store.models.paper import VersionPage


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field that does not say the same in both."""

    before: ShownField | None
    after: ShownField | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a version has that the one before had not, and the other way round."""

    added: tuple[VersionPage, ...]
    dropped: tuple[VersionPage, ...]
    fields: tuple[ChangedField, ...]
    mended: tuple[ShownFinding, ...]
    """Found before, and no longer."""
    appeared: tuple[ShownFinding, ...]


def compare_versions(older: ShownVersion, newer: ShownVersion) -> Changes:
    """Pages, values and findings that differ."""
    before, after = set(map(_name, older.findings)), set(map(_name, newer.findings))
    return Changes(
        added=_leave_out(newer, older),
        dropped=_leave_out(older, newer),
        fields=tuple(_compare_fields(older, newer)),
        mended=tuple(f for f in older.findings if _name(f) not in after),
        appeared=tuple(f for f in newer.findings if _name(f) not in before),
    )


def _leave_out(version: ShownVersion, other: ShownVersion) -> tuple[VersionPage, ...]:
    known = {place.page_id for place in other.pages}
    return tuple(place for place in version.pages if place.page_id not in known)


def _compare_fields(older: ShownVersion, newer: ShownVersion) -> Iterator[ChangedField]:
    before, after = _list_fields(older), _list_fields(newer)
    for id_ in [*after, *(id_ for id_ in before if id_ not in after)]:
        one, other = before.get(id_), after.get(id_)
        if _says(one) != _says(other):
            yield ChangedField(one, other)


def _list_fields(version: ShownVersion) -> dict[str, ShownField]:
    return {
        field.id: field
        for section in version.sections
        for card in section.cards
        for field in card.fields
    }


def _says(field: ShownField | None) -> tuple[str, str] | None:
    """What a field says; one without an answer says as much as one that is not there."""
    if field is None or (not field.raw and field.state == "empty"):
        return None
    return field.raw, field.state


def _name(finding: ShownFinding) -> tuple[str, str]:
    return finding.code, finding.message if finding.name is None else str(finding.name)
