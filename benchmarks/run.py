"""Runs benchmarks, prints their tables and keeps their figures under out/."""

import json
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from benchmarks.catalog import Benchmark, find_benchmarks, load_benchmark
from benchmarks.machine import describe_commit, describe_machine
from benchmarks.result import Cell, Result
from web.cli.main import ONE_THREAD

FOLDER = Path(__file__).parent
WIDTH_IN_FILES = 120
"""Columns where no terminal states its own."""


def print_result(console: Console, result: Result) -> None:
    """Shows the table with its notes; figures stand on the right."""
    table = Table(title=escape(result.title), title_justify="left")
    for index, column in enumerate(result.columns):
        figures = all(not isinstance(row[index], str) for row in result.rows)
        table.add_column(escape(column), justify="right" if figures else "left", overflow="fold")
    for row in result.rows:
        table.add_row(*map(_show_cell, row))
    console.print(table)
    for note in result.notes:
        console.print(f"  {escape(note)}", highlight=False)
    for further in result.more:
        console.print()
        print_result(console, further)


def _show_cell(cell: Cell) -> str:
    if cell is None:
        return "-"
    return f"{cell:.4g}" if isinstance(cell, float) else escape(str(cell))


def keep_result(
    folder: Path, benchmark: Benchmark, arguments: Sequence[str], result: Result, now: datetime
) -> Path:
    """Writes the figures, with what they depend on, to a new file in the folder.

    Where something lies on one machine tells others nothing: of such arguments the name is kept.
    """
    record = {
        "benchmark": benchmark.name,
        "question": benchmark.question,
        "arguments": [Path(a).name if Path(a).is_absolute() else a for a in arguments],
        "date": now.isoformat(timespec="seconds"),
        **describe_commit(FOLDER),
        "machine": describe_machine(),
        **asdict(result),
    }
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{benchmark.name}-{now:%Y%m%dT%H%M%SZ}.json"
    path.write_text(text + "\n", encoding="utf-8")
    return path


def run_benchmark(console: Console, benchmark: Benchmark, arguments: Sequence[str]) -> None:
    """Measures, prints and keeps the figures of one benchmark."""
    console.print(f"\n[bold]{benchmark.name}[/]: {escape(benchmark.question)}", highlight=False)
    result = load_benchmark(benchmark.name).run(arguments)
    print_result(console, result)
    folder = FOLDER / result.keep_in
    path = keep_result(folder, benchmark, arguments, result, datetime.now(UTC))
    console.print(f"  Kept in benchmarks/{result.keep_in}/{path.name}", highlight=False)


def run_quick_benchmarks(console: Console, benchmarks: Iterable[Benchmark]) -> list[str]:
    """Runs each quick benchmark, whatever becomes of the others; names those that failed."""
    failed = []
    for benchmark in (b for b in benchmarks if b.quick):
        try:
            run_benchmark(console, benchmark, ())
        except Exception:
            traceback.print_exc()
            failed.append(benchmark.name)
    return failed


def list_benchmarks(console: Console, benchmarks: Iterable[Benchmark]) -> None:
    """Shows each benchmark with the question it answers."""
    table = Table("benchmark", "question", "quick")
    for benchmark in benchmarks:
        table.add_row(benchmark.name, escape(benchmark.question), "yes" if benchmark.quick else "")
    console.print(table)


@click.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("name", required=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def main(name: str | None, arguments: tuple[str, ...]) -> None:
    """Runs the benchmark NAME with its ARGUMENTS; without NAME lists all, runs the quick ones."""
    for variable in ONE_THREAD:  # as the program itself runs
        os.environ.setdefault(variable, "1")
    console = Console(width=None if sys.stdout.isatty() else WIDTH_IN_FILES)
    benchmarks = find_benchmarks(FOLDER)
    if name in benchmarks:
        run_benchmark(console, benchmarks[name], arguments)
    elif name is not None:
        raise click.UsageError(f"no benchmark {name!r}; there are: {', '.join(benchmarks)}")
    else:
        list_benchmarks(console, benchmarks.values())
        failed = run_quick_benchmarks(console, benchmarks.values())
        if failed:
            sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main(prog_name="./blanki bench")
