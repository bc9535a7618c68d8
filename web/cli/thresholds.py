"""`blanki thresholds`: when a reading is trusted, learned from what people decided."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import click

from form_templates import catalog
from ocr.thresholds import ReadKind
from web.cli.opened import Opened, open_own_store
from web.cli.threshold_tables import (
    print_calibration,
    print_drift,
    print_lessons,
    print_sets,
    say_what_paper,
)
from workflow.errors import NotFound
from workflow.store.trust import find_enforcement, list_sets
from workflow.trust.calibration import measure_calibration
from workflow.trust.drift import LEVEL, watch_drift
from workflow.trust.gathering import gather_evidence, gather_readings
from workflow.trust.judged import Evidence, Origin, list_distinct, list_origins
from workflow.trust.keeping import enforce_set, keep_lessons, load_thresholds
from workflow.trust.learning import learn_thresholds
from workflow.trust.simulated import simulate_review

DONE, FOUND = 0, 1
_MOST_PAGES = 20_000
"""That drift is sought in, the newest first."""
_KINDS = click.Choice([kind.value for kind in ReadKind])
_TARGET = 0.05


@click.group()
def thresholds() -> None:
    """Learn from which confidence on nobody needs to look; watch whether that stays true."""


@thresholds.command()
@click.option(
    "--target",
    type=click.FloatRange(0.001, 100),
    default=_TARGET,
    show_default=True,
    help="Silent errors in 1,000 accepted fields, the upper end of the 95 % interval.",
)
@click.option("--kind", type=_KINDS, help="Only fields of this kind.")
@click.option("--form", help="Only this form.")
@click.option("--scanner", help="Only this scanner.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only paper that came in since.")
@click.option("--simulated", type=click.IntRange(1), help="From so many simulated documents.")
@click.option("--dry-run", is_flag=True, help="Say what would be learned, and keep nothing.")
def learn(
    target: float,
    kind: str | None,
    form: str | None,
    scanner: str | None,
    since: datetime | None,
    simulated: int | None,
    dry_run: bool,
) -> None:
    """Learn thresholds from what people decided; they hold once `enforce` says so."""
    with open_own_store() as opened:
        evidence = _gather(opened, since, simulated, form)
        wanted = list(_choose_origins(evidence, kind, form, scanner))
        with opened.read_rows() as session:
            lessons = learn_thresholds(wanted, evidence, load_thresholds(session), target)
        print_lessons(lessons, evidence)
        if dry_run:
            click.echo("dry run: nothing is kept")
            return
        with opened.begin_act() as act:
            learned = keep_lessons(act, lessons, evidence.simulated)
            number = learned.id if learned else None
    if number is None:
        click.echo("no threshold moves: nothing is kept")
    else:
        click.echo(f"kept as set {number}; `blanki thresholds enforce {number}` puts it in force")


@thresholds.command()
@click.argument("chosen", metavar="SET|shipped")
def enforce(chosen: str) -> None:
    """Put a learned set in force, or what the program came with; paper read from now on."""
    if chosen != "shipped" and not chosen.isdecimal():
        raise click.UsageError("name a set by its number, or `shipped`")
    with open_own_store() as opened, opened.begin_act() as act:
        try:
            enforce_set(act, None if chosen == "shipped" else int(chosen))
        except NotFound as fault:
            raise click.UsageError(f"there is no set {chosen}") from fault


@thresholds.command()
def show() -> None:
    """Print the shipped thresholds and every learned set; the one in force is marked."""
    with open_own_store() as opened, opened.read_rows() as session:
        standing = find_enforcement(session)
        print_sets(list_sets(session), standing.set_id if standing else None)


@thresholds.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only paper that came in since.")
@click.option("--simulated", type=click.IntRange(1), help="Of so many simulated documents.")
def calibration(since: datetime | None, simulated: int | None) -> None:
    """Print how often readings of each confidence were right."""
    with open_own_store() as opened:
        evidence = _gather(opened, since, simulated, None)
    say_what_paper(evidence)
    for kind in ReadKind:
        print_calibration(measure_calibration(kind, evidence))


@thresholds.command()
@click.option("--days", type=click.IntRange(1), default=30, show_default=True, help="The recent.")
@click.option(
    "--before", type=click.IntRange(1), default=90, show_default=True, help="Days before these."
)
def drift(days: int, before: int) -> None:
    """Compare the last days with the time before; exit code 1 where anything drifts."""
    now = datetime.now(UTC)
    since = now - timedelta(days=days)
    with open_own_store() as opened, opened.read_rows() as session:
        start = since - timedelta(days=before)
        found = watch_drift(gather_readings(session, start, _MOST_PAGES), since)
    print_drift(found)
    drifting = sum(one.drifting for one in found)
    click.echo(f"{drifting} of {len(found)} drift (level {LEVEL} over all comparisons)")
    sys.exit(FOUND if drifting else DONE)


def _gather(
    opened: Opened, since: datetime | None, simulated: int | None, form: str | None
) -> Evidence:
    """What people decided, or as many simulated documents as were asked for."""
    if simulated:
        forms = [form] if form else sorted({key.form for key in catalog.list_templates()})
        return simulate_review(simulated, forms, datetime.now(UTC))
    moment = since.replace(tzinfo=UTC) if since else None
    with opened.read_rows() as session:
        return gather_evidence(session, moment)


def _choose_origins(
    evidence: Evidence, kind: str | None, form: str | None, scanner: str | None
) -> Iterator[Origin]:
    precise = form is not None or scanner is not None
    known = (list_origins if precise else list_distinct)(evidence.accepted)
    for origin in known:
        same_place = form in (None, origin.form) and scanner in (None, origin.scanner)
        if kind in (None, origin.kind) and same_place:
            yield origin
