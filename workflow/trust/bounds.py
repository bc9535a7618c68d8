"""How sure a counted rate is: the ends of its one-sided intervals (Clopper and Pearson, 1934)."""

from collections.abc import Callable
from math import exp, lgamma, log, log1p

SURE = 0.95
"""Of a one-sided bound, where nobody says otherwise."""
_HALVINGS = 60


def bound_above(errors: int, trials: int, sure: float = SURE) -> float:
    """The rate that is surely not exceeded; 1 where nothing was tried."""
    if errors >= trials:
        return 1.0
    return _bisect(lambda rate: _at_most(errors, trials, rate) > 1 - sure)


def bound_below(errors: int, trials: int, sure: float = SURE) -> float:
    """The rate that is surely reached; 0 where nothing went wrong."""
    if errors == 0:
        return 0.0
    return _bisect(lambda rate: 1 - _at_most(errors - 1, trials, rate) <= 1 - sure)


def count_needed(errors: int, rate: float) -> int:
    """How many trials prove a rate, if no more than these errors are found."""
    low, high = errors, errors + 1
    while bound_above(errors, high) > rate:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if bound_above(errors, middle) > rate else (low, middle)
    return high


def _bisect(is_below: Callable[[float], bool]) -> float:
    """Where a test that holds for small rates stops holding."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return high


def _at_most(errors: int, trials: int, rate: float) -> float:
    """Probability of so many errors or fewer, if each trial fails at this rate."""
    right, wrong = log1p(-rate), log(rate)
    whole = lgamma(trials + 1)
    return sum(
        exp(whole - lgamma(k + 1) - lgamma(trials - k + 1) + k * wrong + (trials - k) * right)
        for k in range(errors + 1)
    )
