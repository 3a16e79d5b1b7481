"""What is typed into a report, its answers, and the three lines beside a file."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keti.charter.rules.compiled import WorkSpec
from keti.groups.doors import ActForm, DatedForm, Door, KeyForm
from keti.groups.models import Seat
from keti.reports.rules import Content, PlanItem

SPARE_ROWS = 3
LONGEST = 60_000


class DraftForm(DatedForm):
    """The whole draft: one text for each section the charter declares, and the plan's rows."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        spec: WorkSpec,
        seats: list[Seat],
        content: Content,
        lang: str,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.spec = spec
        for place, one in enumerate(spec.sections):
            self.fields[f"s{place}"] = forms.CharField(
                label=one.title.in_(lang),
                help_text=one.hint.in_(lang),
                required=False,
                strip=False,
                max_length=LONGEST,
                initial=content.sections.get(one.key, ""),
                widget=forms.Textarea(attrs={"rows": 10}),
            )
        self.rows = self._rows(len(content.plan)) if spec.plan else 0
        choices = [("", "—"), *((seat.public_id, seat.called.in_(lang)) for seat in seats)]
        for row in range(self.rows):
            item = content.plan[row] if row < len(content.plan) else PlanItem("")
            self._add_row(row, item, choices)

    def _rows(self, stored: int) -> int:
        """As many rows as were sent, or those stored and some to spare."""
        if not self.is_bound:
            return stored + SPARE_ROWS
        sent = [key for key in self.data if key.startswith("p") and key.endswith("-title")]
        return min(len(sent), 60)

    def _add_row(self, row: int, item: PlanItem, choices: list[tuple[str, str]]) -> None:
        known = {key for key, _label in choices}
        self.fields[f"p{row}-title"] = forms.CharField(
            label=pgettext_lazy("report", "事项"),
            required=False,
            max_length=200,
            initial=item.title,
            widget=forms.TextInput(attrs={"size": 22}),
        )
        self.fields[f"p{row}-who"] = forms.ChoiceField(
            label=pgettext_lazy("report", "承担人"),
            required=False,
            choices=choices,
            initial=item.assignee_seat_id if item.assignee_seat_id in known else "",
        )
        self.fields[f"p{row}-due"] = forms.DateField(
            label=_("完成日期"),
            required=False,
            initial=item.due,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )

    def sections(self) -> list[BoundField]:
        """The sections as shown. A draft may be saved without them; what handing in asks for is
        shown as asked for."""
        for place, one in enumerate(self.spec.sections):
            self.fields[f"s{place}"].required = one.required
        return [self[f"s{place}"] for place in range(len(self.spec.sections))]

    def plan(self) -> Iterator[dict[str, BoundField]]:
        """The plan's rows, each with its three fields."""
        for row in range(self.rows):
            yield {name: self[f"p{row}-{name}"] for name in ("title", "who", "due")}

    def content(self) -> Content:
        """What was typed, of a valid form."""
        facts = self.cleaned_data
        texts = {
            one.key: facts.get(f"s{place}", "") for place, one in enumerate(self.spec.sections)
        }
        plan = [
            PlanItem(facts[f"p{row}-title"], facts[f"p{row}-who"], facts[f"p{row}-due"])
            for row in range(self.rows)
        ]
        return Content(texts, plan)


class SubmitForm(ActForm):
    """Handing in: for oneself, on behalf, or as of an earlier moment with evidence."""


class ReturnForm(KeyForm):
    """Why it is returned."""

    reason = forms.CharField(
        label=pgettext_lazy("report", "退回理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明要改什么，对方会原样收到。"),
        error_messages={"required": _("退回须写明理由，让对方知道改什么。")},
    )


class FileForm(ActForm):
    """A file with three lines of summary."""

    file = forms.FileField(
        label=_("报告文件"),
        help_text=_("Word、WPS、PDF、照片或盖章扫描件都可以。"),
        error_messages={"required": _("请选择要提交的文件。")},
    )

    def __init__(self, *args: Any, door: Door, spec: WorkSpec, **kwargs: Any) -> None:
        super().__init__(*args, door=door, **kwargs)
        names = (
            (_("成果"), _("问题与措施"), _("下月计划"))
            if spec.plan
            else (_("摘要第一行"), _("摘要第二行"), _("摘要第三行"))
        )
        for place, label in enumerate(names, start=1):
            self.fields[f"line{place}"] = forms.CharField(
                label=label,
                required=spec.plan or place == 1,
                max_length=500,
                help_text=_("没有的写“无”。") if spec.plan else "",
                error_messages={"required": _("请写一行摘要；没有的写“无”。")},
            )
        order = ["file", "line1", "line2", "line3", "on_behalf_of", "happened_at", "evidence"]
        self.order_fields(order)

    def lines(self) -> list[str]:
        return [self.cleaned_data.get(f"line{place}", "") for place in (1, 2, 3)]
