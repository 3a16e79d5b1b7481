"""The form of a step that asks for places of the charter (`rules.asked`)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from keti.charter.rules.findings import Path
from keti.planning.forms.steps import StepForm
from keti.planning.rules.asked import (
    COUNT,
    DAY,
    LINE,
    NUMBER,
    TEXT,
    TONGUES,
    Ask,
    Section,
    must_be_in,
    value,
)

Row = tuple[str, list[BoundField]]


class AskedForm(StepForm):
    """Every place of the sections as an input; `answers()` says what differs from the file."""

    def __init__(
        self, *args: Any, sections: list[Section], data_of: Any, lang: str, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.sections, self.data_of, self.lang = sections, data_of, lang
        for section in sections:
            for ask in section.asks:
                self._place(ask, ask.label.in_(lang))
            for title, asks in section.rows:
                for ask in asks:
                    label = _("{what}：{of}").format(what=title.in_(lang), of=ask.label.in_(lang))
                    self._place(ask, label)
                    self.fields[ask.name].widget.attrs["aria-label"] = label

    def _place(self, ask: Ask, label: str) -> None:
        box = _box(ask)
        box.label, box.required, box.initial = label, self._must(ask), value(self.data_of, ask)
        self.fields[ask.name] = box

    def _must(self, ask: Ask) -> bool:
        """Must this be filled in? Of a name in two languages one must."""
        if not ask.needed or ask.kind not in (LINE, TEXT):
            return ask.needed
        words = {
            tongue: value(self.data_of, Ask((*ask.path[:-1], tongue), ask.label))
            for tongue, _words in TONGUES
        }
        return ask.path[-1] == must_be_in(self.lang, words)

    def shown(self) -> Iterator[tuple[Section, list[BoundField], list[Row]]]:
        """Each section with its inputs, and its rows with theirs."""
        for section in self.sections:
            rows = [
                (title.in_(self.lang), [self[ask.name] for ask in asks])
                for title, asks in section.rows
            ]
            yield section, [self[ask.name] for ask in section.asks], rows

    def clean(self) -> dict[str, Any]:
        """The least number of anything is not above its greatest; a window ends after it opens."""
        facts: dict[str, Any] = super().clean() or {}
        for section in self.sections:
            for _title, asks in section.rows:
                if asks[0].kind != COUNT:
                    continue
                ends = [facts[ask.name] for ask in asks if facts.get(ask.name) is not None]
                if len(ends) == 2 and ends[0] > ends[1]:
                    self.add_error(asks[1].name, _("最多不能少于最少。"))
            days = [ask.name for ask in section.asks if ask.kind == DAY]
            given = [facts[name] for name in days if facts.get(name)]
            if len(given) == 2 and given[0] > given[1]:
                self.add_error(days[1], _("截止不能早于开始。"))
        return facts

    def answers(self) -> Mapping[Path, Any]:
        """Path -> what was typed, only where it differs."""
        found: dict[Path, Any] = {}
        for section in self.sections:
            for ask in section.every:
                new, old = self.cleaned_data.get(ask.name), value(self.data_of, ask)
                new = new.isoformat() if isinstance(new, date) else new
                new = new.replace("\r\n", "\n") if isinstance(new, str) else new
                if new != old and not (new in ("", None) and old in ("", None)):
                    found[ask.path] = new
        return found


def _box(ask: Ask) -> forms.Field:
    if ask.kind == TEXT:
        rows = 14 if "body" in ask.path else 3
        return forms.CharField(
            max_length=20000, widget=forms.Textarea(attrs={"rows": rows}), strip=False
        )
    if ask.kind == NUMBER:
        return forms.IntegerField(
            min_value=1, max_value=100_000, widget=forms.NumberInput(attrs={"class": "count"})
        )
    if ask.kind == COUNT:
        return forms.IntegerField(
            min_value=0, max_value=10_000, widget=forms.NumberInput(attrs={"class": "count"})
        )
    if ask.kind == DAY:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(widget=widget)
    return forms.CharField(max_length=300)
