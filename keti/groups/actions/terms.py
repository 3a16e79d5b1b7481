"""Terms of office: renewed by the secretariat, ended by the clock, begun by a new charter."""

from datetime import datetime

from django.db import transaction

from keti.groups import notices, permissions, queries, rules
from keti.groups.actions.fitting import hold_roster, vacate
from keti.groups.actions.offices import follow_offices
from keti.groups.models import Role, Seat
from keti.kernel.acts import Act
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme


@transaction.atomic
def renew_seat(act: Act, *, seat: Seat) -> Seat:
    """Let the holder go on for another term, which begins where this one ends. The secretariat, on
    behalf of who elects or appoints.

    Refuses a seat without a term or that has ended, one too early for it, and who was renewed as
    often as the charter lets.

    Taken back by: end_seat (from now on).
    """
    programme = seat.programme
    hold_roster(programme)
    hold_row(Seat, seat.pk)
    seat = Seat.objects.with_names().get(pk=seat.pk)
    if ledger.repeated(act, "groups.term.renewed", programme=programme):
        return seat
    permissions.may_renew(act, seat).or_refuse()
    began = seat.term_ends_at or act.happened_at
    seat.renewed += 1
    seat.term_ends_at = rules.term_end(seat.role.terms, seat.renewed, began, programme.tz)
    seat.save(update_fields=["term_ends_at", "renewed"])
    notices.renewed(act, seat)
    ledger.record(
        act,
        "groups.term.renewed",
        programme=programme,
        about=seat.subject(),
        facts={
            "role": seat.role.title_zh,
            "until": seat.term_ends_at,
            "elected_by": queries.electors(programme, seat.role),
        },
    )
    return seat


@transaction.atomic
def end_term(act: Act, *, seat: Seat) -> None:
    """The term of a seat is over and nobody renewed it: it falls vacant at that instant. Called by
    the clock, which holds the roster and passes on what was owed in it.

    Taken back by: appoint (the same holder anew).
    """
    programme = seat.programme
    if ledger.repeated(act, "groups.seat.ended", programme=programme):
        return
    vacate([seat], act.happened_at)
    notices.term_over(act, seat)
    ledger.record(
        act,
        "groups.seat.ended",
        programme=programme,
        about=seat.subject(),
        facts={"reason": "", "term": act.happened_at},
    )
    follow_offices(act, programme)


@transaction.atomic
def follow_terms(programme: Programme, at: datetime) -> None:
    """A charter that learns a term lets it begin now for who sits already; one that has none any
    more ends none. A term that runs stays as it is. Called by the act that applies a charter."""
    for role in Role.objects.filter(programme=programme):
        seats = Seat.objects.filter(role=role, ends_at=None, office_id="")
        if role.terms:
            ends = rules.term_end(role.terms, 0, at, programme.tz)
            seats.filter(term_ends_at=None).update(term_ends_at=ends)
        else:
            seats.exclude(term_ends_at=None).update(term_ends_at=None, renewed=0)
