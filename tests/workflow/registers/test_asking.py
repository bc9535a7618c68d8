"""What is known of a person: the newest answer, or the newest up to a day."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from tests.acting import Begin, Clock
from tests.workflow.registers.conftest import Bring
from tests.workflow.registers.extracts import (
    GIORGI,
    NINO,
    NOBODY,
    make_row,
    name_columns,
    write_csv,
)
from validation.registers import Register
from workflow.registers.asking import find_answers, find_answers_of
from workflow.store.models.registers import AskedAnswer
from workflow.store.session import Session, Store

CIVIL, INCOME = Register.CIVIL, Register.INCOME
WINTER, SPRING = date(2026, 1, 1), date(2026, 3, 1)


def bring_names(bring: Bring, folder: Path, as_of: date, *people: tuple[str, str]) -> None:
    rows = [make_row(CIVIL, personal_number=number, first_name=name) for number, name in people]
    name = "-".join([f"{as_of}", *(name for _, name in people)])
    bring(write_csv(folder / f"{name}.csv", [name_columns(CIVIL), *rows]), CIVIL, as_of)


def find_name(session: Session, number: str, on: date | None = None) -> str | None:
    entries = find_answers(session, [number], on)[CIVIL][number].entries
    return getattr(entries[0], "first_name", None) if entries else None


def test_nothing_is_known_before_anything_came(store: Store) -> None:
    with store.read() as session:
        assert find_answers(session, [NINO]) == {}


def test_a_register_that_never_came_is_absent_and_a_stranger_has_no_entries(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    bring_names(bring, tmp_path, WINTER, (NINO, "a"))
    with store.read() as session:
        found = find_answers(session, [NINO, NOBODY])
    assert set(found) == {CIVIL}
    assert len(found[CIVIL][NINO].entries) == 1
    stranger = found[CIVIL][NOBODY]
    assert (stranger.entries, stranger.as_of) == ((), WINTER)


def test_nobody_asked_about_is_nobody_answered_about(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    bring_names(bring, tmp_path, WINTER, (NINO, "a"))
    with store.read() as session:
        assert find_answers(session, []) == {}


def test_the_edition_of_the_newest_day_answers_whenever_it_came(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    bring_names(bring, tmp_path, SPRING, (NINO, "spring"))
    bring_names(bring, tmp_path, WINTER, (NINO, "winter"), (GIORGI, "gone"))
    with store.read() as session:
        assert find_name(session, NINO) == "spring"
        assert find_name(session, GIORGI) is None


def test_of_two_editions_of_one_day_the_later_answers(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    bring_names(bring, tmp_path, WINTER, (NINO, "first"))
    bring_names(bring, tmp_path, WINTER, (NINO, "second"))
    with store.read() as session:
        assert find_name(session, NINO) == "second"


def test_an_old_case_is_answered_by_what_described_its_day(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    bring_names(bring, tmp_path, WINTER, (NINO, "winter"))
    bring_names(bring, tmp_path, SPRING, (NINO, "spring"))
    with store.read() as session:
        assert find_name(session, NINO, date(2026, 2, 28)) == "winter"
        assert find_name(session, NINO, SPRING) == "spring"
        assert find_answers(session, [NINO], date(2025, 12, 31)) == {}


def test_one_register_is_asked_without_looking_into_the_others(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    bring_names(bring, tmp_path, WINTER, (NINO, "a"))
    asked: list[Any] = []
    with store.read() as session:
        whole = find_answers(session, [NINO])
        event.listen(store.engine, "before_cursor_execute", lambda *about: asked.append(about[3]))
        assert find_answers_of(session, CIVIL, [NINO]) == whole[CIVIL]
        assert find_answers_of(session, INCOME, [NINO]) == {}
    assert not [values for values in asked if {"border", "property", "vehicles"} & set(values)]
    assert len(asked) == 5  # the editions, the answers of each; rows of the one with an edition


def keep_answer(act: Begin, as_of: date, asked_at: datetime, source: str, number: str) -> None:
    with act() as doing:
        doing.session.add(
            AskedAnswer(
                register="income",
                personal_number=number,
                entries=[{"month": "2026-01-01", "kind": "C3_01", "amount": "10.00"}],
                as_of=as_of,
                asked_at=asked_at,
                source=source,
            )
        )


def test_what_a_service_answered_before_is_known_of_whom_it_was_asked_about(
    store: Store, act: Begin, clock: Clock
) -> None:
    keep_answer(act, SPRING, clock(), "new", NINO)
    keep_answer(act, WINTER, clock(), "old", NINO)
    with store.read() as session:
        found = find_answers(session, [NINO, GIORGI])
        assert set(found) == {INCOME}
        assert set(found[INCOME]) == {NINO}
        assert found[INCOME][NINO].source == "new"
        assert find_answers(session, [NINO], WINTER)[INCOME][NINO].source == "old"


@pytest.mark.parametrize(
    ("as_of", "source"),
    [(WINTER, "a.csv, edition 1"), (SPRING, "asked"), (date(2026, 3, 2), "asked")],
)
def test_of_an_extract_and_a_service_the_newer_day_answers(
    store: Store, act: Begin, bring: Bring, clock: Clock, tmp_path: Path, as_of: date, source: str
) -> None:
    bring(write_csv(tmp_path / "a.csv", [name_columns(INCOME), make_row(INCOME)]), INCOME, SPRING)
    keep_answer(act, as_of, clock(), "asked", NINO)
    with store.read() as session:
        assert find_answers(session, [NINO])[INCOME][NINO].source == source
        assert find_answers(session, [GIORGI])[INCOME][GIORGI].entries == ()
