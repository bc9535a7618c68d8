"""From which confidence on nobody needs to look."""

import numpy as np
from numpy.typing import NDArray

SILENT_ERRORS = 1e-3
"""Share of accepted strings that may be wrong."""


def choose_threshold(
    confidences: NDArray[np.float64], wrong: NDArray[np.bool_], weights: NDArray[np.float64]
) -> float:
    """The lowest confidence from which on the share of errors stays within the limit.

    Both the errors seen and those that the confidences themselves foretell must stay
    within it: a few thousand strings hold too few errors to trust either alone.
    """
    order = np.argsort(-confidences, kind="stable")
    total = np.cumsum(weights[order])
    seen = np.cumsum((wrong * weights)[order]) / total
    foretold = np.cumsum(((1 - confidences) * weights)[order]) / total
    within = np.flatnonzero(np.maximum(seen, foretold) <= SILENT_ERRORS)
    return float(confidences[order[within[-1]]]) if len(within) else 1.0
