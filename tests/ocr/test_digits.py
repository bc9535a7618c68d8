from collections.abc import Container

import numpy as np
import pytest

from form_templates.model import FieldSpec, Format
from ocr.cells import DIGIT_CLASSES
from ocr.digits import DigitString, decode_digits, rank_rows, read_digits
from ocr.models.training.ageing import WEAR
from ocr.models.training.crops import UNSURE, make_strip, write_row
from ocr.models.training.fields import make_field
from ocr.models.training.writers import SimulatedWriter, StrokeWriter
from ocr.simulation.styles import Style
from ocr.written import Doubt, WrittenState

SIGNS = {"_": "blank", "X": "struck", "O": "overwritten"}


def see(cells: str, sure: float = 0.9999, doubts: dict[int, dict[str, float]] | None = None):
    """Probabilities of a network that sees `cells`: _ blank, X struck, O overwritten."""
    seen = np.full((len(cells), len(DIGIT_CLASSES)), (1 - sure) / (len(DIGIT_CLASSES) - 1))
    for row, sign in zip(seen, cells, strict=True):
        row[DIGIT_CLASSES.index(SIGNS.get(sign, sign))] = sure
    for place, shares in (doubts or {}).items():
        seen[place] = 1e-6
        for sign, share in shares.items():
            seen[place, DIGIT_CLASSES.index(SIGNS.get(sign, sign))] = share
    return seen.astype(np.float32)


def decode(
    cells: str, field: FieldSpec, known: Container[str] | None = None, **seen: object
) -> DigitString:
    return decode_digits(see(cells, **seen), field, 0.98, known)


DATE, TIME = make_field(Format.DATE), make_field(Format.TIME)
MONEY, INTEGER = make_field(Format.MONEY, 2), make_field(Format.INTEGER)
NUMBER, PHONE = make_field(Format.PERSONAL_NUMBER), make_field(Format.PHONE)


@pytest.mark.parametrize(
    ("field", "cells", "characters"),
    [
        (INTEGER, "__12", "12"),
        (INTEGER, "12__", "12"),
        (INTEGER, "__07", "07"),
        (MONEY, "___1250", "1250"),
        (MONEY, "12___50", "1250"),
        (MONEY, "__125__", "12500"),
        (DATE, "29022012", "29022012"),
        (TIME, "0930", "0930"),
        (NUMBER, "01024056789", "01024056789"),
        (PHONE, "599123456", "599123456"),
    ],
)
def test_plain_answers_are_read_without_doubt(field: FieldSpec, cells: str, characters: str):
    seen = decode(cells, field)
    assert (seen.state, seen.characters) == (WrittenState.READ, characters)
    assert seen.doubt is Doubt.NONE and not seen.review


@pytest.mark.parametrize(
    ("field", "cells", "characters"),
    [
        (DATE, "30022012", "30022012"),
        (DATE, "3002201_", "3002201"),
        (TIME, "2460", "2460"),
        (NUMBER, "0102405678_", "0102405678"),
        (INTEGER, "1_2_", "1 2"),
        (INTEGER, "_07_", "07"),
        (MONEY, "_8_____", "800"),
        (MONEY, "__125_5", "125 5"),
        (MONEY, "_____50", "50"),
    ],
)
def test_what_cannot_be_goes_to_a_person_as_it_was_written(
    field: FieldSpec, cells: str, characters: str
):
    seen = decode(cells, field)
    assert (seen.characters, seen.doubt) == (characters, Doubt.FORMAT)
    assert seen.review


def test_an_unclear_digit_is_settled_by_the_calendar_but_not_trusted():
    seen = decode("31122012", DATE, doubts={2: {"7": 0.55, "1": 0.449}})
    assert seen.characters == "31122012"
    assert seen.review


def test_a_day_is_surer_where_its_rivals_do_not_exist():
    doubts = {1: {"1": 0.95, "7": 0.049}}
    assert not decode("31122012", DATE, doubts=doubts).review
    assert decode("31122012", make_field(Format.PLAIN), doubts=doubts).review


DOUBTFUL = {6: {"5": 0.9, "6": 0.099}}


def test_a_number_that_the_register_knows_is_no_surer_for_it():
    alone = decode("01024056789", NUMBER, doubts=DOUBTFUL)
    seen = decode("01024056789", NUMBER, known={"01024056789"}, doubts=DOUBTFUL)
    assert alone.review
    assert (seen.review, seen.confidence) == (True, alone.confidence)


def test_a_misread_number_that_is_another_person_s_stays_in_doubt():
    """The register has the 7 that was seen; on the paper stands a 1 with a long flag."""
    doubts = {6: {"7": 0.9992, "1": 0.0007}}
    for known in (None, {"01024076789"}, {"01024076789", "01024016789"}):
        seen = decode("01024076789", NUMBER, known=known, doubts=doubts)
        assert (seen.characters, seen.review) == ("01024076789", True)


@pytest.mark.parametrize(("read", "hidden"), [("7", "1"), ("0", "6")])
def test_a_digit_that_may_be_its_look_alike_is_doubted_however_sure_it_seems(
    read: str, hidden: str
):
    for chance, doubted in ((0.0008, True), (0.00002, False)):
        seen = decode(
            f"010240{read}6789", NUMBER, doubts={6: {read: 0.9999 - chance, hidden: chance}}
        )
        assert (seen.characters, seen.review) == (f"010240{read}6789", doubted)
    other = decode(f"010240{hidden}6789", NUMBER, doubts={6: {hidden: 0.9991, read: 0.0008}})
    assert not other.review


