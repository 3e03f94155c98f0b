"""A caseworker signs in. Both fields are read by the page's script; neither is ever sent as it was typed."""

from flask_babel import lazy_gettext as _l
from wtforms import Form, PasswordField, StringField


class SignInForm(Form):
    """The sign-in name is sent; of the passphrase only a key that was derived from it in the browser."""

    login = StringField(_l("Sign-in name"))
    passphrase = PasswordField(
        _l("Passphrase"),
        description=_l("It does not leave this browser. What you read is opened with it here."),
    )
