"""By which means a personal way in reaches its person; whose an address is from now on."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.accounts.models import Person, WayInMeans
from keti.groups.doors import KeyForm


class WayForm(KeyForm):
    """A letter to the address on record, or a sentence and a slip to be handed over."""

    means = forms.ChoiceField(
        label=_("怎样给本人"),
        choices=[
            (WayInMeans.LETTER.value, _("发信到登记的邮箱")),
            (WayInMeans.HAND.value, _("聊天文字或纸条，由我转交")),
        ],
        widget=forms.RadioSelect,
        initial=WayInMeans.LETTER.value,
    )


class MailboxForm(KeyForm):
    """Who reads the address now, and why it is handed over."""

    to = forms.ChoiceField(label=_("现在由谁使用"), required=False)
    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, among: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(one.public_id, one.label) for one in among]
        cast(forms.ChoiceField, self.fields["to"]).choices = [("", _("暂时没有人")), *people]
