import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acting import Clock
from tests.workflow.audit.attacks import Attack, CutEnd, ForgeChain, ForgeEvent, attack, run
from tests.workflow.audit.conftest import MakeSeal, Tell, Verify
from workflow.audit.export import read_lines, stream_chained, write_lines
from workflow.audit.faults import Wrong
from workflow.audit.seal_checks import read_seal_lines
from workflow.audit.verification import verify_export
from workflow.store.session import Store


def test_an_empty_trail_is_whole(verify: Verify) -> None:
    verdict = verify()
    assert (verdict.faults, verdict.events, verdict.sealed) == ((), 0, 0)


def test_a_trail_is_whole_up_to_its_newest_event(
    tell: Tell, make_seal: MakeSeal, verify: Verify
) -> None:
    tell(3)
    make_seal()
    tell(2)
    verdict = verify()
    assert (verdict.faults, verdict.events, verdict.sealed, verdict.seals) == ((), 5, 3, 1)


# Ten events; seals speak up to the fourth and up to the eighth.
@pytest.mark.parametrize(
    ("harm", "wrong", "number"),
    [
        (run("UPDATE audit_event SET subject = 'document:9' WHERE seq = 5"), Wrong.CHANGED, 5),
        (run("UPDATE audit_event SET law = NULL WHERE seq = 1"), Wrong.CHANGED, 1),
        (run("UPDATE audit_event SET after = before WHERE seq = 10"), Wrong.CHANGED, 10),
        (run("UPDATE audit_event SET hash = previous WHERE seq = 6"), Wrong.CHANGED, 6),
        (run("UPDATE audit_event SET seq = 60 WHERE seq = 6"), Wrong.MISSING, 6),
        (run("DELETE FROM audit_event WHERE seq = 5"), Wrong.MISSING, 5),
        (run("DELETE FROM audit_event WHERE seq = 1"), Wrong.MISSING, 1),
        (run("DELETE FROM audit_event WHERE seq > 8"), Wrong.END_MISSING, 9),
        (run("DELETE FROM audit_event WHERE seq > 6"), Wrong.END_MISSING, 7),
        (run("DELETE FROM audit_event"), Wrong.END_MISSING, 1),
        (run("UPDATE audit_head SET seq = 9"), Wrong.HEAD, 10),
        (run("UPDATE audit_head SET seq = 12"), Wrong.END_MISSING, 11),
        (run("UPDATE audit_head SET hash = 'x'"), Wrong.HEAD, 10),
        (run("DELETE FROM audit_head"), Wrong.HEAD, 10),
        (ForgeEvent(5), Wrong.REPLACED, 5),
        (ForgeEvent(8), Wrong.REWRITTEN, 5),
        (ForgeEvent(10), Wrong.HEAD, 10),
        (ForgeChain(1), Wrong.REWRITTEN, 1),
        (ForgeChain(4), Wrong.REWRITTEN, 1),
        (ForgeChain(6), Wrong.REWRITTEN, 5),
        (CutEnd(7), Wrong.END_MISSING, 8),
        (CutEnd(3), Wrong.END_MISSING, 4),
    ],
)
def test_harm_is_named_with_the_first_broken_event(
    store: Store,
    tell: Tell,
    make_seal: MakeSeal,
    verify: Verify,
    harm: Attack,
    wrong: Wrong,
    number: int,
) -> None:
    tell_and_seal(tell, make_seal)
    attack(store, harm)
    fault = verify().fault
    assert fault is not None
    assert (fault.wrong, fault.number) == (wrong, number)


def tell_and_seal(tell: Tell, make_seal: MakeSeal) -> None:
    for count in (4, 4):
        tell(count)
        make_seal()
    tell(2)


