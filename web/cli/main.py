"""The command line: `blanki WORD …`; each word is loaded only when it is called.

Exit codes: 0 done, 1 findings or partial, 2 usage, 3 environment.
"""

import importlib
import os
import sys
from traceback import format_tb

import click

DONE, PARTIAL, ENVIRONMENT = 0, 1, 3

ONE_THREAD = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS")
"""Small jobs on several threads wait for each other: many times slower on few cores."""
_WORDS = {
    "run": ("web.cli.run", "Start everything on this machine, with a demonstration at first."),
    "form": ("web.cli.form", "List, print, check and compare the forms."),
    "letter": ("web.cli.letter", "List, describe and print lists, notices and certificates."),
    "read": ("web.cli.read", "Read scanned files into checked records."),
    "quality": ("web.cli.quality", "Say how well files were scanned, and what to scan again."),
    "intake": ("web.cli.intake", "Take scanned files into the store, to be read and checked."),
    "watch": ("web.cli.watch", "Take in what is put into the watched folder."),
    "migrate": ("web.cli.migrate", "Make the tables of the database, or bring them up to date."),
    "worker": ("web.cli.worker", "Do the queue's work."),
    "relay": ("web.cli.worker", "Carry work from the database into the queue."),
    "web": ("web.cli.web", "Serve the pages."),
    "simulate": ("web.cli.simulate", "Make a scan of simulated, filled paper."),
    "rating": ("web.cli.rating", "Rate the families that wait; explain a score line by line."),
    "thresholds": (
        "web.cli.thresholds",
        "Learn when to trust a reading; watch whether it drifts.",
    ),
    "training": ("web.cli.training", "Take out cells that people read, to train networks with."),
    "register": ("web.cli.register", "Import extracts of other bodies' registers; ask them."),
    "audit": ("web.cli.audit", "Check, seal, copy and read the trail of all that happened."),
    "law": ("web.cli.law", "Show the law: rules, numbers, settings, and what of it is kept."),
    "users": ("web.cli.users", "Add people, list them, close their accounts."),
}


class _Words(click.Group):
    """The words of the command line, imported one at a time: reading starts faster."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_WORDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _WORDS:
            return None
        command = getattr(importlib.import_module(_WORDS[cmd_name][0]), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(word, about) for word, (_, about) in _WORDS.items()])


@click.group(cls=_Words, context_settings={"help_option_names": ["-h", "--help"]})
def blanki() -> None:
    """Read the paper forms of targeted social assistance into checked records."""


def main() -> None:
    """Run the command line; a fault of the machinery is one line and an exit code."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    try:
        blanki(prog_name="blanki", standalone_mode=True)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(PARTIAL)
    except Exception as fault:
        code = getattr(type(fault), "code", None)  # the database's faults have codes of their own
        told = f"{code}: {fault}" if isinstance(code, str) else _describe_unexpected(fault)
        click.echo(f"blanki: {told}", err=True)
        sys.exit(ENVIRONMENT)


def _describe_unexpected(fault: Exception) -> str:
    """The way there without the fault's words: those of a database quote rows."""
    return f"unexpected: {type(fault).__name__}\n{''.join(format_tb(fault.__traceback__))}"


if __name__ == "__main__":
    main()
