from datetime import date

import pytest

from form_templates.model import Kind
from ocr.cells import load_network
from ocr.thresholds import (
    LEAST_ACCEPTED,
    SHIPPED,
    AcceptLimits,
    ReadKind,
    Threshold,
    Thresholds,
    find_read_kind,
    find_shipped,
)

FORM, DESK = "family_declaration", "front desk"


def learn(accept_above: float, form: str | None = None, scanner: str | None = None) -> Threshold:
    return Threshold(ReadKind.MARKS, form, scanner, accept_above, 0.05, 60_000, date(2026, 3, 2))


@pytest.mark.parametrize("kind", [ReadKind.MARKS, ReadKind.DIGITS, ReadKind.LETTERS])
def test_without_anything_learned_the_network_says_what_is_accepted(kind: ReadKind) -> None:
    assert SHIPPED.find(kind) == load_network(kind.value).accept_above == find_shipped(kind)


@pytest.mark.parametrize(
    ("form", "scanner", "found"),
    [
        (FORM, DESK, 0.995),
        (FORM, "another", 0.97),
        (FORM, None, 0.97),
        ("application", DESK, 0.98),
        ("application", None, 0.96),
    ],
)
def test_the_most_precise_threshold_holds(form: str, scanner: str | None, found: float) -> None:
    entries = (learn(0.96), learn(0.97, FORM), learn(0.98, None, DESK), learn(0.995, FORM, DESK))
    for known in (entries, entries[::-1]):
        assert AcceptLimits(Thresholds(known), form, scanner).find(ReadKind.MARKS) == found


def test_what_was_learned_of_one_kind_says_nothing_of_another() -> None:
    limits = AcceptLimits(Thresholds((learn(0.999),)), FORM, DESK)
    assert limits.find(ReadKind.DIGITS) == find_shipped(ReadKind.DIGITS)


@pytest.mark.parametrize("accept_above", [LEAST_ACCEPTED - 0.01, 1.01])
def test_a_threshold_below_the_floor_or_above_certainty_is_refused(accept_above: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        learn(accept_above)


def test_lines_of_text_and_boxes_have_no_threshold() -> None:
    without = {kind for kind in Kind if find_read_kind(kind) is None}
    assert without == {Kind.TEXT, Kind.CHECK, Kind.BUBBLE}
