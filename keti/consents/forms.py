"""Recording what came on paper."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.consents.enums import Purpose
from keti.groups.doors import RECORDING_BLAMES, ActForm, Door


class PaperForm(ActForm):
    """What somebody signed or wrote, and when."""

    blames: ClassVar[dict[str, str]] = RECORDING_BLAMES | {
        "consents.paper-needed": "evidence",
        "consents.withdrawn-before-given": "happened_at",
    }
    happened_at = forms.DateTimeField(
        label=_("本人签字或来信的时间"),
        required=False,
        help_text=_("不填即为现在。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    evidence = forms.FileField(label=_("本人签字的材料（扫描件、照片或信件截图）"))

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:
        super().__init__(*args, door=door, **kwargs)
        del self.fields["on_behalf_of"]


class AboutForm(PaperForm):
    """The same for whatever they are asked: what for is said in the form."""

    purpose = forms.ChoiceField(
        label=_("用途"), choices=Purpose.choices, initial=Purpose.ROLL, required=False
    )
    field_order = ("purpose",)

    def about(self) -> Purpose:
        """What the paper is about; the roll where nothing was chosen."""
        return Purpose(self.cleaned_data["purpose"] or Purpose.ROLL)
