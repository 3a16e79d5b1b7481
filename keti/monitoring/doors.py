"""The door to raising a finding from any page: a signed link that names the subject."""

from django.core import signing

from keti.groups.doors import Door
from keti.groups.models import Group
from keti.kernel.acts import Subject
from keti.kernel.refusals import Refused
from keti.monitoring.permissions import seat_may_raise

SALT = "keti.monitoring.about"


def raise_link(
    door: Door, subject: Subject, group: Group | None = None, recorded: bool | None = None
) -> str:
    """The address at which the visitor raises a finding on `subject`; "" where they may not.

    Give the `group` whose business it is; without one it concerns the whole programme. `recorded`
    where the page has read it with the subject (`permissions.recorded_for`).
    A page whose visitor may see the subject asks for the link; nobody else can make one.
    """
    if not seat_may_raise(door.seat, subject, recorded):
        return ""
    value = {
        "p": door.programme.public_id,
        "s": [subject.kind, subject.id, subject.label, subject.path],
        "g": group.public_id if group else "",
    }
    about = signing.dumps(value, salt=SALT, compress=True)
    return f"/p/{door.programme.slug}/findings/new/?about={about}"


def subject_of(door: Door, about: str) -> tuple[Subject, Group | None]:
    """The subject a signed link names. Refuses one that was changed or is of another programme."""
    try:
        value = signing.loads(about, salt=SALT)
    except signing.BadSignature:
        raise Refused("monitoring.link-broken") from None
    if value["p"] != door.programme.public_id:
        raise Refused("monitoring.link-broken")
    kind, ident, label, path = value["s"]
    group = Group.objects.filter(programme=door.programme, public_id=value["g"]).first()
    return Subject(kind, ident, label, path), group
