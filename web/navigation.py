"""The rooms of the program, as the head of each page lists them."""

from dataclasses import dataclass

from flask import current_app, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from web.access import may_open


@dataclass(frozen=True, slots=True)
class Room:
    """A part of the program that people go to."""

    endpoint: str
    title: LazyString


_ROOMS = (
    Room("review.start", _("Review")),
    Room("desk.show_intake", _("Intake")),
    Room("documents.list_documents", _("Documents")),
    Room("families.list_families", _("Families")),
    Room("supervision.show_trail", _("Trail")),
    Room("people.list_people", _("People")),
    Room("forms.list_forms", _("Forms")),
    Room("trust.show_trust", _("Trust")),
    Room("law.list_rules", _("Law")),
)


def list_rooms() -> list[Room]:
    """The rooms that are open to the signed-in person, the most used first."""
    return [
        room
        for room in _ROOMS
        if room.endpoint in current_app.view_functions and may_open(room.endpoint)
    ]


def is_here(room: Room) -> bool:
    """Whether the page that is shown belongs to the room."""
    return (request.blueprint or "") == room.endpoint.partition(".")[0]
