"""The review station as its forms and pages answer; what keys add is in test_review_browser."""

import re

import pytest

from tests.acting import Clock
from tests.web.reviewing import open_question, read_hidden, read_proof, say, take_next
from tests.web.station import LETTERS, MARKED, Station
from tests.web.visiting import Visitor
from tests.workflow.cases.papers import DOUBTFUL
from workflow.store.models.decisions import Verdict


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
    sent = read_proof(page)
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
    sent = read_proof(stale)
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
    sent = read_proof(page)
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
    sent = read_proof(page)
    clock.advance(minutes=11)
    operator.sign_in("operator")
    late = operator.submit(f"/review/{one}/fields/{LETTERS}", **sent, typed="xyz")
    assert "Nobody has it now" in late.text
    again = operator.submit(f"/review/{one}/take", field=LETTERS, typed="xyz", verdict="value")
    assert 'name="typed" value="xyz"' in again.text
    hidden = read_proof(again.text)
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
