"""What the pages of intake share: the language of the page, the duty it is about."""

from django.http import Http404
from django.utils.translation import get_language

from keti.duties.models import Obligation
from keti.duties.permissions import visible
from keti.groups.doors import Door


def lang() -> str:
    return get_language() or "zh-hans"


def duty_of(door: Door, public_id: str, *forms: str) -> Obligation:
    """The duty of this page; 404 where it is absent, another's, or of another form."""
    mine = visible(door.sight, Obligation.objects.with_names().filter(form__in=forms))
    duty = mine.filter(public_id=public_id).first()
    if duty is None:
        raise Http404
    return duty
