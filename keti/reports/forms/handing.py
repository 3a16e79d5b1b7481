"""Handing in, returning, and the parts of a file that is handed in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keti.charter.rules.compiled import WorkSpec
from keti.groups.doors import RECORDING_BLAMES, ActForm, Door, KeepingForm, KeyForm
from keti.groups.models import Seat
from keti.reports.doors import AsksPoints
from keti.reports.forms.content import MOST_PAGES
from keti.reports.forms.laying import LaidFields
from keti.reports.rules import Answer, Content


class PointFields(ActForm):
    """The points a report was returned with, each to be ticked off or answered."""

    asked: Sequence[Mapping[str, Any]] = ()

    def add_points(self, asked: Sequence[Mapping[str, Any]]) -> None:
        """Two fields for each point: that it was done, and a word to it."""
        self.asked = asked
        for place in range(len(asked)):
            self.fields[f"pd{place}"] = forms.BooleanField(label=_("已改"), required=False)
            self.fields[f"pn{place}"] = forms.CharField(
                label=_("说明（没有改的须写明理由）"), required=False, max_length=500
            )

    def points(self) -> Iterator[dict[str, Any]]:
        """Each point with its fields."""
        for place, one in enumerate(self.asked):
            yield {"text": one["text"], "done": self[f"pd{place}"], "note": self[f"pn{place}"]}

    def answers(self) -> list[Answer]:
        """What is said to each, of a valid form."""
        facts = self.cleaned_data
        return [Answer(facts[f"pd{n}"], facts[f"pn{n}"]) for n in range(len(self.asked))]


class SubmitForm(PointFields):
    """Handing in: for oneself, on behalf, or as of an earlier moment with evidence."""


class ReturnForm(AsksPoints, KeyForm):
    """Why it is returned."""

    words = "reason"
    field_order = ("reason", "points")
    reason = forms.CharField(
        label=pgettext_lazy("report", "退回理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明要改什么，对方会原样收到。"),
        error_messages={"required": _("退回须写明理由，让对方知道改什么。")},
    )


class TakeBackForm(KeepingForm):
    """Why it is taken back."""

    reason = forms.CharField(
        label=_("为什么收回"), max_length=300, help_text=_("例如：传错了文件。接收方会看到。")
    )


class FileForm(LaidFields, PointFields):
    """A file, and the parts that the charter demands: found in it, pointed at, or written here."""

    file = forms.FileField(
        label=_("报告文件"),
        help_text=_("Word、WPS、PDF、照片或盖章扫描件都可以；原件一并保存。"),
        error_messages={"required": _("请选择要提交的文件。")},
    )
    use_required_attribute = False
    blames: ClassVar[dict[str, str]] = RECORDING_BLAMES | {"reports.file-needed": "file"}

    def __init__(
        self, *args: Any, door: Door, spec: WorkSpec, seats: list[Seat], **kwargs: Any
    ) -> None:
        super().__init__(*args, door=door, **kwargs)
        self.add_content(spec, seats, Content(), door.lang, tall=8)
        for place in range(len(spec.sections)):
            for name, label in (("from", _("起始页")), ("to", _("结束页"))):
                self.fields[f"{name}{place}"] = forms.IntegerField(
                    label=label,
                    required=False,
                    min_value=1,
                    max_value=MOST_PAGES,
                    widget=forms.NumberInput(attrs={"size": 4, "inputmode": "numeric"}),
                )
        self.add_laid(spec, door.lang)

    def parts(self) -> Iterator[dict[str, BoundField]]:
        """Each section with its text and its pages."""
        for place, bound in enumerate(self.sections()):
            yield {"text": bound, "first": self[f"from{place}"], "last": self[f"to{place}"]}

    def pages(self) -> dict[str, tuple[int, int]]:
        """Section key -> first and last page, where they were given; one given stands for both."""
        found = {}
        for place, one in enumerate(self.spec.sections):
            given = [self.cleaned_data.get(f"{name}{place}") for name in ("from", "to")]
            said = [int(page) for page in given if page]
            if said:
                found[one.key] = (said[0], said[-1])
        return found
