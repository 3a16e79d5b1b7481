"""The first steps of a new programme: its name and units, its time."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.charter.rules.dates import add_months
from keti.groups.doors import DatedForm
from keti.planning.rules import shelf
from keti.planning.rules.asked import must_be_in
from keti.planning.rules.room import Term
from keti.planning.rules.shifting import Written

MONTH = 365.25 / 12
ADDRESS = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*\Z")
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
            must = tongue == must_be_in(lang, title)
            self.fields[f"title.{tongue}"] = _name(label, title.get(tongue, ""), must)
        self.fields["slug"] = forms.CharField(
            label=_("课题代号"),
            max_length=60,
            initial=str(shelf.at(data_of, ("programme", "id")) or ""),
            help_text=_("出现在网址里，用小写英文字母、数字与连字符，以后不改。"),
        )
        prefix = str(shelf.at(data_of, ("programme", "number_prefix")) or "")
        self.fields["prefix"] = _name(_("文号代字"), prefix)
        self.units = list(self._units(data_of))

    def clean_slug(self) -> str:
        """In small letters; what can be no address is refused here, not pages later."""
        slug = str(self.cleaned_data["slug"]).strip().lower()
        if not ADDRESS.match(slug):
            raise forms.ValidationError(
                _("课题代号只用英文字母、数字和连字符，以字母开头，如 data-2026。")
            )
        return slug

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
        if party in shelf.words_at(data, (*one.path, "holder")):
            words.append(one.title.in_(lang))
    mark = ", " if lang.startswith("en") else "、"
    return mark.join(dict.fromkeys(words)) or str(_("参与方"))


class TermForm(StepForm):
    """The whole calendar to another start and another length: all dates move in proportion."""

    start = forms.DateField(
        label=_("从哪天开始"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    months = forms.IntegerField(
        label=_("持续几个月"),
        min_value=1,
        max_value=120,
        required=False,
        help_text=_("全部日期按比例移动，落在工作日，正文里写明的日期也一起改。"),
    )
    end = forms.DateField(
        label=_("或：到哪天为止"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("填了这一栏，就以它为准。"),
    )

    def __init__(self, *args: Any, old: Term | None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.old = old
        if old is not None:
            self.fields["start"].initial = old.first
            self.fields["months"].initial = months_of(old)

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        start, end = facts.get("start"), facts.get("end")
        if start and end and end <= start:
            self.add_error("end", _("结束要晚于开始。"))
        return facts

    def wish(self) -> Term:
        """The new first and last day; without months and end the term is as long as it was."""
        start, months = self.cleaned_data["start"], self.cleaned_data["months"]
        end = self.cleaned_data["end"]
        if end is None and self.old is not None:
            same = months in (None, months_of(self.old))
            end = start + timedelta(days=self.old.days) if same else _months_on(start, months)
        return Term(start, end or start)


def months_of(term: Term) -> int:
    """How many months a term is long, rounded."""
    return max(1, round((term.days + 1) / MONTH))


def _months_on(start: date, months: int) -> date:
    """The last day of so many months that begin on this day."""
    return add_months(start, months, "down") - timedelta(days=1)


class NamesForm(StepForm):
    """The groups of one kind, a line each: changed, added and left out at once."""

    def __init__(self, *args: Any, kind: str, names: list[str], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["lines"] = forms.CharField(
            label=_("{kind}：各组名称，一行一个").format(kind=kind),
            initial="\n".join(names),
            max_length=20_000,
            widget=forms.Textarea(attrs={"rows": max(4, len(names))}),
            help_text=_("照这些行改名、增加或减少；没有改的名称，组的内容不变。"),
        )


class RoleForm(StepForm):
    """A further role with everything it needs to sit: names, group, seats, by whom held, and whose
    rights it has."""

    zh = forms.CharField(label=_("职务名称（中文）"), max_length=200, required=False)
    en = forms.CharField(label=_("职务名称（英文）"), max_length=200, required=False)
    group = forms.ChoiceField(label=_("在哪个组"))
    least = forms.IntegerField(label=_("最少几席"), min_value=0, max_value=999, initial=1)
    most = forms.IntegerField(
        label=_("最多几席"), min_value=1, max_value=999, required=False, help_text=_("不填为不限。")
    )
    holder_kind = forms.ChoiceField(
        label=_("由谁担任"),
        choices=(("any", _("单位或个人")), ("unit", _("单位")), ("person", _("个人"))),
    )
    like = forms.ChoiceField(
        label=_("权限同哪个职务"),
        help_text=_("能看什么、办什么照它来；以后可以在“全部部分”里细改。"),
    )

    def __init__(self, *args: Any, data_of: Any, lang: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.roles = {one.key: one for one in shelf.entries(data_of, ("roles",))}
        self.data_of = data_of
        groups = [(one.key, one.title.in_(lang)) for one in shelf.entries(data_of, ("groups",))]
        kinds = dict(groups)
        roles = [
            (key, f"{kinds.get(self._at(key, 'in'), '')} {one.title.in_(lang)}".strip())
            for key, one in self.roles.items()
        ]
        cast(forms.ChoiceField, self.fields["group"]).choices = [("", _("请选择")), *groups]
        cast(forms.ChoiceField, self.fields["like"]).choices = [("", _("请选择")), *roles]

    def _at(self, role: str, key: str) -> str:
        return str(shelf.at(self.data_of, ("roles", role, key)) or "")

    def clean(self) -> dict[str, Any]:
        """A name in one language at least; no more seats at least than at most."""
        facts: dict[str, Any] = super().clean() or {}
        if not (str(facts.get("zh") or "") + str(facts.get("en") or "")).strip():
            self.add_error("zh", str(_("请写职务名称。")))
        least, most = facts.get("least"), facts.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", str(_("最多的席数不能少于最少的席数。")))
        return facts

    def role(self) -> dict[str, Any]:
        """What the charter says of it; what it may do is that of the role it was likened to."""
        facts = self.cleaned_data
        model = shelf.as_block("role", shelf.at(self.data_of, ("roles", facts["like"])))
        said = {tongue: str(facts[tongue]).strip() for tongue in ("zh", "en")}
        rights = {key: model[key] for key in ("can", "external") if model.get(key)}
        return {
            **{tongue: words for tongue, words in said.items() if words},
            "in": facts["group"],
            "min": facts["least"],
            **({"max": facts["most"]} if facts["most"] else {}),
            "holder_kind": facts["holder_kind"],
            **rights,
        }


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
