"""The secretariat's forms: deciding, recording paper, appointing, rosters."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keti.accounts.actions import SOMEBODY_ELSE, Asked, PersonFacts, enter_organisation
from keti.accounts.models import Organisation, Person
from keti.groups.actions import Place
from keti.groups.doors import ActForm, Door, KeepingForm, KeyForm
from keti.groups.models import UNNUMBERED, Group, Role, Seat
from keti.groups.queries import groups_of, only_by_office
from keti.intake.actions import CheckResult, Said, enter
from keti.intake.enums import CheckVerdict
from keti.intake.models import Application
from keti.intake.queries import CheckLine, told_apart
from keti.kernel.refusals import Refused
from keti.programmes.models import Programme

VERDICTS = [("", _("未核实")), *CheckVerdict.choices]


class CheckForm(KeyForm):
    """One verdict and one reason for each requirement of the track."""

    def __init__(self, *args: Any, lines: list[CheckLine], lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            title = line.spec.title.in_(lang)
            self.fields[f"verdict_{line.spec.key}"] = forms.ChoiceField(
                label=title, choices=VERDICTS, required=False, initial=line.verdict
            )
            self.fields[f"reason_{line.spec.key}"] = forms.CharField(
                label=_("依据或理由"),
                max_length=500,
                required=False,
                initial=line.check.reason if line.check else "",
            )

    def rows(self) -> list[dict[str, object]]:
        """Each requirement with its two fields, for the page."""
        return [
            {
                "line": line,
                "verdict": self[f"verdict_{line.spec.key}"],
                "reason": self[f"reason_{line.spec.key}"],
            }
            for line in self.lines
        ]

    def results(self) -> list[CheckResult]:
        """The verdicts given; a requirement left open is not reported."""
        given = self.cleaned_data
        return [
            CheckResult(
                line.spec.key,
                given[f"verdict_{line.spec.key}"] == CheckVerdict.MET,
                given[f"reason_{line.spec.key}"],
            )
            for line in self.lines
            if given[f"verdict_{line.spec.key}"]
        ]


class OnRecord(KeepingForm):
    """A form that names somebody who may be on record: it asks who is meant before it goes on.

    A question is shown only once there is something to ask.
    """

    ASKS: ClassVar[dict[str, str]] = {"groups.delegate-of-another-unit": "guest"}
    CORRECTED = (
        "accounts.another-name",
        "accounts.another-name-elsewhere",
        "accounts.another-unit",
        "accounts.another-unit-elsewhere",
    )
    programme: Programme
    who = forms.CharField(
        label=_("是哪一位"), max_length=26, required=False, widget=forms.HiddenInput
    )
    correct = forms.BooleanField(
        label=_("是同一个人，登记有误：按这次填写的姓名和单位更正"),
        required=False,
        widget=forms.HiddenInput,
    )
    guest = forms.BooleanField(
        label=_("此人是外单位的人，受本单位委托担任代表人"),
        required=False,
        widget=forms.HiddenInput,
    )

    def blame(self, refused: Refused) -> None:
        """Show the question with the refusal that asks it."""
        if isinstance(refused, Asked):
            self._ask(refused)
            refused.at("who")
        asked = self.ASKS.get(refused.code)
        if asked:
            self.fields[asked].widget = forms.CheckboxInput()
            refused = refused.at(asked)
        super().blame(refused)

    def _ask(self, asked: Asked) -> None:
        lang = get_language() or "zh-hans"
        among = [(one.public_id, told_apart(self.programme, one, lang)) for one in asked.among]
        choices = [*among, (SOMEBODY_ELSE, _("另一个人（不在以上登记之中）"))]
        self.fields["who"].widget = forms.RadioSelect(choices=choices)
        if asked.code in self.CORRECTED:
            self.fields["correct"].widget = forms.CheckboxInput()

    def said(self) -> Said:
        """What was answered."""
        given = self.cleaned_data
        return Said(given["who"], given["correct"], given["guest"])


class DecisionForm(OnRecord):
    """Admit to a group, or reject with a reason."""

    group = forms.ChoiceField(label=_("编入"), required=False)
    reason = forms.CharField(
        label=_("理由"),
        help_text=_("申报人会收到。不入选必须写明。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(
        self, *args: Any, application: Application, groups: list[Group], lang: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programme = application.programme
        wanted = application.filled.choices
        ordered = sorted(groups, key=lambda group: (group.key not in wanted, group.order))
        field = cast(forms.ChoiceField, self.fields["group"])
        field.choices = [
            (group.public_id, _asked(group, lang, group.key in wanted)) for group in ordered
        ]
        self.groups = groups

    def place(self) -> Group | None:
        """The group chosen in the form."""
        chosen = self.cleaned_data["group"]
        return next((group for group in self.groups if group.public_id == chosen), None)


def _asked(group: Group, lang: str, wanted: bool) -> str:
    mark = _("（申报人所选）")
    return f"{group.title.in_(lang)}{mark}" if wanted else group.title.in_(lang)


class PaperForm(OnRecord):
    """Who signed the paper, when it came, and its scan."""

    applicant_mail = forms.EmailField(label=_("申报人邮箱"), required=False)
    received_at = forms.DateTimeField(
        label=_("收到纸质申报表的时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    scan = forms.FileField(label=_("签字或盖章的申报表扫描件"))

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["guest"]
        self.programme, self.keeper, self.moment = door.programme, door.person, door.now
        self.fields["key"].widget.attrs["id"] = "id_paper_key"


class RosterForm(KeyForm):
    """A roster file."""

    file = forms.FileField(
        label=_("名单文件（.xlsx、.xls、.et 或 .csv）"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.csv"}),
    )


class SeatForm(OnRecord, ActForm):
    """One appointment: where, as what, who, how styled."""

    group = forms.ChoiceField(label=_("组别"))
    role = forms.ChoiceField(label=_("职务"))
    unit = forms.CharField(label=_("单位"), max_length=200, required=False)
    name = forms.CharField(
        label=_("姓名"),
        max_length=80,
        required=False,
        help_text=_("个人任职填写姓名；单位任职请留空，把经办的人写在“代表人”。"),
    )
    delegate = forms.CharField(label=_("代表人"), max_length=80, required=False)
    mail = forms.EmailField(
        label=_("邮箱（本人或代表人）"),
        required=False,
        help_text=_("没有邮箱可不填，办事时用个人链接。"),
    )
    honorific = forms.CharField(label=_("称谓"), max_length=60, required=False)
    order = forms.IntegerField(label=_("顺序"), min_value=0, max_value=9999, required=False)

    def __init__(self, *args: Any, door: Door, group: Group | None = None, **kwargs: Any) -> None:
        super().__init__(*args, door=door, **kwargs)
        self.programme = door.programme
        del self.fields["on_behalf_of"], self.fields["happened_at"], self.fields["evidence"]
        self.groups = [group] if group else list(groups_of(door.programme).filter(ended_at=None))
        kinds = {one.kind for one in self.groups}
        roles = Role.objects.filter(programme=door.programme, group_kind__in=kinds, ended_at=None)
        self.roles = [
            one for one in roles.order_by("order") if not only_by_office(door.programme, one)
        ]
        cast(forms.ChoiceField, self.fields["group"]).choices = [
            (one.public_id, one.title.in_(door.lang)) for one in self.groups
        ]
        cast(forms.ChoiceField, self.fields["role"]).choices = [
            (one.key, one.title.in_(door.lang)) for one in self.roles
        ]

    def place(self) -> Place:
        """The seat as typed; people and units are entered here, inside the act's transaction."""
        given, programme = self.cleaned_data, self.door.programme
        group = next(one for one in self.groups if one.public_id == given["group"])
        role = next(one for one in self.roles if one.key == given["role"])
        if not given["name"] and not given["unit"]:
            raise Refused("groups.seat-needs-a-holder")
        demo = programme.is_demo
        unit = enter_organisation(given["unit"], is_demo=demo) if given["unit"] else None
        named = given["name"] or given["delegate"]
        facts = PersonFacts(
            named,
            mail=given["mail"],
            unit=None if given["guest"] else unit,
            is_demo=demo,
            who=given["who"],
            correct=given["correct"],
            guest=not given["name"],
        )
        person = enter(programme, facts) if named else None
        seat = {"honorific": given["honorific"], "order": UNNUMBERED}
        if given["order"] is not None:
            seat["order"] = given["order"]
        if given["name"]:
            return Place(group, role, person=person, **seat)
        return Place(group, role, organisation=unit, delegate=person, guest=given["guest"], **seat)


