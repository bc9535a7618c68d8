import re
import stat
from pathlib import Path

import pytest
from flask import Flask

from tests.acting import Clock
from tests.web.conftest import SignIn
from tests.web.trail import list_events
from tests.web.visiting import PASSWORD, Visitor
from web.account.attempts import PER_ADDRESS, PER_NAME, Attempts
from web.security import read_secret
from workflow.acts import Actor
from workflow.store.session import Store

POLICY = {
    "default-src 'none'",
    "img-src 'self'",
    "style-src 'self'",
    "script-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


def list_actions(store: Store, subject: str) -> list[str]:
    with store.read() as session:
        return [event.action for event in list_events(session, subject)]


@pytest.mark.parametrize("path", ["/sign-in", "/health", "/nowhere", "/static/start.js", "/intake"])
def test_every_answer_carries_the_policy(stranger: Visitor, path: str) -> None:
    headers = stranger.get(path).headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_pages_are_kept_by_nobody_and_static_files_by_their_content(stranger: Visitor) -> None:
    page = stranger.get("/sign-in")
    assert page.headers["Cache-Control"] == "no-store"
    file = re.findall(r'"(/static/blanki\.css\?v=\w+)"', page.text)[0]
    assert "immutable" in stranger.get(file).headers["Cache-Control"]
    assert stranger.get("/static/blanki.css").headers["Cache-Control"] == "no-cache"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: Visitor) -> None:
    cookie = stranger.get("/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("blanki=")
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_signing_in_and_out_stands_in_the_trail(
    store: Store, people: dict[str, Actor], sign_in: SignIn
) -> None:
    sign_in("operator").sign_out()
    subject = f"user:{people['operator'].user_id}"
    assert list_actions(store, subject) == ["user:sign_in", "user:sign_out"]


def test_somebody_who_signed_out_is_a_stranger(sign_in: SignIn) -> None:
    client = sign_in("operator")
    assert client.sign_out().location == "/sign-in"
    assert client.get("/intake").status_code == 302


def test_a_cookie_that_was_kept_is_worth_nothing_after_signing_out(
    app: Flask, sign_in: SignIn
) -> None:
    client = sign_in("operator")
    cookie = client.get_cookie("blanki")
    assert cookie is not None
    client.sign_out()
    thief = app.test_client()
    thief.set_cookie("blanki", cookie.value)
    assert thief.get("/intake").status_code == 302


@pytest.mark.parametrize("name", ["operator", " Operator ", "operator@example.org"])
def test_a_user_name_or_an_address_signs_in(stranger: Visitor, name: str) -> None:
    assert stranger.sign_in(name).location == "/"


@pytest.mark.parametrize(("name", "password"), [("operator", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_look_the_same(
    stranger: Visitor, name: str, password: str
) -> None:
    stranger.set_cookie("language", "en")
    answer = stranger.sign_in(name, password)
    assert answer.status_code == 422
    assert "The user name or the password is wrong." in answer.text


def test_a_failed_sign_in_stands_in_the_trail_without_what_was_typed(
    store: Store, people: dict[str, Actor], stranger: Visitor
) -> None:
    stranger.sign_in("operator", "wrong")
    stranger.sign_in("my password in the wrong box", "wrong")
    with store.read() as session:
        known = list_events(session, f"user:{people['operator'].user_id}")
        unknown = list_events(session, "user:unknown")
    assert [(e.action, e.after) for e in known] == [
        ("user:sign_in_failed", {"username": "operator"})
    ]
    assert [(e.action, e.after) for e in unknown] == [("user:sign_in_failed", {"username": None})]


def test_after_five_wrong_passwords_even_the_right_one_waits_a_quarter_of_an_hour(
    stranger: Visitor, clock: Clock
) -> None:
    stranger.set_cookie("language", "en")
    for _ in range(PER_NAME):
        stranger.sign_in("operator", "wrong")
    refused = stranger.sign_in("operator")
    assert refused.status_code == 422
    assert "Too many wrong passwords" in refused.text
    clock.advance(minutes=15, seconds=1)
    assert stranger.sign_in("operator").status_code == 302


def test_wrong_passwords_count_together_under_user_name_and_address(stranger: Visitor) -> None:
    for number in range(PER_NAME):
        stranger.sign_in(("operator", "operator@example.org")[number % 2], "wrong")
    assert stranger.sign_in("operator").status_code == 422
    assert stranger.sign_in("operator@example.org").status_code == 422


def test_the_right_password_wipes_out_the_wrong_ones(stranger: Visitor) -> None:
    for _ in range(2):
        for _ in range(PER_NAME - 1):
            stranger.sign_in("operator", "wrong")
        assert stranger.sign_in("operator").status_code == 302
        stranger.sign_out()


def test_many_names_from_one_address_are_stopped_too(clock: Clock) -> None:
    attempts = Attempts()
    for number in range(PER_ADDRESS):
        attempts.note_failure(f"name {number}", "10.0.0.1", clock())
    assert attempts.is_closed("another", "10.0.0.1", clock())
    assert not attempts.is_closed("another", "10.0.0.2", clock())


def test_a_closed_account_does_not_sign_in(
    stranger: Visitor, sign_in: SignIn, people: dict[str, Actor]
) -> None:
    path = f"/people/{people['operator'].user_id}"
    sign_in("administrator").submit(path, roles=["operator"], access="closed")
    assert stranger.sign_in("operator").status_code == 422


def test_sessions_end_when_the_account_is_closed(sign_in: SignIn, people: dict[str, Actor]) -> None:
    operator = sign_in("operator")
    path = f"/people/{people['operator'].user_id}"
    sign_in("administrator").submit(path, roles=["operator"], access="closed")
    assert operator.get("/intake").status_code == 302


@pytest.mark.parametrize(
    "path",
    ["/sign-in", "/sign-out", "/language", "/intake/upload", "/steps/1/retry", "/people/new"],
)
def test_a_form_without_proof_changes_nothing(app: Flask, sign_in: SignIn, path: str) -> None:
    answer = sign_in("operator").post(path, data={"label": "Bread", "password": "not this"})
    assert answer.status_code == 400
    assert "This page was open for too long" in answer.text
    assert "Bread" in answer.text
    assert "not this" not in answer.text


@pytest.mark.parametrize(
    "place",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
        "/\r\nSet-Cookie: a=b",
        "//[",
        "intake",
    ],
)
def test_signing_in_leads_to_no_other_site(stranger: Visitor, place: str) -> None:
    answer = stranger.submit("/sign-in", username="operator", password=PASSWORD, next=place)
    assert answer.location == "/"


def test_ones_own_password_is_changed_and_other_sessions_end(
    sign_in: SignIn, stranger: Visitor
) -> None:
    here, there = sign_in("operator"), sign_in("operator")
    wanted = "another password"
    wrong = here.submit("/account/password", present="wrong", wanted=wanted, again=wanted)
    assert wrong.status_code == 422
    right = here.submit("/account/password", present=PASSWORD, wanted=wanted, again=wanted)
    assert right.status_code == 303
    assert here.get("/intake").status_code == 200
    assert there.get("/intake").status_code == 302
    assert stranger.sign_in("operator", wanted).status_code == 302


def test_whoever_finds_a_session_open_cannot_guess_its_password(
    store: Store, people: dict[str, Actor], sign_in: SignIn, clock: Clock
) -> None:
    client, wanted = sign_in("operator"), "another password"
    client.set_cookie("language", "en")

    def change(present: str) -> str:
        sent = client.submit("/account/password", present=present, wanted=wanted, again=wanted)
        return sent.text if sent.status_code == 422 else ""

    for _ in range(PER_NAME):
        assert "This is not your present password" in change("wrong")
    assert "Too many wrong passwords" in change(PASSWORD)
    told = list_actions(store, f"user:{people['operator'].user_id}")
    assert told == ["user:sign_in", *["user:password_failed"] * PER_NAME]
    clock.advance(minutes=15, seconds=1)
    assert change(PASSWORD) == ""


def test_secrets_are_made_once_and_are_nobody_elses(tmp_path: Path) -> None:
    file = tmp_path / "secrets" / "secret_key"
    first = read_secret(file)
    assert read_secret(file) == first
    assert len(first) >= 40
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
