import re

import pytest

from tests.web.conftest import SignIn
from tests.web.visiting import Visitor
from workflow.store.people import find_user
from workflow.store.session import Store


def read_language(page: str) -> str:
    return re.findall(r'<html lang="(\w+)"', page)[0]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "ka"), ("de", "ka"), ("en-GB,en;q=0.9", "en"), ("ka,en;q=0.9", "ka")],
)
def test_a_page_is_georgian_unless_the_browser_prefers_english(
    stranger: Visitor, accepted: str, language: str
) -> None:
    page = stranger.get("/sign-in", headers={"Accept-Language": accepted}).text
    assert read_language(page) == language
    assert ("შესვლა" in page) is (language == "ka")


def test_the_readers_choice_stays_after_signing_out(stranger: Visitor) -> None:
    answer = stranger.submit("/language", language="en", next="/sign-in?next=/intake")
    assert answer.location == "/sign-in?next=/intake"
    stranger.sign_in("operator")
    assert read_language(stranger.get("/intake").text) == "en"
    stranger.sign_out()
    assert read_language(stranger.get("/sign-in").text) == "en"


def test_a_persons_own_language_goes_before_the_browsers(stranger: Visitor, store: Store) -> None:
    with store.write() as session:
        user = find_user(session, "operator")
        assert user is not None
        user.language = "en"
    stranger.sign_in("operator")
    assert read_language(stranger.get("/intake").text) == "en"


def test_an_unknown_language_is_refused(stranger: Visitor) -> None:
    assert stranger.submit("/language", language="xx").status_code == 400


def test_every_page_offers_the_other_language_under_its_own_name(sign_in: SignIn) -> None:
    assert '<button class="app-header__button" name="language" value="ka" lang="ka">' in (
        sign_in("operator").get("/intake").text
    )
    assert "English" in sign_in("operator", "ka").get("/intake").text
