import numpy as np
import pytest

from ocr.levels import count_levels, find_rank, take_median


@pytest.mark.parametrize("count", [1, 2, 7, 1000])
@pytest.mark.parametrize("share", [0.0, 0.16, 0.5, 0.7, 1.0])
def test_ranks_of_counted_levels_are_those_of_sorted_ones(count: int, share: float) -> None:
    levels = np.random.default_rng(count).integers(0, 256, count, np.uint8)
    expected = np.percentile(levels, 100 * share)
    assert find_rank(count_levels(levels), share) == pytest.approx(expected)


def test_the_median_of_an_even_number_lies_between_two_levels() -> None:
    assert take_median(np.array([[0, 255], [7, 8]], np.uint8)) == 7.5
