"""Forms of the first run: the secretariat's account, and a charter filled in from a template."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import KeyForm
from keti.planning.rules import Blank

SHORTEST_PASSWORD = 10
KINDS = {
    "title": _("课题名称"),
    "prefix": _("文号代字"),
    "party": _("单位名称"),
    "group": _("组名"),
    "call-title": _("征集通知标题"),
    "call-signatory": _("征集通知落款"),
    "call-body": _("征集通知正文"),
    "date-from": _("{of}：开始"),
    "date-to": _("{of}：最后一天"),
    "date-date": _("{of}"),
}
ENGLISH = _("（英文）")


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


class TemplateForm(KeyForm):
    """The blanks of a template: names, units, groups, the call, dates."""

    slug = forms.SlugField(
        label=_("课题代号"),
        max_length=60,
        help_text=_("出现在网址里，用小写英文字母、数字与连字符。"),
    )
    shift = forms.IntegerField(
        label=_("全部日期平移多少天"),
        initial=0,
        min_value=-20000,
        max_value=20000,
        help_text=_("正数向后、负数向前；先平移，再按下面逐项改。364 正好 52 周，星期不变。"),
    )

    def __init__(self, *args: Any, blanks: list[Blank], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blanks = blanks
        for blank in blanks:
            self.fields[blank.name] = _field(blank)

    def answers(self) -> dict[str, str]:
        """Field name -> what was typed; a date only where it was changed by hand."""
        found: dict[str, str] = {}
        for blank in self.blanks:
            value = self.cleaned_data.get(blank.name)
            text = value.isoformat() if isinstance(value, date) else str(value or "")
            if text and text != blank.value:
                found[blank.name] = text
        return found


def _field(blank: Blank) -> forms.Field:
    english = (get_language() or "").startswith("en")
    label = str(KINDS[blank.kind]).format(of=blank.of[1 if english else 0])
    if blank.place[-1] == "en":
        label += str(ENGLISH)
    if blank.kind.startswith("date-"):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=label, initial=blank.value, required=False, widget=widget)
    if blank.kind == "call-body":
        area = forms.Textarea(attrs={"rows": 8})
        return forms.CharField(
            label=label, initial=blank.value, required=False, max_length=20000, widget=area
        )
    return forms.CharField(label=label, initial=blank.value, required=False, max_length=200)
