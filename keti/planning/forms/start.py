"""Forms of the first run: the secretariat's account, and a charter filled in from a template."""

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import KeyForm

SHORTEST_PASSWORD = 10


class FirstRunForm(KeyForm):
    """Who opens the installation."""

    token = forms.CharField(
        label=_("一次性口令"), max_length=80, help_text=_("就是终端窗口里打印的那一行。")
    )
    name = forms.CharField(label=_("姓名"), max_length=80)
    mail = forms.EmailField(label=_("邮箱"), help_text=_("以后用它登录。"))
    password = forms.CharField(
        label=_("密码"),
        min_length=SHORTEST_PASSWORD,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 个字符。"),
    )
