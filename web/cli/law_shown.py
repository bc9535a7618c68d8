"""What the law says, as tables and pages of the terminal."""

from collections.abc import Iterable
from datetime import date

import click

from validation.articles import find_article
from validation.law_entries import LegalCodes, LegalValue, Setting
from validation.parameters import Law, load_law
from validation.requirements import Requirement, load_requirements
from validation.rules.catalog import list_all_rules
from validation.rules.registry import Rule
from web.cli.tables import print_table
from web.law.entries import SETTINGS, Entry, choose_words, describe, gather_entries


def print_rules(rules: Iterable[Rule], form: str | None) -> None:
    """Rules with what they state, their article and how grave a breach is."""
    print_table(
        ("rule", "article", "severity", "forms", "a paper that keeps it"),
        [
            (
                rule.code + (" (assumed)" if rule.assumed else ""),
                rule.laws[form] if form else next(iter(rule.laws.values())),
                rule.severity.value,
                ", ".join(rule.laws),
                rule.statement,
            )
            for rule in rules
        ],
    )


def print_values(law: Law, day: date, language: str) -> None:
    """The numbers of a day; what does not hold on it is left out."""
    held = [value for name in law.values if (value := law.value_on(name, day))]
    print_table(
        ("value", "number", "unit", "since", "article", "what it is"),
        [
            (
                value.name,
                str(value.number),
                value.unit,
                value.start.isoformat(),
                value.law + (" (assumed)" if value.assumed else ""),
                describe(value.name, law, language),
            )
            for value in held
        ],
    )


def print_settings(law: Law, day: date, language: str) -> None:
    """What is chosen where the sources contradict each other, and what else could be."""
    settings = sorted(law.settings.values(), key=lambda setting: setting.id)
    print_table(
        ("id", "setting", "chosen", "since", "other ways", "what it is about"),
        [
            (
                setting.id,
                setting.name,
                setting.choose_on(day).option,
                setting.choose_on(day).start.isoformat(),
                ", ".join(o for o in setting.options if o != setting.choose_on(day).option),
                describe(SETTINGS + setting.name, law, language),
            )
            for setting in settings
        ],
    )


def show_one(name: str, language: str) -> bool:
    """Print all that is known of one name; False where there is nothing of that name."""
    law, found = load_law(), False
    for rule in list_all_rules():
        if rule.code == name:
            _show_rule(rule)
            found = True
    if name in gather_entries(law):
        _show_entries(law, name, language)
        found = True
    for setting in law.settings.values():
        if name in (setting.id, setting.name, SETTINGS + setting.name):
            _show_setting(law, setting, language)
            found = True
    if name in load_requirements():
        _show_requirement(load_requirements()[name])
        found = True
    return found


def _show_rule(rule: Rule) -> None:
    click.echo(f"rule {rule.code}: {rule.statement}")
    click.echo(f"  severity: {rule.severity.value}{', assumed' if rule.assumed else ''}")
    click.echo(f"  meets: {', '.join(rule.meets) or 'no requirement'}")
    for form, law in rule.laws.items():
        click.echo(f"  {form}: {law}")
    for law in dict.fromkeys(rule.laws.values()):
        _show_text(law)


def _show_entries(law: Law, name: str, language: str) -> None:
    click.echo(f"{name}: {describe(name, law, language)}")
    click.echo(f"  meets: {', '.join(law.meets[name]) or 'no requirement'}")
    entries = gather_entries(law)[name]
    for entry in entries:
        assumed = ", assumed" if entry.assumed else ""
        by = f", by {entry.amended_by}" if entry.amended_by else ""
        click.echo(f"  from {entry.start}: {_say_entry(entry)} ({entry.law}{by}{assumed})")
    for cited in dict.fromkeys(entry.law for entry in entries):
        _show_text(cited)


def _say_entry(entry: Entry) -> str:
    if isinstance(entry, LegalValue):
        return "repealed" if entry.number is None else f"{entry.number} {entry.unit}"
    if isinstance(entry, LegalCodes):
        return ", ".join(entry.codes) or "repealed"
    bands = [
        f"{b.lower.number if b.lower else 0} to {b.upper.number if b.upper else 'any'}"
        f" {entry.unit}: {'' if b.least is None else f'{b.least} to '}{b.most} {entry.gives}"
        + ("" if b.cap is None else f", at most {b.cap} {entry.unit}")
        for b in entry.bands
    ]
    return "; ".join(bands) or "repealed"


def _show_setting(law: Law, setting: Setting, language: str) -> None:
    about = describe(SETTINGS + setting.name, law, language)
    click.echo(f"setting {setting.name} ({setting.id}): {about}")
    for choice in setting.choices:
        assumed = ", assumed" if choice.assumed else ""
        click.echo(f"  from {choice.start}: {choice.option} ({choice.law}{assumed})")
    for option in setting.options.values():
        says = choose_words(option.says, language)
        click.echo(f"  {option.name}: {says} ({', '.join(option.laws)})")
    click.echo(f"  steers: {setting.steers}")


def _show_requirement(requirement: Requirement) -> None:
    click.echo(f"{requirement.id} [{requirement.tag.value}] {requirement.text}")
    if requirement.law:
        _show_text(requirement.law)


def _show_text(citation: str) -> None:
    """The Georgian text of an article, where it is at hand."""
    article = find_article(citation)
    if article is not None:
        click.echo(f"\n  {citation}\n  {article.text}")
