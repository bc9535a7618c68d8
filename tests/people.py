"""The people of the tests: one for each role, a second operator, and one in another unit."""

from datetime import UTC, datetime

from workflow.acts import Actor
from workflow.store.models.people import Role, RoleName, Unit, User
from workflow.store.session import Session

UNITS = ("1001", "1104")
PEOPLE = {
    "archivist": (RoleName.ARCHIVIST, "1001"),
    "operator": (RoleName.OPERATOR, "1001"),
    "second_operator": (RoleName.OPERATOR, "1001"),
    "other_unit_operator": (RoleName.OPERATOR, "1104"),
    "coordinator": (RoleName.COORDINATOR, "1001"),
    "supervisor": (RoleName.SUPERVISOR, "1001"),
    "administrator": (RoleName.ADMINISTRATOR, "1001"),
}
SINCE = datetime(2026, 1, 5, 9, tzinfo=UTC)


def seed_people(session: Session) -> None:
    """Adds them as bare rows: the trail of each test begins empty."""
    units = {code: Unit(code=code, name=f"Unit {code}") for code in UNITS}
    roles = {name: Role(name=name.value, description=None) for name in RoleName}
    session.add_all([*units.values(), *roles.values()])
    for username, (role, code) in PEOPLE.items():
        session.add(
            User(
                username=username,
                email=f"{username}@example.org",
                name=username.replace("_", " ").title(),
                password=None,
                active=True,
                fs_uniquifier=username,
                language=None,
                unit=units[code],
                created_at=SINCE,
                roles=[roles[role]],
            )
        )


def load_actors(session: Session) -> dict[str, Actor]:
    """Each of them as an actor in their one role."""
    users = session.query(User).all()
    return {u.username: Actor(u.username, u.roles[0].name, u.id, u.unit_id) for u in users}
