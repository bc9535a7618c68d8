from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from form_templates.model import TemplateKey
from ocr.feeding import FeedFault, find_feed_troubles
from ocr.readings import PageReading, PageStatus

KEY = TemplateKey("family_declaration", date(2015, 5, 1))


def show(index: int, number: int, serial: int = 7, ink: int | None = None) -> PageReading:
    """A scan of a page of the declaration; equal ink is one sheet of paper."""
    rng = np.random.default_rng(1000 * serial + number if ink is None else ink)
    return PageReading(
        file="stack.pdf",
        index=index,
        status=PageStatus.READ,
        key=KEY,
        page=number,
        sheet=1,
        serial=serial,
        fingerprint=rng.integers(0, 255, (60, 42)).astype(np.uint8),
    )


def stack(*numbers: int) -> list[PageReading]:
    return [show(index, number) for index, number in enumerate(numbers)]


def told(pages: Sequence[PageReading]) -> list[tuple[FeedFault, int, int, list[int]]]:
    return [(t.fault, t.after, t.at, [p for p, _ in t.pages]) for t in find_feed_troubles(pages)]


@pytest.mark.parametrize("numbers", [(1, 2, 3, 4), (4, 3, 2, 1), (2, 3), ()])
def test_a_stack_without_gaps_has_no_trouble(numbers: tuple[int, ...]) -> None:
    assert told(stack(*numbers)) == []


@pytest.mark.parametrize(("numbers", "at"), [((1, 2, 4, 5), 2), ((5, 4, 2, 1), 2)])
def test_pages_left_out_where_the_stack_goes_on_were_drawn_in_together(
    numbers: tuple[int, ...], at: int
) -> None:
    assert told(stack(*numbers)) == [(FeedFault.DOUBLE_FEED, at - 1, at, [3])]


def test_pages_that_lack_at_the_end_of_a_stack_are_no_double_feed() -> None:
    assert told(stack(1, 2)) == []


def test_a_page_that_lies_elsewhere_in_the_file_is_not_lost() -> None:
    assert told(stack(1, 3, 2)) == []


def test_pages_of_another_copy_fill_no_gap() -> None:
    pages = [show(0, 1), show(1, 3), show(2, 2, serial=8)]
    assert told(pages) == [(FeedFault.DOUBLE_FEED, 0, 1, [2])]


def test_empty_backs_lie_between_pages_and_a_page_without_a_name_may_be_the_one_that_lacks() -> (
    None
):
    first, third = show(0, 1), show(2, 3)
    back = PageReading("stack.pdf", 1, PageStatus.BLANK)
    nameless = PageReading("stack.pdf", 1, PageStatus.UNIDENTIFIED)
    assert told([first, back, third]) == [(FeedFault.DOUBLE_FEED, 0, 2, [2])]
    assert told([first, nameless, third]) == []


def test_a_sheet_that_came_through_twice_is_told_and_another_sheet_of_its_number_is_not() -> None:
    same, other = show(1, 1, ink=5), show(2, 1, ink=6)
    assert told([show(0, 1, ink=5), same, other]) == [(FeedFault.FED_TWICE, 0, 1, [1])]


def test_papers_of_others_have_no_numbers() -> None:
    strangers = [PageReading("stack.pdf", i, PageStatus.UNIDENTIFIED) for i in range(3)]
    assert told(strangers) == []
