"""The form under the preview of what is done to several rows; the name of what is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import KeyForm


class SeveralForm(KeyForm):
    """The rows it will be done to, and the reason where one is asked for."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=20_000)

    def __init__(self, *args: Any, reason: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if reason:
            self.fields["reason"] = forms.CharField(
                label=reason, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
            )


class ViewForm(KeyForm):
    """The name under which a person keeps what a list is asked for."""

    title = forms.CharField(label=_("名称"), max_length=60)
