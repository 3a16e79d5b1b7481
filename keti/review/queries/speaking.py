"""What was said at a gate, as it stands: what was changed since lies over what was said first."""

from django.db.models import QuerySet

from keti.kernel.once import once
from keti.kernel.prepared import prepared
from keti.review.models import Gate, Opinion, OpinionChange

STANDS = (
    "outcome", "effect", "comment", "file", "marks", "by_label", "on_behalf", "happened_at",
)  # fmt: skip


def given(gate: Gate) -> list[Opinion]:
    """Every opinion of the gate, of all rounds, in the order in which they first came, each as it
    was last changed; none that was withdrawn. Read once for a page."""
    return once(("review.given", gate.pk), lambda: _standing(gate.pk))


def _standing(gate: int) -> list[Opinion]:
    changed = {one.opinion_id: one for one in prepared(("review.changed",), _changed, gate)}
    found = prepared(("review.given",), _given, gate)
    for one in found:
        newest = changed.get(one.pk)
        for name in STANDS if newest else ():
            setattr(one, name, getattr(newest, name))
    return [one for one in found if one.outcome]


def _given(gate: int) -> QuerySet[Opinion]:
    found = Opinion.objects.filter(gate=gate).order_by("pk")
    return found.select_related("file", "seat__role", "seat__person", "seat__organisation")


def _changed(gate: int) -> QuerySet[OpinionChange]:
    return OpinionChange.objects.filter(gate=gate).order_by("pk").select_related("file")
