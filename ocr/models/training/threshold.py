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
    the next one could be the next string.
    """
    order = np.argsort(-confidences, kind="stable")
    errors = np.cumsum((wrong * weights)[order]) + 1
    within = np.flatnonzero(errors <= limit * np.cumsum(weights[order]))
    return float(confidences[order[within[-1]]]) if len(within) else 1.0
