"""The form under the preview of what is done to several rows; the name of what is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import Door, KeepingForm, KeyForm
from keti.lists.doors import Deed


class SeveralForm(KeepingForm):
    """The rows it will be done to; the reason and the paper where they are asked for."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=20_000)

    def __init__(self, *args: Any, door: Door, deed: Deed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keeper, self.moment = door.person, door.now
        if deed.reason:
            self.fields["reason"] = forms.CharField(
                label=str(deed.reason),
                max_length=300,
                required=not deed.optional,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        if deed.paper:
            self.fields["paper"] = forms.FileField(label=str(deed.paper))


class ViewForm(KeyForm):
    """The name under which a person keeps what a list is asked for."""

    title = forms.CharField(label=_("名称"), max_length=60)
