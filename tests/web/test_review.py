"""The review station as its forms and pages answer; what keys add is in test_review_browser."""

import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from ocr.readings import FieldState, Reason
from tests.acting import Begin, Clock
from tests.web.conftest import SignIn
from tests.web.station import CRITICAL, LETTERS, MARKED, UNKNOWN_FAMILY, Station
from tests.web.visiting import Visitor
from tests.workflow.cases.papers import DOUBTFUL, UNCLEAR
from workflow.store.models.decisions import Verdict
from workflow.store.models.paper import DocumentState
from workflow.store.session import Store


@pytest.fixture
def station(store: Store, act: Begin) -> Station:
    return Station(store, act)


@pytest.fixture
def operator(sign_in: SignIn) -> Visitor:
    return sign_in("operator")


@pytest.fixture
def second(sign_in: SignIn) -> Visitor:
    return sign_in("second_operator")


def take_next(visitor: Visitor, **fields: object) -> str:
    """Presses the large button; the address one is led to."""
    return str(visitor.submit("/review/next", **fields).location)


def open_question(visitor: Visitor, document_id: int, field: str) -> str:
    return visitor.get(f"/review/{document_id}", query_string={"field": field}).text


def read_hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return unescape(found[1])


def say(
    visitor: Visitor, document_id: int, field: str, verdict: Verdict = Verdict.VALUE, **sent: object
) -> TestResponse:
    """Sends the form of a field as the page holds it, with another answer."""
    page = open_question(visitor, document_id, field)
    hidden = {name: read_hidden(page, name) for name in ("token", "seen")}
    return visitor.submit(
        f"/review/{document_id}/fields/{field}", **hidden, verdict=verdict.value, **sent
    )


def finish(visitor: Visitor, document_id: int) -> TestResponse:
    token = read_hidden(visitor.get(f"/review/{document_id}").text, "token")
    return visitor.submit(f"/review/{document_id}/finish", token=token)


def test_the_overview_counts_what_waits_for_the_person(station: Station, operator: Visitor) -> None:
    station.bring({LETTERS: DOUBTFUL})
    station.bring({LETTERS: DOUBTFUL})
    page = operator.get("/review").text
    assert re.search(r"To review.*?Family declaration.*?>2<", page, re.DOTALL)


def test_two_people_who_press_next_get_different_documents(
    station: Station, operator: Visitor, second: Visitor
) -> None:
    one, other = station.bring({LETTERS: DOUBTFUL}), station.bring({LETTERS: DOUBTFUL})
    assert take_next(operator) == f"/review/{one}"
    assert take_next(second) == f"/review/{other}"


def test_nothing_is_handed_out_twice(station: Station, operator: Visitor, second: Visitor) -> None:
    station.bring({LETTERS: DOUBTFUL})
    take_next(operator)
    assert "not handed out twice" in second.get(take_next(second)).text


def test_a_person_who_holds_a_document_goes_on_with_it(station: Station, operator: Visitor) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    station.bring({LETTERS: DOUBTFUL})
    take_next(operator)
    assert f"no. {one}" in operator.get("/review").text
    assert take_next(operator) == f"/review/{one}"