UNREADABLE = {
    "no JSON": "UPDATE audit_event SET after='{bad' WHERE seq=3",
    "another kind of JSON": "UPDATE audit_event SET after='[1]' WHERE seq=3",
    "no number": """UPDATE audit_event SET after='{"state": 1e999}' WHERE seq=3""",
    "half a character": """UPDATE audit_event SET before='{"state": "\\ud800"}' WHERE seq=3""",
    "no moment": "UPDATE audit_event SET at='yesterday' WHERE seq=3",
    "bytes": "UPDATE audit_event SET actor=x'ff' WHERE seq=3",
    "no text": "UPDATE audit_event SET actor=CAST(x'ff61' AS TEXT) WHERE seq=3",
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # it keeps whatever it is given
@pytest.mark.parametrize("kind", UNREADABLE)
def test_an_event_that_nobody_can_read_any_more_is_named_as_changed(
    store: Store, tell: Tell, make_seal: MakeSeal, verify: Verify, kind: str
) -> None:
    tell(5)
    make_seal()
    tell(2)
    attack(store, run(UNREADABLE[kind]))
    (fault,) = verify().faults
    assert (fault.wrong, fault.number) == (Wrong.CHANGED, 3)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("column", ["day", "sealed_at"])
def test_a_stored_seal_that_nobody_can_read_is_named(
    store: Store, tell: Tell, make_seal: MakeSeal, verify: Verify, column: str
) -> None:
    tell(2)
    make_seal()
    attack(store, run(f"UPDATE audit_seal SET {column}='x'"))
    assert [fault.wrong for fault in verify().faults] == [Wrong.SEAL_CHANGED]


@pytest.mark.parametrize(
    "harm",
    ["UPDATE audit_head SET id=7", "INSERT INTO audit_head SELECT 2, seq, hash FROM audit_head"],
)
def test_a_note_of_the_newest_event_in_another_place_is_named(
    store: Store, tell: Tell, verify: Verify, harm: str
) -> None:
    tell(2)
    attack(store, run(harm))
    assert [fault.wrong for fault in verify().faults] == [Wrong.HEAD]


def test_an_event_that_no_seal_speaks_of_for_days_is_named(
    tell: Tell, make_seal: MakeSeal, verify: Verify, clock: Clock
) -> None:
    tell(2)
    make_seal()
    tell(1)
    for _ in range(2):
        clock.advance(days=1)
        tell(1)
        assert verify().faults == ()
    clock.advance(days=1)
    tell(1)
    assert [(fault.wrong, fault.number) for fault in verify().faults] == [(Wrong.UNSEALED, 3)]


def test_a_program_that_stood_still_for_weeks_has_no_event_that_waits_too_long(
    tell: Tell, make_seal: MakeSeal, verify: Verify, clock: Clock
) -> None:
    tell(2)
    clock.advance(days=20)
    assert verify().faults == ()
    make_seal()
    tell(1)
    assert verify().faults == ()


@pytest.mark.parametrize("harm", [ForgeChain(9), CutEnd(9)])
def test_only_what_no_seal_speaks_of_can_be_rewritten_unseen(
    store: Store, tell: Tell, make_seal: MakeSeal, verify: Verify, harm: Attack
) -> None:
    tell_and_seal(tell, make_seal)
    attack(store, harm)
    verdict = verify()
    assert (verdict.faults, verdict.sealed) == ((), 8)


LineHarm = Callable[[list[str]], list[str]]
SEAL_HARM: dict[str, LineHarm] = {
    "removed": lambda lines: [],
    "first line removed": lambda lines: lines[1:],
    "last line removed": lambda lines: lines[:1],
    "first line changed": lambda lines: [lines[0].replace("2026", "2025"), lines[1]],
    "last line changed": lambda lines: [lines[0], lines[1].replace("2026", "2025")],
    "line no longer JSON": lambda lines: [lines[0], lines[1][:-1]],
    "line of something else": lambda lines: [lines[0], json.dumps({"number": 2})],
    "number as text": lambda lines: [lines[0], lines[1].replace('"seq":8', '"seq":"8"')],
    "line added": lambda lines: [*lines, lines[1]],
}


@pytest.mark.parametrize(
    ("harm", "wrong", "number"),
    [
        ("removed", Wrong.SEAL_MISSING, 1),
        ("first line removed", Wrong.SEAL_MISSING, 1),
        ("last line removed", Wrong.SEAL_MISSING, 2),
        ("first line changed", Wrong.SEAL_CHANGED, 2),
        ("last line changed", Wrong.SEAL_CHANGED, 2),
        ("line no longer JSON", Wrong.SEAL_CHANGED, 2),
        ("line of something else", Wrong.SEAL_CHANGED, 2),
        ("number as text", Wrong.SEAL_CHANGED, 2),
        ("line added", Wrong.SEAL_CHANGED, 3),
    ],
)
def test_harm_to_the_file_of_seals_is_no_fault_of_the_events(
    tell: Tell,
    make_seal: MakeSeal,
    verify: Verify,
    seals: Path,
    harm: str,
    wrong: Wrong,
    number: int,
) -> None:
    tell_and_seal(tell, make_seal)
    change_lines(seals, SEAL_HARM[harm])
    assert [(fault.wrong, fault.number) for fault in verify().faults] == [(wrong, number)]


def change_lines(path: Path, change: LineHarm) -> None:
    lines = change(path.read_text(encoding="utf-8").splitlines())
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("DELETE FROM audit_seal WHERE id = 2", Wrong.SEAL_MISSING),
        ("UPDATE audit_seal SET seq = 7 WHERE id = 2", Wrong.SEAL_CHANGED),
    ],
)
def test_harm_to_the_stored_seals_shows_against_the_file(
    store: Store, tell: Tell, make_seal: MakeSeal, verify: Verify, statement: str, wrong: Wrong
) -> None:
    tell_and_seal(tell, make_seal)
    attack(store, run(statement))
    assert [(fault.wrong, fault.number) for fault in verify().faults] == [(wrong, 2)]


