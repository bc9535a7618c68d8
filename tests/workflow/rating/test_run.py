from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.workflow.registered import FILLED, POOR, RICH, register_case, register_record
from validation.parameters import value_on
from workflow.audit.verification import verify_trail
from workflow.cases.families import change_case_state
from workflow.jobs.work import Work
from workflow.rating.explanation import explain_rating
from workflow.rating.faults import MemberElsewhere, NoLimit, NoPack, NotScored
from workflow.rating.run import is_eligible, rate_family, rate_record
from workflow.store.families import find_case
from workflow.store.knowing import add_memberships
from workflow.store.models.families import CaseState, Rating
from workflow.store.ratings import find_rating, list_ratings, list_waiting_records
from workflow.store.trail import EventFilter, list_newest_events
from workflow.store.work import list_steps

DECLARATION = "family_declaration"


def declare(act, values, family_code="0123456789"):
    """A family that waits for its rating: ids of its case and its record."""
    with act() as doing:
        case = register_case(doing, family_code)
        return case.id, register_record(doing, case, DECLARATION, values).id


def rate(act, record_id):
    with act() as doing:
        return rate_record(doing, record_id)


def state_of(store, case_id):
    with store.read() as session:
        return find_case(session, case_id).state


def steps_of(store, rating):
    with store.read() as session:
        return [step.step for step in list_steps(session, [f"rating:{rating.id}"])]


def test_a_poor_family_is_eligible_and_its_assignment_is_asked_for(store, act):
    case_id, record_id = declare(act, POOR)
    rating = rate(act, record_id)
    assert is_eligible(rating) and rating.score == 13613
    assert state_of(store, case_id) == CaseState.ELIGIBLE
    assert steps_of(store, rating) == ["open_assignment"]


def test_a_family_that_is_not_poor_enough_ends_there(store, act):
    case_id, record_id = declare(act, RICH)
    rating = rate(act, record_id)
    assert not is_eligible(rating)
    assert state_of(store, case_id) == CaseState.NOT_ELIGIBLE
    assert steps_of(store, rating) == []


def test_the_handler_rates_in_the_transaction_of_its_step(store, settings, act):
    case_id, record_id = declare(act, POOR)
    commit = rate_family(Work(store, settings, lambda: None), record_id)
    assert state_of(store, case_id) == CaseState.DECLARED
    with act() as doing:
        commit(doing)
    assert state_of(store, case_id) == CaseState.ELIGIBLE


def test_the_same_declaration_is_rated_once_under_a_pack(store, act):
    case_id, record_id = declare(act, POOR)
    assert rate(act, record_id).id == rate(act, record_id).id
    with store.read() as session:
        assert len(list_ratings(session, case_id)) == 1
        events = [e.action for e in list_newest_events(session, EventFilter(), None, 50)]
    assert events.count("rating:make") == 1


def test_a_rating_keeps_all_that_it_was_made_with(store, act, clock):
    _, record_id = declare(act, POOR)
    made = rate(act, record_id)
    with store.read() as session:
        rating = find_rating(session, made.id)
    assert (rating.pack, rating.official) == ("demonstration/2015-05-01", False)
    assert (rating.limit, rating.law_day, rating.rated_at) == (65001, clock.now.date(), clock.now)
    assert rating.lines[-1]["amount"] == str(rating.score)


def test_the_trail_says_that_a_rating_is_a_demonstration(store, settings, act):
    _, record_id = declare(act, POOR)
    rating = rate(act, record_id)
    with store.read() as session:
        event = next(
            e
            for e in list_newest_events(session, EventFilter(), None, 50)
            if e.action == "rating:make"
        )
    with store.read() as session:
        assert not verify_trail(session, settings.seals).faults
    assert event.after["official"] is False and event.after["score"] == rating.score
    assert event.law == "order-02-150/annex-3/art-7(1)"


@pytest.mark.parametrize(("score", "eligible"), [(65000, True), (65001, False), (65002, False)])
def test_a_score_must_be_below_the_limit(score, eligible):
    limit = value_on("benefits/score_limit", date(2026, 3, 2))
    assert limit is not None and limit.number == Decimal(65001)
    assert is_eligible(Rating(score=score, limit=int(limit.number))) is eligible


def test_the_limit_holds_from_june_2015():
    assert value_on("benefits/score_limit", date(2015, 5, 31)) is None
    assert value_on("benefits/score_limit", date(2015, 6, 1)) is not None


