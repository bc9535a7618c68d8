import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from benchmarks.catalog import Benchmark, find_benchmarks
from benchmarks.machine import describe_commit, describe_machine, read_cpu_model
from benchmarks.result import Result
from benchmarks.run import keep_result, list_benchmarks, main, print_result

SPEED = Benchmark("speed", "How fast is it?", quick=True)
RESULT = Result(
    title="Speed of [one] core",
    columns=("step", "pages/s", "share"),
    rows=(("marks [A12]", 5, 0.123456), ("digits", None, 1.0)),
    notes=("200 pages, seed 1.",),
    extra={"seconds": [0.2, 0.3]},
)


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def print_to_text(result: Result) -> str:
    console = Console(file=io.StringIO(), width=80)
    print_result(console, result)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_module_with_a_question_is_a_benchmark_and_others_are_not(tmp_path: Path) -> None:
    write(tmp_path, "speed.py", 'QUESTION = "How fast is it?"\n')
    write(tmp_path, "support.py", "ANSWER = 42\n")
    assert find_benchmarks(tmp_path) == {"speed": SPEED}


def test_a_benchmark_that_says_so_is_not_quick(tmp_path: Path) -> None:
    write(tmp_path, "long.py", 'QUESTION: str = "How right is it?"\nQUICK: bool = False\n')
    assert not find_benchmarks(tmp_path)["long"].quick


def test_benchmarks_are_found_without_being_imported(tmp_path: Path) -> None:
    write(tmp_path, "broken.py", 'import no_such_module\nQUESTION = "Does it break?"\n')
    assert list(find_benchmarks(tmp_path)) == ["broken"]


def test_the_table_shows_brackets_as_they_are_and_absent_figures_as_dashes() -> None:
    text = print_to_text(RESULT)
    assert "Speed of [one] core" in text
    assert "marks [A12]" in text
    assert "0.1235" in text
    assert "200 pages, seed 1." in text
    assert [cell.strip() for cell in text.splitlines()[5].split("│")][1:4] == ["digits", "-", "1"]


def test_the_list_shows_each_question() -> None:
    console = Console(file=io.StringIO(), width=80)
    list_benchmarks(console, [SPEED])
    assert isinstance(console.file, io.StringIO)
    assert "How fast is it?" in console.file.getvalue()


def test_kept_figures_say_what_they_depend_on(tmp_path: Path) -> None:
    now = datetime(2026, 11, 21, 9, 30, 5, tzinfo=UTC)
    given = ["--pages", "3", str(tmp_path / "mnist")]
    path = keep_result(tmp_path / "out", SPEED, given, RESULT, now)
    record = json.loads(path.read_text(encoding="utf-8"))
    assert path.name == "speed-20261121T093005Z.json"
    assert record["date"] == "2026-11-21T09:30:05+00:00"
    assert record["arguments"] == ["--pages", "3", "mnist"]
    assert record["rows"] == [["marks [A12]", 5, 0.123456], ["digits", None, 1.0]]
    assert record["extra"] == {"seconds": [0.2, 0.3]}
    assert record["machine"].keys() == {"cpu", "cores", "system", "python"}
    assert record.keys() >= {"commit", "changed", "question"}


def test_a_figure_that_is_no_number_is_refused_not_kept(tmp_path: Path) -> None:
    result = Result("Rates", ("rate",), ((float("nan"),),))
    with pytest.raises(ValueError, match="not JSON compliant"):
        keep_result(tmp_path, SPEED, [], result, datetime.now(UTC))
    assert not list(tmp_path.iterdir())


def test_a_row_must_have_one_cell_a_column() -> None:
    with pytest.raises(ValueError, match="2 columns, but a row of 1"):
        Result("Short", ("a", "b"), (("only",),))


def test_an_unknown_benchmark_is_a_fault_of_usage_that_names_the_known() -> None:
    outcome = CliRunner().invoke(main, ["no-such-benchmark"])
    assert outcome.exit_code == 2
    assert "no benchmark 'no-such-benchmark'; there are:" in outcome.output


def test_a_processor_without_a_model_name_still_has_a_name(tmp_path: Path) -> None:
    write(tmp_path, "cpuinfo", "processor\t: 0\nmodel name\t: Fast CPU @ 3 GHz\n")
    assert read_cpu_model(tmp_path / "cpuinfo") == "Fast CPU @ 3 GHz"
    assert read_cpu_model(tmp_path / "absent") != ""
    assert describe_machine()["cpu"] != ""


def test_outside_a_clone_no_commit_is_claimed(tmp_path: Path) -> None:
    assert describe_commit(tmp_path) == {"commit": None, "changed": None}
