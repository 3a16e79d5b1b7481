"""What letters say of somebody whose data are erased."""

from collections.abc import Callable, Collection

from keti.kernel.acts import Text
from keti.notify.models import Delivery, Message
from keti.programmes.models import Programme

SAID = ("subject", "body", "other_subject", "other_body")


def forget(
    programme: Programme, people: Collection[str], name: Text, masked: Callable[[str, bool], str]
) -> int:
    """Letters to these people (public ids) and letters of the programme that name them no longer
    do; `masked` tells what stands instead, `name` what they are called. How many were changed.
    Called by the act that records it."""
    changed = 0
    for one in Message.objects.filter(programme=programme).iterator():
        theirs = one.recipient_id in people
        said = {field: masked(getattr(one, field), theirs) for field in SAID}
        if theirs:
            said |= {"recipient_label": name.zh, "address": ""}
            Delivery.objects.filter(message=one).exclude(error="").update(error="")
        if any(getattr(one, field) != value for field, value in said.items()):
            Message.objects.filter(pk=one.pk).update(**said)
            changed += 1
    return changed
