"""The wrapper `blanki`, run with stand-ins for the machine's commands.

Each stand-in writes what it was called with to a log. The stand-in for Python
makes an environment whose Python does the same and, for the program, echoes
its folder, its arguments and its stdin.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.guards.sources import PROJECT

PYTHON = r"""#!/bin/sh
case "$*" in
*'import ensurepip'*) exit 0 ;;
'-m venv '*)
    mkdir -p "$3/bin"
    cp "$0" "$3/bin/python"
    printf '#!/bin/sh\necho "pip 1 from %s/lib/pip"\n' "$3" >"$3/bin/pip"
    chmod +x "$3/bin/pip" ;;
'-m pip install '*) [ ! -e "$LOG.pip-fails" ] && sleep 0.1 || exit 1 ;;
'-P -m web.cli.main'*) pwd; shift 3; printf '<%s>' "$@"; cat; exit 7 ;;
esac
echo "python $*" >>"$LOG"
echo noise
"""
APT_GET = r"""#!/bin/sh
echo "apt-get $*" >>"$LOG"
echo noise
"""
DPKG_QUERY = r"""#!/bin/sh
for name in ca-certificates tesseract-ocr tesseract-ocr-kat tesseract-ocr-script-geor \
    redis-server libgl1 libice6 libsm6 libx11-6 libxcb1 libxext6 chromium postgresql; do
    [ "$name" = "${ABSENT-}" ] || echo "installed, $name, "
done
echo 'installed, libglib2.0-0t64, libglib2.0-0 (= 2.84)'
"""
NO_SUDO = "#!/bin/sh\nexit 1\n"


@dataclass(frozen=True, slots=True)
class Machine:
    """A project with the wrapper in it, and a machine of stand-ins."""

    project: Path
    commands: Path
    log: Path

    def run(
        self,
        *words: str,
        stdin: str = "",
        folder: Path | None = None,
        wrapper: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Calls the wrapper as a shell would."""
        path = f"{self.commands}:{os.environ['PATH']}"
        return subprocess.run(
            [wrapper or self.project / "blanki", *words],
            input=stdin,
            cwd=folder or self.project,
            env={"PATH": path, "LOG": str(self.log)} | dict(environment or {}),
            capture_output=True,
            text=True,
            check=False,
        )

    def add_command(self, name: str, text: str) -> None:
        """Puts a command before the machine's own."""
        path = self.commands / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def become_user(self) -> None:
        """Takes root's rights away."""
        self.add_command("id", "#!/bin/sh\necho 1000\n")
        self.add_command("sudo", NO_SUDO)

    def read_log(self) -> list[str]:
        """Lists what was called, in order."""
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path / "the project", tmp_path / "commands", tmp_path / "log")
    made.project.mkdir()
    made.commands.mkdir()
    for name in ("blanki", "pyproject.toml"):
        shutil.copy(PROJECT / name, made.project)
    made.add_command("python3", PYTHON)
    made.add_command("dpkg-query", DPKG_QUERY)
    made.add_command("apt-get", APT_GET)
    made.add_command("dpkg", APT_GET)
    made.add_command("id", "#!/bin/sh\necho 0\n")
    return made


def test_the_program_gets_folder_words_and_stdin_of_the_caller(
    machine: Machine, tmp_path: Path
) -> None:
    outcome = machine.run("read", "a b.pdf", "", stdin="scan", folder=tmp_path)
    assert outcome.stdout == f"{tmp_path}\n<read><a b.pdf><>scan"
    assert outcome.returncode == 7


def test_set_up_speaks_on_stderr_alone(machine: Machine) -> None:
    outcome = machine.run("read", environment={"ABSENT": "libgl1"})
    assert outcome.stdout == f"{machine.project}\n<read>"
    assert "blanki: installing Debian packages: libgl1" in outcome.stderr
    assert "noise" in outcome.stderr


def test_only_what_is_absent_is_installed(machine: Machine) -> None:
    machine.run("read", environment={"ABSENT": "tesseract-ocr-kat"})
    installs = [line for line in machine.read_log() if line.startswith("apt-get install")]
    assert len(installs) == 1
    assert installs[0].endswith("Timeout=300 tesseract-ocr-kat")


def test_a_browser_is_installed_for_the_tests_alone(machine: Machine) -> None:
    for word, wanted in (("read", []), ("test", ["chromium"])):
        machine.run(word, environment={"ABSENT": "chromium"})
        installs = [line for line in machine.read_log() if line.startswith("apt-get install")]
        assert [line.split()[-1] for line in installs] == wanted


