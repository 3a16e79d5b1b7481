"""Signing in: by password where there is one, else by a code sent by mail."""

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):  # type: ignore[misc]
    """Keeps the password, which the library leaves out where accounts are opened by mail alone."""

    def _setup_password_field(self) -> None:
        self.fields["password"].required = False
        self.fields["password"].help_text = _("没有设密码请留空，登录代码会发到您的邮箱。")
