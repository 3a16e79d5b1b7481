"""Signing in: by password where there is one, else by a code sent by mail."""

from typing import Any

from allauth.account import forms as library
from allauth.account.adapter import get_adapter
from allauth.account.fields import EmailField
from django import forms
from django.utils.translation import gettext_lazy as _


class AddressField(EmailField):  # type: ignore[misc]
    """An address as the library gets it: its key. A second writing of an address is refused."""

    def to_python(self, value: object) -> str:
        """The key is what is validated: punycode is plain, and nothing is folded after it."""
        typed = str(super().to_python(value))
        return str(get_adapter().clean_email(typed)) if typed else ""


class Keyed(forms.Form):
    """A form of the library whose address is its key, whatever was typed."""

    address = "email"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.fields[self.address]
        field = AddressField(label=asked.label, widget=asked.widget, required=asked.required)
        self.fields[self.address] = field


class SignInForm(Keyed, library.LoginForm):  # type: ignore[misc]
    """Keeps the password, which the library leaves out where accounts are opened by mail alone."""

    address = "login"

    def _setup_password_field(self) -> None:
        self.fields["password"].required = False
        self.fields["password"].help_text = _("没有设密码请留空，登录代码会发到您的邮箱。")


class SignUpForm(Keyed, library.SignupForm):  # type: ignore[misc]
    """Opening an account."""


class AddAddressForm(Keyed, library.AddEmailForm):  # type: ignore[misc]
    """A further address of one's own."""


class ChangeAddressForm(Keyed, library.ChangeEmailForm):  # type: ignore[misc]
    """Another address while the first is not confirmed yet."""


class ResetForm(Keyed, library.ResetPasswordForm):  # type: ignore[misc]
    """A letter that lets one set a new password."""


class CodeForm(Keyed, library.RequestLoginCodeForm):  # type: ignore[misc]
    """A code by mail."""
