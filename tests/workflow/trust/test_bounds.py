import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from workflow.trust.bounds import bound_above, bound_below, count_needed

COUNTS = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS)
def test_the_bounds_are_those_of_clopper_and_pearson(counts: tuple[int, int]) -> None:
    errors, trials = counts
    above = 1.0 if errors == trials else beta.ppf(0.95, errors + 1, trials - errors)
    below = 0.0 if errors == 0 else beta.ppf(0.05, errors, trials - errors + 1)
    assert bound_above(errors, trials) == pytest.approx(above, abs=1e-9)
    assert bound_below(errors, trials) == pytest.approx(below, abs=1e-9)


def test_nothing_tried_proves_nothing() -> None:
    assert (bound_below(0, 0), bound_above(0, 0)) == (0.0, 1.0)


@pytest.mark.parametrize("errors", [0, 1, 7])
def test_so_many_trials_prove_a_rate_and_one_less_does_not(errors: int) -> None:
    needed = count_needed(errors, 0.001)
    assert bound_above(errors, needed) <= 0.001 < bound_above(errors, needed - 1)


def test_one_error_in_20_000_takes_60_000_looks_without_any() -> None:
    assert count_needed(0, 0.00005) == pytest.approx(60_000, rel=0.002)
