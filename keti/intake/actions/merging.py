"""Two records that are one: of a person, of a unit."""

from django.db import transaction

from keti.accounts import actions as accounts
from keti.accounts.models import Organisation, Person
from keti.accounts.queries import has_second_factor
from keti.consents.enums import Purpose
from keti.consents.queries import newest_of
from keti.groups import actions as groups
from keti.groups.permissions import may_manage
from keti.intake import notices, queries
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_each
from keti.ledger import actions as ledger
from keti.monitoring.actions import follow_the_seats, hold_what_follows
from keti.programmes.models import Programme


@transaction.atomic
def merge_people(act: Act, *, programme: Programme, gone: Person, kept: Person) -> Person:
    """Two records of one person become one, `kept`: seats, delegations, consents, applications and
    ways to sign in are theirs; what is wanting on record is taken from `gone`. No paper and no line
    of the record changes.

    Only the secretariat. Refuses one and the same record, whoever is not known here or is known in
    another programme, who founds programmes, two of whom one agreed to be named and the other took
    it back, who signs in with a second factor on the record that goes, and roles that exclude each
    other.

    Taken back by: nothing, because what either did since is one person's; the page asks twice.
    """
    groups.hold_roster(programme)
    hold_each(Person.objects.filter(pk__in=[gone.pk, kept.pk]))
    hold_what_follows(programme)
    if ledger.repeated(act, "intake.people.merged", programme=programme):
        return kept
    may_manage(act, programme).or_refuse()
    gone, kept = (Person.objects.select_related("unit").get(pk=one.pk) for one in (gone, kept))
    _may_merge(programme, gone, kept)
    before = _said(gone)
    notices.merged(act, programme, gone, kept)
    doubled = groups.move_seats(act, gone=gone, kept=kept)
    kept = accounts.merge_people(gone, kept)
    follow_the_seats(act, programme=programme)
    ledger.record(
        act,
        "intake.people.merged",
        programme=programme,
        about=kept.subject(),
        facts={"gone": gone.public_id, "was": before, "doubled": [one.label for one in doubled]},
    )
    return kept


def _said(person: Person) -> str:
    return "，".join(one for one in (person.name, person.unit.label if person.unit else "") if one)


def _may_merge(programme: Programme, gone: Person, kept: Person) -> None:
    if gone.pk == kept.pk or gone.same_as_id or kept.same_as_id:
        raise Refused("intake.merge-two-records").at("other")
    for one in (gone, kept):
        if not queries.is_known_in(programme, one):
            raise Refused("intake.not-seated-here", who=one.label).at("other")
        if queries.was_elsewhere(programme, one):
            raise Refused("intake.bound-elsewhere", who=one.label).at("other")
        if one.may_found:
            raise Refused("intake.founder-stays", who=one.label).at("other")
    if has_second_factor(gone):
        raise Refused("intake.merge-the-other-way", gone=gone.label, kept=kept.label).at("other")
    if any(_answer_differently(programme, (gone, kept), one) for one in Purpose):
        raise Refused("intake.merge-consents-differ", who=kept.label).at("other")


def _answer_differently(programme: Programme, pair: tuple[Person, Person], to: Purpose) -> bool:
    """Did one of them agree to this use and the other take it back?"""
    return len({one.withdrawn_at is None for one in newest_of(programme, pair, to)}) > 1


@transaction.atomic
def merge_units(
    act: Act, *, programme: Programme, gone: Organisation, kept: Organisation
) -> Organisation:
    """Two records of one unit become one, `kept`: seats and people are of that unit; the name of
    `gone` finds it from now on. No paper and no line of the record changes.

    Only the secretariat. Refuses one and the same record, a unit of which nobody takes part here,
    and one that takes part in another programme.

    Taken back by: nothing, because what either did since is one unit's; the page asks twice.
    """
    groups.hold_roster(programme)
    hold_each(Organisation.objects.filter(pk__in=[gone.pk, kept.pk]))
    hold_what_follows(programme)
    if ledger.repeated(act, "intake.units.merged", programme=programme):
        return kept
    may_manage(act, programme).or_refuse()
    gone, kept = (Organisation.objects.get(pk=one.pk) for one in (gone, kept))
    if gone.pk == kept.pk or gone.same_as_id or kept.same_as_id:
        raise Refused("intake.merge-two-records").at("other")
    for one in (gone, kept):
        if not queries.units(programme).filter(pk=one.pk).exists():
            raise Refused("intake.unit-not-here", unit=one.label).at("other")
        if queries.unit_elsewhere(programme, one):
            raise Refused("intake.unit-bound-elsewhere", unit=one.label).at("other")
    doubled = groups.move_unit_seats(act, gone=gone, kept=kept)
    kept = accounts.merge_units(gone, kept)
    follow_the_seats(act, programme=programme)
    ledger.record(
        act,
        "intake.units.merged",
        programme=programme,
        about=kept.subject(),
        facts={
            "gone": gone.public_id,
            "was": gone.label,
            "doubled": [one.label for one in doubled],
        },
    )
    return kept