def test_a_complete_machine_is_left_alone(machine: Machine) -> None:
    machine.run("read")
    assert not [line for line in machine.read_log() if line.startswith("apt-get")]


def test_the_second_run_installs_nothing_and_says_nothing(machine: Machine) -> None:
    machine.run("read")
    machine.log.unlink()
    outcome = machine.run("read")
    assert outcome.stderr == ""
    assert machine.read_log() == []


def test_changed_dependencies_are_installed_into_the_environment_there_is(
    machine: Machine,
) -> None:
    machine.run("read")
    machine.log.unlink()
    with (machine.project / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    machine.run("read")
    assert [line.split()[2] for line in machine.read_log()] == ["pip"]


def test_the_projects_own_tools_run_in_its_folder_with_their_packages(
    machine: Machine, tmp_path: Path
) -> None:
    outcome = machine.run("test", "-k", "one two", folder=tmp_path)
    assert outcome.returncode == 0
    install, test = machine.read_log()[1:]
    assert install.endswith(f"{machine.project}[dev]")
    assert test.startswith("python -m pytest ")
    assert test.endswith("-k one two")


def test_an_environment_for_tests_serves_the_program_too(machine: Machine) -> None:
    machine.run("test")
    machine.log.unlink()
    machine.run("read")
    assert machine.read_log() == []


def test_an_environment_for_the_program_is_completed_for_tests(machine: Machine) -> None:
    machine.run("read")
    machine.log.unlink()
    machine.run("test")
    assert [line.split()[2] for line in machine.read_log()] == ["pip", "pytest"]


def test_a_set_up_that_was_cut_off_is_begun_anew(machine: Machine) -> None:
    pip_fails = Path(f"{machine.log}.pip-fails")
    pip_fails.touch()
    assert machine.run("read").returncode == 3
    left_over = machine.project / ".venv" / "half_a_package"
    left_over.touch()
    pip_fails.unlink()
    assert machine.run("read").returncode == 7
    assert not left_over.exists()


def test_two_set_ups_at_once_make_one_environment(machine: Machine) -> None:
    with ThreadPoolExecutor() as pool:
        outcomes = list(pool.map(machine.run, ["read", "read"]))
    assert [outcome.returncode for outcome in outcomes] == [7, 7]
    assert [line.split()[2] for line in machine.read_log()] == ["venv", "pip"]


def test_a_moved_project_gets_a_new_environment(machine: Machine, tmp_path: Path) -> None:
    machine.run("read")
    moved = tmp_path / "moved"
    machine.project.rename(moved)
    machine.log.unlink()
    outcome = machine.run("read", folder=moved, wrapper=moved / "blanki")
    assert outcome.returncode == 7
    assert machine.read_log()[0] == f"python -m venv {moved}/.venv"


def test_a_link_to_the_wrapper_finds_the_project(machine: Machine, tmp_path: Path) -> None:
    link = tmp_path / "commands" / "forms"
    link.symlink_to(machine.project / "blanki")
    assert machine.run("read", folder=tmp_path, wrapper=link).returncode == 7
    assert (machine.project / ".venv").is_dir()


def test_a_user_without_sudo_is_told_in_one_line_what_to_install(machine: Machine) -> None:
    machine.become_user()
    outcome = machine.run("read", environment={"ABSENT": "libgl1"})
    assert outcome.returncode == 3
    assert outcome.stdout == ""
    assert outcome.stderr == (
        "blanki: as root, run this and try again: apt-get install --no-install-recommends libgl1\n"
    )


def test_a_user_without_sudo_on_a_complete_machine_needs_none(machine: Machine) -> None:
    machine.become_user()
    assert machine.run("read").returncode == 7


def test_a_stale_package_list_is_renewed_once(machine: Machine) -> None:
    machine.add_command(
        "apt-get",
        '#!/bin/sh\necho "apt-get $1" >>"$LOG"\n'
        'if [ "$1" = update ]; then touch "$LOG.lists"; else [ -e "$LOG.lists" ]; fi\n',
    )
    assert machine.run("read", environment={"ABSENT": "libgl1"}).returncode == 7
    calls = [line for line in machine.read_log() if line.startswith("apt-get")]
    assert calls[0] == "apt-get install"
    assert calls[-2:] == ["apt-get update", "apt-get install"]


def test_a_package_that_cannot_be_had_ends_with_code_3(machine: Machine) -> None:
    machine.add_command("apt-get", "#!/bin/sh\n[ $1 = update ] || exit 100\n")
    outcome = machine.run("read", environment={"ABSENT": "libgl1"})
    assert outcome.returncode == 3
    assert outcome.stderr.endswith("blanki: apt-get could not install: libgl1\n")
