"""The forms of people and their rights."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from web.wording import WORDS
from workflow.store.models.people import RoleName
from workflow.store.people import USERNAME

_ROLES = [SelectChoice(role.value, WORDS["role"][role]) for role in RoleName]
ALLOWED, CLOSED = "allowed", "closed"


class RightsForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What a person may do, and whether they may sign in at all."""

    roles = SelectMultipleField(
        choices=_ROLES, validators=[InputRequired(_("Choose at least one role"))]
    )
    access = RadioField(
        choices=[
            SelectChoice(ALLOWED, _("May sign in")),
            SelectChoice(CLOSED, _("May not sign in")),
        ],
        validators=[InputRequired(_("Choose whether the person may sign in"))],
    )


class NewPersonForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Somebody who will sign in."""

    name = StringField(
        validators=[InputRequired(_("Enter the person's name")), Length(max=200)],
        filters=[lambda text: " ".join((text or "").split())],
    )
    username = StringField(
        validators=[
            InputRequired(_("Enter a user name")),
            Regexp(
                f"^{USERNAME}$",
                message=_("The user name needs 3 to 40 of: a to z, digits, dot, dash, underscore"),
            ),
        ],
        filters=[lambda text: (text or "").strip().lower()],
    )
    unit = SelectField(validators=[InputRequired(_("Choose a unit"))])
    roles = SelectMultipleField(
        choices=_ROLES, validators=[InputRequired(_("Choose at least one role"))]
    )
