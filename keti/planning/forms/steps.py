"""The first steps of a new programme: its name and units, its time."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import DatedForm
from keti.planning.rules import shelf
from keti.planning.rules.shifting import Written

TONGUES = (("zh", _("中文")), ("en", _("英文")))


def _name(label: Any, value: str, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, initial=value, required=required, max_length=200)


class StepForm(DatedForm):
    """A step knows which saving of the draft it was filled in on."""

    base = forms.IntegerField(widget=forms.HiddenInput)


class WhatForm(StepForm):
    """The programme's names, its address, the names of its units: each says whose it is."""

    def __init__(self, *args: Any, data_of: Any, lang: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.lang = lang
        title = shelf.as_block("words", shelf.at(data_of, ("programme", "title")))
        for tongue, words in TONGUES:
            label = _("课题名称（{tongue}）").format(tongue=words)
            self.fields[f"title.{tongue}"] = _name(label, title.get(tongue, ""), tongue == "zh")
        self.fields["slug"] = forms.SlugField(
            label=_("课题代号"),
            max_length=60,
            initial=str(shelf.at(data_of, ("programme", "id")) or ""),
            help_text=_("出现在网址里，用小写英文字母、数字与连字符，以后不改。"),
        )
        prefix = str(shelf.at(data_of, ("programme", "number_prefix")) or "")
        self.fields["prefix"] = _name(_("文号代字"), prefix)
        self.units = list(self._units(data_of))

    def _units(self, data: Any) -> Iterable[tuple[str, str, list[str]]]:
        """Key, what the unit is in the programme, its two fields."""
        for one in shelf.entries(data, ("parties",)):
            whose = duties_of(data, one.key, self.lang)
            names = shelf.as_block("party", shelf.at(data, one.path))
            fields = []
            for tongue, words in TONGUES:
                name = f"party.{one.key}.{tongue}"
                label = _("{whose}的单位名称（{tongue}）").format(whose=whose, tongue=words)
                self.fields[name] = _name(label, str(names.get(tongue) or ""))
                fields.append(name)
            yield one.key, whose, fields

    def answers(self) -> Mapping[tuple[str, ...], str]:
        """Path -> what was typed."""
        facts = self.cleaned_data
        found: dict[tuple[str, ...], str] = {
            ("programme", "id"): facts["slug"],
            ("programme", "number_prefix"): facts["prefix"],
        }
        for tongue, _words in TONGUES:
            found["programme", "title", tongue] = facts[f"title.{tongue}"]
        for key, _whose, fields in self.units:
            for name in fields:
                found["parties", key, name.rpartition(".")[2]] = facts[name]
        return found


def duties_of(data: Any, party: str, lang: str) -> str:
    """What a unit is in the programme: commissioner, commissioned, the roles it holds."""
    sides = (("commissioner", _("委托方")), ("contractor", _("被委托方")))
    words = [str(word) for key, word in sides if shelf.at(data, ("programme", key)) == party]
    for one in shelf.entries(data, ("roles",)):
        if shelf.at(data, (*one.path, "holder")) == party:
            words.append(one.title.in_(lang))
    mark = ", " if lang.startswith("en") else "、"
    return mark.join(dict.fromkeys(words)) or str(_("参与方"))


class ShiftForm(StepForm):
    """The whole calendar to another start."""

    start = forms.DateField(
        label=_("新的开始日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("全部日期随之平移，正文里写明的日期也一起改。"),
    )
    weeks = forms.BooleanField(label=_("星期几不变（取最近的整周）"), required=False, initial=True)


class DaysForm(StepForm):
    """Every plain day of the calendar, one by one."""

    def __init__(self, *args: Any, days: list[Written], lang: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.days = days
        for one in days:
            title = one.title[1 if lang.startswith("en") else 0]
            label = {
                "from": _("{of}：开始"), "to": _("{of}：最后一天"), "date": "{of}",
            }[one.part]  # fmt: skip
            self.fields[".".join(map(str, one.path))] = forms.DateField(
                label=str(label).format(of=title),
                initial=one.day,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )

    def answers(self) -> Mapping[tuple[str | int, ...], date]:
        """Path -> day, only where it was changed."""
        return {
            one.path: self.cleaned_data[".".join(map(str, one.path))]
            for one in self.days
            if self.cleaned_data[".".join(map(str, one.path))] != one.day
        }
