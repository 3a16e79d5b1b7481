"""What is typed into a report: its sections, with their documents, and the plan."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keti.charter.rules.compiled import WorkSpec
from keti.documents.doors.writing import doc_field, lines_only_in_editor, without_its_document
from keti.groups.doors import DatedForm
from keti.groups.models import Seat
from keti.reports.rules import PLAN_MARK, Content, PlanItem, marks_of

SPARE_ROWS = 3
MOST_ROWS = 60
MOST_PAGES = 9999
LONGEST = 60_000
LONGEST_MARK = 50_000


class ContentFields(DatedForm):
    """What a report holds, as fields: one text for each section the charter declares, and the
    plan's rows. Mixed into the forms that ask for it."""

    spec: WorkSpec
    rows = 0

    def add_content(
        self, spec: WorkSpec, seats: list[Seat], content: Content, lang: str, *, tall: int = 10
    ) -> None:
        """Add the fields, filled with what is typed already."""
        self.spec = spec
        for place, one in enumerate(spec.sections):
            self.fields[f"s{place}"] = forms.CharField(
                label=one.title.in_(lang),
                help_text=one.hint.in_(lang),
                required=False,
                strip=False,
                max_length=LONGEST,
                initial=content.sections.get(one.key, ""),
                widget=forms.Textarea(attrs={"rows": tall}),
            )
        self.rows = self._rows(len(content.plan)) if spec.plan else 0
        choices = [("", "—"), *((seat.public_id, seat.called.in_(lang)) for seat in seats)]
        for row in range(self.rows):
            item = content.plan[row] if row < len(content.plan) else PlanItem("")
            self._add_row(row, item, choices)

    def _rows(self, stored: int) -> int:
        """As many rows as were sent, or those stored and some to spare."""
        sent = [key for key in self.data if key.startswith("p") and key.endswith("-title")]
        return min(len(sent), MOST_ROWS) or stored + SPARE_ROWS

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


class DraftForm(ContentFields):
    """The whole draft. Beside the words of each section stands its document (`doc/1`), where it
    holds more than lines: written by the editor, sent back as it came where there is none."""

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
        self.add_content(spec, seats, content, lang)
        self.drafted, self.lang = content, lang
        marks = marks_of(content, [one.key for one in spec.sections])
        for place, one in enumerate(spec.sections):
            self._add_doc(place, content.docs.get(one.key, ""))
            self._add_mark(f"h{place}", marks[f"s.{one.key}"])
        self._add_mark("hp", marks[PLAN_MARK])

    def _add_mark(self, name: str, mark: str) -> None:
        """What the page showed of a section when it was opened, or saved last."""
        self.fields[name] = forms.CharField(
            required=False, max_length=LONGEST_MARK, initial=mark, widget=forms.HiddenInput
        )

    def known(self) -> dict[str, str]:
        """What the page showed of each section and of the plan, of a valid form; nothing where it
        does not say so of each."""
        names = {f"h{place}": f"s.{one.key}" for place, one in enumerate(self.spec.sections)}
        found = {
            said: self.cleaned_data[name] for name, said in (names | {"hp": PLAN_MARK}).items()
        }
        return found if all(found.values()) else {}

    def _add_doc(self, place: int, doc: str) -> None:
        """The document beside a section."""
        self.fields[f"d{place}"] = doc_field(f"s{place}", doc)
        if doc or self.data.get(f"d{place}"):
            lines_only_in_editor(self.fields[f"s{place}"])

    def written(self) -> Iterator[dict[str, BoundField]]:
        """Each section as shown, with its document."""
        for place, bound in enumerate(self.sections()):
            yield {"words": bound, "doc": self[f"d{place}"], "mark": self[f"h{place}"]}

    def clean(self) -> dict[str, Any] | None:
        """Words that came without the document beside them take nothing away from it: refused,
        where they would."""
        facts = super().clean()
        for place, one in enumerate(self.spec.sections):
            if f"d{place}" in self.data or one.key not in self.drafted.docs:
                continue
            doc = self.drafted.docs[one.key]
            self.cleaned_data[f"d{place}"] = doc
            held = self.drafted.sections[one.key], doc
            typed = self.cleaned_data.get(f"s{place}", "")
            if why := without_its_document(self.data, f"d{place}", held, typed, self.lang):
                self.add_error(f"s{place}", why)
        return facts

    def content(self) -> Content:
        """What was typed, of a valid form."""
        typed = super().content()
        docs = {
            one.key: self.cleaned_data.get(f"d{place}", "")
            for place, one in enumerate(self.spec.sections)
        }
        return replace(typed, docs={key: doc for key, doc in docs.items() if doc})
