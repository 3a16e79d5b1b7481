"""Forms of meetings and minutes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import ActForm, Door, KeyForm
from keti.groups.models import Seat
from keti.kernel.drawing import Choices, FlatBoxes, FlatSelect
from keti.kernel.refusals import Refused, both
from keti.meetings.actions import Beside
from keti.meetings.enums import ATTENDANCE_WORDS, MODE_WORDS
from keti.meetings.models import Meeting
from keti.meetings.queries import agreed, attendance, guests_of, resolutions
from keti.meetings.rules import GuestFacts, ItemFacts, MinutesFacts, guests

StrOrPromise = Any
LOCAL = "%Y-%m-%dT%H:%M"
SPARE_ROWS = 3
MOST_ROWS = 40
BARE = {"class": "input"}


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


class MinutesForm(RoomForm):
    """Minutes: attendance of each seat, the text, resolutions, action items row by row."""

    body = forms.CharField(
        label=_("会议情况"),
        help_text=_("照常分行书写；“一、”“（一）”“1.”等编号照原样保留。"),
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    resolutions = forms.CharField(
        label=_("议定事项"),
        required=False,
        help_text=_("每行一项。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, *args: Any, meeting: Meeting, seats: Sequence[Seat], door: Door, **kwargs: Any
    ) -> None:
        super().__init__(*args, door=door, **kwargs)
        self.seats = {seat.public_id: seat for seat in seats}
        self.guests = guests_of(meeting)
        self.rows = self._row_count(meeting)
        words = {key: word.in_(door.lang) for key, word in ATTENDANCE_WORDS.items()}
        kinds = [("", _("请选择")), *words.items()]
        for seat in seats:
            self.fields[f"who_{seat.public_id}"] = forms.ChoiceField(
                label=seat.called.in_(door.lang), choices=kinds, widget=FlatSelect(attrs=BARE)
            )
        for guest in self.guests:
            self.fields[f"guest_{guest.public_id}"] = forms.ChoiceField(
                label=both("meetings.as-guest", name=guest.name).in_(door.lang),
                choices=kinds,
                widget=FlatSelect(attrs=BARE),
            )
        owners = [("", "—"), *[(seat.public_id, seat.called.in_(door.lang)) for seat in seats]]
        for number in range(self.rows):
            self._add_row(number, owners)

    def _add_row(self, number: int, owners: list[tuple[str, str]]) -> None:
        self.fields[f"what_{number}"] = forms.CharField(
            label=str(_("内容")),
            max_length=200,
            required=False,
            widget=forms.TextInput(attrs=BARE),
        )
        self.fields[f"owner_{number}"] = forms.ChoiceField(
            label=str(_("责任人")),
            choices=owners,
            required=False,
            widget=FlatSelect(attrs=BARE),
        )
        due = local_field(_("期限"), required=False)
        due.widget.attrs.update(BARE)
        self.fields[f"due_{number}"] = due

    def _row_count(self, meeting: Meeting) -> int:
        if self.is_bound:
            sent = sum(1 for name in self.data if name.startswith("what_"))
            return min(sent, MOST_ROWS)
        return len(agreed(meeting)) + SPARE_ROWS

    def attendance_fields(self) -> list[BoundField]:
        """One choice per seat, in protocol order, and per guest."""
        asked = [self[f"who_{key}"] for key in self.seats]
        return asked + [self[f"guest_{one.public_id}"] for one in self.guests]

    def item_rows(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        """The rows of action items."""
        return [(self[f"what_{n}"], self[f"owner_{n}"], self[f"due_{n}"]) for n in range(self.rows)]

    def recording_fields(self) -> list[BoundField]:
        """The fields of 代录 and 补录, where the form has them."""
        return [
            self[one] for one in ("on_behalf_of", "happened_at", "evidence") if one in self.fields
        ]

    def clean(self) -> dict[str, Any]:
        """An action item has a text, an owner and a due instant, or nothing at all."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(self.rows):
            parts = [facts.get(f"{part}_{number}") for part in ("what", "owner", "due")]
            if any(parts) and not all(parts):
                self.add_error(
                    f"what_{number}", str(_("请写全：内容、责任人、期限；不用的行全部留空。"))
                )
        return facts

    def printed_parts(self) -> list[tuple[str, str]]:
        """Every text as it stands in the form, sent or not, under its label."""
        rows = "\n".join(str(what.value() or "") for what, _owner, _due in self.item_rows())
        texts = [(one, str(self[one].value() or "")) for one in ("body", "resolutions")]
        named = [(str(self[name].label), text) for name, text in texts]
        return [*named, (str(_("待办事项")), rows)]

    def minutes(self) -> MinutesFacts[Seat]:
        """The minutes as typed."""
        facts = self.cleaned_data
        return MinutesFacts(
            body=str(facts["body"]),
            attendance={seat: str(facts[f"who_{key}"]) for key, seat in self.seats.items()},
            guests={one.public_id: str(facts[f"guest_{one.public_id}"]) for one in self.guests},
            resolutions=str(facts["resolutions"]).splitlines(),
            action_items=[
                ItemFacts(
                    str(facts[f"what_{n}"]),
                    self.seats[str(facts[f"owner_{n}"])],
                    self.instant(f"due_{n}"),
                )
                for n in range(self.rows)
                if facts.get(f"what_{n}")
            ],
        )


def initial_minutes(meeting: Meeting) -> dict[str, Any]:
    """The form's starting values: what was recorded. Who came is for the writer to say."""
    values: dict[str, Any] = {
        "body": meeting.minutes,
        "resolutions": "\n".join(one.text for one in resolutions(meeting)),
    }
    for row in attendance(meeting):
        said = row.kind if meeting.minutes else ""
        values[f"who_{row.seat.public_id}"] = said
    for guest in guests_of(meeting):
        values[f"guest_{guest.public_id}"] = guest.kind if meeting.minutes else ""
    for number, item in enumerate(agreed(meeting)):
        values[f"what_{number}"] = item.title
        values[f"owner_{number}"] = item.seat.public_id
        values[f"due_{number}"] = meeting.programme.local(item.due_at).strftime(LOCAL)
    return values


class AttendanceForm(KeyForm):
    """How a seat really attended, and what says so."""

    seat = forms.ChoiceField(label=_("更正谁的"), widget=FlatSelect)
    kind = forms.ChoiceField(label=_("实际情况"))
    reason = forms.CharField(
        label=_("更正依据"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, meeting: Meeting, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = attendance(meeting)
        cast(forms.ChoiceField, self.fields["seat"]).choices = [
            (
                row.seat.public_id,
                f"{row.seat.called.in_(lang)} · {ATTENDANCE_WORDS[row.kind].in_(lang)}",
            )
            for row in rows
        ]
        cast(forms.ChoiceField, self.fields["kind"]).choices = [
            (kind, word.in_(lang)) for kind, word in ATTENDANCE_WORDS.items() if kind != "invited"
        ]
