"""Forms of meetings: when, where, with whom; and what every form of this room shares."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import ActForm
from keti.groups.models import Seat
from keti.kernel.drawing import Choices, FlatBoxes
from keti.kernel.refusals import Refused
from keti.meetings.actions import Beside
from keti.meetings.enums import MODE_WORDS
from keti.meetings.rules import GuestFacts, guests

StrOrPromise = Any
LOCAL = "%Y-%m-%dT%H:%M"


def local_field(
    label: StrOrPromise, *, required: bool = True, help_text: StrOrPromise = ""
) -> forms.DateTimeField:
    """A moment typed in the programme's local time."""
    return forms.DateTimeField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
    )


class RoomForm(ActForm):
    """A form of this room: fields for 代录 and 补录 only for whom they are of use."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.door.seat.can("manage") and self.door.seat.organisation_id is None:
            for name in ("on_behalf_of", "happened_at", "evidence"):
                del self.fields[name]

    def instant(self, name: str) -> datetime:
        """The typed local moment as an instant."""
        typed = cast(datetime, self.cleaned_data[name])
        return typed.replace(tzinfo=None).replace(tzinfo=self.door.programme.tz)


@dataclass(frozen=True, slots=True)
class Others:
    """Whom a meeting may invite beside its own: the groups and seats as a form offers them, and
    how the seats are read once somebody is chosen."""

    groups: Choices
    seats: Choices
    read: Callable[[], Sequence[Seat]]

    @classmethod
    def of(cls, seats: Sequence[Seat], lang: str) -> "Others":
        """Of seats that are read already."""
        return cls(*choices_of(seats, lang), lambda: seats)


def choices_of(seats: Sequence[Seat], lang: str) -> tuple[Choices, Choices]:
    """The groups of these seats, each once, and the seats, each with its group."""
    groups = {one.group.public_id: one.group.title.in_(lang) for one in seats}
    called = (
        (one.public_id, f"{groups[one.group.public_id]} {one.called.in_(lang)}") for one in seats
    )
    return Choices(groups.items()), Choices(called)


class BesideForm(RoomForm):
    """Who is invited beside those whose meeting it is: groups, seats, guests from outside."""

    BESIDE = ("groups", "seats", "guests")

    groups = forms.MultipleChoiceField(label=_("还请哪些组"), required=False, widget=FlatBoxes)
    seats = forms.MultipleChoiceField(
        label=_("还请哪些职务"),
        required=False,
        widget=FlatBoxes,
        help_text=_("受邀职务看得到本次会议和它的纪要。"),
    )
    guests = forms.CharField(
        label=_("来宾"),
        required=False,
        help_text=_(
            "没有账号的人，一行一位：姓名（可带单位）和邮箱。来宾收到邀请、改期和取消的信，不收纪要。"
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, others: Others, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = others
        self._offer("groups", others.groups)
        self._offer("seats", others.seats)

    def _offer(self, name: str, choices: Choices) -> None:
        if choices:
            cast(forms.MultipleChoiceField, self.fields[name]).choices = choices
        else:
            del self.fields[name]

    def clean_guests(self) -> list[GuestFacts]:
        """The guests as typed, each with a name and an address."""
        try:
            return guests(str(self.cleaned_data["guests"]))
        except Refused as refused:
            raise forms.ValidationError(refused.sentence(self.door.lang)) from None

    def beside(self) -> Beside:
        """Who is chosen: of a group all seats but external ones, and each seat that is ticked."""
        facts = self.cleaned_data
        whole, single = facts.get("groups") or (), facts.get("seats") or ()
        every = self.others.read() if whole or single else ()
        chosen = [
            one
            for one in every
            if one.public_id in single or (one.group.public_id in whole and not one.role.external)
        ]
        return Beside(chosen, facts["guests"])

    def beside_fields(self) -> list[BoundField]:
        """The fields of this form that are there."""
        return [self[name] for name in self.BESIDE if name in self.fields]

    def first_fields(self) -> list[BoundField]:
        """The other fields, in their order."""
        return [one for one in self.visible_fields() if one.name not in self.BESIDE]

    def widened(self) -> bool:
        """Whether anything stands in the fields of this form: they are shown open then."""
        return any(one.errors or one.value() for one in self.beside_fields())


class PlanForm(BesideForm):
    """When, where, how, about what, with whom beside."""

    title = forms.CharField(label=_("会议名称"), max_length=200)
    starts_at = local_field(_("开始时间"), help_text=_("当地时间。"))
    mode = forms.ChoiceField(label=_("方式"))
    place = forms.CharField(
        label=_("地点或会议链接"), max_length=300, required=False, help_text=_("未定可先不填。")
    )
    agenda = forms.CharField(
        label=_("议程"),
        required=False,
        help_text=_("每行一项；已按未办结的事项预填，可增删。"),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    field_order = ("title", "starts_at", "mode", "place", "agenda", *BesideForm.BESIDE)

    def __init__(self, *args: Any, named: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["mode"]).choices = [
            (key, word.in_(self.door.lang)) for key, word in MODE_WORDS.items()
        ]
        if named:
            del self.fields["title"]

    def lines(self) -> list[str]:
        """The agenda as typed."""
        return str(self.cleaned_data["agenda"]).splitlines()


class MoveForm(RoomForm):
    """A new time, a new place, and why."""

    starts_at = local_field(_("改到"), help_text=_("当地时间。"))
    place = forms.CharField(label=_("地点或会议链接"), max_length=300, required=False)
    reason = forms.CharField(label=_("说明"), max_length=300, required=False)
    field_order = ("starts_at", "place", "reason")


class WhyForm(RoomForm):
    """Calling a meeting off."""

    reason = forms.CharField(
        label=_("取消理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("reason",)
