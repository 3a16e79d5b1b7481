"""Forms of the first run: the secretariat's account, and a charter filled in from a template."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.accounts.models import Person
from keti.documents.actions import Upload
from keti.groups.doors import KeepingForm, KeyForm

SHORTEST_PASSWORD = 10


class FirstRunForm(KeyForm):
    """Who opens the installation."""

    token = forms.CharField(
        label=_("一次性口令"),
        max_length=1000,
        help_text=_("启动后在终端窗口里单独成行；连同前后的文字一起粘贴也可以。"),
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


class NoticeForm(KeepingForm):
    """The original of the notice, scanned."""

    notice = forms.FileField(
        label=_("通知原件（PDF 或扫描件）"),
        help_text=_("放在各条款旁边供对照，只有本课题的人员能看。"),
    )

    def __init__(
        self, *args: Any, keeper: Person, moment: datetime, required: bool = True, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.keeper, self.moment = keeper, moment
        self.fields["notice"].required = required

    def upload(self) -> Upload | None:
        """The file that was chosen, if any."""
        file = self.cleaned_data.get("notice")
        return Upload(str(file.name), file) if file else None


class DeleteForm(KeepingForm):
    """A trial programme is deleted: its title typed by hand, and why."""

    title = forms.CharField(
        label=_("照抄课题名称"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("写对名称才会删除，以免删错。"),
    )
    reason = forms.CharField(
        label=_("为什么删除"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写进平台的办理记录；课题删除后只有这一条还在。"),
    )

    def __init__(self, *args: Any, keeper: Person, moment: datetime, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.keeper, self.moment = keeper, moment
