"""A trial programme is deleted whole: of what was tried and never published nothing stays."""

from collections.abc import Iterator
from typing import Any, cast

from django.apps import apps
from django.db import models, transaction
from django.urls import reverse

from keti.accounts.models import DutyLink, Organisation, Person, User
from keti.charter.queries import in_force
from keti.drafts.models import Draft
from keti.duties.models import Obligation
from keti.groups.actions import hold_roster
from keti.groups.models import Colleague, Seat
from keti.jobs.models import Job
from keti.kernel.acts import Act
from keti.kernel.guarded import touch
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_each
from keti.ledger import actions as ledger
from keti.ledger.models import Entry, Head
from keti.ledger.queries import checkpoint
from keti.ledger.queries.agreeing import told_in
from keti.planning.permissions import may_delete
from keti.planning.queries import founded_at, reached, told_reached
from keti.programmes.models import Deletion, Programme

DELETED = "planning.programme.deleted"
Rows = models.QuerySet[Any, Any]


@transaction.atomic
def delete_programme(act: Act, *, programme: Programme, typed: str, reason: str) -> None:
    """Delete a programme of which nothing is published or sent outside: every row of it, its files,
    drafts, duties and waiting letters; and who was entered for it alone. The book of the house
    keeps one line: which, by whom, why, and the checkpoint of its own book.

    Refuses everybody but the secretariat, another title `typed` than it has, no reason, and a
    programme that has reached somebody, naming by what.

    Taken back by: nothing, because what nobody outside has seen is gone, and only that.
    """
    hold_roster(programme)
    if ledger.repeated(act, DELETED, programme=None):
        return
    may_delete(act, programme).or_refuse()
    titles = {programme.title_zh, programme.title_en} - {""}
    if " ".join(typed.split()) not in titles:
        raise Refused("planning.title-not-typed", title=programme.title_zh).at("title")
    if not reason.strip():
        raise Refused("planning.deleting-needs-a-reason").at("reason")
    what = reached(programme)
    if what:
        raise Refused("planning.not-a-trial", what=told_reached(what, programme))
    facts = _told(programme) | {"reason": reason.strip()}
    hold_each(Seat.objects.filter(programme=programme))
    hold_each(Obligation.objects.filter(programme=programme))
    facts |= _gone(act, programme)
    ledger.record(act, DELETED, programme=None, about=programme.subject(), facts=facts)


def _told(programme: Programme) -> dict[str, object]:
    """What its book came to: enough to know a copy of it again."""
    version, head = in_force(programme), checkpoint(programme)
    return {
        "slug": programme.slug,
        "title": programme.title_zh,
        "charter": version.sha256,
        "founded": founded_at(programme),
        "lines": head.size,
        "root": head.root.hex(),
    }


def _gone(act: Act, programme: Programme) -> dict[str, object]:
    """Everything of it. Returns how many people and units went with it."""
    people, units = _entered(programme)
    spoken = told_in(programme)
    begun = Deletion.objects.create(programme=programme, at=act.recorded_at)
    beside = [
        Draft.objects.filter(place__startswith=reverse("site:home", args=[programme.slug])),
        DutyLink.objects.filter(obligation_id__in=_ids(Obligation, programme)),
        Job.objects.filter(result=reverse("planning:founded", args=[programme.slug])),
        Head.objects.filter(book=programme.public_id),
    ]
    for rows in (*beside, *_rows_of(programme)):
        rows._raw_delete(rows.db)  # the database lets go of them, and of no others
    begun.delete()
    Programme.objects.filter(pk=programme.pk)._raw_delete(using=begun._state.db or "default")
    gone: dict[str, object] = {"people": _drop(Person, people), "units": _drop(Organisation, units)}
    for model, keys in spoken.items():  # what its book said of rows that stay is said anew
        touch(model, model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
    return gone


def _ids(model: type[models.Model], programme: Programme) -> Rows:
    return model._base_manager.filter(programme=programme).values("public_id")


def _rows_of(programme: Programme) -> Iterator[Rows]:
    """The rows of every table that belong to the programme, parts before what they are part of."""
    ours = [one for one in apps.get_models() if one.__module__.startswith("keti.")]
    ways: dict[type[models.Model], str] = {
        one: "programme" for one in ours if Programme in _keys(one) and one is not Deletion
    }
    fresh = dict(ways)
    while fresh:
        fresh = {
            one: f"{name}__{fresh[whole]}"
            for one in ours
            if one not in ways and one is not Deletion
            for whole, name in _keys(one, needed=True).items()
            if whole in fresh
        }
        ways |= fresh
    for model, way in reversed(ways.items()):
        yield model._base_manager.filter(**{way: programme})


def _keys(model: type[models.Model], *, needed: bool = False) -> dict[type[models.Model], str]:
    """What the model's foreign keys point at, and by which name; `needed`: only where they must."""
    return {
        cast("type[models.Model]", one.related_model): one.name
        for one in model._meta.concrete_fields
        if isinstance(one, models.ForeignKey) and not (needed and one.null)
    }


def _entered(programme: Programme) -> tuple[set[int], set[int]]:
    """The people and the units that stood in it."""
    seats = Seat.objects.filter(programme=programme)
    rows = seats.values_list("person_id", "delegate_id", "organisation_id", "person__unit_id")
    people, units = set(), set()
    for person, delegate, unit, home in rows:
        people |= {person, delegate}
        units |= {unit, home}
    people |= set(
        Colleague.objects.filter(seat__programme=programme).values_list("person_id", flat=True)
    )
    units |= set(Person.objects.filter(pk__in=people - {None}).values_list("unit_id", flat=True))
    return people - {None}, units - {None}


def _drop(model: type[Person] | type[Organisation], rows: set[int]) -> int:
    """Those of these that nothing in the house refers to any more: no seat, no account, no line."""
    left: Rows = model._base_manager.filter(pk__in=rows)
    if model is Person:
        left = left.exclude(may_found=True)
    names = dict(left.values_list("public_id", "pk"))
    spoken = Entry.objects.filter(subject_id__in=names) | Entry.objects.filter(actor_id__in=names)
    for actor, subject in spoken.values_list("actor_id", "subject_id"):
        names.pop(actor, None)
        names.pop(subject, None)
    free = set(names.values())
    for one in apps.get_models():
        for key in one._meta.concrete_fields:
            if isinstance(key, models.ForeignKey) and key.related_model is model:
                held = one._base_manager.filter(**{f"{key.name}__in": free})
                free -= set(held.values_list(f"{key.name}_id", flat=True))
    model._base_manager.filter(pk__in=free)._raw_delete(using=User.objects.db)
    return len(free)
