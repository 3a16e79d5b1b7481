"""What is typed of activities, places, guests, who came, and sheets of regions."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.activities.enums import ActivityKind
from keti.groups.doors import ActForm, Door, KeepingForm
from keti.letters.rules.divisions import find

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LONG = forms.Textarea(attrs={"rows": 4})
Choices = Sequence[tuple[str, str]]


class DoorForm(KeepingForm):
    """A form of this room: it loses nothing when it is refused."""

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keeper, self.moment = door.person, door.now

    def facts(self) -> dict[str, Any]:
        """What was typed, without the key and the files; a division by its code."""
        said = {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "key" and not isinstance(self.fields[name], forms.FileField)
        }
        if "division" in said:
            word = str(said["division"]).strip()
            said["division"] = find(word) or word
        return said


class AnnounceForm(DoorForm):
    """An activity to be announced."""

    kind = forms.ChoiceField(
        label=_("类别"), choices=ActivityKind.choices, widget=forms.RadioSelect,
        initial=ActivityKind.CHARITY,
    )  # fmt: skip
    title = forms.CharField(label=_("活动名称"), max_length=120)
    day = forms.DateField(label=_("开始日期"), widget=DAY)
    last_day = forms.DateField(label=_("结束日期"), widget=DAY)
    division = forms.CharField(
        label=_("行政区划"), required=False, max_length=40,
        help_text=_("六位代码或名称，如 130100、石家庄市。"),
    )  # fmt: skip
    where = forms.CharField(label=_("地点"), required=False, max_length=120)
    partners = forms.CharField(label=_("合作单位"), required=False, max_length=300)
    places = forms.IntegerField(label=_("名额"), min_value=1, max_value=10000)
    closing = forms.DateField(label=_("报名截止日"), widget=DAY)
    promise = forms.ChoiceField(
        label=_("兑现哪一项承诺"), required=False,
        help_text=_("举办以后，活动自动成为这项承诺的佐证。"),
    )  # fmt: skip
    priority = forms.DateField(
        label=_("优先期到哪一天"), required=False, widget=DAY,
        help_text=_("这一天 24:00 以前，只有这项承诺惠及的单位可以占名额；不填为不设优先期。"),
    )  # fmt: skip

    def __init__(self, *args: Any, promises: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["promise"])
        field.choices = [("", "—"), *promises]


class PlacesForm(ActForm):
    """How many people of a unit come; none where it does not."""

    people = forms.IntegerField(label=_("几个人参加"), min_value=1, max_value=10000, required=False)
    field_order = ("people",)


class ReasonForm(DoorForm):
    """Why."""

    reason = forms.CharField(label=_("原因"), max_length=300)


class GuestForm(DoorForm):
    """A guest from outside."""

    body = forms.CharField(label=_("嘉宾来自哪个单位"), max_length=120)
    post = forms.CharField(label=_("职务"), max_length=80)
    name = forms.CharField(
        label=_("姓名"), max_length=80, required=False,
        help_text=_("附有本人同意的材料才写；没有的不写。"),
    )  # fmt: skip
    consent = forms.FileField(label=_("本人同意的材料"), required=False)


class HeldForm(DoorForm):
    """Who came, what it was, what shows it."""

    account = forms.CharField(label=_("活动情况"), widget=LONG, required=False, max_length=4000)
    file = forms.FileField(label=_("纪要、签到表或照片"))
    guests = forms.MultipleChoiceField(
        label=_("到场的外请嘉宾"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, spots: Iterable[tuple[str, str, int]], guests: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.spots = list(spots)
        for key, label, people in self.spots:
            self.fields[f"came_{key}"] = forms.IntegerField(
                label=_("%(unit)s 到场人数") % {"unit": label}, min_value=0, initial=people
            )
        cast(forms.MultipleChoiceField, self.fields["guests"]).choices = guests
        if not guests:
            del self.fields["guests"]

    def came(self) -> dict[str, int]:
        """Of each place taken, how many people came."""
        return {key: self.cleaned_data[f"came_{key}"] for key, _label, _people in self.spots}


class SheetForm(DoorForm):
    """What is known of a region."""

    scheme = forms.TypedChoiceField(
        label=_("种类"), coerce=lambda word: word == "scheme", widget=forms.RadioSelect,
        choices=[("support", _("地方政策")), ("scheme", _("地方治理方案"))], initial="support",
    )  # fmt: skip
    division = forms.CharField(
        label=_("行政区划"), max_length=40, help_text=_("六位代码或名称，如 130100、石家庄市。")
    )
    title = forms.CharField(label=_("标题"), max_length=120)
    body = forms.CharField(
        label=_("支持什么、怎样做"), widget=LONG, max_length=8000,
        help_text=_("地方政策写支持什么、怎样申请；方案写在这个地方怎样治理。"),
    )  # fmt: skip
    source = forms.CharField(
        label=_("出处"), max_length=200, required=False,
        help_text=_("文件名称和文号；地方政策必填。"),
    )  # fmt: skip
    link = forms.URLField(label=_("网址"), required=False, max_length=500, assume_scheme="https")
    as_of = forms.DateField(label=_("截至哪一天"), widget=DAY)
    activity = forms.ChoiceField(
        label=_("来自哪次研讨"), required=False, help_text=_("地方治理方案必填，须在同一省份。")
    )

    def __init__(self, *args: Any, seminars: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["activity"]).choices = [("", "—"), *seminars]
