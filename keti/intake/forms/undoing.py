"""Forms by which the secretariat takes something back, corrects it, or hands it over."""

from datetime import date, datetime, tzinfo
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.accounts.actions import PersonFacts, enter_organisation
from keti.groups.actions import Place
from keti.groups.doors import RECORDING_BLAMES, ActForm, Door, KeepingForm, KeyForm
from keti.groups.models import Seat
from keti.intake.actions import enter
from keti.intake.forms.office import OnRecord
from keti.kernel.acts import Text
from keti.kernel.terms import end_of_day


class TakeBackForm(KeyForm):
    """Why a decision on an application is taken back."""

    reason = forms.CharField(
        label=_("撤销决定的理由"),
        help_text=_("决定的信已发出的，申报人会收到这一理由；尚未发出的，信一并收回。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReturnForm(KeyForm):
    """What of an application is to be completed."""

    reason = forms.CharField(
        label=_("须补正什么"),
        help_text=_("申报人会收到；所填内容存为草稿，补齐后重新提交。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    last_day = forms.DateField(
        label=_("可以补到哪一天"),
        help_text=_("收到当天 24:00 为止，可在报名截止之后；不填则到报名截止为止。"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ErratumForm(KeyForm):
    """What of a published call is corrected, and why."""

    text_zh = forms.CharField(
        label=_("更正内容（中文）"),
        help_text=_("写明原文何处、应为何文。"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    text_en = forms.CharField(
        label=_("更正内容（英文）"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    reason = forms.CharField(
        label=_("更正原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def text(self) -> Text:
        """The correction in both languages."""
        return Text(self.cleaned_data["text_zh"], self.cleaned_data["text_en"])


def end_of(day: date | None, zone: tzinfo) -> datetime | None:
    """The end of that day in the programme's zone."""
    return end_of_day(day, zone) if day else None


class PostponeForm(KeepingForm):
    """Until when applications are received, and why longer."""

    last_day = forms.DateField(
        label=_("报名最后一天"),
        help_text=_("收到当天 24:00 为止；只能比现在晚。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("延期原因"),
        help_text=_("登在公开页上，已开始填报的人会收到。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnnulForm(KeyForm):
    """Why an appointment was a mistake."""

    reason = forms.CharField(label=_("误在何处"), max_length=200)


class AheadForm(ActForm):
    """Confirming or founding; ahead of what comes first, with the reason."""

    ahead = forms.CharField(
        label=_("先行办理的理由"),
        help_text=_("尚有前项未办结时填写，例如名单已齐、报名期满前不再增补；理由记入办理记录。"),
        max_length=300,
        required=False,
    )
    blames: ClassVar[dict[str, str]] = RECORDING_BLAMES | {"intake.needs-first": "ahead"}


class ReplaceForm(OnRecord, ActForm):
    """Who takes a seat over, and why."""

    unit = forms.CharField(label=_("单位"), max_length=200, required=False)
    name = forms.CharField(label=_("接任者姓名"), max_length=80, required=False)
    mail = forms.EmailField(
        label=_("邮箱"), required=False, help_text=_("没有邮箱可不填，办事时用个人链接。")
    )
    honorific = forms.CharField(label=_("称谓"), max_length=60, required=False)
    reason = forms.CharField(label=_("换人原因"), max_length=200)
    field_order = ("unit", "name", "mail", "honorific", "reason", "happened_at", "evidence")
    blames: ClassVar[dict[str, str]] = RECORDING_BLAMES | {
        "groups.seat-needs-a-holder": "name",
        "intake.replaced-by-the-same": "name",
        "intake.replaced-before-it-began": "happened_at",
    }

    def __init__(self, *args: Any, door: Door, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, door=door, **kwargs)
        self.programme, self.seat = door.programme, seat
        del self.fields["on_behalf_of"]
        if seat.organisation_id is None:
            del self.fields["guest"]
        else:
            self.fields["unit"].required = True
            self.fields["unit"].label = _("接任单位")
            self.fields["name"].label = _("代表人")

    def place(self) -> Place:
        """Who takes over; people and units are entered here, inside the act's transaction."""
        given, demo = self.cleaned_data, self.programme.is_demo
        unit = enter_organisation(given["unit"], is_demo=demo) if given["unit"] else None
        by_unit = self.seat.organisation_id is not None
        guest = bool(given.get("guest"))
        facts = PersonFacts(
            given["name"],
            mail=given["mail"],
            unit=None if guest else unit,
            is_demo=demo,
            who=given["who"],
            correct=given["correct"],
            guest=by_unit,
        )
        person = enter(self.programme, facts) if given["name"] else None
        style = {"honorific": given["honorific"], "order": self.seat.order}
        where = (self.seat.group, self.seat.role)
        if by_unit:
            return Place(*where, organisation=unit, delegate=person, guest=guest, **style)
        return Place(*where, person=person, **style)
