"""Forms of minutes: what was said and settled, the Word file they were written in, corrections."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from keti.accounts.models import Person
from keti.documents.doors.writing import doc_field, lines_only_in_editor, without_its_document
from keti.groups.doors import Door, KeyForm, WordFile
from keti.groups.models import Seat
from keti.kernel.drawing import FlatSelect
from keti.kernel.refusals import both
from keti.meetings.enums import ATTENDANCE_WORDS
from keti.meetings.forms.planning import LOCAL, RoomForm, local_field
from keti.meetings.models import Meeting
from keti.meetings.queries import agreed, attendance, guests_of, resolutions
from keti.meetings.rules import ItemFacts, MinutesFacts

SPARE_ROWS = 3
MOST_ROWS = 40
BARE = {"class": "input"}


class WordForm(WordFile):
    """A file in which the minutes were written: read into them, and kept as it came."""

    file = forms.FileField(
        label=_("用 Word 写好的纪要"),
        required=False,
        help_text=_(
            "可不交。选好后按“读入文件”，文字、表格和图片进入下面的“会议情况”，原件一并保存。"
        ),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, keeper: Person, moment: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keeper, self.moment = keeper, moment

    def seen(self) -> "WordForm":
        """The same form, its file named as the one whose words stand in the boxes."""
        return WordForm(self.as_seen(), self.files, keeper=self.keeper, moment=self.moment)


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
        self.held = meeting.minutes, meeting.minutes_doc or ""
        self.fields["doc"] = doc_field("body")
        if self["doc"].value():
            lines_only_in_editor(self.fields["body"])
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
        sent = sum(1 for name in self.data or self.initial if name.startswith("what_"))
        if self.is_bound:
            return min(sent, MOST_ROWS)
        return min(max(sent, len(agreed(meeting)) + SPARE_ROWS), MOST_ROWS)

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
        """An action item has a text, an owner and a due instant, or nothing at all. Words that came
        without the document beside them take nothing away from it."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if "doc" not in self.data:
            typed = facts.get("body", "")
            if why := without_its_document(self.data, "doc", self.held, typed, self.door.lang):
                self.add_error("body", why)
            facts["doc"] = self.held[1]
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
            doc=str(facts["doc"]),
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
        "doc": meeting.minutes_doc or "",
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
