"""Forms of offices, lists, letters and their pieces."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import Door, KeepingForm
from keti.letters.enums import Channel, ContactKind, OfficeKind, PassageKind
from keti.letters.models import Office, RecipientList
from keti.letters.rules import divisions

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LettersForm(KeepingForm):
    """A form of this room: it loses nothing when it is refused."""

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.door = door
        self.keeper, self.moment = door.person, door.now

    def facts(self) -> dict[str, Any]:
        """What was typed, without the key and the files."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "key" and not isinstance(self.fields[name], forms.FileField)
        }

    def moment_of(self, day: date | None) -> datetime | None:
        """A day as the moment it was noted for: noon of it, or now where it is today."""
        zone = self.door.programme.tz
        if day is None or day == self.door.programme.local(self.door.now).date():
            return None
        return datetime.combine(day, time(12), tzinfo=zone)


class OfficeForm(LettersForm):
    """One office: an office, never a person's home."""

    name = forms.CharField(label=_("单位名称"), max_length=120)
    kind = forms.ChoiceField(label=_("类别"), choices=OfficeKind.choices)
    place = forms.CharField(
        label=_("行政区划"), required=False, max_length=40,
        help_text=_("六位代码或名称，如 130100、石家庄市。部委等不填。"),
    )  # fmt: skip
    addressee = forms.CharField(
        label=_("收件称谓"), required=False, max_length=80,
        help_text=_("写在信首和信封上，如“办公室”；不写个人姓名。"),
    )  # fmt: skip
    address = forms.CharField(
        label=_("地址"), required=False, max_length=200,
        help_text=_("只填办公地址，不填住址。"),
    )  # fmt: skip
    postcode = forms.RegexField(r"^\d{6}$", label=_("邮编"), required=False, max_length=6)
    mail = forms.EmailField(label=_("单位邮箱"), required=False)
    note = forms.CharField(label=_("备注"), required=False, max_length=300)
    since = forms.DateField(label=_("此名称启用日期"), required=False, widget=DAY)

    def facts(self) -> dict[str, Any]:
        """What was typed, the division by its code; what is none is left for the act to refuse in
        words."""
        said = super().facts()
        place = str(said.pop("place")).strip()
        return said | {"division": divisions.find(place) or place}


class SheetForm(LettersForm):
    """A sheet somebody filled in."""

    file = forms.FileField(label=_("表格（xlsx、xls、et、csv）"))


class ReasonForm(LettersForm):
    """Why something is withdrawn."""

    reason = forms.CharField(label=_("原因"), max_length=300)


class WithdrawForm(ReasonForm):
    """Why an office is written to no more, and which one took its place."""

    successor = forms.ChoiceField(label=_("继任单位"), required=False)

    def __init__(self, *args: Any, offices: Iterable[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["successor"])
        field.choices = [("", _("没有")), *((one.public_id, one.name) for one in offices)]


class ListForm(LettersForm):
    """A list of recipients: its key in the charter, and which offices stand on it."""

    key_word = forms.RegexField(
        r"^[a-z][a-z0-9_]{0,39}$", label=_("名单标识"), max_length=40,
        help_text=_("与实施方案中 list. 后面的词一致，如 ministries。"),
    )  # fmt: skip
    title = forms.CharField(label=_("名单名称"), max_length=120)
    kinds = forms.MultipleChoiceField(
        label=_("列入哪些类别"), choices=OfficeKind.choices, widget=forms.CheckboxSelectMultiple
    )
    provinces = forms.MultipleChoiceField(
        label=_("只列入这些省级区划"), required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("不选为全部；部委等没有区划的不受此限。"),
    )  # fmt: skip

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:
        super().__init__(*args, door=door, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["provinces"])
        field.choices = [(code, divisions.short(code, door.lang)) for code in divisions.PROVINCES]


class MailingForm(LettersForm):
    """A letter: to which list, what it says, how it goes."""

    recipients = forms.ChoiceField(label=_("主送"))
    title = forms.CharField(label=_("标题"), max_length=120)
    body = forms.CharField(
        label=_("正文"), max_length=6000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "一行一段；信首已有收件单位，不必再写。可以写：{收件单位} {称谓} {所在地} {文号} {日期}"
            " {课题} {标题} {报告网址} {编号}。"
        ),
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=_("寄送方式"), choices=Channel.choices,
        help_text=_("选电子邮件时，没有邮箱的单位自动改为邮寄。"),
    )  # fmt: skip
    series = forms.CharField(
        label=_("文种字"), required=False, max_length=12, initial="函",
        help_text=_("文号为 字头＋文种字〔年〕序号。"),
    )  # fmt: skip
    copies = forms.CharField(label=_("抄送"), required=False, max_length=300)
    signer = forms.CharField(label=_("签发人"), required=False, max_length=60)
    printer = forms.CharField(
        label=_("印发机关"), required=False, max_length=120, help_text=_("不写为发文单位。")
    )

    def __init__(self, *args: Any, lists: Iterable[RecipientList], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["recipients"])
        field.choices = [(one.public_id, one.label) for one in lists]


class PassageForm(LettersForm):
    """What happened to one piece."""

    kind = forms.ChoiceField(label=_("情况"))
    day = forms.DateField(label=_("日期"), required=False, widget=DAY)
    carrier = forms.CharField(label=_("承运"), required=False, max_length=40)
    tracking = forms.CharField(label=_("单号"), required=False, max_length=40)
    reason = forms.CharField(label=_("退回原因或说明"), required=False, max_length=300)
    file = forms.FileField(label=_("回执、签收单（扫描件）"), required=False)

    def __init__(self, *args: Any, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["kind"])
        field.choices = [(one, PassageKind(one).label) for one in kinds]


class ScanForm(LettersForm):
    """Many pieces at once: scanned or typed codes, one a line, or a sheet of tracking numbers."""

    kind = forms.ChoiceField(
        label=_("情况"),
        choices=[
            (one.value, one.label)
            for one in PassageKind
            if one not in (PassageKind.CORRECTED, PassageKind.ACKNOWLEDGED)
        ],
        initial=PassageKind.SENT,
    )
    day = forms.DateField(label=_("日期"), required=False, widget=DAY)
    carrier = forms.CharField(label=_("承运"), required=False, max_length=40)
    reason = forms.CharField(label=_("退回原因或说明"), required=False, max_length=300)
    codes = forms.CharField(
        label=_("条码号，一行一个"), required=False, max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "mono", "inputmode": "numeric"}),
        help_text=_("扫描枪逐个扫入即可；条码号后空一格可再写单号。"),
    )  # fmt: skip
    sheet = forms.FileField(
        label=_("或上传单号表（条码号、快递单号、承运、日期、退回原因）"), required=False
    )


class ContactForm(LettersForm):
    """Somebody was in touch with an office."""

    kind = forms.ChoiceField(label=_("联络方式"), choices=ContactKind.choices)
    on = forms.DateField(label=_("日期"), widget=DAY)
    post = forms.CharField(
        label=_("对方部门或职务"), required=False, max_length=80, help_text=_("不写个人姓名。")
    )
    outcome = forms.CharField(
        label=_("结果"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_step = forms.CharField(label=_("下一步"), required=False, max_length=200)
    next_on = forms.DateField(label=_("下一步日期"), required=False, widget=DAY)
    file = forms.FileField(label=_("附件"), required=False)
