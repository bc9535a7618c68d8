import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from tests.acting import Begin
from validation.territory import load_territory
from workflow.acts import Actor
from workflow.errors import Conflict, NotAllowed, NotFound
from workflow.store.models.people import RoleName
from workflow.store.models.trail import AuditEvent
from workflow.store.people import (
    change_user,
    create_user,
    demand_administrator,
    ensure_roles,
    ensure_unit,
    ensure_units,
    find_unit,
    find_user,
    list_roles,
    list_units,
    list_users,
)
from workflow.store.session import Session, Store


def read_events(session: Session) -> list[AuditEvent]:
    return list(session.scalars(select(AuditEvent).order_by(AuditEvent.seq)))


def test_all_units_of_the_agency_are_there_once_however_often_they_are_asked_for(
    act: Begin,
) -> None:
    with act() as doing:
        ensure_units(doing.session)
        ensure_units(doing.session)
        codes = [unit.code for unit in list_units(doing.session)]
    assert set(codes) == set(load_territory().by_code)
    assert len(codes) == 68


def test_the_units_have_georgian_names_and_codes_of_four_digits() -> None:
    units = load_territory().by_code
    names = [unit.name for unit in units.values()]
    assert all(re.fullmatch(r"\d{4}", code) for code in units)
    assert all(re.fullmatch(r"[ა-ჰ -]+", name) for name in names)
    assert len(set(names)) == len(units)


def test_a_unit_that_is_there_keeps_its_name(act: Begin) -> None:
    with act() as doing:
        first = ensure_unit(doing.session, "9901", "Old name")
        assert ensure_unit(doing.session, "9901", "New name") is first
    assert first.name == "Old name"


def test_a_unit_that_is_not_there_is_named(act: Begin) -> None:
    with act() as doing, pytest.raises(NotFound, match="9999"):
        find_unit(doing.session, "9999")


def test_every_role_is_there_once(act: Begin) -> None:
    with act() as doing:
        ensure_roles(doing.session)
        user = find_user(doing.session, "operator")
        assert user is not None
        change_user(doing, user, True, list(RoleName))
    assert list_roles(user) == tuple(sorted(RoleName))


def test_a_person_who_is_added_is_found_and_told_of_in_the_trail(
    store: Store, act: Begin, people: dict[str, Actor]
) -> None:
    with act(people["administrator"]) as doing:
        unit = find_unit(doing.session, "1001")
        create_user(doing, "nino", "ნინო", "hash", [RoleName.OPERATOR], unit)
    with store.read() as session:
        found = find_user(session, "NINO")
        (event,) = read_events(session)
    assert found is not None
    assert (found.name, found.password, found.active, found.unit.code) == (
        "ნინო",
        "hash",
        True,
        "1001",
    )
    assert (event.action, event.actor, event.subject) == (
        "user:create",
        "administrator",
        f"user:{found.id}",
    )
    assert event.after == {"username": "nino", "roles": ["operator"]}


@pytest.mark.parametrize("name", ["operator", "Operator"])
def test_a_name_that_is_taken_is_refused(store: Store, act: Begin, name: str) -> None:
    with pytest.raises(Conflict, match=name), act() as doing:
        create_user(doing, name, "Another", "hash", [], find_unit(doing.session, "1001"))
    with store.read() as session:
        assert [user.username for user in list_users(session)].count(name) == (name == "operator")


def test_whose_rights_change_must_sign_in_again(store: Store, act: Begin) -> None:
    with act() as doing:
        user = find_user(doing.session, "operator")
        assert user is not None
        key = user.fs_uniquifier
        change_user(doing, user, False, [RoleName.ARCHIVIST])
    with store.read() as session:
        user = find_user(session, "operator")
        (event,) = read_events(session)
    assert user is not None
    assert (user.active, list_roles(user)) == (False, (RoleName.ARCHIVIST,))
    assert user.fs_uniquifier != key
    assert event.before == {"active": True, "roles": ["operator"]}
    assert event.after == {"active": False, "roles": ["archivist"]}


def test_of_two_administrators_who_close_each_other_at_once_one_remains(
    store: Store, act: Begin, people: dict[str, Actor]
) -> None:
    names = ("administrator", "supervisor")
    with act() as doing:
        other = find_user(doing.session, "supervisor")
        assert other is not None
        change_user(doing, other, True, [RoleName.ADMINISTRATOR])
    both = Barrier(2, timeout=20)

    def close(name: str, whom: str) -> bool:
        both.wait()
        try:
            with act(people[name]) as doing:
                demand_administrator(doing)
                user = find_user(doing.session, whom)
                assert user is not None
                change_user(doing, user, False, [RoleName.ADMINISTRATOR])
        except NotAllowed:
            return False
        return True

    with ThreadPoolExecutor() as threads:
        closed = list(threads.map(close, names, names[::-1]))
    with store.read() as session:
        left = [user.username for user in list_users(session) if user.active]
    assert sorted(closed) == [False, True]
    assert len({*names} & {*left}) == 1


def test_what_changes_nothing_is_no_event(store: Store, act: Begin) -> None:
    with act() as doing:
        user = find_user(doing.session, "operator")
        assert user is not None
        change_user(doing, user, True, [RoleName.OPERATOR])
    with store.read() as session:
        assert read_events(session) == []
