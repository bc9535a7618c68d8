"""What of the law the program keeps, as tables of the terminal and as JSON."""

from collections import Counter
from collections.abc import Mapping, Sequence

import click

from validation.coverage import Coverage, Means
from validation.requirements import Tag
from web.cli.tables import print_table

_SHOWN = 3
"""Tests of one requirement that a line names."""

Tests = Mapping[str, Sequence[str]]
"""Requirement -> what shows that it is kept."""


def print_whole(covered: Sequence[Coverage], tests: Tests) -> None:
    """Every requirement with all that keeps it and what shows it."""
    print_table(
        ("id", "tag", "kept by", "shown by"),
        [
            (c.requirement.id, c.requirement.tag.value, _say_kept(c), _say_shown(c, tests))
            for c in covered
        ],
    )


def print_summary(covered: Sequence[Coverage], unread: Sequence[str]) -> None:
    """How many requirements are kept by what, what is open, and what is kept by nothing."""
    counted = Counter(c.kept_by[0].means for c in covered if c.is_covered)
    print_table(
        ("first of all kept by", "requirements"),
        [(means.value, str(counted[means])) for means in Means if counted[means]],
    )
    _say_open(covered)
    if unread:
        click.echo(f"numbers and lists that nothing asks for yet: {', '.join(unread)}")
    lacking = [c.requirement.id for c in covered if not c.is_covered]
    hard = [c for c in covered if c.requirement.tag is Tag.HARD]
    click.echo(f"{_count_kept(covered)}; of the mechanical ones: {_count_kept(hard)}")
    if lacking:
        click.echo("kept by nothing: " + ", ".join(lacking))


def _count_kept(covered: Sequence[Coverage]) -> str:
    kept = sum(c.is_covered and not c.is_open for c in covered)
    opened = sum(c.is_open for c in covered)
    return f"{kept} of {len(covered)} requirements are kept, {opened} open"


def describe_coverage(covered: Sequence[Coverage], tests: Tests) -> list[object]:
    """The whole catalogue for other programs."""
    return [
        {
            "id": one.requirement.id,
            "tag": one.requirement.tag.value,
            "law": one.requirement.law,
            "text": one.requirement.text,
            "kept_by": [{"means": k.means.value, "name": k.name} for k in one.kept_by],
            "tests": list(tests[one.requirement.id]),
        }
        for one in covered
    ]


def _say_open(covered: Sequence[Coverage]) -> None:
    """What is still to be built, by the part of the program that it belongs to."""
    opened = [c for c in covered if c.requirement.open]
    for part, number in Counter(c.requirement.open for c in opened).items():
        bare = sum(c.is_open for c in opened if c.requirement.open == part)
        click.echo(f"open: {part}: {number} requirements, of which nothing stands yet for {bare}")


def _say_kept(covered: Coverage) -> str:
    return ", ".join(f"{k.means.value}: {k.name}" for k in covered.kept_by) or "NOTHING"


def _say_shown(covered: Coverage, tests: Tests) -> str:
    shown = tests[covered.requirement.id]
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more
