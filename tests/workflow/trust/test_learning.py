import pytest

from ocr.thresholds import LEAST_ACCEPTED, ReadKind
from tests.workflow.trust.readings import ALL_MARKS, MARKS, doubted, drawn, gather, spare
from workflow.trust.judged import JudgedReading, Look, Origin
from workflow.trust.learning import Advice, estimate, learn_threshold

SHIPPED = 0.98


def test_too_few_decisions_leave_the_threshold_and_say_how_many_are_missing() -> None:
    lesson = learn_threshold(MARKS, gather(drawn(100)), SHIPPED, target=1)
    assert (lesson.advice, lesson.accept_above) == (Advice.TOO_FEW, SHIPPED)
    assert lesson.now.upper > 1
    proven = gather(drawn(100 + lesson.needed))
    assert learn_threshold(MARKS, proven, SHIPPED, target=1).now.upper <= 1


def test_nothing_at_all_leaves_the_threshold() -> None:
    lesson = learn_threshold(MARKS, gather(), SHIPPED, target=1)
    assert (lesson.advice, lesson.accept_above, lesson.now.n) == (Advice.TOO_FEW, SHIPPED, 0)


def test_a_proven_threshold_sinks_to_where_doubted_fields_were_right_too() -> None:
    evidence = gather(
        drawn(4000), doubted(900, 0.965), doubted(400, 0.955), doubted(40, 0.945, right=False)
    )
    lesson = learn_threshold(MARKS, evidence, SHIPPED, target=5)
    assert (lesson.advice, lesson.accept_above) == (Advice.LOWER, 0.95)
    assert lesson.then.upper <= 5


def test_a_threshold_that_needs_no_change_is_kept() -> None:
    evidence = gather(drawn(4000), doubted(200, 0.975, right=False))
    lesson = learn_threshold(MARKS, evidence, SHIPPED, target=1)
    assert (lesson.advice, lesson.accept_above, lesson.needed) == (Advice.KEEP, SHIPPED, 0)


def test_no_evidence_takes_a_threshold_below_the_floor() -> None:
    evidence = gather(drawn(9000), doubted(9000, 0.93), doubted(9000, 0.5))
    lesson = learn_threshold(MARKS, evidence, SHIPPED, target=5)
    assert lesson.accept_above == LEAST_ACCEPTED


def test_silent_errors_beyond_the_target_raise_the_threshold_above_them() -> None:
    evidence = gather(drawn(1000, 0.9999), drawn(40, 0.985, right=False))
    lesson = learn_threshold(MARKS, evidence, SHIPPED, target=1)
    assert (lesson.advice, lesson.accept_above) == (Advice.RAISE, 0.99)
    assert lesson.then.errors == 0


def test_one_error_among_few_looks_proves_nothing_either_way() -> None:
    evidence = gather(drawn(2000), drawn(1, 0.985, right=False))
    lesson = learn_threshold(MARKS, evidence, SHIPPED, target=1)
    assert lesson.advice is Advice.TOO_FEW


def test_drawn_fields_stand_for_all_that_were_accepted() -> None:
    right, wrong = drawn(100), doubted(10, 0.97, right=False)
    by_themselves = estimate(gather(right, wrong, accepted=100), 0.96, SHIPPED)
    of_many = estimate(gather(right, wrong, accepted=99_990), 0.96, SHIPPED)
    assert by_themselves.rate == pytest.approx(1000 * 10 / 110)
    assert of_many.rate == pytest.approx(1000 * 10 / 100_000)
    assert of_many.n == by_themselves.n == 110


@pytest.mark.parametrize("look", [Look.OTHER, Look.NONE])
def test_fields_that_were_looked_at_for_another_reason_say_nothing_of_silent_errors(
    look: Look,
) -> None:
    found = [
        JudgedReading(MARKS, n, r.read_at, r.confidence, True, look, False)
        for n, r in enumerate(drawn(50))
    ]
    assert estimate(gather(drawn(100), found), SHIPPED, SHIPPED).errors == 0


def test_what_nobody_has_settled_yet_is_not_counted() -> None:
    open_ones = [
        JudgedReading(MARKS, n, r.read_at, r.confidence, True, Look.DRAWN, None)
        for n, r in enumerate(drawn(50))
    ]
    assert estimate(gather(drawn(100), open_ones), SHIPPED, SHIPPED).n == 100


def test_a_threshold_is_learned_from_its_own_fields_alone() -> None:
    elsewhere = Origin(ReadKind.MARKS, "family_declaration", "back office")
    evidence = gather(drawn(4000), drawn(50, right=False, origin=elsewhere))
    assert learn_threshold(MARKS, evidence, SHIPPED, target=1).now.errors == 0
    assert learn_threshold(elsewhere, evidence, SHIPPED, target=1).now.n == 50
    assert learn_threshold(ALL_MARKS, evidence, SHIPPED, target=1).now.errors == 50


def test_of_what_a_register_confirms_those_drawn_stand_for_all() -> None:
    """Only the wrong ones of the others go to people: they would say that all are wrong."""
    sample = spare([*doubted(95, 0.985), *doubted(5, 0.985, right=False)], lot=True)
    rest = spare([*doubted(9405, 0.985), *doubted(495, 0.985, right=False)])
    seen = estimate(gather(drawn(1000, 0.9999), sample, rest), 0.98, 0.99)
    assert seen.rate == pytest.approx(1000 * 500 / 11_000)
    assert (seen.n, seen.errors) == (1100, 5)


def test_no_threshold_sinks_to_what_a_register_keeps_from_everybody() -> None:
    unseen, looked_at = spare(doubted(900, 0.965)), spare(doubted(900, 0.965), lot=True)
    for spared, advice in ((unseen, Advice.KEEP), (looked_at, Advice.LOWER)):
        lesson = learn_threshold(MARKS, gather(drawn(4000), spared), 0.97, target=5)
        assert lesson.advice is advice
