"""Forms of an amendment: proposed with a reason, answered, withdrawn, brought into force."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import ActForm


class PaperForm(ActForm):
    """What is recorded for somebody else here stands on the signed paper: said beforehand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].help_text = _("代他人办理时必须附签字原件的扫描；本人办理不必附。")


class ProposeForm(PaperForm):
    """Why the charter is changed, and from when; `free`: at once, as nothing is published yet."""

    reason = forms.CharField(
        label=_("为什么调整"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写进办理记录，受影响的人会看到。"),
    )
    takes_effect_at = forms.DateTimeField(
        label=_("何时起生效"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("不填则在批准且提前通知期满后立即生效。"),
    )

    def __init__(self, *args: Any, free: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if free:
            del self.fields["takes_effect_at"]

    def clean_takes_effect_at(self) -> datetime | None:
        """What was typed is local time of the programme."""
        value: datetime | None = self.cleaned_data.get("takes_effect_at")
        return value.replace(tzinfo=self.door.programme.tz) if value else None


class AnswerForm(PaperForm):
    """Yes or no for one's role; a no says why."""

    reason = forms.CharField(
        label=_("意见"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不同意时必填。"),
    )
