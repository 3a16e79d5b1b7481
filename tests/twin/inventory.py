"""Every address of the house with every id that occurs in a world, led to by a link or not."""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice, product

from django.db.models import Model, Q
from django.urls import reverse

from keti.accounts.models import Person
from keti.consultation.models import Round
from keti.documents.models import StoredFile
from keti.drafts.models import Draft
from keti.duties.models import Filing, Obligation
from keti.groups.models import Group, Seat
from keti.intake.models import Application, RosterImport
from keti.meetings.models import Meeting
from keti.monitoring.models import Finding
from keti.notify.models import Message
from keti.planning.models import Amendment, CharterDraft
from keti.reports.models import Report, Version
from keti.research.models import CaseApproval, FactCheck, Link, Node, Uptake
from keti.review.models import Gate
from keti.work.models import Task, TaskBook
from tests.cast import Cast
from tests.house.test_routes import PARAMETERS, TABLE

MODELS: dict[str, tuple[type[Model], ...]] = {
    "duty_id": (Obligation,),
    "filing_id": (Filing,),
    "finding_id": (Finding,),
    "gate_id": (Gate,),
    "group_id": (Group,),
    "item_id": (Task,),
    "meeting_id": (Meeting,),
    "message_id": (Message,),
    "report_id": (Report,),
    "round_id": (Round,),
    "seat_id": (Seat,),
    "node_id": (Node,),
    "link_id": (Link,),
    "uptake_id": (Uptake,),
    "check_id": (FactCheck,),
    "approval_id": (CaseApproval,),
    "book_id": (TaskBook,),
    "task_id": (Task,),
    "kept_id": (Draft,),
    "amendment_id": (Amendment,),
    "draft_id": (CharterDraft,),
    "person_id": (Person,),
    "file_id": (StoredFile,),
    "public_id": (Application, RosterImport, Seat),
}
"""What the ids of a path are ids of."""
WORDS = {
    "slug": ("cast",),
    "kind": ("finding",),
    "matrix": (
        "demand-recommendation",
        "level-sector",
        "sector-stage",
        "addressee-recommendation",
        "element-case",
        "recommendation-evidence",
    ),
    "side": ("1", "none"),
    "head": ("1", "none"),
    "work": ("chart",),
    "form": ("csv", "xlsx", "pdf", "docx"),
    "lang": ("zh", "en"),
    "track": ("solo",),
    "role": ("head",),
    "address": ("roles",),
    "place": ("1-1", "1-2"),
    "token": ("x" * 32,),
    "called": ("duties", "sent", "ledger", "applications", "reports", "findings"),
    "deed": ("remind", "resend"),
}
NUMBERS = ("1", "2")
ENOUGH = 150
"""How many addresses of one route the whole form tries."""
NEVER = ("planning:start", "planning:new")


def ids(model: type[Model], cast: Cast, most: int | None) -> list[str]:
    """Public ids of this model: of duties the inner ones, of gates those that were opened, of
    everything else the newest."""
    rows = model._default_manager.order_by("-pk")
    if most is None:
        return [one.public_id for one in rows]
    if model is Obligation:
        inner = Q(nature="promise") | Q(group__key="cell.red", begun_at__isnull=False)
        return [one.public_id for one in rows.filter(inner)[: 3 * most]]
    if model is Gate:
        return [one.public_id for one in rows.exclude(opened_at=None)]
    return [one.public_id for one in rows[:most]]


def _combined(choices: list[Sequence[str]], most: int | None) -> Iterator[tuple[str, ...]]:
    """Values for the parts of a path: side by side in the small form, else each with each."""
    if most is None or not choices:
        return islice(product(*choices), ENOUGH)
    longest = max(len(one) for one in choices)
    return islice(zip(*(cycle(one) for one in choices), strict=False), longest)


def exact() -> Iterator[str]:
    """Addresses of two ids that belong together: files handed in, frozen versions."""
    for one in Filing.objects.select_related("obligation").order_by("pk"):
        yield reverse("duties:filing", args=["cast", one.obligation.public_id, one.public_id])
    for version in Version.objects.select_related("report__programme").order_by("pk"):
        yield from (f"{version.path}{then}" for then in ("", "docx/", "pdf/", "file/"))


def addresses(cast: Cast, most: int | None) -> list[str]:
    """Every address, once; with `most` rows of everything, or with all."""
    known = {
        name: [one for model in models for one in ids(model, cast, most)]
        for name, models in MODELS.items()
    }
    found: dict[str, None] = dict.fromkeys(exact())
    for route, parts in PARAMETERS.items():
        if route not in TABLE or route in NEVER:
            continue
        choices = [
            NUMBERS if kind == "IntConverter" else known.get(name) or WORDS.get(name, ("x",))
            for name, kind in parts.items()
        ]
        for values in _combined(choices, most):
            found[reverse(route, kwargs=dict(zip(parts, values, strict=True)))] = None
    return list(found)
