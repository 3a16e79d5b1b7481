"""The application form, built from what the charter asks."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.charter.rules.joining import AdmissionSpec, FieldSpec, TrackSpec
from keti.groups.doors import KeyForm
from keti.intake.enums import TrackKind
from keti.intake.rules.content import LONGEST, Content, gaps
from keti.kernel.acts import Text
from keti.kernel.refusals import sentence

Titles = dict[str, Text]


class ApplicationForm(KeyForm):
    """Nothing is required to save a draft; what is missing is told on submitting."""

    use_required_attribute = False
    name = forms.CharField(label=_("姓名"), max_length=80, required=False)
    mobile = forms.CharField(label=_("手机"), max_length=20, required=False)
    unit = forms.CharField(label=_("所在单位"), max_length=200, required=False)
    choices = forms.MultipleChoiceField(
        label=_("申请加入的组"),
        help_text=_("最多两个"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        admission: AdmissionSpec,
        track: TrackSpec,
        titles: Titles,
        lang: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.admission, self.track, self.lang = admission, track, lang
        if self.is_unit:
            self._for_a_unit()
        choices = cast(forms.MultipleChoiceField, self.fields["choices"])
        choices.choices = [(key, titles[key].in_(lang)) for key in track.choices]
        if not track.choices:
            del self.fields["choices"]
        for spec in admission.fields:
            self.fields[f"field_{spec.key}"] = _field(spec, lang)
        if admission.declarations:
            self.fields["declarations"] = forms.MultipleChoiceField(
                label=_("声明"),
                help_text=_("请逐项确认"),
                choices=[(key, text.in_(lang)) for key, text in admission.declarations],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.fields["consent"] = forms.BooleanField(
            label=_("同意在课题名册和署名中登载本人姓名与单位名称（不影响资格审查，以后可以撤回）"),
            help_text=_(
                "只代表填表的对接人本人。另选代表人的，由代表人登录后在“我的账户”中自己同意。"
            )
            if self.is_unit
            else "",
            required=False,
        )

    def _for_a_unit(self) -> None:
        """A unit's application: its contact applies, its expert will act for it."""
        self.fields["name"].label = _("对接人姓名")
        self.fields["mobile"].label = _("对接人手机")
        self.fields["unit"].label = _("单位全称")
        self.fields["delegate"] = forms.CharField(
            label=_("代表人（选派的专家）"),
            max_length=LONGEST["delegate"],
            required=False,
            help_text=_("入选后由代表人以单位名义办理。不填则由对接人代表。"),
        )
        self.fields["delegate_mail"] = forms.CharField(
            label=_("代表人邮箱"), max_length=LONGEST["delegate_mail"], required=False
        )
        self.order_fields(["key", "unit", "name", "mobile", "delegate", "delegate_mail", "choices"])

    @property
    def is_unit(self) -> bool:
        return self.track.kind == TrackKind.UNIT

    def content(self) -> Content:
        """What was typed, complete or not."""
        raw = {name: self[name].data for name in self.fields}
        plain = {name: str(raw.get(name) or "") for name in LONGEST}
        return Content(
            track=self.track.key,
            **plain,
            choices=tuple(raw.get("choices") or ()),
            fields={
                spec.key: str(raw.get(f"field_{spec.key}") or "") for spec in self.admission.fields
            },
            declarations=tuple(raw.get("declarations") or ()),
            consent=bool(raw.get("consent")),
        )

    def show_gaps(self) -> None:
        """Put what is missing beside its field."""
        self.full_clean()
        for gap in gaps(self.content(), self.admission, is_unit=self.is_unit):
            facts = {"title": gap.title, "most": gap.most}
            self.add_error(gap.field, sentence(gap.code, facts, self.lang))

    def marked(self) -> "ApplicationForm":
        """For showing: fields that must be filled in before submitting are not called optional."""
        needed = {"name", "choices", "declarations"} | ({"unit"} if self.is_unit else set())
        needed |= {f"field_{spec.key}" for spec in self.admission.fields if spec.required}
        for name in needed & set(self.fields):
            self.fields[name].required = True
        return self


def initial_of(content: Content) -> dict[str, object]:
    """The form's values of a stored draft."""
    values: dict[str, object] = {name: getattr(content, name) for name in LONGEST}
    values |= {f"field_{key}": text for key, text in content.fields.items()}
    values |= {"choices": list(content.choices), "declarations": list(content.declarations)}
    return values | {"consent": content.consent}


def _field(spec: FieldSpec, lang: str) -> forms.Field:
    label, hint = spec.title.in_(lang), spec.hint.in_(lang)
    if spec.options:
        listed = [("", "—"), *((one, one) for one in spec.options)]
        return forms.ChoiceField(label=label, choices=listed, required=False, help_text=hint)
    long = spec.kind == "lines" or spec.max_chars > 300
    widget = forms.Textarea(attrs={"rows": 5}) if long else forms.TextInput()
    limit = sentence("intake.at-most", {"most": spec.max_chars}, lang)
    told = " ".join(filter(None, (hint, limit)))
    return forms.CharField(label=label, widget=widget, required=False, help_text=told)
