"""What was said at a gate, as it stands: what was changed since lies over what was said first."""

from django.db.models import F, QuerySet

from keti.documents.models import StoredFile
from keti.kernel.once import once
from keti.kernel.prepared import prepared
from keti.review.models import Gate, Opinion

STANDS = (
    "outcome", "effect", "comment", "file_id", "marks", "by_label", "on_behalf", "happened_at",
)  # fmt: skip
COPY = ("id", "sha256", "name")
"""What a page says of a marked copy, in the order of the model; the rest is read when asked for."""


def given(gate: Gate) -> list[Opinion]:
    """Every opinion of the gate, of all rounds, in the order in which they first came, each as it
    was last changed; none that was withdrawn. Read once for a page."""
    return once(("review.given", gate.pk), lambda: _standing(gate.pk))


def _standing(gate: int) -> list[Opinion]:
    newest = {one.pk: one for one in prepared(("review.given",), _given, gate)}
    return [one for one in map(_as_changed, newest.values()) if one.outcome]


def _as_changed(one: Opinion) -> Opinion:
    later = vars(one)
    if later["later_id"] is not None:
        for name in STANDS:
            setattr(one, name, later[f"later_{name}"])
        copy = [later[f"later_file_{name}"] for name in COPY]
        one.file = StoredFile.from_db(one._state.db, COPY, copy) if one.file_id else None
    return one


def _given(gate: int) -> QuerySet[Opinion]:
    """A row for every change of an opinion, oldest first; one for an opinion without any."""
    later = {f"later_{name}": F(f"changes__{name}") for name in ("id", *STANDS)}
    copies = {f"later_file_{name}": F(f"changes__file__{name}") for name in COPY[1:]}
    found = Opinion.objects.filter(gate=gate).annotate(**later, **copies)
    found = found.select_related("file", "seat__role", "seat__person", "seat__organisation")
    return found.order_by("pk", "changes__pk")
