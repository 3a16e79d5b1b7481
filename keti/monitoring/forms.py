"""Forms of findings."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import ActForm, KeyForm
from keti.groups.models import Seat
from keti.monitoring.enums import Severity


class SeatForm(ActForm):
    """An act of one seat: recorded on behalf of nobody else."""

    recording = ("on_behalf_of", "happened_at", "evidence")

    def __init__(self, *args: Any, principal: Seat | None = None, **kwargs: Any) -> None:
        super().__init__(*args, owner=principal, **kwargs)
        known = None if principal is None else ("", principal.public_id)
        if len(self.only_for(known)) == 1:
            for name in self.recording:
                del self.fields[name]

    def main(self) -> list[forms.BoundField]:
        """The fields of the act itself."""
        return [one for one in self.visible_fields() if one.name not in self.recording]

    def recorded(self) -> list[forms.BoundField]:
        """The fields for recording on behalf or late."""
        return [one for one in self.visible_fields() if one.name in self.recording]


class RaiseForm(SeatForm):
    """What is wrong, and how grave it is."""

    about = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("标题"), max_length=120)
    text = forms.CharField(
        label=_("问题所在"),
        help_text=_("写明看到什么、在哪里、依据什么。"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )
    severity = forms.ChoiceField(
        label=_("轻重程度"),
        choices=Severity.choices,
        initial=Severity.ORDINARY,
        help_text=_("“须先整改”的意见未核销前，相关材料不能通过评审。"),
        widget=forms.RadioSelect,
    )


class AnswerForm(SeatForm):
    """What was corrected."""

    text = forms.CharField(
        label=_("答复"),
        help_text=_("写明如何整改、改在哪里；不需整改的，写明理由。"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
    )
    file = forms.FileField(label=_("整改材料"), required=False)


class AssignForm(KeyForm):
    """Who is to answer instead, and why."""

    seat = forms.ChoiceField(label=_("改由谁答复"))
    reason = forms.CharField(
        label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )

    def __init__(self, *args: Any, among: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["seat"]).choices = [("", ""), *among]


class ReasonForm(SeatForm):
    """Why it is closed, or returned."""

    reason = forms.CharField(
        label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
