"""`blanki register` as a person calls it, on a store of its own; what a page shows of it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.web.conftest import SignIn
from tests.workflow.cases.conftest import Desk
from tests.workflow.registers.extracts import (
    GIORGI,
    NINO,
    NOBODY,
    make_row,
    name_columns,
    write_csv,
)
from validation.registers import Register, RegisterAnswer
from web.cli.main import blanki
from workflow.acts import find_legal_day
from workflow.registers.entries import describe_answer
from workflow.settings import RegisterAddress, Settings, WrongSetting, read_settings
from workflow.store.models.decisions import FoundFinding
from workflow.store.registers import list_editions
from workflow.store.session import Store
from workflow.store.trail import EventFilter, list_newest_events

CIVIL = Register.CIVIL
HEADING = name_columns(CIVIL)
DAY = ("--as-of", "2026-03-01")

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings, store: Store) -> Run:
    """Calls the command on the store of the test."""
    where = {"BLANKI_DATA": str(settings.data), "BLANKI_DATABASE_URL": settings.database_url}

    def call(*words: str | Path) -> Result:
        return CliRunner().invoke(blanki, ["register", *map(str, words)], env=where)

    return call


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """Two people."""
    rows = [make_row(CIVIL), make_row(CIVIL, personal_number=GIORGI, first_name="გიორგი")]
    return write_csv(tmp_path / "civil-2026-03-01.csv", [HEADING, *rows], "utf-8-sig", ";")


def test_an_extract_is_imported_listed_and_asked(run: Run, store: Store, extract: Path) -> None:
    result = run("import", "civil", extract, *DAY)
    assert (result.exit_code, result.output) == (0, "civil, edition 1, as of 2026-03-01: 2 rows\n")
    listed = run("list")
    assert "civil-2026-03-01.csv" in listed.output and "(command line)" in listed.output
    asked = run("ask", GIORGI)
    assert asked.exit_code == 0
    assert "civil, as of 2026-03-01 (civil-2026-03-01.csv, edition 1)" in asked.output
    assert "გიორგი" in asked.output and "ნინო" not in asked.output
    with store.read() as session:
        looked, imported = list_newest_events(session, EventFilter(), None, 2)
    assert (looked.action, looked.subject) == ("register:read", f"person:{GIORGI}")
    assert looked.after == {"registers": ["civil"]}
    assert imported.action == "register:import"


def test_a_stranger_is_told_apart_from_a_register_that_never_came(run: Run, extract: Path) -> None:
    before = run("ask", NOBODY)
    assert before.exit_code == 1 and "no extract was imported" in before.output
    run("import", "civil", extract, *DAY)
    after = run("ask", NOBODY)
    assert after.exit_code == 0 and "does not know the person" in after.output
    assert run("ask", NOBODY, "--on", "2026-02-28").exit_code == 1


@pytest.mark.parametrize("number", ["123", "0100101234x", "010010123456"])
def test_what_is_no_number_is_a_slip_of_whoever_typed_it(
    run: Run, store: Store, number: str
) -> None:
    assert run("ask", number).exit_code == 2
    with store.read() as session:
        assert list_newest_events(session, EventFilter(), None, 1) == []


def test_the_same_file_again_is_told_as_a_repeat(run: Run, extract: Path) -> None:
    run("import", "civil", extract, *DAY)
    result = run("import", "civil", extract, *DAY)
    assert result.exit_code == 0 and "nothing was done" in result.output


def test_the_same_file_for_another_day_is_a_refusal_with_a_way_forward(
    run: Run, extract: Path
) -> None:
    run("import", "civil", extract, *DAY)
    result = run("import", "civil", extract, "--as-of", "2026-03-02")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("blanki: extract_other_day: ")
    assert "2026-03-01" in result.stderr and "2026-03-02" in result.stderr
    assert "save it with an empty line" in result.stderr


def test_bad_rows_are_named_on_stderr_and_refuse_the_extract(
    run: Run, store: Store, tmp_path: Path
) -> None:
    bad = make_row(CIVIL, personal_number="1001012345", birth_date="30.02.1950")
    path = write_csv(tmp_path / "a.csv", [HEADING, make_row(CIVIL), bad])
    refused = run("import", "civil", path, *DAY)
    assert (refused.exit_code, refused.stdout) == (1, "")
    number, born, summary = refused.stderr.splitlines()
    assert number.startswith("line 3: personal_number: “1001012345” is not 11 digits")
    assert born == "line 3: birth_date: there is no such day: “30.02.1950”"
    assert summary.startswith("blanki: extract_rows:") and "nothing was imported" in summary
    with store.read() as session:
        assert list_editions(session) == []
    skipped = run("import", "civil", path, *DAY, "--skip-bad-rows")
    assert skipped.exit_code == 1
    assert skipped.stdout == "civil, edition 1, as of 2026-03-01: 1 rows, 1 bad ones left out\n"
    assert skipped.stderr.splitlines()[:2] == [number, born]
    assert "nothing is known of them" in skipped.stderr


def test_what_an_extract_in_part_does_not_say_is_told_as_unknown(run: Run, tmp_path: Path) -> None:
    bad = make_row(CIVIL, personal_number="1001012345")
    path = write_csv(tmp_path / "a.csv", [HEADING, make_row(CIVIL), bad])
    run("import", "civil", path, *DAY, "--skip-bad-rows")
    assert " may be missing " in run("list").stdout
    asked = run("ask", NOBODY)
    assert asked.exit_code == 1 and "does not know the person" not in asked.stdout
    assert "civil: 1 bad rows were left out of a.csv, edition 1" in asked.stdout
    known = run("ask", NINO)
    assert known.exit_code == 0 and "left out" not in known.stdout
    assert "--skip-bad-rows left rows out" in run("describe", "civil").stdout


def test_the_list_tells_how_old_an_extract_is(run: Run, extract: Path) -> None:
    run("import", "civil", extract, *DAY)
    _top, titles, *_, row, _bottom = run("list").stdout.splitlines()
    names, cells = (re.split("[┃│]", line) for line in (titles, row))
    told = dict(zip(map(str.strip, names), map(str.strip, cells), strict=True))
    today = find_legal_day(datetime.now(UTC))
    assert told["days old"] == f"{(today - date(2026, 3, 1)).days:,}"
    assert told["not in it"] == "unknown to it"


def test_more_bad_rows_than_are_named_are_counted(run: Run, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADING, *([["x", "y"]] * 1200)])
    assert "and 200 more bad rows" in run("import", "civil", path, *DAY).stderr


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"personal_number\n01001012345\n", "extract_columns"),
        ("\n".join([",".join(HEADING), "é"]).encode("cp1252"), "extract_encoding"),
        (",".join(HEADING).encode("utf-16-le"), "extract_encoding"),
        (",".join(HEADING).encode(), "extract_empty"),
        (b"PK\x03\x04 no spreadsheet", "extract_format"),
    ],
)
def test_a_file_that_is_no_extract_is_refused_with_its_reason(
    run: Run, store: Store, tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    result = run("import", "civil", path, *DAY)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"blanki: {code}: ")
    with store.read() as session:
        assert list_editions(session) == []


@pytest.mark.parametrize(
    "words",
    [
        ("import", "nobody", __file__, *DAY),
        ("import", "civil", "not-there.csv", *DAY),
        ("import", "civil", __file__),
        ("import", "civil", __file__, "--as-of", "1.3.2026"),
        ("import", "civil", __file__, "--as-of", "2999-01-01"),
        ("describe", "nobody"),
    ],
)
def test_a_slip_is_told_as_one(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_columns_of_others_are_named(run: Run, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [[*HEADING, "iban"], [*make_row(CIVIL), "x"]])
    result = run("import", "civil", path, *DAY)
    assert result.exit_code == 0 and "columns not used: iban" in result.stderr


def test_the_columns_of_each_register_are_described(run: Run) -> None:
    described = run("describe").output
    assert all(f"{register}\n" in described for register in Register)
    income = run("describe", "income").output
    assert "C3_14" in income and "თანხა" in income and "birth_date" not in income


def test_nothing_imported_is_told(run: Run) -> None:
    assert run("list").output == "no extract was imported yet\n"


@pytest.mark.parametrize("register", Register)
def test_a_sample_can_be_imported_and_says_that_it_is_one(
    run: Run, tmp_path: Path, register: Register
) -> None:
    path = tmp_path / "sample.csv"
    assert run("sample", register, "-o", path, "--people", "30").exit_code == 0
    assert path.read_text(encoding="utf-8").splitlines()[0].endswith(",simulated")
    result = run("import", register, path, "--as-of", date.today().isoformat())
    assert result.exit_code == 0, result.output
    assert "30 rows" in result.output and "columns not used: simulated" in result.output


def test_a_sample_is_the_same_for_the_same_seed(run: Run, tmp_path: Path) -> None:
    for name, seed in (("a", "5"), ("b", "5"), ("c", "6")):
        run("sample", "civil", "-o", tmp_path / name, "--seed", seed)
    first, same, other = ((tmp_path / name).read_bytes() for name in "abc")
    assert first == same != other


def test_the_environment_names_the_services(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().register_addresses == ()
    monkeypatch.setenv("BLANKI_REGISTER_CIVIL_URL", "https://civil.example/ask")
    monkeypatch.setenv("BLANKI_REGISTER_CIVIL_TOKEN", "secret\n")
    monkeypatch.setenv("BLANKI_REGISTER_SECONDS", "3")
    assert read_settings().register_addresses == (
        RegisterAddress(CIVIL, "https://civil.example/ask", "secret", 3.0),
    )


@pytest.mark.parametrize("seconds", ["0", "-1", "60", "1e9", "inf", "nan", "soon"])
def test_a_service_may_not_take_longer_than_a_step_is_held(
    monkeypatch: pytest.MonkeyPatch, seconds: str
) -> None:
    monkeypatch.setenv("BLANKI_LEASE_SECONDS", "60")
    monkeypatch.setenv("BLANKI_REGISTER_SECONDS", seconds)
    with pytest.raises(WrongSetting, match="BLANKI_REGISTER_SECONDS") as refused:
        read_settings()
    assert refused.value.code == "wrong_setting"


def test_where_steps_are_held_for_a_short_time_a_service_has_half_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BLANKI_LEASE_SECONDS", "4")
    monkeypatch.setenv("BLANKI_REGISTER_CIVIL_URL", "https://civil.example/ask")
    assert [each.seconds for each in read_settings().register_addresses] == [2.0]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Rests on the civil register as of 1 Mar 2026: civil.csv, edition 3"),
        ("ka", "სამოქალაქო რეესტრი"),
    ],
)
def test_a_page_shows_what_a_finding_rests_on(
    desk: Desk, sign_in: SignIn, language: str, said: str
) -> None:
    document_id = desk.check()
    answer = RegisterAnswer(CIVIL, NINO, (), date(2026, 3, 1), "civil.csv, edition 3")
    version = desk.find(document_id).current
    with desk.act() as act:
        act.session.add(
            FoundFinding(
                version_id=version.id,
                run=version.run,
                code="suggestion",
                field=None,
                severity="warning",
                law="programme-overview/step-5",
                consequence="needs_review",
                parameters={},
                assumed=False,
                evidence=[describe_answer(answer)],
            )
        )
    page = sign_in("operator", language=language).get(f"/documents/{document_id}").text
    assert said in page
    assert f"it does not know {NINO}" in page or language == "ka"
