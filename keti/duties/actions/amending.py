"""What an amendment of the charter does to duties that stand already."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from keti.accounts.actions import close_links
from keti.charter.rules.compiled import ObligationSpec
from keti.duties import notices
from keti.duties.actions.responding import tell_followers
from keti.duties.enums import DutyState
from keti.duties.models import LONG_AGO, Obligation
from keti.groups.models import Role
from keti.kernel.acts import Subject
from keti.kernel.transactions import hold
from keti.notify.actions import post
from keti.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A standing duty as the charter wants it now, and which of its facts are to change."""

    spec: ObligationSpec
    facts: frozenset[str]


@transaction.atomic
def rewrite(programme: Programme, wanted: Iterable[Rewriting]) -> int:
    """Change the named facts of open duties; one that was cancelled before is owed again.

    Called by the act that applies an amendment, which decided what may change and records it.
    An extension once given stays, unless the new due instant is as late by itself.
    """
    role_of = {role.key: role for role in Role.objects.filter(programme=programme)}
    by_key = {one.spec.key: one for one in wanted}
    duties = hold(Obligation.objects.all()).filter(programme=programme, key__in=by_key)
    for duty in duties.order_by("pk"):
        _rewrite(duty, by_key[duty.key], role_of)
        duty.save()
    return len(by_key)


def _rewrite(duty: Obligation, wanted: Rewriting, role_of: Mapping[str, Role]) -> None:
    spec, facts = wanted.spec, wanted.facts
    if duty.state == DutyState.CANCELLED:
        duty.state = DutyState.OPEN
        duty.with_kind = duty.with_id = duty.with_path = ""
        facts = facts | set(_READ) | {"due", "role"}
    if "due" in facts:
        duty.due_at, duty.due_rule = spec.due_at, spec.due_rule
        duty.moved()
        if duty.extended_to and duty.extended_to <= spec.due_at:
            duty.extended_to = None
    if "role" in facts:
        duty.role, duty.seat = role_of.get(spec.role), None
    for name in facts & set(_READ):
        setattr(duty, name, _READ[name](spec))
    duty.next_word_at = LONG_AGO


_READ: dict[str, Callable[[ObligationSpec], object]] = {
    "title_zh": lambda spec: spec.title.zh,
    "title_en": lambda spec: spec.title.en,
    "kind": lambda spec: spec.kind,
    "form": lambda spec: spec.form,
    "opens_at": lambda spec: spec.opens_at,
    "needs": lambda spec: list(spec.needs),
    "gate": lambda spec: spec.gate,
    "remind": lambda spec: [int(one.total_seconds()) for one in spec.remind],
    "escalate": lambda spec: [[int(one.total_seconds()), to] for one, to in spec.escalate],
}


def put_off(duties: Iterable[Obligation], by: timedelta, reason: str, at: datetime) -> None:
    """Extend duties by the same time, with one reason; the due dates themselves stay.

    Called by an act on which they hang, which holds them and records it; `take_back_extension`
    takes one back. Who holds them is told.
    """
    for duty in duties:
        before = duty.due_instant
        duty.extended_to, duty.reason = before + by, reason
        duty.moved()
        duty.save(update_fields=["extended_to", "sequence", "next_word_at", "reason"])
        tell_followers(duty.programme, at, duty)
        if duty.seat and duty.seat.acting_person:
            letter = notices.extended(duty, before, reason)
            post(duty.programme, letter, to=[duty.seat.acting_person], at=at)


@transaction.atomic
def cancel(programme: Programme, keys: Iterable[str], *, by: Subject) -> int:
    """Cancel open duties the charter no longer asks for; each says which amendment `by` did it."""
    open_ones = Obligation.objects.filter(programme=programme, key__in=list(keys)).open()
    close_links(obligations=list(open_ones.values_list("public_id", flat=True)))
    return open_ones.update(
        state=DutyState.CANCELLED, with_kind=by.kind, with_id=by.id, with_path=by.path
    )
