"""The assumptions of a rehearsal as a form: one number each, and whether to use the record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.charter.rules import Compiled
from keti.charter.rules.rehearsal import TITLES, Assumptions, as_numbers, limits
from keti.kernel.lines import LineForm
from keti.planning.rules.said import said

HOURS = "hours."


class RehearsalForm(LineForm):
    """Every assumption the charter has a use for; what is left empty stays as it is assumed."""

    recorded = forms.BooleanField(label=_("用已有的实际办理时长代替假设"), required=False)

    def __init__(self, data: Any, charter: Compiled, lang: str) -> None:
        super().__init__(data)
        used = {work.form for work in charter.works} | {"decision"}
        for name, value in as_numbers(Assumptions()).items():
            plain, _dot, form = name.partition(".")
            if form and form not in used:
                continue
            least, most = limits(name)
            self.fields[name] = forms.FloatField(
                label=said(form, lang) if form else TITLES[plain].in_(lang),
                min_value=least,
                max_value=most,
                required=False,
                widget=forms.NumberInput(attrs={"step": "any", "placeholder": f"{value:g}"}),
            )

    @property
    def answers(self) -> dict[str, float]:
        """The numbers that were given."""
        rest = {**self.cleaned_data}
        rest.pop("recorded")
        return {name: value for name, value in rest.items() if value is not None}

    def plain(self) -> list[forms.BoundField]:
        """The assumptions about how people work."""
        return [one for one in self if not one.name.startswith(HOURS) and one.name != "recorded"]

    def hours(self) -> list[forms.BoundField]:
        """The median hours of each form of work."""
        return [one for one in self if one.name.startswith(HOURS)]