def test_looking_at_a_document_takes_nothing(
    station: Station, operator: Visitor, second: Visitor
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    assert "Nobody has it now" in operator.get(f"/review/{one}").text
    assert take_next(second) == f"/review/{one}"
    assert "Second Operator has it now" in operator.get(f"/review/{one}").text


def test_the_document_given_back_is_not_the_next_one(station: Station, operator: Visitor) -> None:
    one, other = station.bring({LETTERS: DOUBTFUL}), station.bring({LETTERS: DOUBTFUL})
    token = read_hidden(operator.get(take_next(operator)).text, "token")
    given = operator.submit(f"/review/{one}/release", token=token)
    page = operator.get(given.location).text
    assert take_next(operator, after=read_hidden(page, "after")) == f"/review/{other}"


def test_the_work_page_shows_what_one_decision_needs(station: Station, operator: Visitor) -> None:
    one = station.bring({LETTERS: DOUBTFUL, MARKED: DOUBTFUL})
    page = operator.get(take_next(operator)).text
    assert "Authorised person&#39;s surname" in page
    assert "/pictures/readings/" in page
    assert 'value="abc"' in page
    assert "0 of 2 decided" in page
    marked = open_question(operator, one, MARKED)
    assert re.search(r'type="radio" name="code" value="\d"[^>]* checked', marked)


def test_an_accepted_reading_is_entered_as_it_stands(station: Station, operator: Visitor) -> None:
    one = station.bring({LETTERS: DOUBTFUL, MARKED: DOUBTFUL})
    take_next(operator)
    saved = say(operator, one, LETTERS, typed="abc")
    assert station.entries(LETTERS) == [(1, "value", "abc")]
    assert f"field={MARKED}" in saved.location
    assert "Saved: Authorised person&#39;s surname" in operator.get(saved.location).text


@pytest.mark.parametrize("verdict", [Verdict.EMPTY, Verdict.UNCLEAR, Verdict.UNREADABLE])
def test_a_field_can_be_said_to_have_no_value(
    station: Station, operator: Visitor, verdict: Verdict
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    take_next(operator)
    say(operator, one, LETTERS, verdict, typed="abc")
    assert station.entries(LETTERS) == [(1, verdict.value, None)]


def test_an_unsigned_correction_is_entered_with_what_it_says(
    station: Station, operator: Visitor
) -> None:
    one = station.bring({MARKED: DOUBTFUL})
    take_next(operator)
    say(operator, one, MARKED, Verdict.UNSIGNED, code="2")
    assert station.entries(MARKED) == [(1, "unsigned", "2")]


def test_a_candidate_is_saved_by_its_own_button_without_a_script(
    station: Station, operator: Visitor
) -> None:
    one = station.bring({LETTERS: {**DOUBTFUL, "candidates": (("xyz", 0.2),)}})
    page = operator.get(take_next(operator)).text
    assert re.search(r'name="candidate" value="xyz"', page)
    say(operator, one, LETTERS, typed="abc", candidate="xyz")
    assert station.entries(LETTERS) == [(1, "value", "xyz")]


def test_nothing_typed_is_never_taken_for_empty(station: Station, operator: Visitor) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    take_next(operator)
    refused = say(operator, one, LETTERS, typed="  ")
    assert refused.status_code == 422
    assert "Type what the paper says" in refused.text
    assert station.entries(LETTERS) == []


def test_an_odd_answer_is_asked_about_once_and_taken_when_sent_again(
    station: Station, operator: Visitor
) -> None:
    field = "members[1].birth_date"
    one = station.bring({field: DOUBTFUL})
    take_next(operator)
    asked = say(operator, one, field, typed="31.02.1960")
    assert asked.status_code == 422
    assert "“31.02.1960” is no date" in asked.text
    assert station.entries(field) == []
    say(operator, one, field, typed="31.02.1960", sure=read_hidden(asked.text, "sure"))
    assert station.entries(field) == [(1, "value", "31021960")]


def test_being_sure_of_one_odd_answer_is_not_being_sure_of_another(
    station: Station, operator: Visitor
) -> None:
    field = "members[1].birth_date"
    one = station.bring({field: DOUBTFUL})
    take_next(operator)
    again = say(operator, one, field, typed="30.02.1960", sure="31.02.1960")
    assert again.status_code == 422
    assert station.entries(field) == []


def test_a_decided_field_can_be_changed_while_one_holds_the_document(
    station: Station, operator: Visitor
) -> None:
    one = station.bring({LETTERS: DOUBTFUL, MARKED: DOUBTFUL})
    take_next(operator)
    say(operator, one, LETTERS, typed="abc")
    assert "1 of 2 decided" in operator.get(f"/review/{one}").text
    say(operator, one, LETTERS, typed="xyz")
    assert station.entries(LETTERS) == [(1, "value", "abc"), (1, "value", "xyz")]


def test_accepting_the_same_once_more_enters_nothing(station: Station, operator: Visitor) -> None:
    one = station.bring({LETTERS: DOUBTFUL, MARKED: DOUBTFUL})
    take_next(operator)
    for _ in range(2):
        say(operator, one, LETTERS, typed="abc")
    assert station.entries(LETTERS) == [(1, "value", "abc")]


def test_a_form_sent_twice_is_one_entry(station: Station, operator: Visitor) -> None:
    one = station.bring({LETTERS: DOUBTFUL, MARKED: DOUBTFUL})
    page = operator.get(take_next(operator)).text
    sent = {name: read_hidden(page, name) for name in ("token", "seen")}
    for _ in range(2):
        answer = operator.submit(f"/review/{one}/fields/{LETTERS}", **sent, typed="xyz")
        assert answer.status_code == 302
    assert station.entries(LETTERS) == [(1, "value", "xyz")]


def test_a_stale_form_overwrites_nothing_and_shows_what_was_typed(
    station: Station, operator: Visitor
) -> None:
    one = station.bring({LETTERS: DOUBTFUL, MARKED: DOUBTFUL})
    stale = operator.get(take_next(operator)).text
    say(operator, one, LETTERS, typed="abc")
    sent = {name: read_hidden(stale, name) for name in ("token", "seen")}
    late = operator.submit(f"/review/{one}/fields/{LETTERS}", **sent, typed="xyz")
    assert late.status_code == 409
    assert re.search(r'id="entered">xyz', late.text)
    assert re.search(r"What is saved from you</dt><dd>abc", late.text)
    assert station.entries(LETTERS) == [(1, "value", "abc")]


def test_a_lost_lease_changes_nothing_says_who_has_it_and_keeps_what_was_typed(
    station: Station, operator: Visitor, second: Visitor, clock: Clock
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    page = operator.get(take_next(operator)).text
    sent = {name: read_hidden(page, name) for name in ("token", "seen")}
    clock.advance(minutes=11)
    second.sign_in("second_operator")
    assert take_next(second) == f"/review/{one}"
    operator.sign_in("operator")
    late = operator.submit(f"/review/{one}/fields/{LETTERS}", **sent, typed="xyz")
    assert late.status_code == 409
    assert re.search(r'id="entered">xyz', late.text)
    assert "Second Operator has it now" in late.text
    assert f"/review/{one}/take" not in late.text
    assert station.entries(LETTERS) == []


def test_what_was_typed_before_the_lease_ran_out_stands_in_the_field_once_it_is_taken_again(
    station: Station, operator: Visitor, clock: Clock
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    page = operator.get(take_next(operator)).text
    sent = {name: read_hidden(page, name) for name in ("token", "seen")}
    clock.advance(minutes=11)
    operator.sign_in("operator")
    late = operator.submit(f"/review/{one}/fields/{LETTERS}", **sent, typed="xyz")
    assert "Nobody has it now" in late.text
    again = operator.submit(f"/review/{one}/take", field=LETTERS, typed="xyz", verdict="value")
    assert 'name="typed" value="xyz"' in again.text
    hidden = {name: read_hidden(again.text, name) for name in ("token", "seen")}
    operator.submit(f"/review/{one}/fields/{LETTERS}", **hidden, typed="xyz")
    assert station.entries(LETTERS) == [(1, "value", "xyz")]


def test_a_token_in_other_hands_is_worth_nothing(
    station: Station, operator: Visitor, second: Visitor
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    token = read_hidden(operator.get(take_next(operator)).text, "token")
    stolen = second.submit(f"/review/{one}/fields/{LETTERS}", token=token, seen=0, typed="xyz")
    assert stolen.status_code == 409
    assert station.entries(LETTERS) == []


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
    take_next(operator)
    say(operator, one, CRITICAL, typed="888")
    finish(operator, one)
    assert take_next(operator).startswith("/review?")
    assert operator.submit(f"/review/{one}/take").status_code == 403


def test_whoever_settles_sees_both_answers_and_takes_one_over(
    station: Station, operator: Visitor, second: Visitor, sign_in: SignIn
) -> None:
    one = station.bring({CRITICAL: DOUBTFUL})
    for visitor, typed in ((operator, "888"), (second, "999")):
        take_next(visitor)
        say(visitor, one, CRITICAL, typed=typed)
        finish(visitor, one)
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


def test_authorising_shows_all_values_and_enters_them_once(
    station: Station, operator: Visitor
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    take_next(operator)
    say(operator, one, LETTERS, typed="xyz")
    finish(operator, one)
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
    take_next(operator)
    say(operator, one, LETTERS, typed="xyz")
    finish(operator, one)
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


def test_the_second_person_has_no_list_of_all_answers(
    station: Station, operator: Visitor, second: Visitor
) -> None:
    one = station.bring({CRITICAL: DOUBTFUL})
    take_next(operator)
    say(operator, one, CRITICAL, typed="888")
    finish(operator, one)
    page = second.get(take_next(second)).text
    assert "You are the second person" in page
    assert "All answers" not in page


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
    take_next(operator)
    say(operator, one, CRITICAL, typed="888")
    finish(operator, one)
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
    sent = {name: read_hidden(page, name) for name in ("token", "seen")}
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
