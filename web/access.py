"""Who may see which page: every view names its roles; web/admission.py stands before them all."""

from collections.abc import Callable, Container
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask_security import UserMixin, current_user

from workflow.acts import Actor
from workflow.errors import NotAllowed, NotFound
from workflow.store.models.people import RoleName

View = TypeVar("View", bound=Callable[..., Any])

_ALLOWED = "_allowed_roles"
_UNATTENDED = "_unattended"
_STRENGTH = tuple(RoleName)
"""From the weakest to the strongest."""
NO_ROLE = "none"
_EVERYBODY: frozenset[RoleName] = frozenset()


class UnguardedView(Exception):
    """A view says neither who may see it nor that everybody may."""


def allow(*roles: RoleName) -> Callable[[View], View]:
    """Opens a view to people who hold one of the roles."""
    if not roles:
        raise UnguardedView("allow() needs a role; use public for everybody")
    return _mark(_ALLOWED, frozenset(roles))


def public(view: View) -> View:
    """Opens a view to everybody, signed in or not."""
    return _mark(_ALLOWED, _EVERYBODY)(view)


def signed_in(view: View) -> View:
    """Opens a view to everybody who is signed in."""
    return allow(*RoleName)(view)


def unattended(view: View) -> View:
    """Says that pages call a view by themselves: it is no sign that somebody is there."""
    return _mark(_UNATTENDED, True)(view)


def current_actor() -> Actor:
    """The signed-in person, in the strongest of the view's roles that the person holds."""
    actor = find_actor(_find_allowed())
    if actor is None:
        raise NotAllowed
    return actor


def find_actor(allowed: Container[RoleName]) -> Actor | None:
    """The signed-in person in the strongest of some roles; None where they hold none."""
    role = _find_strongest(current_user, allowed)
    if role is None:
        return None
    return Actor(current_user.username, role.value, current_user.user_id, current_user.unit_id)


def name_strongest_role(person: UserMixin) -> str:
    """What a person may do at most."""
    return _find_strongest(person, _STRENGTH) or NO_ROLE


def check_unit(unit_id: int) -> None:
    """Raises NotFound for what belongs to another unit: that it exists is not told either."""
    if unit_id != current_user.unit_id:
        raise NotFound


def may_open(endpoint: str) -> bool:
    """Whether the signed-in person may open a view."""
    allowed = find_allowed_roles(current_app, endpoint)
    return not allowed or _find_strongest(current_user, allowed) is not None


def find_allowed_roles(app: Flask, endpoint: str) -> frozenset[RoleName]:
    """The roles that open a view; none where it is open to everybody."""
    allowed = getattr(app.view_functions[endpoint], _ALLOWED, None)
    if allowed is None:
        raise UnguardedView(f"{endpoint}: say who may see it with @allow(...) or @public")
    assert isinstance(allowed, frozenset)
    return allowed


def is_unattended(app: Flask, endpoint: str) -> bool:
    """Whether pages call a view by themselves."""
    return bool(getattr(app.view_functions[endpoint], _UNATTENDED, False))


def _find_allowed() -> frozenset[RoleName]:
    return find_allowed_roles(current_app, request.endpoint or "")


def _find_strongest(person: UserMixin, allowed: Container[RoleName]) -> RoleName | None:
    if not person.is_authenticated:
        return None
    held = [role for role in _STRENGTH if role in allowed and person.has_role(role.value)]
    return held[-1] if held else None


def _mark(name: str, value: object) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, name, value)
        return view

    return mark
