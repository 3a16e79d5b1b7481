"""What is typed of the research: a node of a kind, a link, a reason."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import KeepingForm
from keti.research.enums import Level, LinkKind, Share, Stakeholder, UptakeState
from keti.research.rules.kinds import CHOICE, DAY, LINK, SHORT, Field, Kind

NONE = ("", "—")
Choices = Sequence[tuple[str, str]]


def _long(label: Any, rows: int = 3, most: int = 4000) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=most, widget=area)


class NodeForm(KeepingForm):
    """A node: what it says in two languages, where it belongs, and what its kind asks."""

    title_zh = forms.CharField(label=_("标题"), max_length=200, required=False)
    text_zh = _long(_("内容"), 6, 8000)
    title_en = forms.CharField(label=_("英文标题"), max_length=300, required=False)
    text_en = _long(_("英文内容"), 4, 12000)
    group = forms.ChoiceField(label=_("组别"), required=False)
    level = forms.ChoiceField(label=_("治理层级"), choices=[NONE, *Level.choices], required=False)
    jurisdiction = forms.CharField(
        label=_("法域或地区"), max_length=60, required=False,
        help_text=_("例如：中国、欧盟、上海市。"),
    )  # fmt: skip
    stakeholder = forms.ChoiceField(
        label=_("谁的声音"), choices=[NONE, *Stakeholder.choices], required=False
    )
    confidential = forms.BooleanField(
        label=_("保密"), required=False,
        help_text=_("只有录入人、本组组长和秘书处看得到。"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label=_("改动的理由"), max_length=300, required=False)

    def __init__(self, *args: Any, kind: Kind, groups: Choices, lang: str, **kwargs: Any) -> None:
        changing = kwargs.pop("changing", False)
        super().__init__(*args, **kwargs)
        self.kind = kind
        cast(forms.ChoiceField, self.fields["group"]).choices = [*groups]
        if not changing:
            del self.fields["version"], self.fields["reason"]
        own = {one.key: _asked(one, lang) for one in kind.fields}
        before = [name for name in self.fields if name in ("title_zh", "text_zh")]
        self.fields.update(own)
        self.order_fields([*before, *own])

    def facts(self) -> dict[str, str]:
        """What was typed for the fields of the kind."""
        said = {one.key: self.cleaned_data.get(one.key) for one in self.kind.fields}
        return {key: str(value) for key, value in said.items() if value}


def _asked(one: Field, lang: str) -> forms.Field:
    label = one.title.in_(lang)
    if one.shape == CHOICE:
        words = [(key, word.in_(lang)) for key, word in (one.choices or {}).items()]
        return forms.ChoiceField(label=label, choices=[NONE, *words], required=False)
    if one.shape == DAY:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=label, widget=widget, required=False)
    if one.shape == LINK:
        return forms.URLField(label=label, required=False, max_length=500, assume_scheme="https")
    if one.shape == SHORT:
        return forms.CharField(label=label, required=False, max_length=200)
    return _long(label)


class SheetForm(KeepingForm):
    """A sheet of nodes, and into which group they go."""

    group = forms.ChoiceField(label=_("组别"), required=False)
    file = forms.FileField(label=_("表格（xlsx、xls、et、csv）"))

    def __init__(self, *args: Any, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["group"]).choices = [*groups]


class ReasonForm(KeepingForm):
    """Why something is taken back."""

    reason = forms.CharField(label=_("理由"), max_length=300)


NAMED = {"list": "nodes", "autocomplete": "off"}


class LinkForm(KeepingForm):
    """How a node is tied to another."""

    kind = forms.ChoiceField(label=_("怎样关联"), choices=LinkKind.choices)
    second = forms.CharField(
        label=_("与哪一条"), max_length=400, widget=forms.TextInput(attrs=NAMED),
        help_text=_("写类别和编号，例如：研究发现3。"),
    )  # fmt: skip


class MergeForm(KeepingForm):
    """Into which node of its kind another is merged."""

    into = forms.CharField(
        label=_("并入哪一条"), max_length=400, widget=forms.TextInput(attrs=NAMED),
        help_text=_("写类别和编号，例如：治理挑战2。"),
    )  # fmt: skip


class UptakeForm(KeepingForm):
    """What an addressee did with a recommendation, since when, and what shows it."""

    addressee = forms.ChoiceField(label=_("建议对象"))
    state = forms.ChoiceField(label=_("落实情况"), choices=UptakeState.choices)
    share = forms.ChoiceField(
        label=_("与本建议的关系"), choices=[NONE, *Share.choices], required=False,
        help_text=_("采纳或部分采纳时必选；只选有凭据的一档。"),
    )  # fmt: skip
    day = forms.DateField(
        label=_("截至哪一天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    evidence = forms.CharField(
        label=_("依据"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("文号、来函日期、会议或报道；与网址至少填一项。"),
    )  # fmt: skip
    link = forms.URLField(label=_("网址"), required=False, max_length=500, assume_scheme="https")

    def __init__(self, *args: Any, addressees: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["addressee"]).choices = [*addressees]