def test_a_number_that_nobody_has_beside_one_that_somebody_has_is_doubted():
    doubts = {6: {"5": 0.9985, "6": 0.001}}
    assert not decode("01024056789", NUMBER, doubts=doubts).review
    assert decode("01024056789", NUMBER, known={"01024066789"}, doubts=doubts).review


@pytest.mark.parametrize("chance", [0.6, 0.88, 0.97])
def test_a_number_that_the_register_knows_is_offered_and_never_read(chance: float):
    """Else the register would confirm what it has put there itself."""
    doubts = {6: {"5": chance, "6": 0.999 - chance}}
    seen = decode("01024056789", NUMBER, known={"01024066789"}, doubts=doubts)
    assert seen.characters == decode("01024056789", NUMBER, doubts=doubts).characters
    assert seen.review
    assert seen.candidates[0][0] == "01024066789"


def test_two_known_numbers_keep_each_other_in_doubt():
    both = {"01024056789", "01024066789"}
    assert decode("01024056789", NUMBER, known=both, doubts=DOUBTFUL).review


def test_a_number_that_the_register_does_not_know_is_read_all_the_same():
    seen = decode("01024056789", NUMBER, known={"60001000001"})
    assert (seen.characters, seen.review) == ("01024056789", False)


def test_a_plain_number_is_not_bent_to_a_known_one():
    doubts = {6: {"5": 0.97, "6": 0.029}}
    seen = decode("01024056789", NUMBER, known={"01024066789"}, doubts=doubts)
    assert seen.characters == "01024056789"
    assert seen.review


def test_candidates_are_days_that_exist():
    seen = decode("31102012", DATE, doubts={3: {"0": 0.6, "1": 0.2, "2": 0.19}})
    assert seen.characters == "31102012"
    assert [text for text, _ in seen.candidates] == ["31122012"]


def test_one_unsure_cell_makes_the_string_doubtful():
    seen = decode("01024056789", NUMBER, doubts={6: {"5": 0.9, "6": 0.09}})
    assert seen.characters == "01024056789"
    assert seen.doubt is Doubt.UNSURE
    assert seen.candidates[0][0] == "01024066789"


def test_empty_cells_are_an_empty_field_and_not_a_zero():
    seen = decode("_______", MONEY)
    assert (seen.state, seen.characters, seen.review) == (WrittenState.EMPTY, "", False)


def test_a_faint_mark_in_one_cell_keeps_a_field_from_being_empty_unseen():
    seen = decode("____", INTEGER, doubts={2: {"_": 0.8, "1": 0.19}})
    assert seen.state is WrittenState.EMPTY
    assert seen.review


@pytest.mark.parametrize("cells", ["XXXX", "XXX_", "_XX_", "XXXXXXX1", "XXOX"])
def test_a_field_crossed_out_as_a_whole_is_struck(cells: str):
    seen = decode(cells, make_field(Format.PLAIN))
    assert (seen.state, seen.characters) == (WrittenState.STRUCK, "")


@pytest.mark.parametrize("cells", ["12X4", "12O4", "1XX4", "O___", "1XO4"])
def test_a_number_changed_in_part_is_overwritten_and_has_no_value(cells: str):
    seen = decode(cells, make_field(Format.PLAIN))
    assert (seen.state, seen.characters) == (WrittenState.OVERWRITTEN, "")


def test_a_cell_that_may_be_overwritten_is_never_read_silently():
    seen = decode("1234", INTEGER, doubts={1: {"2": 0.93, "O": 0.07}})
    assert seen.review


def test_ranked_rows_are_ordered_and_keep_their_own_probability():
    rows = rank_rows(see("12", doubts={0: {"1": 0.6, "7": 0.4}}))
    assert [row for row, _ in rows[:2]] == ["12", "72"]
    assert rows[0][1] == pytest.approx(0.6, abs=0.01)
    assert rows[1][1] == pytest.approx(0.4, abs=0.01)


def read_simulated_strings(strips: int) -> list[tuple[str | None, DigitString]]:
    """What simulated strings say (None where they are spoilt) and what is read of them."""
    rng, plain, writer = np.random.default_rng(11), make_field(Format.PLAIN), StrokeWriter()
    read = []
    for _ in range(strips):
        strip = make_strip(writer, WEAR[1], rng)
        if (strip.labels == UNSURE).any():
            continue
        spoilt = bool((strip.labels > DIGIT_CLASSES.index("blank")).any())
        text = "".join("0123456789   "[i] for i in strip.labels).strip()
        read.append((None if spoilt else text, read_digits(strip.crops, plain)))
    return read


def test_simulated_strings_are_read_and_spoilt_ones_are_noticed():
    right, accepted, silent = [], 0, 0
    for truth, seen in read_simulated_strings(120):
        noticed = seen.state in (WrittenState.STRUCK, WrittenState.OVERWRITTEN)
        good = noticed if truth is None else not noticed and seen.characters == truth
        right.append(good)
        accepted += not seen.review
        silent += not seen.review and not good
    assert np.mean(right) > 0.85
    assert accepted > 0.3 * len(right)
    assert silent <= 1


@pytest.mark.parametrize(("digit", "shape"), [("1", "long_flag"), ("7", "plain")])
def test_a_one_with_a_long_flag_and_a_seven_are_never_taken_for_each_other_silently(
    digit: str, shape: str
):
    rng, writer = np.random.default_rng(6), SimulatedWriter(Style.MEASURING, shape=shape)
    rows = [write_row(writer, 8 * digit, 8, WEAR[1], rng) for _ in range(25)]
    read = [read_digits(crops, make_field(Format.PLAIN)) for crops in rows]
    accepted = [seen.characters for seen in read if not seen.review]
    assert set(accepted) <= {8 * digit}
    named = [cell.label == digit for seen in read for cell in seen.cells]
    assert np.mean(named) > 0.95
