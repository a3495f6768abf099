"""The forms of the accounts package in this site's words. What they refuse is checked by the package."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

_AGAIN = "Password again"
_GOOD_ONE = "At least 12 characters. Three or four words that do not belong together are good."


def _say(form: forms.Form, **labels: str | tuple[str, str]) -> None:
    """Set labels and help texts, and take away grey texts inside boxes, which vanish while somebody types."""
    for name, words in labels.items():
        if name in form.fields:
            label, says = words if isinstance(words, tuple) else (words, "")
            form.fields[name].label, form.fields[name].help_text = label, says
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        field.error_messages["required"] = f"Write your {str(field.label).lower()}."
        field.error_messages["invalid"] = "Write an address like name@example.org."


class SignInForm(account.LoginForm):  # type: ignore[misc]  # the package has no types
    """E-mail and password."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _say(self, login="E-mail address", password="Password")  # noqa: S106 - a label


class SignUpForm(account.SignupForm):  # type: ignore[misc]
    """Name, e-mail and a password twice."""

    field_order = ("name", "email", "password1", "password2")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        email = ("E-mail address", "We send you a link to make sure that it is yours.")
        _say(self, email=email, password1=("Password", _GOOD_ONE), password2=_AGAIN)


class ForgottenForm(account.ResetPasswordForm):  # type: ignore[misc]
    """The address of an account."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _say(self, email="E-mail address")


class NewPasswordForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password twice."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _say(self, password1=("New password", _GOOD_ONE), password2=_AGAIN)


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    """The password so far, and a new one twice."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _say(
            self,
            oldpassword="Present password",
            password1=("New password", _GOOD_ONE),
            password2=_AGAIN,
        )


class SetPasswordForm(account.SetPasswordForm):  # type: ignore[misc]
    """A first password, for somebody who came by single sign-on."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _say(self, password1=("Password", _GOOD_ONE), password2=_AGAIN)


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """A code of the app, or one of the recovery codes."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _say(self, code=("Code", "The 6 digits that your app shows now, or one of your recovery codes."))


class ActivateForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which shows that the app was set up."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _say(self, code=("Code", "The 6 digits that your app shows now."))
