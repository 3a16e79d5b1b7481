"""Handing in, returning, and the parts of a file that is handed in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keti.charter.rules.compiled import WorkSpec
from keti.documents.rules.parts import MOST_APART, WITHIN
from keti.groups.doors import RECORDING_BLAMES, ActForm, Door, KeepingForm, KeyForm
from keti.groups.models import Seat
from keti.reports.doors import (
    APART,
    HEAD_FIELD,
    KEPT_OUT,
    MOST_HEADS,
    PLAN_KEY,
    AsksPoints,
    looks_like_plan,
)
from keti.reports.forms.content import LONGEST, MOST_PAGES, ContentFields
from keti.reports.rules import Answer, Content, Handed, joined


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


class FileForm(ContentFields, PointFields):
    """A file, and the parts that the charter demands: found in it, pointed at, or written here."""

    file = forms.FileField(
        label=_("报告文件"),
        help_text=_("Word、WPS、PDF、照片或盖章扫描件都可以；原件一并保存。"),
        error_messages={"required": _("请选择要提交的文件。")},
    )
    laid = forms.CharField(required=False, widget=forms.HiddenInput)
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
        self.apart = self._add_apart(spec, door.lang)
        self.heads = self._add_heads(spec, door.lang)

    def _add_heads(self, spec: WorkSpec, lang: str) -> list[str]:
        """Each heading found in the file, and where it belongs."""
        sent = [key for key in self.data if HEAD_FIELD.fullmatch(key)][:MOST_HEADS]
        parts: list[tuple[str, Any]] = [(one.key, one.title.in_(lang)) for one in spec.sections]
        parts += [(PLAN_KEY, _("下月计划"))] if spec.plan else []
        for name in sent:
            self.fields[name] = forms.ChoiceField(
                label=_("归入"),
                required=False,
                choices=[(APART, _("不属于任何部分")), (WITHIN, _("接在上一标题之下")), *parts],
            )
        return sent

    def _add_apart(self, spec: WorkSpec, lang: str) -> int:
        """What the file says under no section's title: its words, and where they go."""
        sent = [key for key in self.data if key.startswith("r") and key.endswith("-words")]
        places = [(one.key, one.title.in_(lang)) for one in spec.sections]
        first = [
            (f"^{key}", format_lazy(_("“{title}”的开头"), title=title)) for key, title in places[:1]
        ]
        for number in range(min(len(sent), MOST_APART)):
            plan = looks_like_plan(self.data.get(f"r{number}-words", ""))
            self.fields[f"r{number}-words"] = forms.CharField(
                label=_("文字"),
                required=False,
                strip=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.fields[f"r{number}-to"] = forms.ChoiceField(
                label=_("放到"),
                required=False,
                choices=[
                    ("", _("请选择")),
                    (KEPT_OUT, _("不放入，只留在原件里")),
                    *first,
                    *places,
                ],
                help_text=_("像是计划，请填入下面的计划。") if spec.plan and plan else "",
            )
        return min(len(sent), MOST_APART)

    def upload(self) -> UploadedFile | None:
        """The file, where one was sent, or waits from an earlier try, and is taken."""
        if not self.is_bound or "file" in self.errors:
            return None
        found: UploadedFile | None = self.cleaned_data.get("file")
        return found

    def parts(self) -> Iterator[dict[str, BoundField]]:
        """Each section with its text and its pages."""
        for place, bound in enumerate(self.sections()):
            yield {"text": bound, "first": self[f"from{place}"], "last": self[f"to{place}"]}

    def loose(self) -> Iterator[dict[str, BoundField]]:
        """Each piece that belongs to no section."""
        for number in range(self.apart):
            yield {"words": self[f"r{number}-words"], "to": self[f"r{number}-to"]}

    def all_placed(self) -> bool:
        """Whether each piece was given a place; one that was not is asked about."""
        for number in range(self.apart):
            words = self.cleaned_data.get(f"r{number}-words", "")
            if words.strip() and not self.cleaned_data.get(f"r{number}-to"):
                self.add_error(f"r{number}-to", _("请选定这段文字放到哪里。"))
        return not self.errors

    def pages(self) -> dict[str, tuple[int, int]]:
        """Section key -> first and last page, where they were given; one given stands for both."""
        found = {}
        for place, one in enumerate(self.spec.sections):
            given = [self.cleaned_data.get(f"{name}{place}") for name in ("from", "to")]
            said = [int(page) for page in given if page]
            if said:
                found[one.key] = (said[0], said[-1])
        return found

    def handed(self) -> Handed:
        """What was typed and placed, of a valid form."""
        typed = self.content()
        texts = dict(typed.sections)
        for number in range(self.apart):
            words = self.cleaned_data.get(f"r{number}-words", "").strip("\r\n")
            key = self.cleaned_data.get(f"r{number}-to", "")
            if key and key != KEPT_OUT and words.strip():
                before = key.startswith("^")
                texts[key.strip("^")] = joined(texts[key.strip("^")], words, before=before)
        return Handed(Content(texts, typed.plan), self.pages())
