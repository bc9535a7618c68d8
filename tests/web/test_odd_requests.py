"""What no page of ours asks for: an answer, never an accident, and nothing told on the way."""

import pytest
from werkzeug.test import TestResponse

from tests.web.conftest import SignIn
from tests.web.reviewing import take_next
from tests.web.station import LETTERS, Station
from tests.web.visiting import Visitor
from tests.workflow.cases.papers import DOUBTFUL

LONG = "9" * 30


@pytest.mark.parametrize("number", [LONG, "9" * 5000, "-1", "a"])
@pytest.mark.parametrize("path", ["/intake", "/documents", "/families", "/trail"])
def test_a_place_in_a_list_that_no_row_has_is_its_beginning(
    path: str, number: str, sign_in: SignIn
) -> None:
    assert sign_in("supervisor").get(path, query_string={"before": number}).status_code == 200


@pytest.mark.parametrize("number", [LONG, "9" * 5000])
def test_a_number_that_no_document_has_is_said_at_its_field(number: str, sign_in: SignIn) -> None:
    answer = sign_in("operator").get("/documents", query_string={"number": number})
    assert answer.status_code == 200
    assert "Give the number of the document in digits" in answer.text


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "31.12.9999"])
def test_a_day_at_the_end_of_the_calendar_is_said_at_its_field(day: str, sign_in: SignIn) -> None:
    answer = sign_in("supervisor").get("/trail", query_string={"day": day})
    assert answer.status_code == 200
    assert "Give the day as" in answer.text


@pytest.mark.parametrize("number", [LONG, "9" * 5000])
def test_hidden_numbers_that_no_page_sends_fit_nothing(
    number: str, station: Station, operator: Visitor
) -> None:
    one = station.bring({LETTERS: DOUBTFUL})
    take_next(operator)
    entry = f"/review/{one}/fields/{LETTERS}"
    answers = (
        operator.submit(f"/review/{one}/renew", token=number),
        operator.submit(entry, token=number, seen="0", typed="x"),
        operator.submit(entry, token="1", seen=number, typed="x"),
        operator.get("/review", query_string={"after": number}),
        operator.submit("/review/next", after=number),
    )
    assert [answer.status_code for answer in answers] == [409, 409, 409, 200, 302]


def test_a_set_of_thresholds_that_there_cannot_be_is_not_found(sign_in: SignIn) -> None:
    answer = sign_in("administrator").submit("/trust/enforcement", set=LONG)
    assert answer.status_code == 404


@pytest.mark.parametrize("way", ["take", "fields/x", "acknowledge", "finish", "release", "renew"])
def test_a_document_of_another_unit_is_answered_like_one_that_there_is_not(
    way: str, station: Station, sign_in: SignIn
) -> None:
    one, other = station.bring({LETTERS: DOUBTFUL}), sign_in("other_unit_operator")

    def ask(document_id: int) -> TestResponse:
        return other.submit(f"/review/{document_id}/{way}", token="1", revision="1", code="x")

    assert [ask(number).status_code for number in (one, one + 99)] == [404, 404]
