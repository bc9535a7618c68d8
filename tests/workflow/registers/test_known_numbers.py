from datetime import date
from pathlib import Path

from sqlalchemy import event

from tests.workflow.registers.conftest import Bring
from workflow.registers.known_numbers import open_known_numbers
from workflow.store.session import Store

HEADING = "personal_number,first_name,surname,birth_date,sex,citizen,died_on,kept_by_state"


def write_extract(path: Path, *numbers: str) -> Path:
    rows = [f"{number},a,b,1980-01-01,female,yes,," for number in numbers]
    path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    return path


def test_without_an_extract_of_the_civil_register_nothing_is_known(store: Store) -> None:
    with open_known_numbers(store) as known:
        assert known is None


def test_the_numbers_of_the_newest_extract_are_known_and_no_others(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    bring(write_extract(tmp_path / "old.csv", "01001000001"), as_of=date(2026, 1, 1))
    bring(write_extract(tmp_path / "new.csv", "01001000002"), as_of=date(2026, 2, 1))
    with open_known_numbers(store) as known:
        assert known is not None
        assert "01001000002" in known
        assert "01001000001" not in known
        assert "0100100000" not in known and 1001000002 not in known


def test_all_numbers_of_a_file_are_asked_in_one_session_and_each_once(
    store: Store, bring: Bring, tmp_path: Path
) -> None:
    bring(write_extract(tmp_path / "new.csv", "01001000002"))
    asked: list[str] = []
    begun: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    event.listen(store.engine, "begin", lambda _: begun.append("begin"))
    with open_known_numbers(store) as known:
        assert known is not None
        for number in ("01001000002", "01001000001") * 3:
            assert (number in known) is (number == "01001000002")
    assert len([query for query in asked if "register_row" in query]) == 2
    assert begun == ["begin"]
