"""`blanki audit`: check, seal, copy and read the trail of all that happened."""

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from web.cli.opened import Opened, open_own_store
from workflow.acts import TBILISI
from workflow.audit.export import read_lines, stream_chained, write_lines
from workflow.audit.seal_checks import read_seal_lines
from workflow.audit.seals import seal_trail
from workflow.audit.verification import Verdict, verify_export, verify_trail
from workflow.store.models.trail import AuditEvent
from workflow.store.trail import WHOLE, EventFilter, list_newest_events

DONE, BROKEN = 0, 1
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def audit() -> None:
    """Check, seal, copy and read the trail of all that happened."""


@audit.command()
@click.option("--export", "exported", type=_FILE, help="Check this copy instead of the store.")
@click.option("--seals", type=_FILE, help="Seals kept elsewhere; else those of the data folder.")
@click.option("--offline", is_flag=True, help="Leave no event that the trail was checked.")
def verify(exported: Path | None, seals: Path | None, offline: bool) -> None:
    """Check that no event was changed, removed or replaced; name the first that was.

    With --export and --seals, nothing is asked of the server or its database.
    """
    if exported is not None:
        verdict = _check_copy(exported, seals)
    else:
        with open_own_store() as opened:
            verdict = _check_store(opened, seals)
            if not offline:
                _leave_verify_event(opened, verdict)
    for line in describe_verdict(verdict):
        click.echo(line)
    sys.exit(BROKEN if verdict.faults else DONE)


def _check_copy(exported: Path, seals: Path | None) -> Verdict:
    if seals is None:
        raise click.UsageError("--export needs --seals: without seals a copy proves little.")
    with exported.open(encoding="utf-8", errors="replace") as lines:
        return verify_export(read_lines(lines), read_seal_lines(seals))


def _check_store(opened: Opened, seals: Path | None) -> Verdict:
    with opened.read_rows() as session:
        return verify_trail(session, seals or opened.settings.seals)


def _leave_verify_event(opened: Opened, verdict: Verdict) -> None:
    fault = str(verdict.fault) if verdict.fault else None
    with opened.begin_act() as act:
        act.record("trail:verify", WHOLE, after={"events": verdict.events, "fault": fault})


def describe_verdict(verdict: Verdict) -> Sequence[str]:
    """A line for each fault, or one that tells how far the trail is proved."""
    if verdict.faults:
        return [f"broken: {fault}" for fault in verdict.faults]
    bound = verdict.events - verdict.sealed
    sealed = f"{verdict.seals} seals prove the first {verdict.sealed}"
    return [f"whole: {verdict.events} events; {sealed}, {bound} wait for the next seal"]


@audit.command()
def seal() -> None:
    """Seal what is new, and bring the file of seals up to date."""
    with open_own_store() as opened:
        path = opened.settings.seals
        made = seal_trail(opened.store, path, datetime.now(UTC))
        click.echo(f"{path}: " + (f"seal {made.number}, event {made.seq}" if made else "no news"))


@audit.command()
@click.option("-o", "--output", type=click.File("w", "utf-8", atomic=True), default="-")
def export(output: IO[str]) -> None:
    """Copy the trail as JSON Lines, to be checked elsewhere."""
    with open_own_store() as opened:
        _leave_read_event(opened, "all")
        with opened.read_rows() as session:
            for line in write_lines(stream_chained(session)):
                output.write(f"{line}\n")


@audit.command("list")
@click.option("--subject", help="As document:12; else everything.")
@click.option("-n", "--limit", default=50, type=click.IntRange(1), help="How many, newest first.")
def list_(subject: str | None, limit: int) -> None:
    """Show the newest events."""
    with open_own_store() as opened:
        _leave_read_event(opened, subject or "all")
        with opened.read_rows() as session:
            events = list_newest_events(session, EventFilter(subject=subject), None, limit)
        Console().print(_draw_events(events))


def _leave_read_event(opened: Opened, subject: str) -> None:
    """Reading of personal data is an event too."""
    with opened.begin_act() as act:
        act.record("trail:read", WHOLE, after={"subject": subject})


def _draw_events(events: Sequence[AuditEvent]) -> Table:
    table = Table("event", "when (Tbilisi), who", "action, subject", "what", box=SIMPLE_HEAD)
    for event in reversed(events):
        at = event.at.astimezone(TBILISI).strftime("%Y-%m-%d %H:%M:%S")
        who, did = f"{event.actor}, {event.role}", f"{event.action}\n{event.subject}"
        cells = (str(event.seq), f"{at}\n{who}", did, _tell(event))
        table.add_row(*(Text(cell, overflow="fold") for cell in cells))  # brackets are no markup
    return table


def _tell(event: AuditEvent) -> str:
    """A line for each thing that an event tells; what it replaced stands before an arrow."""
    before, after = event.before or {}, event.after or {}
    lines = [
        f"{key}: " + " \u2192 ".join(_write(told[key]) for told in (before, after) if key in told)
        for key in {**before, **after}
    ]
    return "\n".join([*lines, f"law: {event.law}"] if event.law else lines)


def _write(content: object) -> str:
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