class DelegateForm(OnRecord):
    """Who acts for the unit from now on."""

    name = forms.CharField(label=_("新代表人姓名"), max_length=80)
    mail = forms.EmailField(label=_("邮箱"), required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme


class ColleagueForm(OnRecord):
    """Who works in a unit's seat beside its delegate."""

    name = forms.CharField(label=_("经办人姓名"), max_length=80)
    mail = forms.EmailField(label=_("邮箱"), required=False)
    mobile = forms.CharField(label=_("手机"), max_length=20, required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["guest"]
        self.programme = programme


class EndForm(KeyForm):
    """Why a seat ends."""

    reason = forms.CharField(label=_("离任原因"), max_length=200)


class MergeForm(KeyForm):
    """Which other record is the same person, or the same unit."""

    other = forms.ChoiceField(label=_("并入哪一条登记"))
    sure = forms.BooleanField(label=_("已核实两条登记确是同一个，合并后不能分开"))

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["other"]).choices = [("", "—"), *others]
        self.fields["key"].widget.attrs["id"] = "id_merge_key"


class EraseForm(KeyForm):
    """Whose data are erased, typed once more, and why."""

    typed = forms.CharField(label=_("再输一次登记的姓名"), max_length=80)
    reason = forms.CharField(
        label=_("理由"), max_length=300, help_text=_("例如本人何时来信要求。请不要写姓名。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].widget.attrs["id"] = "id_erase_key"


class UnitForm(KeyForm):
    """What is on record of a unit."""

    name_zh = forms.CharField(
        label=_("单位名称"), max_length=200, help_text=_("与公章一致的全称。")
    )
    name_en = forms.CharField(label=_("英文名称"), max_length=200, required=False)
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=18, required=False, help_text=_("18 位；可不填。")
    )
    renamed = forms.BooleanField(label=_("单位改过名：原名称留作曾用名，仍可查到"), required=False)

    FIELDS = ("name_zh", "name_en", "credit_code")

    @classmethod
    def of(cls, unit: Organisation) -> "UnitForm":
        """The form as the record stands."""
        return cls(initial={name: getattr(unit, name) for name in cls.FIELDS})

    def changes(self) -> dict[str, str]:
        """What was typed, field by field."""
        return {name: self.cleaned_data[name] for name in self.FIELDS}


class RecordForm(KeyForm):
    """What is on record of somebody seated here."""

    name = forms.CharField(label=_("姓名"), max_length=80)
    name_en = forms.CharField(label=_("英文姓名"), max_length=80, required=False)
    unit = forms.CharField(label=_("单位"), max_length=200, required=False)
    mail = forms.EmailField(label=_("邮箱"), required=False)
    mobile = forms.CharField(label=_("手机"), max_length=20, required=False)
    honorific = forms.CharField(label=_("称谓"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("信件语言"), choices=[("zh-hans", "中文"), ("en", "English")]
    )

    FIELDS = ("name", "name_en", "unit", "mail", "mobile", "honorific", "language")

    @classmethod
    def of(cls, person: Person) -> "RecordForm":
        """The form as the record stands."""
        values = {name: getattr(person, name) for name in cls.FIELDS if name != "unit"}
        return cls(initial=values | {"unit": person.unit.name_zh if person.unit else ""})

    def changes(self) -> dict[str, str]:
        """What was typed, field by field."""
        return {name: self.cleaned_data[name] for name in self.FIELDS}


class StyleForm(KeyForm):
    """How a seat is styled, and where it stands in its role."""

    honorific = forms.CharField(
        label=_("称谓"),
        max_length=60,
        required=False,
        help_text=_("印在小组名单、名册的姓名之后，例如：教授；不填用人员资料中的称谓。"),
    )
    order = forms.IntegerField(
        label=_("序号"),
        min_value=0,
        max_value=UNNUMBERED - 1,
        required=False,
        help_text=_("同一职务中小的在前；不填排在有序号的之后，按任职先后。"),
    )

    @classmethod
    def of(cls, seat: Seat) -> "StyleForm":
        """The form as the seat stands."""
        return cls(initial={"honorific": seat.honorific, "order": seat.number}, prefix="style")
