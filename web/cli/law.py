"""`blanki law`: the rules, numbers and settings of the law, each beside its article."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from validation.articles import find_article
from validation.calendar_check import list_calendar_faults, list_calendar_warnings
from validation.coverage import find_unknown, measure_coverage
from validation.law_check import check_law
from validation.parameters import LAW, load_law
from validation.public_holidays import YearNotKnown
from validation.requirements import load_requirements
from validation.rules.catalog import list_all_rules
from validation.timeline import plan_timeline
from web.cli.law_coverage import describe_coverage, print_summary, print_whole
from web.cli.law_shown import print_rules, print_settings, print_values, show_one
from web.cli.law_tests import count_cases, list_tests, list_unread, read_tests
from web.cli.timeline_table import print_timeline
from workflow.acts import find_legal_day

DONE, FOUND = 0, 1
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def law() -> None:
    """Show rules, numbers and settings of the law; say what of the law the program keeps."""


@law.command(name="list")
@click.argument("what", type=click.Choice(["rules", "values", "settings"]), default="rules")
@click.option("--form", help="Only the rules of this form.")
@click.option("--day", type=_DAY, help="Numbers and settings of this day; today where none.")
@click.option("--language", type=click.Choice(["en", "ka"]), default="en", show_default=True)
def list_(what: str, form: str | None, day: datetime | None, language: str) -> None:
    """List the rules, the numbers of a day, or the settings, each with its article."""
    on = day.date() if day else find_legal_day(datetime.now(UTC))
    if what == "rules":
        print_rules([r for r in list_all_rules() if form in (None, *r.laws)], form)
    elif what == "values":
        print_values(load_law(), on, language)
    else:
        print_settings(load_law(), on, language)


@law.command()
@click.argument("name")
@click.option("--language", type=click.Choice(["en", "ka"]), default="en", show_default=True)
def show(name: str, language: str) -> None:
    """Show a rule, a number, a setting, a requirement (R003-7.4, T05, X-01) or an article."""
    if not show_one(name, language) and not _show_article(name):
        raise click.UsageError(f"{name} is no rule, number, setting, requirement or article")


@law.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object for other programs.")
@click.option("--whole", is_flag=True, help="Every requirement, not the summary alone.")
def coverage(as_json: bool, whole: bool) -> None:
    """Say by what each requirement is kept; exit code 1 where one is kept by nothing."""
    requirements, rules, kept = load_requirements(), list_all_rules(), load_law()
    covered = measure_coverage(requirements, rules, kept)
    unknown = find_unknown(requirements, rules, kept)
    cases, texts = count_cases(), read_tests()
    tests = {c.requirement.id: list_tests(c, cases, texts) for c in covered}
    if as_json:
        click.echo(json.dumps(describe_coverage(covered, tests), ensure_ascii=False, indent=1))
    if whole:
        print_whole(covered, tests)
    if not as_json:
        print_summary(covered, list_unread(kept))
    for line in unknown:
        click.echo(f"no source asks for it: {line}", err=True)
    sys.exit(DONE if all(c.is_covered for c in covered) and not unknown else FOUND)


@law.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True), default=LAW)
def check(folder: Path) -> None:
    """Say all that is wrong with the files of the law at once; exit code 1 where anything is."""
    faults = list(check_law(folder))
    if not faults:
        faults = [str(fault) for fault in list_calendar_faults(load_law(folder))]
    for fault in faults:
        click.echo(fault)
    if not faults:
        for warning in list_calendar_warnings(load_law(folder)):
            click.echo(f"worth a look: {warning}", err=True)
        click.echo("the files of the law are sound")
        click.echo(f"edition {load_law(folder).edition}")
    sys.exit(FOUND if faults else DONE)


@law.command()
@click.option("--received", type=_DAY, required=True, help="Day that the application came in.")
def timeline(received: datetime) -> None:
    """Print the days of order 02-150, annex 3, art. 11, for an application of a day."""
    try:
        print_timeline(plan_timeline(received.date(), load_law()))
    except YearNotKnown as fault:
        raise click.UsageError(str(fault)) from fault


def _show_article(citation: str) -> bool:
    """Print an article of an act; False where there is none of that name."""
    article = find_article(citation)
    if article is None:
        return False
    click.echo(f"{article.law}\n\n{article.text}")
    return True
