from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.acting import Begin
from tests.workflow.audit.attacks import attack, run
from web.cli.main import blanki
from workflow.settings import Settings
from workflow.store.session import Store


@pytest.fixture
def call(settings: Settings) -> "Call":
    return Call(settings)


class Call:
    """The command line in the environment of one store."""

    def __init__(self, settings: Settings) -> None:
        self.environment = {
            "BLANKI_DATA": str(settings.data),
            "BLANKI_DATABASE_URL": settings.database_url,
        }

    def __call__(self, *words: str) -> Result:
        """Everything it said, and its exit code."""
        return CliRunner().invoke(blanki, words, env=self.environment)


@pytest.fixture
def events(act: Begin) -> None:
    for number in range(3):
        with act() as doing:
            doing.record("case:state", f"case:{number}", {"state": "[a]"}, {"state": "[b]"})


def test_a_whole_trail_is_told_and_the_check_is_an_event(call: Call, events: None) -> None:
    assert call("audit", "seal").exit_code == 0
    checked = call("audit", "verify")
    assert (checked.exit_code, checked.output) == (
        0,
        "whole: 3 events; 1 seals prove the first 3, 0 wait for the next seal\n",
    )
    assert "whole: 4 events" in call("audit", "verify", "--offline").output
    assert "whole: 4 events" in call("audit", "verify", "--offline").output


def test_a_broken_trail_ends_with_code_1_and_names_the_event(
    call: Call, events: None, store: Store
) -> None:
    attack(store, run("UPDATE audit_event SET actor = 'x' WHERE seq = 2"))
    checked = call("audit", "verify")
    assert checked.exit_code == 1
    assert checked.output.startswith("broken: event 2: its content does not give its hash")
    assert "event 2" in call("audit", "list", "--subject", "trail:all").output


def test_a_copy_is_checked_without_the_store(call: Call, events: None, tmp_path: Path) -> None:
    copy, elsewhere = tmp_path / "trail.jsonl", Call(Settings(tmp_path / "none", "nowhere", None))
    seals = Path(call.environment["BLANKI_DATA"]) / "seals.jsonl"
    assert call("audit", "seal").exit_code == 0
    assert call("audit", "export", "-o", str(copy)).exit_code == 0
    words = ("audit", "verify", "--export", str(copy), "--seals", str(seals))
    assert elsewhere(*words).output.startswith("whole: 4 events")
    copy.write_text(copy.read_text(encoding="utf-8").replace("case:1", "case:9"), encoding="utf-8")
    checked = elsewhere(*words)
    assert (checked.exit_code, checked.output.split(":")[:2]) == (1, ["broken", " event 2"])


def test_a_copy_without_seals_is_no_proof(call: Call, tmp_path: Path) -> None:
    copy = tmp_path / "trail.jsonl"
    copy.touch()
    checked = call("audit", "verify", "--export", str(copy))
    assert (checked.exit_code, "--seals" in checked.output) == (2, True)


def test_seals_kept_elsewhere_can_be_named(call: Call, events: None, tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    call("audit", "seal")
    kept.write_bytes((Path(call.environment["BLANKI_DATA"]) / "seals.jsonl").read_bytes())
    assert call("audit", "verify", "--offline", "--seals", str(kept)).exit_code == 0
    kept.write_text("", encoding="utf-8")
    checked = call("audit", "verify", "--offline", "--seals", str(kept))
    assert (checked.exit_code, "seal 1: it is missing" in checked.output) == (1, True)


def test_the_list_shows_one_subject_and_brackets_as_they_are(call: Call, events: None) -> None:
    listed = call("audit", "list", "--subject", "case:1").output
    assert "state: [a] \u2192 [b]" in listed
    assert "case:2" not in listed
    assert "trail:read" in call("audit", "list", "-n", "2").output


def test_sealing_twice_makes_one_seal(call: Call, events: None) -> None:
    assert call("audit", "seal").output.endswith("seal 1, event 3\n")
    assert call("audit", "seal").output.endswith("no news\n")


def test_before_the_first_start_there_is_nothing_to_check(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'none.sqlite'}"
    checked = Call(Settings(tmp_path, url, None))("audit", "verify")
    assert getattr(checked.exception, "code", None) == "store_not_ready"
    assert not (tmp_path / "none.sqlite").exists()
