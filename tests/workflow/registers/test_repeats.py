"""The same file brought again, at once or for another day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest

from tests.workflow.registers.conftest import TODAY, Bring
from tests.workflow.registers.extracts import make_row
from tests.workflow.registers.test_importing import CIVIL, count_all, list_kept, make_file
from workflow.registers.faults import OtherDay
from workflow.settings import Settings
from workflow.store.session import Store


def test_the_same_file_again_does_nothing(store: Store, bring: Bring, tmp_path: Path) -> None:
    path = make_file(tmp_path, make_row(CIVIL))
    first, counted = bring(path), count_all(store)
    again = bring(path.rename(tmp_path / "renamed.csv"))
    assert again.is_repeat and not first.is_repeat
    assert again.edition.id == first.edition.id
    assert count_all(store) == counted


def test_the_same_file_for_another_day_is_refused_and_both_days_are_named(
    store: Store, settings: Settings, bring: Bring, tmp_path: Path
) -> None:
    path = make_file(tmp_path, make_row(CIVIL))
    bring(path, as_of=date(2026, 3, 1))
    counted = count_all(store)
    with pytest.raises(OtherDay, match=r"edition 1 describes 2026-03-01.* 2026-03-02") as refused:
        bring(path, as_of=TODAY)
    assert (refused.value.code, refused.value.retry) == ("extract_other_day", False)
    assert count_all(store) == counted
    path.write_bytes(path.read_bytes() + b"\r\n")  # as the fault advises
    assert bring(path, as_of=TODAY).edition.number == 2
    assert len(list_kept(settings)) == 2


def test_the_same_file_brought_for_two_days_at_once_makes_one_edition(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    path, start = make_file(tmp_path, make_row(CIVIL)), Barrier(2)

    def call(day: int) -> str:
        start.wait()
        try:
            return str(bring(path, as_of=date(2026, 3, day)).is_repeat)
        except OtherDay as refused:
            return refused.code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(call, (1, 2))) == ["False", "extract_other_day"]
    assert count_all(store) == (1, 1, 1)


def test_the_same_file_brought_twice_at_once_makes_one_edition(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    path, start = make_file(tmp_path, make_row(CIVIL)), Barrier(2)

    def call(_: int) -> bool:
        start.wait()
        return bring(path).is_repeat

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(call, range(2))) == [False, True]
    assert count_all(store) == (1, 1, 1)
