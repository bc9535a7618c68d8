from dataclasses import replace

import pytest

from form_templates import catalog
from form_templates.layout import lay_out_page
from ocr.readings import FieldReading, FieldState, PageReading, PageStatus, Quality, Reason, Value
from workflow.reading.merging import (
    Place,
    Second,
    agrees_wholly,
    count_losses,
    is_written_on,
    merge_pages,
)
from workflow.store.models.paper import Page

APPLICATION = catalog.load("application")
SPECS = {f.id: f for f in lay_out_page(APPLICATION, 1, 1).template.fields}
NOWHERE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
GOOD = Quality(200.0, 0.0, 0.1, 0.8, 4)


def page(id_: int, number: int = 1) -> Page:
    return Page(id=id_, page=number, sheet=1)


def merge(standing: list[int], arrived: list[Page], second: Second | None = None):
    """Merges pages 1, 2, … that stand with those that arrive; what is where, and what changed."""
    places = [Place(page(id_, number)) for number, id_ in enumerate(standing, 1)]

    def judge(_: Page, __: Page) -> Second:
        assert second is not None, "nothing to judge"
        return second

    merged = merge_pages(places, arrived, judge)
    return [(p.page.id, p.repeated) for p in merged.places], merged.changed


def test_a_side_that_was_missing_is_added():
    assert merge([10], [page(20, 2)]) == ([(10, False), (20, False)], True)


def test_of_two_scans_in_one_file_the_first_counts():
    assert merge([], [page(10), page(11)]) == ([(10, False), (11, True)], True)


@pytest.mark.parametrize(
    ("second", "places", "changed"),
    [
        (Second.REPEATS, [(10, False), (20, False), (11, True)], False),
        (Second.DIFFERS, [(10, False), (20, False), (11, True)], True),
        (Second.REPLACES, [(11, False), (20, False)], True),
        (Second.CHANGES, [(11, False), (20, False), (10, True)], True),
    ],
)
def test_a_second_scan_takes_its_place(second, places, changed):
    assert merge([10, 20], [page(11)], second) == (places, changed)


def test_repeats_of_a_side_that_is_replaced_go_with_it():
    standing = [Place(page(10)), Place(page(11), repeated=True)]
    merged = merge_pages(standing, [page(12)], lambda _, __: Second.REPLACES)
    assert [p.page.id for p in merged.places] == [12]


def read(value: Value, name: str = "applicant_is_member", **more) -> FieldReading:
    known = {"state": FieldState.READ, "reason": Reason.NONE, "review": False}
    return FieldReading(SPECS[name], value=value, confidence=1.0, region_px=NOWHERE, **known | more)


def side(*fields: FieldReading, quality: Quality = GOOD) -> PageReading:
    ids = {"key": APPLICATION.key, "page": 1, "sheet": 1}
    return PageReading("a.pdf", 0, PageStatus.READ, fields=fields, quality=quality, **ids)


NUMBER = "applicant_personal_number"
DOUBT = {"review": True, "reason": Reason.DOUBTFUL_VALUE}
EMPTY = {"state": FieldState.EMPTY}


@pytest.mark.parametrize(
    ("before", "after", "written_on"),
    [
        (read("1"), read("2"), True),
        (read("1"), read("1"), False),
        (read(None, **EMPTY), read("1"), True),
        (read("1"), read("2", **DOUBT), False),
        (read("53710836806", NUMBER), read("53710836806", NUMBER, **DOUBT), False),
        (read("53710836806", NUMBER), read("01024081234", NUMBER), True),
    ],
)
def test_a_paper_was_written_on_where_both_scans_are_sure_of_different_things(
    before, after, written_on
):
    assert is_written_on(side(before), side(after)) is written_on


def test_another_familys_sheet_is_seen_through_all_doubts():
    one = side(*(read("53710836806", NUMBER, **DOUBT), read("6100498790", "family_code", **DOUBT)))
    other = side(
        *(read("01024081234", NUMBER, **DOUBT), read("7017287273", "family_code", **DOUBT))
    )
    assert is_written_on(one, other)


def test_scans_agree_wholly_only_if_their_doubts_do():
    assert agrees_wholly(side(read("1")), side(read("1")))
    assert not agrees_wholly(side(read("1")), side(read(None, state=FieldState.UNCLEAR, **DOUBT)))


def test_losses_are_what_the_image_does_not_show():
    lost = read(None, state=FieldState.UNREADABLE, reason=Reason.IMAGE, review=True)
    assert count_losses(side(read("1"))) == 0
    assert count_losses(side(lost, quality=replace(GOOD, problems=("blurred",)))) == 2
