"""Forms of the house: one duty on a phone, a letter of one's own, how one is told."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keti.accounts.forms import AddressField
from keti.accounts.models import Person
from keti.charter.rules.compiled import WorkSpec
from keti.groups.doors import KeepingForm, KeyField, KeyForm
from keti.groups.models import Seat
from keti.kernel.drawing import Choices, FlatBoxes
from keti.notify.enums import DutyWish, NewsWish
from keti.reports.forms import LaidFields
from keti.reports.rules import Content
from keti.site.queries.audience import Chosen, Reach

KINDS = ".doc,.docx,.wps,.pdf,.ofd,.rtf,.xlsx,.et,.pptx,.dps,.jpg,.jpeg,.png,.heic,.tif,image/*"


class PhoneForm(KeepingForm):
    """A file and three lines: what anybody can send in two minutes."""

    key = KeyField(widget=forms.HiddenInput, max_length=75)
    file = forms.FileField(
        label=_("文件"),
        help_text=_("拍照、选 Word / WPS / PDF；原件永久保存，50 MB 以内。"),
        widget=forms.FileInput(attrs={"accept": KINDS}),
        error_messages={"required": _("请选择文件，或拍照。")},
    )
    line1 = forms.CharField(
        label=_("摘要（一两句）"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写一两句摘要。")},
    )
    line2 = forms.CharField(
        label=_("补充"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    line3 = forms.CharField(
        label=_("其他说明"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, keeper: Person, moment: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keeper, self.moment = keeper, moment

    def lines(self) -> list[str]:
        """The lines as typed."""
        return [str(self.cleaned_data[f"line{number}"]) for number in (1, 2, 3)]


class PhoneWhyForm(KeyForm):
    """Why it does not come in time, said by the personal link."""

    text = forms.CharField(
        label=_("为什么不能按时交"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    expected = forms.DateField(
        label=_("预计哪天交"),
        required=False,
        help_text=_("只是告知，期限不变；需要延期的，请联系秘书处。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class WayInForm(KeyForm):
    """The button of a personal way in; an address, where none is on record."""

    mail = AddressField(
        label=_("您的邮箱"),
        help_text=_(
            "您还没有登记邮箱。登录名就是邮箱：验证码会发到这里，证实它是您的，以后也用它登录、收信。"
        ),
        error_messages={"required": _("请填写您自己的邮箱。")},
    )

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["mail"]


class PhoneSignedForm(PhoneForm):
    """A task book by a personal link: the signed paper, and nothing to write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("签字或盖章的任务书")
        for number in (1, 2, 3):
            del self.fields[f"line{number}"]


class PhoneReportForm(LaidFields, PhoneForm):
    """A report by a personal link: the file, a box for each section of the charter, the plan; once
    a Word file is read (`seen` is its hash), what was found in it and where it goes.

    The group's draft is not shown here: whoever the link was passed on to would read it.
    """

    use_required_attribute = False
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, spec: WorkSpec, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in (1, 2, 3):
            del self.fields[f"line{number}"]
        lang = get_language() or "zh-hans"
        self.add_content(spec, seats, Content(), lang, tall=3)
        self.add_laid(spec, lang)


