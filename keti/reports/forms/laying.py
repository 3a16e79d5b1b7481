"""The parts that a Word file holds, as fields: its headings with where each belongs, and what
belongs to no part with where it goes."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from keti.charter.rules.compiled import WorkSpec
from keti.documents.rules.parts import MOST_APART, WITHIN
from keti.reports.doors import (
    APART,
    HEAD_FIELD,
    KEPT_OUT,
    MOST_HEADS,
    PLAN_KEY,
    looks_like_plan,
)
from keti.reports.forms.content import LONGEST, ContentFields
from keti.reports.rules import Content, Handed, joined


class LaidFields(ContentFields):
    """What a file carries besides the boxes of the sections. Mixed into the forms that take one."""

    laid = forms.CharField(required=False, widget=forms.HiddenInput)
    apart = 0
    heads: tuple[str, ...] = ()

    def add_laid(self, spec: WorkSpec, lang: str) -> None:
        """Add the fields that were sent of a file that was read."""
        self.apart = self._add_apart(spec, lang)
        self.heads = tuple(self._add_heads(spec, lang))

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

    def loose(self) -> Iterator[dict[str, BoundField]]:
        """Each piece that belongs to no section."""
        for number in range(self.apart):
            self.fields[f"r{number}-to"].required = True  # asked for, by `all_placed`
            yield {"words": self[f"r{number}-words"], "to": self[f"r{number}-to"]}

    def all_placed(self) -> bool:
        """Whether each piece was given a place; one that was not is asked about."""
        for number in range(self.apart):
            words = self.cleaned_data.get(f"r{number}-words", "")
            if words.strip() and not self.cleaned_data.get(f"r{number}-to"):
                self.add_error(f"r{number}-to", _("请选定这段文字放到哪里。"))
        return not self.errors

    def pages(self) -> dict[str, tuple[int, int]]:
        """Section key -> first and last page of the original, where a form asks for them."""
        return {}

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
