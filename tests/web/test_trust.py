"""The page on trust: figures for who oversees, a button for who may put a set in force."""

import re

import pytest
from flask import Flask

from tests.acting import Begin, Clock
from tests.web.conftest import SignIn
from tests.web.test_confirmed_people import SUGGESTED, SURNAME
from tests.web.test_finding_words import let_civil_register_say
from tests.workflow.cases.conftest import Desk, desk
from tests.workflow.cases.papers import DECLARED, DOUBTFUL, DRAWN
from tests.workflow.trust.readings import ALL_MARKS, drawn, gather
from workflow.store.session import Store
from workflow.store.trust import find_enforcement
from workflow.trust.keeping import keep_lessons
from workflow.trust.learning import learn_threshold

__all__ = ["desk"]

FIELD = "A10"


@pytest.fixture
def learned(act: Begin) -> int:
    """A set that raises the threshold of marks, learned from simulated paper."""
    too_many = gather(drawn(1000, 0.9999), drawn(40, 0.985, right=False))
    with act() as doing:
        lesson = learn_threshold(ALL_MARKS, too_many, 0.94, target=1)
        kept = keep_lessons(doing, [lesson], simulated=True)
        assert kept is not None
        return kept.id


def read_words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


@pytest.mark.parametrize(
    ("who", "seen", "enforced"),
    [
        ("operator", 403, 403),
        ("coordinator", 403, 403),
        ("supervisor", 200, 403),
        ("administrator", 200, 303),
    ],
)
def test_trust_opens_to_who_oversees_and_is_decided_by_administrators(
    app: Flask, sign_in: SignIn, learned: int, who: str, seen: int, enforced: int
) -> None:
    visitor = sign_in(who)
    assert visitor.get("/trust").status_code == seen
    assert visitor.submit("/trust/enforcement", set=str(learned)).status_code == enforced


def test_a_store_without_any_paper_has_a_page_too(app: Flask, sign_in: SignIn) -> None:
    words = read_words(sign_in("supervisor").get("/trust").text)
    assert "Nobody has decided anything yet" in words and "Too few pages" in words


def test_a_set_in_force_shows_and_can_be_taken_back(
    app: Flask, sign_in: SignIn, store: Store, learned: int
) -> None:
    administrator = sign_in("administrator")
    words = read_words(administrator.get("/trust").text)
    assert f"Put set no. {learned} in force" in words and "simulated paper" in words
    administrator.submit("/trust/enforcement", set=str(learned))
    words = read_words(administrator.get("/trust").text)
    assert f"Put set no. {learned} in force" not in words and "from 1000 answers" in words
    administrator.submit("/trust/enforcement", set="shipped")
    with store.read() as session:
        standing = find_enforcement(session)
        assert standing is not None and standing.set_id is None


@pytest.mark.parametrize("chosen", ["", "99", "newest"])
def test_a_set_that_is_not_there_leads_nowhere(app: Flask, sign_in: SignIn, chosen: str) -> None:
    assert sign_in("administrator").submit("/trust/enforcement", set=chosen).status_code == 404


@pytest.mark.parametrize("language", ["en", "ka"])
def test_decided_answers_make_a_diagram_with_its_figures(
    app: Flask, sign_in: SignIn, desk: Desk, language: str
) -> None:
    document_id = desk.check(changes={FIELD: DRAWN, "A9": DOUBTFUL})
    desk.review(document_id, "operator", **{FIELD: str(DECLARED[FIELD]), "A9": "9"})
    page = sign_in("supervisor", language).get("/trust").text
    assert page.count('<svg class="trust-diagram"') == 2
    assert "0.999 – 1" in page and "<script>" not in page


def test_a_drawn_answer_is_entered_without_seeing_what_was_read(
    app: Flask, sign_in: SignIn, desk: Desk, clock: Clock
) -> None:
    document_id = desk.check(changes={FIELD: DRAWN})
    operator = sign_in("operator")
    operator.submit("/review/next")
    page = operator.get(f"/review/{document_id}", query_string={"field": FIELD}).text
    assert "Drawn by lot" in page
    assert "The program read" not in page and " checked" not in page
    (shown,) = re.findall(rf'field={FIELD}".*?review-law">(.*?)</span>', page)
    assert shown == ""


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "people entered 1 of these values: 0 were"), ("ka", "აღმოჩნდა 0")],
)
def test_what_people_found_of_confirmed_values_is_told(
    app: Flask, sign_in: SignIn, desk: Desk, language: str, said: str
) -> None:
    let_civil_register_say(desk)
    document_id = desk.check(changes={SURNAME: SUGGESTED | {"drawn": True}})
    visitor = sign_in("supervisor", language)
    assert said not in read_words(visitor.get("/trust").text)
    desk.enter(desk.take(document_id, "operator"), "operator", SURNAME, "abc")
    assert said in read_words(visitor.get("/trust").text)
