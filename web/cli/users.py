"""`blanki users`: who may sign in, and as what."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
from flask_security import hash_password
from rich.console import Console
from rich.table import Table

from web import create_app
from web.account.passwords import SHORTEST, make_password
from web.cli.opened import Opened, open_own_store
from workflow.errors import Conflict, NotFound
from workflow.store.accounts import set_password
from workflow.store.models.people import RoleName, User
from workflow.store.people import (
    USERNAME,
    change_user,
    create_user,
    ensure_roles,
    ensure_units,
    find_unit,
    find_user,
    list_roles,
    list_users,
)
from workflow.store.session import Session

_ROLES = click.Choice([role.value for role in RoleName])


@click.group()
def users() -> None:
    """Add people, list them, close their accounts."""


@users.command()
@click.argument("username", callback=lambda *words: _check_username(words[-1]))
@click.option("--role", "roles", type=_ROLES, multiple=True, required=True, help="May be repeated.")
@click.option("--unit", required=True, help="Code of the territorial unit, as 1001.")
@click.option("--name", help="The person's name; else the user name.")
@click.option("--ask", is_flag=True, help="Ask for the password instead of making one.")
def add(username: str, roles: Sequence[str], unit: str, name: str | None, ask: bool) -> None:
    """Add a person who may sign in; a password that was made is printed once."""
    chosen = _ask_password() if ask else make_password()
    with open_own_store() as opened, _explained():
        hashed = _hash(opened, chosen)
        with opened.begin_act() as act:
            ensure_roles(act.session)
            ensure_units(act.session)
            held = [RoleName(role) for role in roles]
            place = find_unit(act.session, unit)
            create_user(act, username, name or username, hashed, held, place)
    click.echo(f"{username}: added" if ask else f"{username}: {chosen}")


@users.command("list")
def list_() -> None:
    """Show everybody."""
    table = Table("user", "name", "roles", "unit", "may sign in")
    with open_own_store() as opened, opened.read_rows() as session:
        for user in list_users(session):
            unit = f"{user.unit.code} {user.unit.name}"
            active = "yes" if user.active else "no"
            table.add_row(user.username, user.name, ", ".join(list_roles(user)), unit, active)
    Console().print(table)


@users.command()
@click.argument("username")
def password(username: str) -> None:
    """Make another password for somebody, print it once, and end the person's sessions."""
    made = make_password()
    with open_own_store() as opened, _explained():
        hashed = _hash(opened, made)
        with opened.begin_act() as act:
            set_password(act, _find(act.session, username), hashed)
    click.echo(f"{username}: {made}")


@users.command()
@click.argument("username")
def deactivate(username: str) -> None:
    """Close an account and end its sessions; what the person did stays."""
    with open_own_store() as opened, _explained(), opened.begin_act() as act:
        user = _find(act.session, username)
        change_user(act, user, active=False, roles=list_roles(user))
    click.echo(f"{username}: may no longer sign in")


@contextmanager
def _explained() -> Iterator[None]:
    """A name that is taken, or that nobody has, is a slip of whoever typed it."""
    try:
        yield
    except (Conflict, NotFound) as fault:
        raise click.UsageError(fault.detail) from fault


def _find(session: Session, username: str) -> User:
    user = find_user(session, username)
    if user is None:
        raise NotFound(f"there is no user {username}")
    return user


def _check_username(username: str) -> str:
    if not re.fullmatch(USERNAME, username):
        raise click.BadParameter("3 to 40 of: a to z, digits, dot, dash, underscore")
    return username


def _ask_password() -> str:
    while True:
        chosen: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        if len(chosen) >= SHORTEST:
            return chosen
        click.echo(f"A password has at least {SHORTEST} characters.", err=True)


def _hash(opened: Opened, plain: str) -> str:
    """As the sign-in page will check it."""
    with create_app(opened.settings, opened.store).app_context():
        return str(hash_password(plain))
