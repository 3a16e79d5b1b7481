"""Forms of the room's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import ActForm, KeyForm


class StepForm(ActForm):
    """Closing, drawing up, publishing: who does it for whom, as of when."""


class PublishForm(ActForm):
    """Publishing exactly the version shown on the page."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=26)


class RetractForm(KeyForm):
    """A publication is withdrawn with a reason that everybody can read."""

    reason = forms.CharField(
        label=_("撤回理由（公开）"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class EntryForm(KeyForm):
    """How one seat is named in the roll, and where among the seats of its role."""

    name_zh = forms.CharField(label=_("姓名或单位名称"), max_length=200)
    name_en = forms.CharField(label=_("英文名称"), max_length=200, required=False)
    honorific = forms.CharField(label=_("尊称或职称"), max_length=60, required=False)
    order = forms.IntegerField(label=_("同一职务内的次序"), min_value=0, max_value=9999)

    def __init__(self, *args: Any, is_unit: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_unit:
            del self.fields["honorific"]