def test_a_declaration_with_an_unknown_answer_is_not_scored_and_its_case_stays(store, act):
    missing = {key: value for key, value in POOR.items() if key != "E1"}
    case_id, record_id = declare(act, missing)
    with pytest.raises(NotScored) as refused:
        rate(act, record_id)
    assert refused.value.detail == "answer_missing: E1"
    assert not refused.value.retry
    assert state_of(store, case_id) == CaseState.DECLARED
    with store.read() as session:
        assert list_ratings(session, case_id) == []


def test_a_family_whose_member_another_declares_too_is_not_scored(store, act):
    shared = {**POOR, "members[2].personal_number": "01001099999"}
    with act() as doing:
        first = register_case(doing, "0123456789")
        add_memberships(doing.session, register_record(doing, first, DECLARATION, shared))
    case_id, record_id = declare(act, {**shared, "family_code": "0123456797"}, "0123456797")
    with pytest.raises(MemberElsewhere) as refused:
        rate(act, record_id)
    assert refused.value.detail == "member_elsewhere: 0123456789"
    assert state_of(store, case_id) == CaseState.DECLARED
    with act() as doing:
        left = find_case(doing.session, first.id)
        change_case_state(doing, left, CaseState.CANCELLED, "order-02-150/annex-3/art-2(3)")
    assert rate(act, record_id).score == 13613


@pytest.mark.parametrize(
    ("day", "fault"), [(datetime(2015, 4, 30, 9), NoPack), (datetime(2015, 5, 20, 9), NoLimit)]
)
def test_nobody_is_rated_on_a_day_without_a_law(act, clock, day, fault):
    _, record_id = declare(act, POOR)
    clock.now = day.replace(tzinfo=UTC)
    with pytest.raises(fault):
        rate(act, record_id)


def test_an_older_declaration_is_rated_and_moves_nothing(store, act):
    with act() as doing:
        case = register_case(doing)
        older = register_record(doing, case, DECLARATION, RICH).id
        newer = register_record(doing, case, DECLARATION, POOR).id
    rate(act, newer)
    rating = rate(act, older)
    assert not is_eligible(rating)
    assert state_of(store, case.id) == CaseState.ELIGIBLE


def test_only_declarations_without_a_rating_wait(store, act):
    _, first = declare(act, POOR)
    _, second = declare(act, RICH, "0000000017")
    rate(act, first)
    with store.read() as session:
        waiting = [record.id for record in list_waiting_records(session, DECLARATION, 10)]
    assert waiting == [second]


@pytest.mark.parametrize(
    ("language", "word", "said"),
    [("en", "Salary", "not the official one"), ("ka", "ხელფასი", "არა ოფიციალური")],
)
def test_a_rating_is_explained_in_words_and_says_what_it_is_not(act, language, word, said):
    _, record_id = declare(act, POOR)
    explained = explain_rating(rate(act, record_id), language)
    assert said in (explained.statement or "")
    assert explained.is_pack_unchanged
    assert any(line.label == word and line.input == "100.00" for line in explained.lines)
    ends = [(line.part, line.total) for line in explained.lines if line.ends_part]
    assert ends == [("welfare", "125.43"), ("needs", "322.50"), ("score", "13613")]


def test_a_rating_of_a_pack_that_is_gone_is_still_shown(act):
    _, record_id = declare(act, POOR)
    rating = rate(act, record_id)
    rating.pack = "demonstration/1999-01-01"
    explained = explain_rating(rating, "en")
    assert not explained.is_pack_unchanged and explained.title == rating.pack
    assert explained.lines[1].label == "salary"


def test_a_family_that_has_left_the_registry_is_not_rated_back_into_it(store, act):
    case_id, record_id = declare(act, POOR)
    with act() as doing:
        change_case_state(doing, find_case(doing.session, case_id), CaseState.CANCELLED)
    rating = rate(act, record_id)
    assert state_of(store, case_id) == CaseState.CANCELLED
    assert steps_of(store, rating) == []


def test_a_declaration_filled_earlier_moves_nothing_however_late_it_is_entered(store, act):
    case_id, record_id = declare(act, RICH)
    with act() as doing:
        case = find_case(doing.session, case_id)
        filled = FILLED - timedelta(days=30)
        late_id = register_record(doing, case, DECLARATION, POOR, filled=filled).id
    rate(act, record_id)
    assert steps_of(store, rate(act, late_id)) == []
    assert state_of(store, case_id) == CaseState.NOT_ELIGIBLE
