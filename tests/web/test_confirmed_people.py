"""A page tells which values rest on the civil register, and nobody is asked about them."""

import re

import pytest

from ocr.readings import Reason
from tests.web.conftest import SignIn
from tests.web.test_finding_words import let_civil_register_say, read_text
from tests.workflow.cases.conftest import Desk

SUGGESTED = {"reason": Reason.SUGGESTION, "review": True, "confidence": 0.8}
NAMES = {"members[1].surname": SUGGESTED, "members[1].first_name": SUGGESTED}


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
