"""Seats held ex officio: they go with the seats by which they are held, without an appointment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.db import transaction

from keti.accounts.actions import close_links
from keti.accounts.models import Person
from keti.charter.queries import compiled
from keti.charter.rules.compiled import Compiled, RoleSpec
from keti.groups import notices
from keti.groups.actions.fitting import Place, create, fit_for_seat, part_deputies, vacate
from keti.groups.models import Group, Role, Seat
from keti.kernel.acts import ROUTINE, Act
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.ledger.queries import acted_in
from keti.programmes.models import Programme

SEAT, MISTAKE, CHARTER = "seat", "mistake", "charter"
"""After what seats follow: a seat given or ended, one annulled, a charter applied."""
Holder = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Following:
    """One act after which seats follow: by which charter, and what of it is said to whom."""

    act: Act
    programme: Programme
    tell: bool
    after: str


@transaction.atomic
def follow_offices(
    act: Act,
    programme: Programme,
    *,
    charter: Compiled | None = None,
    tell: bool = True,
    after: str = SEAT,
) -> None:
    """Bring the seats that are held ex officio in step with those by which they are held: each is
    given, ended, or gets another delegate, with a line of its own. Called by every act that gives
    a seat or ends one, after its own line, while the roster is held.

    Whom a seat does not fit is refused, and with them the office. After a `MISTAKE` what went with
    the office counts as never held; refused where something was done in it. After a `CHARTER` was
    applied (the one given) such a seat stays empty, its line tells of all seats, and who sits by
    it is written to as who came by a roster is.

    Taken back by: nothing, because the seat goes with the office: end_seat, swap_delegate there.
    """
    law = charter or compiled(programme)
    if charter is None and not any(role.ex_officio for role in law.roles):
        return
    how = _Following(act, programme, tell and after != CHARTER, after)
    held = list(Seat.objects.filter(programme=programme, ends_at=None).with_names())
    for role in _in_order(law):
        held = _follow(how, law, role, held)


def offices_of(seat: Seat) -> list[Seat]:
    """The seats that go with this one, or went with it when it ended."""
    return list(Seat.objects.filter(office_id=seat.public_id).with_names())


def _in_order(law: Compiled) -> Iterator[RoleSpec]:
    """The roles, each after those it hangs on."""
    waiting = list(law.roles)
    while waiting:
        keys = {one.key for one in waiting}
        ready = [one for one in waiting if not keys & {*one.ex_officio}]
        if not ready:  # a circle, which is an error of the charter
            return
        yield from ready
        waiting = [one for one in waiting if one not in ready]


def _follow(how: _Following, law: Compiled, role: RoleSpec, held: list[Seat]) -> list[Seat]:
    """The seats of one role brought in step; all that are held then."""
    wanted: dict[tuple[str, Holder], Seat] = {}
    for seat in held:
        if seat.role.key in role.ex_officio:
            for home in law.by_office(role, seat.group.key):
                wanted.setdefault((home, _holder(seat)), seat)
    kept = []
    for seat in held:
        mine = seat.role.key == role.key
        office = wanted.pop((seat.group.key, _holder(seat)), None) if mine else None
        if mine and seat.office_id and office is None:
            _end(how, seat)
            continue
        if mine and seat.office_id and office is not None:
            _move(how, seat, office)
        kept.append(seat)
    fresh = (_give(how, role.key, home, office) for (home, _), office in wanted.items())
    return kept + [one for one in fresh if one is not None]


def _holder(seat: Seat) -> Holder:
    return seat.person_id, seat.organisation_id


def _delegate(office: Seat) -> Person | None:
    """Who acts in a seat of this office: nobody while the unit's nomination waits for an answer."""
    return office.delegate if office.proposed_at is None else None


def _give(how: _Following, role: str, home: str, office: Seat) -> Seat | None:
    place = Place(
        group=Group.objects.select_related("programme").get(programme=how.programme, key=home),
        role=Role.objects.get(programme=how.programme, key=role),
        organisation=office.organisation,
        person=office.person,
        delegate=_delegate(office),
        honorific=office.honorific,
        order=office.order,
        starts_at=max(office.starts_at, how.act.happened_at),
        guest=True,
        office_id=office.public_id,
    )
    fits = fit_for_seat(place)
    if how.after == CHARTER and not fits:
        return None
    fits.or_refuse()
    seat = create(how.act, place)
    if how.tell and seat.acting_person:
        notices.appointed(how.act, seat)
    facts = {"group": place.group.label, "role": place.role.title_zh, "order": place.order}
    _record(how, "groups.seat.appointed", seat, facts | {"elected_by": []}, office)
    return seat


def _end(how: _Following, seat: Seat) -> None:
    office = Seat.objects.with_names().filter(public_id=seat.office_id).first()
    mistake = how.after == MISTAKE
    if mistake and acted_in(how.programme, seat.public_id):
        raise Refused("groups.seat-was-used", seat=seat.title)
    at = seat.starts_at if mistake else max(seat.starts_at, how.act.happened_at)
    vacate([seat], at)
    if mistake:
        notices.unsay_appointed(how.act, seat)
    kind = "groups.seat.annulled" if mistake else "groups.seat.ended"
    _record(how, kind, seat, {"reason": ""}, office)


def _move(how: _Following, seat: Seat, office: Seat) -> None:
    """The office has another delegate, or another seat of the same holder gives this one now."""
    acting, before = _delegate(office), seat.delegate
    if acting == before and seat.office_id == office.public_id:
        return
    place = Place(
        seat.group, seat.role, organisation=seat.organisation, delegate=acting, guest=True
    )
    if acting != before and how.after != CHARTER:
        fit_for_seat(place, held=seat).or_refuse()
    if acting != before:
        close_links(seats=[seat.public_id])
        part_deputies([seat], how.act.recorded_at)
    seat.delegate, seat.office_id = acting, office.public_id
    seat.save(update_fields=["delegate", "office_id"])
    if how.tell and acting is not None and acting != before:
        notices.appointed(how.act, seat)
    names = {
        "before": before.label if before else "",
        "after": acting.label if acting else "",
    }
    _record(how, "groups.delegate.swapped", seat, ROUTINE | names, office)


def _record(
    how: _Following, kind: str, seat: Seat, facts: Mapping[str, object], office: Seat | None
) -> None:
    """The line of one seat that followed; the line of a founding tells all of its seats."""
    if how.after != CHARTER:
        ledger.record(
            replace(how.act, key=""),
            kind,
            programme=how.programme,
            about=seat.subject(),
            facts={**facts, "office": office.label if office else ""},
        )
