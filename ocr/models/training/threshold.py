"""From which confidence on nobody needs to look."""

import numpy as np
from numpy.typing import NDArray


def choose_threshold(
    confidences: NDArray[np.float64],
    wrong: NDArray[np.bool_],
    weights: NDArray[np.float64],
    limit: float,
) -> float:
    """The lowest confidence from which on the share of errors stays within a limit.

    One error is counted that was not seen: a few thousand strings hold so few that
    the next one could be the next string. Strings of equal confidence are accepted together
    or not at all.
    """
    order = np.argsort(-confidences, kind="stable")
    ranked = confidences[order]
    errors = np.cumsum((wrong * weights)[order]) + 1
    ends = np.append(ranked[1:] < ranked[:-1], True)
    within = np.flatnonzero(ends & (errors <= limit * np.cumsum(weights[order])))
    return float(ranked[within[-1]]) if len(within) else 1.0
