"""Units, roles and people: who there is, who is added, whose rights change."""

from collections.abc import Collection, Sequence
from uuid import uuid4

from sqlalchemy import func, select

from validation.territory import load_territory
from workflow.acts import Act
from workflow.errors import Conflict, NotAllowed, NotFound
from workflow.store.models.people import Role, RoleName, Unit, User
from workflow.store.session import Session
from workflow.store.work import take_turn

USERNAME = r"[a-z0-9][a-z0-9._-]{2,39}"
"""What people sign in under."""


def ensure_roles(session: Session) -> None:
    """Add the roles that are missing."""
    present = set(session.scalars(select(Role.name)))
    session.add_all(Role(name=name.value) for name in RoleName if name not in present)
    session.flush()


def ensure_unit(session: Session, code: str, name: str) -> Unit:
    """The unit of this code; added where there is none, otherwise left as it stands."""
    unit = session.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        unit = Unit(code=code, name=name)
        session.add(unit)
        session.flush()
    return unit


def ensure_units(session: Session) -> None:
    """Add the units of the agency that are missing."""
    for unit in load_territory().by_code.values():
        ensure_unit(session, unit.code, unit.name)


def find_unit(session: Session, code: str) -> Unit:
    """The unit of this code; raises NotFound."""
    unit = session.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        raise NotFound(f"there is no unit {code}")
    return unit


def list_units(session: Session) -> Sequence[Unit]:
    """All units by their codes."""
    return session.scalars(select(Unit).order_by(Unit.code)).all()


def find_user(session: Session, username: str) -> User | None:
    """The person who signs in under this name, in whatever case it is written."""
    return session.scalar(select(User).where(func.lower(User.username) == username.lower()))


def list_users(session: Session) -> Sequence[User]:
    """All people by the names they sign in under."""
    return session.scalars(select(User).order_by(User.username)).all()


def name_people(session: Session) -> dict[str, str]:
    """User name -> name, of all people."""
    return {username: name for username, name in session.execute(select(User.username, User.name))}


def create_user(
    act: Act,
    username: str,
    name: str,
    password_hash: str,
    roles: Collection[RoleName],
    unit: Unit,
) -> User:
    """Add a person who may sign in; raises Conflict where the name is taken.

    Letters go nowhere yet: the address is a placeholder under a name that never resolves.
    """
    if find_user(act.session, username) is not None:
        raise Conflict(f"there is a user {username} already")
    user = User(
        username=username,
        email=f"{username}@blanki.invalid",
        name=name,
        password=password_hash,
        active=True,
        fs_uniquifier=uuid4().hex,
        unit=unit,
        created_at=act.now,
        roles=_find_roles(act.session, roles),
    )
    act.session.add(user)
    act.session.flush()
    told = {"username": username, "roles": _name_roles(user)}
    act.record("user:create", f"user:{user.id}", after=told)
    return user


def demand_administrator(act: Act) -> None:
    """Wait until nobody else changes rights; raises NotAllowed where the actor may no longer.

    Of two administrators who close each other's accounts at once, one must remain.
    """
    take_turn(act.session, "rights", act.now)
    actor = act.session.get(User, act.actor.user_id, populate_existing=True)
    if actor is None or not actor.active or RoleName.ADMINISTRATOR not in list_roles(actor):
        raise NotAllowed


def change_user(act: Act, user: User, active: bool, roles: Collection[RoleName]) -> None:
    """Set whether a person may sign in, and as what; ends the person's sessions.

    Nothing happens where nothing changes.
    """
    before = {"active": user.active, "roles": _name_roles(user)}
    user.active, user.roles = active, _find_roles(act.session, roles)
    after = {"active": user.active, "roles": _name_roles(user)}
    if before == after:
        return
    user.fs_uniquifier = uuid4().hex
    act.record("user:change", f"user:{user.id}", before, after)


def list_roles(user: User) -> tuple[RoleName, ...]:
    """What a person may act as."""
    return tuple(RoleName(name) for name in _name_roles(user))


def _find_roles(session: Session, names: Collection[RoleName]) -> list[Role]:
    ensure_roles(session)
    return list(session.scalars(select(Role).where(Role.name.in_(names)).order_by(Role.name)))


def _name_roles(user: User) -> list[str]:
    return sorted(role.name for role in user.roles)