def _ticks(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    box = FlatBoxes
    return forms.MultipleChoiceField(label=label, help_text=help_text, required=False, widget=box)


def _enclosed(label: Any) -> forms.FileField:
    return forms.FileField(label=label, required=False)


class LetterForm(KeepingForm):
    """To whom, what, with which files. What was typed and chosen stays when it is refused."""

    FILES = ("file1", "file2", "file3")

    groups = _ticks(_("分组"), _("分组、职务、欠交的事项都选时，取同时符合的人。"))
    roles = _ticks(_("职务"))
    owing = _ticks(_("尚未交的事项"), _("一个月内到期、现在还没有交的。"))
    seats = _ticks(_("另加的人"), _("不论上面选了什么，这些人都会收到。"))
    subject = forms.CharField(label=_("信的标题"), max_length=200)
    text = forms.CharField(
        label=_("正文"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("可以用 {姓名} {单位} {组别} {职务}，每位收件人看到自己的。"),
    )
    file1 = _enclosed(_("附件一"))
    file2 = _enclosed(_("附件二"))
    file3 = _enclosed(_("附件三"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)
    again = forms.CharField(required=False, widget=forms.HiddenInput, max_length=26)

    def __init__(
        self, *args: Any, keeper: Person, moment: datetime, reach: Reach, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keeper, self.moment = keeper, moment
        lang = get_language() or "zh-hans"
        groups = {one.group.public_id: one.group.title.in_(lang) for one in reach.seats}
        roles = {one.role.key: one.role.title.in_(lang) for one in reach.seats}
        seats = [
            (one.public_id, f"{one.group.title.in_(lang)} {one.called.in_(lang)}")
            for one in reach.seats
        ]
        self._offer("groups", list(groups.items()) if len(groups) > 1 else [])
        self._offer("roles", list(roles.items()))
        self._offer("owing", list(reach.owed_words))
        self._offer("seats", seats)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        if choices:
            cast(forms.MultipleChoiceField, self.fields[name]).choices = Choices(choices)
        else:
            del self.fields[name]

    def chosen(self) -> Chosen:
        """What was ticked."""
        facts = self.cleaned_data
        names = ("groups", "roles", "owing", "seats")
        return Chosen(*(frozenset(facts.get(name) or ()) for name in names))

    def uploads(self) -> list[tuple[str, Any]]:
        """The files that came or were kept, by field."""
        return [(name, file) for name in self.FILES if (file := self.cleaned_data.get(name))]


class WishForm(KeyForm):
    """How somebody wants to be told."""

    duties = forms.ChoiceField(
        label=_("要我办的事"), choices=DutyWish.choices, widget=forms.RadioSelect
    )
    news = forms.ChoiceField(
        label=_("其他消息"), choices=NewsWish.choices, widget=forms.RadioSelect
    )


class OwnRecordForm(KeyForm):
    """What is on record of oneself."""

    name = forms.CharField(
        label=_("姓名（名册、署名照此印）"),
        max_length=80,
        error_messages={"required": _("请填写姓名。")},
    )
    name_en = forms.CharField(label=_("英文姓名"), max_length=80, required=False)
    honorific = forms.CharField(
        label=_("称谓"), max_length=40, required=False, help_text=_("例如：教授、总工程师。")
    )
    unit = forms.CharField(
        label=_("单位"),
        max_length=200,
        required=False,
        help_text=_("单位关系到回避，由秘书处核实后更改；您在这里写的会转给秘书处。"),
    )
    mobile = forms.CharField(label=_("手机"), max_length=20, required=False)
    language = forms.ChoiceField(
        label=_("信件语言"), choices=[("zh-hans", "中文"), ("en", "English")]
    )

    FIELDS = ("name", "name_en", "honorific", "unit", "mobile", "language")

    @classmethod
    def of(cls, person: Person) -> "OwnRecordForm":
        """The form as the record stands."""
        values = {name: getattr(person, name) for name in cls.FIELDS if name != "unit"}
        return cls(initial=values | {"unit": person.unit.name_zh if person.unit else ""})

    def changes(self) -> dict[str, str]:
        """What was typed, field by field."""
        return {name: self.cleaned_data[name] for name in self.FIELDS}


class TeamForm(KeyForm):
    """Who of one's own unit works in its seat as well."""

    name = forms.CharField(label=_("经办人姓名"), max_length=80)
    mail = forms.EmailField(label=_("邮箱"), help_text=_("经办人用它登录，也收到告知。"))


class StandInForm(KeyForm):
    """Who of the deputies stands in for a seat, and why."""

    by_whom = forms.ChoiceField(label=_("由谁代行"))
    reason = forms.CharField(
        label=_("代行理由"), max_length=300, help_text=_("例如：组长出国两周。")
    )

    def __init__(self, *args: Any, deputies: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language() or "zh-hans"
        choices = [(one.public_id, one.called.in_(lang)) for one in deputies]
        cast(forms.ChoiceField, self.fields["by_whom"]).choices = choices
