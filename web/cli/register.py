"""`blanki register`: extracts of other bodies' registers, and what they know of a person."""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

import click

from validation.registers import Register, RegisterAnswer
from web.cli.opened import name_operator, open_own_store
from web.cli.tables import print_table
from workflow.acts import TBILISI, find_legal_day
from workflow.registers.asking import find_answers
from workflow.registers.cells import is_number
from workflow.registers.columns import Column, load_shapes
from workflow.registers.entries import describe_entry
from workflow.registers.faults import BadRows, ExtractFault, RowFault, WrongDay
from workflow.registers.gaps import find_gaps
from workflow.registers.importing import ExtractToImport, Imported, OnBadRows, import_extract
from workflow.registers.rows import set_limits
from workflow.registers.sample import MARK, write_sample
from workflow.store.models.registers import RegisterEdition
from workflow.store.registers import list_editions

DONE, PARTIAL = 0, 1
_NOT_WHOLE = (
    "Who has no row here may have been in one that was left out: nothing is known of them, and "
    "their papers go to a person. Bring an extract without bad rows soon."
)
_WHO_IS_MISSING = (
    "Who is in no row counts as unknown to the register. Where --skip-bad-rows left rows out, "
    "nothing is known of them instead."
)
_NAMES = click.Choice([each.value for each in Register])
_TITLES = (
    "register",
    "edition",
    "as of",
    "days old",
    "rows",
    "left out",
    "not in it",
    "file",
    "imported",
    "by",
)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _Day(click.ParamType[date]):
    """A day as 2026-11-01."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day that was typed."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; write 2026-11-01", param, ctx)


@click.group()
def register() -> None:
    """Import extracts of other bodies' registers; see what they know of a person.

    An extract is personal data: keep the file where nobody else reads it.
    """


@register.command("import")
@click.argument("name", metavar="REGISTER", type=_NAMES)
@click.argument("file", metavar="FILE", type=_FILE)
@click.option("--as-of", required=True, type=_Day(), help="Day that it describes: 2026-11-01.")
@click.option("--skip-bad-rows", is_flag=True, help="Import the good rows, name the bad ones.")
def import_(name: str, file: Path, as_of: date, skip_bad_rows: bool) -> None:
    """Import an extract, CSV or XLSX, as the newest edition of its register.

    All or nothing: a file with a bad row is refused as a whole unless --skip-bad-rows.
    """
    on_bad_rows = OnBadRows.SKIP if skip_bad_rows else OnBadRows.REFUSE
    wanted = ExtractToImport(Register(name), file, as_of, on_bad_rows)
    with open_own_store() as opened:
        try:
            imported = import_extract(
                opened.store, opened.settings, name_operator(), _read_clock, wanted
            )
        except WrongDay as fault:
            raise click.UsageError(str(fault)) from fault
        except ExtractFault as fault:
            _name_faults(fault)
            sys.exit(PARTIAL)
    _tell_imported(imported)
    sys.exit(PARTIAL if imported.faults else DONE)


def _read_clock() -> datetime:
    return datetime.now(UTC)


def _name_faults(fault: ExtractFault) -> None:
    """Why a file was refused, each bad row on a line of its own."""
    if isinstance(fault, BadRows):
        _list_rows(fault.faults, fault.bad)
    click.echo(f"blanki: {fault.code}: {fault}", err=True)


def _list_rows(faults: Iterable[RowFault], bad: int) -> None:
    lines = {fault.line for fault in faults}
    for fault in faults:
        click.echo(str(fault), err=True)
    if bad > len(lines):
        click.echo(f"and {bad - len(lines):,} more bad rows", err=True)


def _tell_imported(imported: Imported) -> None:
    edition = imported.edition
    about = f"{edition.register}, edition {edition.number}, as of {edition.as_of}"
    if imported.is_repeat:
        click.echo(f"{about}: the same file was imported before; nothing was done")
        return
    _list_rows(imported.faults, edition.skipped)
    if imported.unused:
        click.echo(f"columns not used: {', '.join(imported.unused)}", err=True)
    left_out = f", {edition.skipped:,} bad ones left out" if edition.skipped else ""
    click.echo(f"{about}: {edition.rows:,} rows{left_out}")
    if edition.skipped:
        click.echo(_NOT_WHOLE, err=True)


@register.command("list")
def list_() -> None:
    """List every extract that was imported.

    Who is "not in it" counts as unknown to the register, or, where bad rows were left out,
    as somebody who may be missing.
    """
    today = find_legal_day(_read_clock())
    with open_own_store() as opened, opened.read_rows() as session:
        editions = list_editions(session)
    if not editions:
        click.echo("no extract was imported yet")
        return
    print_table(_TITLES, (_describe_edition(edition, today) for edition in editions))


def _describe_edition(edition: RegisterEdition, today: date) -> tuple[str, ...]:
    return (
        edition.register,
        str(edition.number),
        edition.as_of.isoformat(),
        f"{(today - edition.as_of).days:,}",
        f"{edition.rows:,}",
        f"{edition.skipped:,}",
        "may be missing" if edition.skipped else "unknown to it",
        edition.file_name,
        f"{edition.imported_at.astimezone(TBILISI):%Y-%m-%d %H:%M}",
        edition.imported_by,
    )


@register.command()
@click.argument("name", metavar="[REGISTER]", type=_NAMES, required=False)
def describe(name: str | None) -> None:
    """Show which columns an extract has, and what may stand in them."""
    for each in [Register(name)] if name else Register:
        click.echo(each.value)
        titles = ("column", "or", "holds", "empty")
        print_table(titles, map(_describe_column, load_shapes()[each].columns))
    click.echo(_WHO_IS_MISSING)


def _describe_column(column: Column) -> tuple[str, str, str, str]:
    holds = ", ".join(column.codes) or column.kind.value.replace("_", " ")
    return column.name, "; ".join(column.headings), holds, "yes" if column.may_be_empty else "no"


@register.command()
@click.argument("number", metavar="NUMBER")
@click.option("--on", type=_Day(), help="What was known of this day; else the newest.")
def ask(number: str, on: date | None) -> None:
    """Show what the registers know of a person; the trail keeps that somebody looked."""
    if not is_number(number, set_limits(find_legal_day(_read_clock()))):
        raise click.UsageError(f"{number!r} is no personal number")
    with open_own_store() as opened, opened.begin_act() as act:
        found = find_answers(act.session, [number], on)
        gaps = find_gaps(act.session, [number], found, on)
        told = {"registers": [each.value for each in found]}
        act.record("register:read", f"person:{number}", after=told)
    for answers in found.values():
        _print_answer(answers[number])
    for each, gap in gaps.items():
        click.echo(f"{each}: {gap.skipped:,} bad rows were left out of {gap.source}:")
        click.echo("  it may lack something about the person")
    if not found and not gaps:
        click.echo("no extract was imported, and nobody was asked about this person")
    sys.exit(DONE if found else PARTIAL)


def _print_answer(answer: RegisterAnswer) -> None:
    click.echo(f"{answer.register}, as of {answer.as_of} ({answer.source})")
    for entry in answer.entries:
        said = {key: value for key, value in describe_entry(entry).items() if value is not None}
        click.echo(f"  {json.dumps(said, ensure_ascii=False)}")
    if not answer.entries:
        click.echo("  does not know the person")


@register.command()
@click.argument("name", metavar="REGISTER", type=_NAMES)
@click.option("-o", "--output", type=click.File("w", "utf-8", atomic=True), required=True)
@click.option("--people", default=20, show_default=True, type=click.IntRange(1, 1_000_000))
@click.option("--seed", default=1, show_default=True, help="Another one gives other people.")
def sample(name: str, output: IO[str], people: int, seed: int) -> None:
    """Write an extract of invented people, each row marked as simulated."""
    write_sample(Register(name), output, people, seed, find_legal_day(_read_clock()))
    click.echo(f"{people:,} invented people; the column “{MARK}” says so", err=True)