def test_whoever_rewrites_events_and_stored_seals_is_caught_by_the_file(
    store: Store, tell: Tell, make_seal: MakeSeal, verify: Verify
) -> None:
    tell_and_seal(tell, make_seal)
    attack(store, ForgeChain(6))
    attack(
        store,
        run(
            "UPDATE audit_seal SET hash = "
            "(SELECT hash FROM audit_event WHERE audit_event.seq = audit_seal.seq)"
        ),
    )
    found = [(fault.wrong, fault.number) for fault in verify().faults]
    assert found == [(Wrong.REWRITTEN, 5), (Wrong.SEAL_CHANGED, 2)]


EXPORT_HARM: dict[str, LineHarm] = {
    "none": lambda lines: lines,
    "event changed": lambda lines: [*lines[:4], lines[4].replace("review", "ready"), *lines[5:]],
    "event without a chain": lambda lines: [*lines[:4], '{"seq": 5}', *lines[5:]],
    "line of something else": lambda lines: [*lines[:4], "5", *lines[5:]],
    "line no JSON": lambda lines: [*lines[:4], lines[4][:20], *lines[5:]],
    "event twice": lambda lines: [*lines[:5], *lines[4:]],
    "event missing": lambda lines: [*lines[:4], *lines[5:]],
    "end missing": lambda lines: lines[:4],
}


@pytest.mark.parametrize(
    ("harm", "wrong", "number"),
    [
        ("none", None, 0),
        ("event changed", Wrong.CHANGED, 5),
        ("event without a chain", Wrong.CHANGED, 5),
        ("line of something else", Wrong.CHANGED, 5),
        ("line no JSON", Wrong.CHANGED, 5),
        ("event twice", Wrong.CHANGED, 6),
        ("event missing", Wrong.MISSING, 5),
        ("end missing", Wrong.END_MISSING, 5),
    ],
)
def test_a_copy_is_checked_against_the_seals_alone(
    store: Store,
    tell: Tell,
    make_seal: MakeSeal,
    seals: Path,
    harm: str,
    wrong: Wrong | None,
    number: int,
) -> None:
    tell_and_seal(tell, make_seal)
    with store.read() as session:
        lines = EXPORT_HARM[harm](list(write_lines(stream_chained(session))))
    fault = verify_export(read_lines(lines), read_seal_lines(seals)).fault
    assert (fault and (fault.wrong, fault.number)) == (wrong and (wrong, number))


def test_a_fault_is_told_in_a_sentence(store: Store, tell: Tell, verify: Verify) -> None:
    tell(3)
    attack(store, run("UPDATE audit_event SET actor = 'x' WHERE seq = 2"))
    assert str(verify().fault) == "event 2: its content does not give its hash; it was changed"
