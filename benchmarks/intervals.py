"""How sure a counted rate is."""

from scipy.stats import beta


def upper_rate(errors: int, trials: int) -> float:
    """The upper end of the 95 % interval of a rate (Clopper and Pearson, 1934), two-sided."""
    if trials == 0:
        return 1.0
    return 1.0 if errors == trials else float(beta.ppf(0.975, errors + 1, trials - errors))
