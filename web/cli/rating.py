"""`blanki rating`: rate the families that wait, and explain a score line by line."""

import sys

import click
from rich.console import Console
from rich.table import Table

from web.cli.opened import Opened, open_own_store
from workflow.errors import NotFound
from workflow.printing.prefill import DECLARATION
from workflow.rating.explanation import Explanation, explain_rating
from workflow.rating.faults import MemberElsewhere, NotScored
from workflow.rating.run import is_eligible, rate_record
from workflow.store.families import find_case
from workflow.store.models.families import Rating
from workflow.store.ratings import find_rating, list_waiting_records

DONE, PARTIAL = 0, 1
_MOST = 10_000
"""In one run."""
_COLUMNS = ("input", "variable", "value", "coefficient", "amount", "total")


@click.group()
def rating() -> None:
    """Rate the families that wait; explain how a score came about."""


@rating.command()
def run() -> None:
    """Rate every declaration that waits for its score."""
    code = DONE
    with open_own_store() as opened:
        with opened.read_rows() as session:
            waiting = [record.id for record in list_waiting_records(session, DECLARATION, _MOST)]
        for record_id in waiting:
            try:
                click.echo(_rate(opened, record_id))
            except (MemberElsewhere, NotScored) as fault:
                click.echo(f"record {record_id}: not scored: {fault.detail}", err=True)
                code = PARTIAL
    if not waiting:
        click.echo("nobody waits for a rating")
    sys.exit(code)


def _rate(opened: Opened, record_id: int) -> str:
    """Rate one family in a transaction of its own."""
    with opened.begin_act() as act:
        rated = rate_record(act, record_id)
        case = find_case(act.session, rated.case_id)
        return f"family {case.family_code}: rating {rated.id}: {_say_score(rated)}"


def _say_score(rated: Rating) -> str:
    side = "below" if is_eligible(rated) else "not below"
    kind = "" if rated.official else " (demonstration, not official)"
    return f"{rated.score}, {side} the limit of {rated.limit}{kind}"


@rating.command()
@click.argument("rating_id", metavar="ID", type=int)
@click.option("--language", type=click.Choice(["en", "ka"]), default="en", show_default=True)
def explain(rating_id: int, language: str) -> None:
    """Print a score line by line, so that it can be computed again by hand."""
    with open_own_store() as opened, opened.begin_act() as act:
        try:
            found = find_rating(act.session, rating_id)
        except NotFound as fault:
            raise click.UsageError(f"there is no rating {rating_id}") from fault
        act.record("case:read", f"case:{found.case_id}")
    _print_explanation(found, explain_rating(found, language))


def _print_explanation(found: Rating, explanation: Explanation) -> None:
    """What must be said first, then the lines."""
    console = Console(width=None if sys.stdout.isatty() else 140, markup=False, highlight=False)
    for said in (explanation.title, explanation.statement):
        if said:
            console.print(said)
    if not explanation.is_pack_unchanged:
        console.print("The methodology pack on this machine is not the one that was used.")
    table = Table(*_COLUMNS)
    for line in explanation.lines:
        numbers = (line.input, line.coefficient, line.amount, line.total)
        table.add_row(line.label, line.variable, *numbers, end_section=line.ends_part)
    console.print(table)
    console.print(_say_score(found))
