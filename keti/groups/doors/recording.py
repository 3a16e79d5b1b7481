"""The form of an act that may be recorded for others (代录) or late (补录)."""

from collections.abc import Collection, Iterable
from datetime import datetime, timezone
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keti.charter.queries import compiled
from keti.groups.doors.entering import Door
from keti.groups.doors.filling import KeepingForm
from keti.groups.models import Seat, named
from keti.groups.queries import standing
from keti.kernel.drawing import Choices, FlatSelect

RECORDING_BLAMES = {
    "groups.late-recording-needs-evidence": "evidence",
    "groups.on-behalf-needs-paper": "evidence",
    "groups.on-behalf-not-allowed": "on_behalf_of",
    "groups.late-recording-not-allowed": "happened_at",
    "ledger.happened-in-the-future": "happened_at",
    "groups.claimed-too-early": "happened_at",
    "groups.only-the-secretariat-records-for-others": "on_behalf_of",
    "groups.no-seat": "on_behalf_of",
    "duties.not-yours": "on_behalf_of",
}


class ActForm(KeepingForm):
    """A form whose act may be recorded on behalf of a seat (代录), or late with evidence (补录).

    With the `owner` of what is done, who may record for that seat finds it chosen already.
    `for_others`: are there seats for which the acting one may record?
    """

    blames: ClassVar[dict[str, str]] = RECORDING_BLAMES

    on_behalf_of = forms.ChoiceField(label=_("代谁录入"), required=False, widget=FlatSelect)
    happened_at = forms.DateTimeField(
        label=_("实际办理时间"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    evidence = forms.FileField(label=_("凭据（扫描件、照片、截图）"), required=False)

    def __init__(self, *args: Any, door: Door, owner: Seat | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.door = door
        self.keeper, self.moment = door.person, door.now
        others = self._principals()
        self.for_others = bool(others)
        first = owner.public_id if owner is not None else ""
        field = cast(forms.ChoiceField, self.fields["on_behalf_of"])
        field.choices = others.led_by("", gettext("本人办理"), first)
        if not others:
            field.widget = forms.HiddenInput()
        if first and field.choices[0][0] == first:
            self.initial["on_behalf_of"] = first

    def only_for(self, wanted: Collection[str] | None) -> list[str]:
        """Offer to record for these seats alone, "" for oneself; for every one without. Returns the
        keys that are left to choose from."""
        field = cast(forms.ChoiceField, self.fields["on_behalf_of"])
        left = list(cast(Iterable[tuple[str, str]], field.choices))
        if wanted is not None:
            field.choices = left = [one for one in left if one[0] in wanted]
        return [key for key, _label in left]

    def _principals(self) -> Choices:
        seat = self.door.seat
        if not seat.can("manage") and seat.organisation_id is None:
            return Choices(())
        if not compiled(self.door.programme).late.allow_on_behalf:
            return Choices(())
        return self.door.unchanged(("groups.principals",), self._others, names=True)

    def _others(self) -> Choices:
        """The seats for which this one records: everybody's, or those of its own unit."""

        def standing_now(door: Door) -> QuerySet[Seat, tuple[str, ...]]:
            found = standing(door.programme, door.now).exclude(pk=door.seat.pk)
            mine = door.seat.can("manage")
            found = found if mine else found.filter(person__unit=door.seat.organisation_id)
            return found.names()

        lang = self.door.lang
        rows = self.door.read(("groups.principals",), standing_now)
        return Choices((key, f"{group.in_(lang)} {called.in_(lang)}")
                       for key, group, called in map(named, rows))  # fmt: skip

    def clean_happened_at(self) -> datetime | None:
        """What was typed is local time of the programme; a stated offset is kept as the moment."""
        value = cast("datetime | None", self.cleaned_data.get("happened_at"))
        if value is None or isinstance(value.tzinfo, timezone):
            return value
        return value.replace(tzinfo=None).replace(tzinfo=self.door.programme.tz)
