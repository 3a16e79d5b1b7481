"""The form under the preview of what is done to several rows."""

from typing import Any

from django import forms

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
