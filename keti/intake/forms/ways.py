"""By which means a personal way in reaches its person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.accounts.models import WayInMeans
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
