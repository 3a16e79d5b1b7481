"""What is typed of the research: a node of a kind, a link, a reason."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import ActForm, Door, KeepingForm
from keti.groups.models import Seat
from keti.research.enums import (
    Gain,
    Level,
    LinkKind,
    Outcome,
    Share,
    Stakeholder,
    Stand,
    UptakeState,
)
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
        return _typed(self.kind, self.cleaned_data)


def _typed(kind: Kind, data: Mapping[str, Any]) -> dict[str, str]:
    said = {one.key: data.get(one.key) for one in kind.fields}
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


class AssessForm(KeepingForm):
    """What holds in one cell of a map."""

    text_zh = _long(_("说明"), 3, 8000)
    group = forms.ChoiceField(label=_("组别"), required=False)

    def __init__(self, *args: Any, kind: Kind, groups: Choices, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        cast(forms.ChoiceField, self.fields["group"]).choices = [*groups]
        own = {one.key: _asked(one, lang) for one in kind.fields}
        self.fields.update(own)
        self.order_fields([*own])

    def facts(self) -> dict[str, str]:
        """What was typed for the fields of an assessment."""
        return _typed(self.kind, self.cleaned_data)


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


def _unit(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, help_text=_("选代表该单位的席位。"))


def _outside(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=120, required=False)


class ProvenanceForm(KeepingForm):
    """Of which unit a case tells, who supplied it, and whether that one gains by it."""

    told = _unit(_("所述单位"))
    told_named = _outside(_("所述单位不在课题内：名称"))
    supplier = _unit(_("提供单位"))
    supplier_named = _outside(_("提供单位不在课题内：名称"))
    gains = forms.ChoiceField(label=_("提供单位有无利益"), choices=Gain.choices)
    how = _long(_("有什么利益"), 2, 500)

    def __init__(self, *args: Any, seats: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("told", "supplier"):
            cast(forms.ChoiceField, self.fields[name]).choices = [NONE, *seats]


class CheckForm(KeepingForm):
    """What a check of the facts of a case found, and by what."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("核查结论"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("核查了什么、凭什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("逐项写明事实和依据：文件、数据、访谈、现场。"),
    )  # fmt: skip
    cited = forms.CharField(
        label=_("文献来源"), max_length=400, required=False, widget=forms.TextInput(attrs=NAMED),
        help_text=_("写类别和编号，几条用顿号分开，例如：文献来源1、文献来源4。"),
    )  # fmt: skip
    day = forms.DateField(
        label=_("核查日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AskForm(KeepingForm):
    """Which version a unit is asked about."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class StandForm(ActForm):
    """What the unit says of a case; the secretariat records it with the signed paper."""

    answer = forms.ChoiceField(
        label=_("单位的答复"), choices=Stand.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("要改什么，或者书面材料的原话"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("要求修改的必填；代录的，照抄来函原话，写明文号和日期。"),
    )  # fmt: skip

    def __init__(self, *args: Any, door: Door, asked: Seat | None, **kwargs: Any) -> None:
        super().__init__(*args, door=door, owner=asked, **kwargs)
        self.order_fields(["answer", "words"])
        del self.fields["happened_at"]
        mine = asked is not None and asked.pk == door.seat.pk
        if asked is None or mine:
            del self.fields["on_behalf_of"]
        else:
            self.only_for((asked.public_id,))
