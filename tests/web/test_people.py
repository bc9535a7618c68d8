import re

from tests.web.conftest import SignIn
from tests.web.trail import list_events
from tests.web.visiting import Visitor
from workflow.acts import Actor
from workflow.store.models.people import RoleName
from workflow.store.people import ensure_units, find_user, list_roles
from workflow.store.session import Store

NINO = {"name": "Nino  Beridze ", "username": "N.Beridze", "unit": "1001"}


def read_password(page: str) -> str:
    return re.findall(r'app-password">([^<]+)<', page)[0]


def test_a_person_is_added_and_signs_in_with_the_password_shown(
    sign_in: SignIn, stranger: Visitor, store: Store
) -> None:
    answer = sign_in("administrator").submit(
        "/people/new", **NINO, roles=["operator", "coordinator"]
    )
    assert answer.status_code == 201
    assert stranger.sign_in("n.beridze", read_password(answer.text)).location == "/"
    with store.read() as session:
        user = find_user(session, "n.beridze")
        assert user is not None
        assert user.name == "Nino Beridze"
        assert set(list_roles(user)) == {RoleName.OPERATOR, RoleName.COORDINATOR}
        created = list_events(session, f"user:{user.id}")[0]
    assert (created.actor, created.action) == ("administrator", "user:create")


def test_a_name_that_is_taken_is_said_at_its_field(sign_in: SignIn) -> None:
    answer = sign_in("administrator").submit(
        "/people/new", name="Another", username="operator", unit="1001", roles="operator"
    )
    assert answer.status_code == 422
    assert 'href="#username">Somebody has this user name already' in answer.text


def test_units_stand_in_the_order_of_the_alphabet(sign_in: SignIn, store: Store) -> None:
    with store.write() as session:
        ensure_units(session)
    page = sign_in("administrator").get("/people/new").text
    names = re.findall(r'<option value="\d+"[^>]*>([^<]+)<', page)
    assert names == sorted(names)
    assert len(names) > 50


def test_every_empty_field_is_named(sign_in: SignIn) -> None:
    page = sign_in("administrator").submit("/people/new").text
    faults = re.findall(r'<a href="#(\w+)">', page)
    assert faults == ["name", "username", "unit", "roles"]
    assert all(f'id="{field}"' in page for field in faults)


def test_roles_are_changed_and_the_trail_tells_both(
    sign_in: SignIn, store: Store, people: dict[str, Actor]
) -> None:
    subject = people["operator"].user_id
    answer = sign_in("administrator").submit(
        f"/people/{subject}", roles=["archivist"], access="allowed"
    )
    assert answer.location == "/people"
    with store.read() as session:
        changed = list_events(session, f"user:{subject}")[-1]
    assert changed.before == {"active": True, "roles": ["operator"]}
    assert changed.after == {"active": True, "roles": ["archivist"]}


def test_nobody_changes_their_own_rights(sign_in: SignIn, people: dict[str, Actor]) -> None:
    administrator = sign_in("administrator")
    own = f"/people/{people['administrator'].user_id}"
    assert "Ask another administrator" in administrator.get(own).text
    assert administrator.submit(own, roles=["administrator"], access="closed").status_code == 403
    assert administrator.submit(f"{own}/password").status_code == 403


def test_a_forgotten_password_is_replaced(
    sign_in: SignIn, stranger: Visitor, people: dict[str, Actor]
) -> None:
    operator = sign_in("operator")
    answer = sign_in("administrator").submit(f"/people/{people['operator'].user_id}/password")
    assert answer.status_code == 201
    assert operator.get("/intake").status_code == 302
    assert stranger.sign_in("operator").status_code == 422
    assert stranger.sign_in("operator", read_password(answer.text)).status_code == 302


def test_a_person_who_is_not_there_is_not_found(sign_in: SignIn) -> None:
    assert sign_in("administrator").get("/people/999").status_code == 404
