"""The forms of signing in and of one's own password."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from web.account.passwords import SHORTEST

_LONGEST = Length(max=200)


class SignInForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Who signs in."""

    username = StringField(
        validators=[InputRequired(_("Enter your user name or e-mail address")), _LONGEST]
    )
    password = PasswordField(validators=[InputRequired(_("Enter your password")), _LONGEST])


class PasswordForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """Another password for oneself."""

    present = PasswordField(validators=[InputRequired(_("Enter your present password")), _LONGEST])
    wanted = PasswordField(
        validators=[
            InputRequired(_("Enter a new password")),
            Length(SHORTEST, 200, _("The new password needs 12 characters or more")),
        ]
    )
    again = PasswordField(validators=[EqualTo("wanted", _("The two new passwords differ"))])
