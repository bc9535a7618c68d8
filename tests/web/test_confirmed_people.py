"""A page tells which values rest on the civil register, and nobody is asked about them."""

import re

import pytest

from ocr.readings import Reason
from tests.web.conftest import SignIn
from tests.web.reviewing import open_question, take_next
from tests.web.test_finding_words import let_civil_register_say, read_text
from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.papers import DECLARED, DOUBTFUL
from workflow.store.models.paper import DocumentState

SUGGESTED = {"reason": Reason.SUGGESTION, "review": True, "confidence": 0.8}
SURNAME, FIRST_NAME = "members[1].surname", "members[1].first_name"
NAMES = {SURNAME: SUGGESTED, FIRST_NAME: SUGGESTED}
NUMBER, OF_OTHER = "members[1].personal_number", "members[2].personal_number"
RESTS = {"en": "confirmed by the civil register", "ka": "დასტურდება სამოქალაქო რეესტრით"}


@pytest.mark.parametrize(
    ("language", "said", "rests"),
    [
        ("en", "program, 80 % confirmed by the civil register", "Rests on the civil register"),
        ("ka", "დასტურდება სამოქალაქო რეესტრით", "სამოქალაქო რეესტრი"),
    ],
)
def test_a_confirmed_value_says_so_and_names_the_extract(
    desk: Desk, sign_in: SignIn, language: str, said: str, rests: str
) -> None:
    let_civil_register_say(desk)
    document_id = desk.check(changes=NAMES)
    page = sign_in("supervisor", language).get(f"/documents/{document_id}").text
    text = read_text(page).replace("\u00a0", " ")
    assert text.count(said) == len(NAMES)
    assert rests in text and "civil.csv, edition 1" in text
    assert not re.search(r"person_confirmed|members\[1\]", text)


def test_a_value_that_a_person_gives_is_the_person_s(desk: Desk, sign_in: SignIn) -> None:
    let_civil_register_say(desk, surname="xyz")
    document_id = desk.check(changes=NAMES)
    assert {doubt.field for doubt in desk.doubts(document_id)} >= set(NAMES)
    text = read_text(sign_in("supervisor").get(f"/documents/{document_id}").text)
    assert "confirmed by the civil register" not in text


def read_document(desk: Desk, sign_in: SignIn, document_id: int) -> str:
    """What the second person, who enters unseen, sees of a document."""
    return read_text(sign_in("second_operator").get(f"/documents/{document_id}").text)


def test_what_a_person_contradicts_is_not_shown_as_confirmed(desk: Desk, sign_in: SignIn) -> None:
    document_id = desk.check(changes={**NAMES, NUMBER: DOUBTFUL})
    hold = desk.take(document_id, "operator")
    for field, value in {NUMBER: "01001099999", SURNAME: "abc", FIRST_NAME: "abc"}.items():
        desk.enter(hold, "operator", field, value)
    let_civil_register_say(desk)
    desk.finish(hold, "operator")
    text = read_document(desk, sign_in, document_id)
    assert RESTS["en"] not in text and "nobody was asked" not in text


def test_a_value_that_somebody_is_about_to_change_does_not_rest_on_the_register(
    desk: Desk, sign_in: SignIn
) -> None:
    let_civil_register_say(desk)
    document_id = desk.check(changes={**NAMES, NUMBER: DOUBTFUL})
    assert read_document(desk, sign_in, document_id).count(RESTS["en"]) == 3
    desk.enter(desk.take(document_id, "operator"), "operator", NUMBER, "01001099999")
    assert read_document(desk, sign_in, document_id).count(RESTS["en"]) == 2


@pytest.mark.parametrize("language", ["en", "ka"])
def test_the_page_to_authorise_on_tells_what_rests_on_the_register(
    desk: Desk, sign_in: SignIn, language: str
) -> None:
    let_civil_register_say(desk)
    document_id = desk.check(changes={**NAMES, "A9": DOUBTFUL})
    answers = {"A9": "4", OF_OTHER: str(DECLARED[OF_OTHER])}
    desk.review(document_id, "operator", **answers)
    if desk.state(document_id) is DocumentState.SECOND_REVIEW:
        desk.review(document_id, "second_operator", **answers)
    assert desk.state(document_id) is DocumentState.READY
    text = read_text(sign_in("operator", language).get(f"/review/{document_id}/summary").text)
    assert text.count(f"({RESTS[language]})") == len(NAMES)


def test_a_drawn_value_is_entered_without_seeing_what_the_register_confirms(
    desk: Desk, sign_in: SignIn
) -> None:
    let_civil_register_say(desk)
    document_id = desk.check(changes={**NAMES, SURNAME: SUGGESTED | {"drawn": True}})
    operator = sign_in("operator")
    take_next(operator)
    page = open_question(operator, document_id, SURNAME)
    assert "Drawn by lot" in page
    assert "The program read" not in page and 'value="abc"' not in page
