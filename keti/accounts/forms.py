"""Signing in: by password where there is one, else by a code sent by mail."""

from typing import Any

from allauth.account import forms as library
from allauth.account.adapter import get_adapter
from allauth.account.fields import EmailField
from allauth.core import context
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from keti.accounts import doors


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


class Asking(Keyed):
    """A form that makes a letter leave for an address: how often is counted, and told alike
    whether or not somebody has the address."""

    def clean(self) -> dict[str, Any]:
        """Count the letter once everything else is in order."""
        cleaned = super().clean()
        if not self.errors:
            with doors.said():
                doors.ask_for_letter(context.request, self.cleaned_data[self.address])
        return cleaned or self.cleaned_data


class SignInForm(Keyed, library.LoginForm):  # type: ignore[misc]
    """Keeps the password, which the library leaves out where accounts are opened by mail alone."""

    address = "login"

    def _setup_password_field(self) -> None:
        self.fields["password"].required = not settings.KETI_MAIL
        by_code = _("没有设密码请留空，验证码会发到您的邮箱。")
        by_password = _("这台服务器没有设置发信，只能用密码登录；没有密码请联系秘书处。")
        self.fields["password"].help_text = by_code if settings.KETI_MAIL else by_password

    def _clean_without_password(self, email: str | None, phone: str | None) -> Any:
        """A code is asked for: that is a letter."""
        with doors.said():
            doors.ask_for_letter(context.request, email or "")
        return super()._clean_without_password(email, phone)


class SignUpForm(Asking, library.SignupForm):  # type: ignore[misc]
    """Opening an account."""


class AddAddressForm(Asking, library.AddEmailForm):  # type: ignore[misc]
    """A further address of one's own."""


class ChangeAddressForm(Asking, library.ChangeEmailForm):  # type: ignore[misc]
    """Another address while the first is not confirmed yet."""


class ResetForm(Asking, library.ResetPasswordForm):  # type: ignore[misc]
    """A letter that lets one set a new password."""


class CodeForm(Asking, library.RequestLoginCodeForm):  # type: ignore[misc]
    """A code by mail."""


class Judged(forms.Form):
    """A form that compares a mailed code: at most three times, in whatever session and at once."""

    expected_code: str

    def clean_code(self) -> str:
        """Count first, in the database, then compare."""
        if not doors.judge_code(self.expected_code or ""):
            raise get_adapter().validation_error("incorrect_code")
        return str(super().clean_code())  # type: ignore[misc]


class SignInCodeForm(Judged, library.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code of a letter that lets one in."""


class AddressCodeForm(Judged, library.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code of a letter that proves an address."""


NewKeyForm = type(
    "NewKeyForm",
    (keys.AddWebAuthnForm,),
    {"name": forms.CharField(label=_("这把密钥的名称"), required=False)},
)
"""The library's form of a new security key; it names its field in English alone."""
