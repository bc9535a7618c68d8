"""Who may sign in: for administrators, who see people and no papers."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user, hash_password
from wtforms.fields.choices import SelectChoice

from web.access import allow
from web.account.passwords import make_password
from web.context import begin_act, read_rows
from web.people.forms import ALLOWED, CLOSED, NewPersonForm, RightsForm
from workflow.errors import Conflict, NotAllowed
from workflow.store.accounts import find_user_by_id, set_password
from workflow.store.models.people import RoleName, Unit, User
from workflow.store.people import (
    change_user,
    create_user,
    demand_administrator,
    find_unit,
    list_roles,
    list_units,
    list_users,
)
from workflow.store.session import Session

blueprint = Blueprint("people", __name__)


@blueprint.get("/people")
@allow(RoleName.ADMINISTRATOR)
def list_people() -> str:
    """Everybody, with their roles and units."""
    with read_rows() as session:
        return render_template("people/list.html", people=list_users(session))


@blueprint.route("/people/new", methods=["GET", "POST"])
@allow(RoleName.ADMINISTRATOR)
def add_person() -> ResponseReturnValue:
    """Adds a person; the password that was made for them is shown this once."""
    form = NewPersonForm()
    with read_rows() as session:
        form.unit.choices = [
            SelectChoice("", _("Choose a unit")),
            *(SelectChoice(unit.code, unit.name) for unit in _list_by_name(session)),
        ]
    if form.validate_on_submit():
        password = make_password()
        try:
            user = _create(form, password)
        except Conflict:
            form.username.errors = [_("Somebody has this user name already")]
        else:
            return _show_password(user, password), 201
    return render_template("people/new.html", form=form), 422 if form.errors else 200


@blueprint.route("/people/<int:user_id>", methods=["GET", "POST"])
@allow(RoleName.ADMINISTRATOR)
def show_person(user_id: int) -> ResponseReturnValue:
    """A person's roles, and whether they may sign in."""
    with read_rows() as session:
        user = find_user_by_id(session, user_id)
    form = RightsForm(
        roles=[role.value for role in list_roles(user)], access=ALLOWED if user.active else CLOSED
    )
    if form.validate_on_submit():
        _change(user_id, form)
        flash(_("The rights of %(name)s were saved.", name=user.name), "success")
        return redirect(url_for("people.list_people"), 303)
    own = user_id == current_user.user_id
    return render_template("people/person.html", form=form, user=user, own=own), (
        422 if form.errors else 200
    )


@blueprint.post("/people/<int:user_id>/password")
@allow(RoleName.ADMINISTRATOR)
def renew_password(user_id: int) -> ResponseReturnValue:
    """Makes another password for a person, who has forgotten theirs, and shows it this once."""
    _check_other(user_id)
    password = make_password()
    hashed = str(hash_password(password))
    with begin_act() as act:
        demand_administrator(act)
        user = find_user_by_id(act.session, user_id)
        set_password(act, user, hashed)
    return _show_password(user, password), 201


def _list_by_name(session: Session) -> list[Unit]:
    """In the order of the Georgian alphabet, which is that of its characters."""
    return sorted(list_units(session), key=lambda unit: unit.name)


def _create(form: NewPersonForm, password: str) -> User:
    hashed = str(hash_password(password))  # slow on purpose: before the transaction begins
    with begin_act() as act:
        demand_administrator(act)
        return create_user(
            act,
            form.username.data,
            form.name.data,
            hashed,
            [RoleName(role) for role in form.roles.data],
            find_unit(act.session, form.unit.data),
        )


def _change(user_id: int, form: RightsForm) -> None:
    _check_other(user_id)
    with begin_act() as act:
        demand_administrator(act)
        user = find_user_by_id(act.session, user_id)
        roles = [RoleName(role) for role in form.roles.data]
        change_user(act, user, active=form.access.data == ALLOWED, roles=roles)


def _check_other(user_id: int) -> None:
    """Nobody changes their own rights: so an administrator always remains."""
    if user_id == current_user.user_id:
        raise NotAllowed


def _show_password(user: User, password: str) -> str:
    return render_template("people/password.html", user=user, password=password)
