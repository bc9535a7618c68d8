"""The review station when a document is done: second person, settling, authorising, and who may."""

import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from ocr.readings import FieldState, Reason
from tests.acting import Clock
from tests.web.conftest import SignIn
from tests.web.reviewing import open_question, read_hidden, read_proof, say, take_next
from tests.web.station import CRITICAL, LETTERS, MARKED, UNKNOWN_FAMILY, Station
from tests.web.visiting import Visitor
from tests.workflow.cases.papers import DOUBTFUL, UNCLEAR
from workflow.store.models.paper import DocumentState


def finish(visitor: Visitor, document_id: int) -> TestResponse:
    token = read_hidden(visitor.get(f"/review/{document_id}").text, "token")
    return visitor.submit(f"/review/{document_id}/finish", token=token)


def read_alone(visitor: Visitor, document_id: int, field: str, typed: str) -> None:
    """Takes the next document, answers the one question of it and finishes."""
    take_next(visitor)
    say(visitor, document_id, field, typed=typed)
    finish(visitor, document_id)


def test_renewing_keeps_the_document_and_a_lost_one_is_told_as_json(
    station: Station, operator: Visitor, clock: Clock
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    token = read_hidden(operator.get(take_next(operator)).text, "token")
    asked = {"csrf_token": operator.take_token(), "token": token}
    accept = {"Accept": "application/json"}
    for _ in range(3):
        clock.advance(minutes=6)
        kept = operator.post(f"/review/{one}/renew", data=asked, headers=accept)
        assert kept.json == {"seconds": 60}
    clock.advance(minutes=11)
    lost = operator.post(f"/review/{one}/renew", data=asked, headers=accept)
    assert lost.status_code in (401, 409)


def test_finishing_tells_where_the_document_goes_and_offers_the_next(
    station: Station, operator: Visitor
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    take_next(operator)
    decided = say(operator, one, LETTERS, typed="abc")
    assert "Nothing is open for you" in operator.get(decided.location).text
    page = operator.get(finish(operator, one).location).text
    assert "Ready" in page
    assert "Next document" in page
    assert station.state(one) is DocumentState.READY


def test_finishing_twice_shows_the_same_page(station: Station, operator: Visitor) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    token = read_hidden(operator.get(take_next(operator)).text, "token")
    say(operator, one, LETTERS, typed="abc")
    answers = [operator.submit(f"/review/{one}/finish", token=token) for _ in range(2)]
    assert {answer.location for answer in answers} == {f"/review/{one}/finished"}
    assert len(station.events("document:state")) == 2


def test_a_document_with_something_open_cannot_be_finished(
    station: Station, operator: Visitor
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    token = read_hidden(operator.get(take_next(operator)).text, "token")
    assert operator.submit(f"/review/{one}/finish", token=token).status_code == 409
    assert station.state(one) is DocumentState.REVIEW


def test_the_second_person_sees_only_what_needs_two_and_nothing_that_was_read(
    station: Station, operator: Visitor, second: Visitor
) -> None:
    one = station.bring({LETTERS: DOUBTFUL, CRITICAL: {**DOUBTFUL, "value": "77700"}})
    take_next(operator)
    say(operator, one, LETTERS, typed="abc")
    say(operator, one, CRITICAL, typed="888")
    finish(operator, one)
    assert station.state(one) is DocumentState.SECOND_REVIEW
    page = second.get(take_next(second)).text
    assert "You are the second person" in page
    assert "0 of 1 decided" in page
    assert 'name="typed" value=""' in page
    assert "777" not in page
    assert "888" not in page
    assert second.get(f"/review/{one}?field={LETTERS}").status_code == 404


def test_the_first_person_is_never_the_second(station: Station, operator: Visitor) -> None:
    one = station.bring({CRITICAL: DOUBTFUL})
    read_alone(operator, one, CRITICAL, "888")
    assert take_next(operator).startswith("/review?")
    assert operator.submit(f"/review/{one}/take").status_code == 403


def test_whoever_settles_sees_both_answers_and_takes_one_over(
    station: Station, operator: Visitor, second: Visitor, sign_in: SignIn
) -> None:
    one = station.bring({CRITICAL: DOUBTFUL})
    for visitor, typed in ((operator, "888"), (second, "999")):
        read_alone(visitor, one, CRITICAL, typed)
    assert station.state(one) is DocumentState.SETTLE
    coordinator = sign_in("coordinator")
    page = coordinator.get(take_next(coordinator)).text
    assert re.search(r"First reading: <strong>888\.00", page)
    assert re.search(r"Second reading: <strong>999\.00", page)
    say(coordinator, one, CRITICAL, take="second")
    assert station.entries(CRITICAL)[-1] == (3, "value", "99900")


def test_nobody_takes_over_what_they_may_not_see(station: Station, operator: Visitor) -> None:
    one = station.bring({CRITICAL: DOUBTFUL})
    take_next(operator)
    assert say(operator, one, CRITICAL, take="first").status_code == 404
    assert station.entries(CRITICAL) == []


def test_an_unclear_correction_stands_with_nothing_chosen(
    station: Station, operator: Visitor
) -> None:
    station.bring({MARKED: UNCLEAR})
    page = operator.get(take_next(operator)).text
    assert "an unclear correction" in page
    assert " checked" not in page


def test_a_warning_shows_its_article_and_its_fields_and_can_stand(
    station: Station, operator: Visitor
) -> None:
    one = station.bring(UNKNOWN_FAMILY)
    page = operator.get(take_next(operator)).text
    assert "No family of this unit has the code" in page
    assert "Order 02-150, annex 3, article 5(2)" in page
    assert "Correct this field" in page
    sent = {name: read_hidden(page, name) for name in ("token", "code", "field")}
    answer = operator.submit(f"/review/{one}/acknowledge", **sent)
    assert "Nothing is open for you" in operator.get(answer.location).text
    assert len(station.events("finding:acknowledge")) == 1


def test_a_field_that_nobody_doubted_can_be_corrected_from_its_warning(
    station: Station, operator: Visitor
) -> None:
    one = station.bring(UNKNOWN_FAMILY)
    take_next(operator)
    say(operator, one, "family_code", typed="1112223334")
    assert station.entries("family_code") == [(1, "value", "1112223334")]


def test_a_corrected_warning_is_not_let_stand_but_checked_again(
    station: Station, operator: Visitor
) -> None:
    one = station.bring(UNKNOWN_FAMILY)
    take_next(operator)
    warning = f"/review/{one}?warning=unknown_family_code&about=family_code"
    answer = say(operator, one, "family_code", typed="1112223334")
    assert "Nothing is open for you" in operator.get(answer.location).text
    page = operator.get(warning).text
    assert "Whether it still holds is checked when you finish" in page
    assert "Let it stand" not in page and "1112223334" in page


def test_authorising_shows_all_values_and_enters_them_once(
    station: Station, operator: Visitor
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    read_alone(operator, one, LETTERS, "xyz")
    page = operator.get(f"/review/{one}", follow_redirects=True).text
    assert re.search(r"xyz <span[^>]*>\(entered by a person\)", page)
    revision = read_hidden(page, "revision")
    for _ in range(2):
        answer = operator.submit(f"/review/{one}/authorise", revision=revision)
        assert answer.location == f"/review/{one}/finished"
    assert station.state(one) is DocumentState.AUTHORISED
    assert len(station.events("registry:authorise")) == 1


def test_values_that_changed_since_they_were_shown_are_not_authorised(
    station: Station, operator: Visitor
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    read_alone(operator, one, LETTERS, "xyz")
    assert operator.submit(f"/review/{one}/authorise", revision=0).status_code == 409
    assert station.state(one) is DocumentState.READY


def test_each_look_at_a_document_stands_in_the_trail_once(
    station: Station, operator: Visitor, clock: Clock
) -> None:
    one = station.bring({LETTERS: DOUBTFUL, MARKED: DOUBTFUL})
    operator.get(take_next(operator))
    open_question(operator, one, MARKED)
    looks = [(event.actor, event.subject) for event in station.events("document:read")]
    assert looks == [("operator", f"document:{one}")]


def test_papers_of_another_unit_do_not_exist(
    station: Station, operator: Visitor, sign_in: SignIn
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    stranger = sign_in("other_unit_operator")
    assert take_next(stranger).startswith("/review?")
    assert stranger.get(f"/review/{one}").status_code == 404
    assert stranger.submit(f"/review/{one}/take").status_code == 404


@pytest.mark.parametrize("username", ["archivist", "supervisor", "administrator"])
def test_who_does_not_review_is_kept_out(sign_in: SignIn, username: str) -> None:
    assert sign_in(username).get("/review").status_code == 403


def test_the_page_speaks_georgian_where_the_reader_does(station: Station, sign_in: SignIn) -> None:
    station.bring({MARKED: DOUBTFUL})
    visitor = sign_in("operator", "ka")
    assert "სხვა მასალა" in visitor.get(take_next(visitor)).text


def test_every_answer_can_be_reached_and_corrected_though_nothing_doubts_it(
    station: Station, operator: Visitor
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    page = operator.get(take_next(operator)).text
    link = re.search(rf'<a [^>]*href="([^"]*field={MARKED})"[^>]*>(.*?)</a>', page)
    assert "All answers" in page
    assert link is not None
    assert re.search(r'review-law">4: ', link[2])
    assert 'review-all" open' in operator.get(unescape(link[1])).text
    say(operator, one, MARKED, code="2")
    assert station.entries(MARKED) == [(1, "value", "2")]
    assert 'review-law">2: ' in operator.get(f"/review/{one}?field={LETTERS}").text


def test_enter_has_one_meaning_where_the_program_proposes_no_value(
    station: Station, operator: Visitor
) -> None:
    unsigned = {"state": FieldState.UNSIGNED, "reason": Reason.UNSIGNED_CORRECTION, "review": True}
    one = station.bring({MARKED: unsigned})
    take_next(operator)
    page = open_question(operator, one, MARKED)
    assert page.count("data-default") == page.count("hidden>Enter</kbd>") == 1
    assert re.search(r'data-verdict="unsigned" data-default.*?>Enter<', page)
    assert re.search(r'data-verdict="value".*?>Ctrl\+Enter<', page)


def test_who_never_had_a_document_is_not_told_to_have_lost_it(
    station: Station, operator: Visitor, second: Visitor
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    take_next(second)
    refused = operator.submit(f"/review/{one}/take")
    assert refused.status_code == 409
    assert "Second Operator has it now" in refused.text
    assert "not handed out twice" in refused.text
    assert "You did nothing on it" not in refused.text


def test_the_first_person_is_told_why_a_second_one_is_needed(
    station: Station, operator: Visitor
) -> None:
    one = station.bring({CRITICAL: DOUBTFUL})
    read_alone(operator, one, CRITICAL, "888")
    refused = operator.submit(f"/review/{one}/take")
    assert refused.status_code == 403
    assert "You read these fields first" in refused.text
    assert "/take" not in operator.get(f"/documents/{one}").text
    assert f"/review/{one}/take" not in operator.get(f"/review/{one}").text


def test_an_operator_whose_document_was_put_aside_is_told_so(
    station: Station, operator: Visitor, sign_in: SignIn
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    page = operator.get(take_next(operator)).text
    sent = read_proof(page)
    coordinator = sign_in("coordinator")
    shown = coordinator.get(f"/documents/{one}").text
    revision = read_hidden(shown, "revision")
    assert "Operator works on it." in shown
    coordinator.submit(f"/documents/{one}/discard", revision=revision, reason="not ours")
    assert station.state(one) is DocumentState.DISCARDED
    late = operator.submit(f"/review/{one}/fields/{LETTERS}", **sent, typed="xyz")
    assert late.status_code == 409
    assert "Somebody decided about the document meanwhile" in late.text
    assert "You did nothing on it" not in late.text
