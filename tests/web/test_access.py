from pathlib import Path

import pytest
from flask import Flask

from tests.acting import Clock
from tests.web.conftest import SignIn
from tests.web.trail import list_events
from tests.web.visiting import PASSWORD, Visitor
from web.access import UnguardedView, check_unit, find_allowed_roles, public
from web.admission import guard
from workflow.acts import Actor
from workflow.errors import NotFound
from workflow.store.models.people import RoleName
from workflow.store.session import Store


def test_a_stranger_is_sent_to_the_sign_in_page_and_back(stranger: Visitor) -> None:
    answer = stranger.get("/intake?before=7")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/intake?before%3D7")
    back = stranger.submit(
        answer.location, username="operator", password=PASSWORD, next="/intake?before=7"
    )
    assert (back.status_code, back.location) == (302, "/intake?before=7")


def test_a_script_of_a_stranger_is_told_so_as_json(stranger: Visitor) -> None:
    answer = stranger.get("/intake/batches/1/progress", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json) == (401, {"code": "signed_out"})


def test_the_wrong_role_is_refused_with_a_page_that_says_so(sign_in: SignIn) -> None:
    answer = sign_in("operator").get("/people")
    assert answer.status_code == 403
    assert "You may not do this" in answer.text


def test_an_administrator_sees_people_and_no_papers(sign_in: SignIn) -> None:
    administrator = sign_in("administrator")
    assert administrator.get("/people").status_code == 200
    assert administrator.get("/").location == "/people"
    assert [administrator.get(path).status_code for path in ("/intake", "/documents")] == [403] * 2


def test_a_view_without_a_rule_stops_the_application_from_starting() -> None:
    app = Flask("a test")
    app.add_url_rule("/open", "open_by_mistake", lambda: "papers")
    with pytest.raises(UnguardedView, match="open_by_mistake"):
        guard(app)


def test_a_rule_is_found_again() -> None:
    app = Flask("a test")
    app.add_url_rule("/", "start", public(lambda: "hello"))
    assert find_allowed_roles(app, "start") == frozenset()


def test_the_trail_names_the_strongest_of_the_roles_that_the_view_allows(
    app: Flask, store: Store, people: dict[str, Actor], sign_in: SignIn
) -> None:
    administrator = sign_in("administrator")
    everything = [role.value for role in RoleName]
    operator = people["operator"].user_id
    administrator.submit(f"/people/{operator}", roles=everything, access="allowed")
    sign_in("operator").submit(
        f"/people/{people['archivist'].user_id}", roles=["operator"], access="allowed"
    )
    with store.read() as session:
        newest = list_events(session, f"user:{people['archivist'].user_id}")[-1]
    assert (newest.actor, newest.role) == ("operator", "administrator")


def test_what_belongs_to_another_unit_does_not_exist_for_a_person(
    app: Flask, sign_in: SignIn, people: dict[str, Actor]
) -> None:
    client = sign_in("operator")
    with client:
        client.get("/intake")
        check_unit(people["coordinator"].unit_id)
        with pytest.raises(NotFound):
            check_unit(people["other_unit_operator"].unit_id)


def test_a_session_ends_after_half_an_hour_without_work(sign_in: SignIn, clock: Clock) -> None:
    client = sign_in("operator")
    clock.advance(minutes=29)
    assert client.get("/intake").status_code == 200
    clock.advance(minutes=29)
    assert client.get("/intake").status_code == 200
    clock.advance(minutes=31)
    answer = client.get("/intake")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/intake")
    assert "You were signed out" in client.get(answer.location).text


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(sign_in: SignIn, clock: Clock) -> None:
    client = sign_in("operator")
    for _ in range(4):
        clock.advance(minutes=10)
        client.get("/intake/batches/1/progress")
    assert client.get("/intake").status_code == 302


def test_no_session_lasts_longer_than_twelve_hours(sign_in: SignIn, clock: Clock) -> None:
    client = sign_in("operator")
    answers = []
    for _ in range(12 * 3 + 1):
        clock.advance(minutes=20)
        answers.append(client.get("/intake").status_code)
    assert answers == [200] * 36 + [302]


def test_an_unknown_address_is_a_page_that_says_so(sign_in: SignIn) -> None:
    answer = sign_in("operator").get("/nowhere")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


def test_the_answer_to_who_asks_whether_it_lives_needs_no_database(
    stranger: Visitor, settings: object, tmp_path: Path
) -> None:
    for file in tmp_path.glob("blanki.sqlite*"):
        file.unlink()
    assert stranger.get("/health").json == {"status": "ok"}
