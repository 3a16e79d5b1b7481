"""Forms of task books and tasks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import ActForm, Door, KeyForm
from keti.groups.models import Seat
from keti.kernel.acts import Text
from keti.kernel.drawing import Choices, FlatSelect
from keti.work.rules import BookContent

LOCAL = "%Y-%m-%dT%H:%M"


class ContentForm(ActForm):
    """What a task book says: title, one field per section, one target per line."""

    def __init__(self, *args: Any, sections: Sequence[tuple[str, Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections
        self.fields["title"] = forms.CharField(label=_("题目"), max_length=200)
        for key, title in sections:
            self.fields[f"s_{key}"] = forms.CharField(
                label=title.in_(self.door.lang), widget=forms.Textarea(attrs={"rows": 5})
            )
        self.fields["targets"] = forms.CharField(
            label=_("考核指标"),
            help_text=_("每行一项，写明交什么、什么时候交。"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 6}),
        )
        tail = ["on_behalf_of", "happened_at", "evidence"]
        self.order_fields([name for name in self.fields if name not in tail] + tail)
        if not self.door.seat.can("manage") and self.door.seat.organisation_id is None:
            for name in tail:
                del self.fields[name]

    def content(self) -> BookContent:
        """The content as typed."""
        typed = self.cleaned_data
        return BookContent(
            title=str(typed["title"]),
            texts={key: str(typed[f"s_{key}"]) for key, _title in self.sections},
            targets=str(typed["targets"]).splitlines(),
        )


def initial_of(kept: dict[str, Any]) -> dict[str, str]:
    """The form's starting values from a kept content."""
    return {
        "title": kept["title"],
        "targets": "\n".join(kept["targets"]),
        **{f"s_{one['key']}": one["text"] for one in kept["sections"]},
    }


class ReviseForm(ContentForm):
    """The next version of a task book, and why."""

    why = forms.CharField(
        label=_("修订理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class ForMemberForm(ActForm):
    """An answer of one member: for oneself, or recorded for the member."""

    needs_paper = False

    def __init__(self, *args: Any, principal: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = principal.pk == self.door.seat.pk
        field = cast(forms.ChoiceField, self.fields["on_behalf_of"])
        if own:
            for name in ("on_behalf_of", "happened_at", "evidence"):
                del self.fields[name]
        else:
            field.choices = [(principal.public_id, principal.called.in_(self.door.lang))]
            field.required = True
        if not own and self.needs_paper:
            self.fields["evidence"].label = str(_("签字盖章的原件扫描"))
            self.fields["evidence"].required = True
            self.fields["happened_at"].label = str(_("签字时间"))


class AcceptForm(ForMemberForm):
    """Accepting a task book; for somebody else only with the signed paper."""

    needs_paper = True


class ReasonForm(ForMemberForm):
    """Declining, with the reason."""

    reason = forms.CharField(
        label=_("退回理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("reason", "on_behalf_of", "happened_at", "evidence")


class DeclineBookForm(ReasonForm):
    """Declining a task book; for somebody else only with the signed paper."""

    needs_paper = True


class FinishForm(ForMemberForm):
    """A task finished: one sentence, a file where there is one."""

    note = forms.CharField(
        label=_("完成情况"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    file = forms.FileField(label=_("成果文件"), required=False)
    field_order = ("note", "file", "on_behalf_of", "happened_at", "evidence")


class UndoForm(KeyForm):
    """Why an answer was a mistake."""

    reason = forms.CharField(
        label=_("撤销理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class AssignForm(ActForm):
    """A new task for one seat."""

    title = forms.CharField(label=_("任务内容"), max_length=200)
    seat = forms.ChoiceField(label=_("由谁办理"), widget=FlatSelect)
    due_at = forms.DateTimeField(
        label=_("完成期限"),
        help_text=_("当地时间；到当天结束请填次日 00:00。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
    )
    field_order = ("title", "seat", "due_at")

    def __init__(self, *args: Any, seats: Choices, door: Door, **kwargs: Any) -> None:
        super().__init__(*args, door=door, **kwargs)
        cast(forms.ChoiceField, self.fields["seat"]).choices = seats
        for name in ("on_behalf_of", "happened_at", "evidence"):
            del self.fields[name]

    def due(self) -> datetime:
        """The due instant; what was typed is local time of the programme."""
        typed = cast(datetime, self.cleaned_data["due_at"])
        return typed.replace(tzinfo=None).replace(tzinfo=self.door.programme.tz)
