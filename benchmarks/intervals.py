"""How sure a counted rate is."""

from workflow.trust.bounds import bound_above

_TWO_SIDED = 0.975


def upper_rate(errors: int, trials: int) -> float:
    """The upper end of the 95 % interval of a rate (Clopper and Pearson, 1934), two-sided."""
    return bound_above(errors, trials, _TWO_SIDED)
