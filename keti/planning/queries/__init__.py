"""What stands in a programme, read for a plan; whom a plan affects; amendments and drafts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Count, Min, Q, QuerySet

from keti.accounts.models import Person, User
from keti.charter.queries import compiled, holidays, in_force
from keti.charter.rules.compiled import Compiled
from keti.charter.rules.findings import Finding
from keti.charter.rules.lint import Seated, lint
from keti.charter.rules.rehearsal import LAST, elapsed
from keti.charter.rules.wording import ANEW
from keti.duties.enums import DutyState, Nature
from keti.duties.models import Obligation
from keti.groups import queries as groups
from keti.groups.models import Group, Role, Seat
from keti.kernel.acts import Text
from keti.kernel.refusals import sentence
from keti.ledger.models import HOUSE, Entry
from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Delivery, Message
from keti.planning import permissions
from keti.planning.models import Amendment, AmendmentQuerySet
from keti.planning.queries.awaiting import (
    Ballot as Ballot,
)
from keti.planning.queries.awaiting import (
    approvals as approvals,
)
from keti.planning.queries.awaiting import (
    awaited as awaited,
)
from keti.planning.queries.awaiting import (
    ballot as ballot,
)
from keti.planning.queries.awaiting import (
    counted as counted,
)
from keti.planning.queries.awaiting import (
    missing as missing,
)
from keti.planning.queries.awaiting import (
    voters as voters,
)
from keti.planning.rules import changes as made
from keti.planning.rules.changes import Change, Plan
from keti.planning.rules.reality import (
    STOPPED,
    Duty,
    GateNow,
    Place,
    Reality,
    Sitting,
    by_office,
    details,
    named_sittings,
    numbers_said,
    of_office,
    stamp,
)
from keti.programmes.models import Programme
from keti.review.models import Gate


def judged(programme: Programme, at: datetime) -> list[Finding]:
    """What the linter says of the charter in force, with those who hold seats at `at`."""
    version, roster = in_force(programme), groups.roster(programme, at)
    days = tuple(sorted(holidays().items()))
    return list(_judged(version.text, version.name, version.clauses, days, roster))


@lru_cache(maxsize=16)
def _judged(
    text: str,
    name: str,
    clauses: str,
    days: tuple[tuple[date, bool], ...],
    roster: tuple[Seated, ...],
) -> tuple[Finding, ...]:
    """The same text with the same people is judged once: every page of a charter asks."""
    return tuple(lint(text, name, holidays=dict(days), clauses=clauses, roster=roster))


def recorded(programme: Programme) -> dict[str, tuple[float, ...]]:
    """Kind -> how many working days its duties took, of those met last; where enough are met."""
    met = Obligation.objects.filter(
        programme=programme,
        nature=Nature.CHARTER,
        state=DutyState.MET,
    )
    rows = met.order_by("-met_at", "pk").values_list("kind", "opens_at", "met_at")[:LAST]
    done = [(kind, opened, over) for kind, opened, over in rows if opened and over]
    return elapsed(compiled(programme), done, holidays())


def reality(programme: Programme, at: datetime) -> Reality:
    """What stands at `at`, in a constant number of queries."""
    charter = compiled(programme)
    return Reality(
        base_sha256=in_force(programme).sha256,
        facts=_facts(programme),
        phase=programme.phase,
        phases=charter.phases,
        groups=_groups(programme),
        roles=_roles(programme),
        sittings=_sittings(programme, charter, at),
        duties=_duties(programme),
        gates=_gates(programme),
        requests=charter.requests,
    )


def _facts(programme: Programme) -> tuple[tuple[str, str], ...]:
    return details(
        title_zh=programme.title_zh,
        title_en=programme.title_en,
        zone=programme.zone,
        number_prefix=programme.number_prefix,
        first_numbers=numbers_said(programme.numbers_from),
        starts_at=stamp(programme.starts_at),
        ends_at=stamp(programme.ends_at),
    )


def _groups(programme: Programme) -> tuple[Place, ...]:
    return tuple(
        Place(
            one.key,
            one.title,
            details(kind=one.kind, parent=one.parent.key if one.parent else ""),
            one.ended_at is not None,
        )
        for one in groups.groups_of(programme)
    )


def _roles(programme: Programme) -> tuple[Place, ...]:
    return tuple(
        Place(
            one.key,
            one.title,
            details(
                group_kind=one.group_kind,
                can=one.can,
                excludes=one.excludes,
                minimum=one.minimum,
                maximum=one.maximum,
                appointed_by=one.appointed_by,
                external=one.external,
                **by_office(one.ex_officio),
                **of_office(one.terms, one.renewals),
            ),
            one.ended_at is not None,
        )
        for one in Role.objects.filter(programme=programme)
    )


def _sittings(programme: Programme, charter: Compiled, at: datetime) -> tuple[Sitting, ...]:
    named = {(one.role, one.unit): one.party for one in named_sittings(charter)}
    found = []
    for seat in groups.standing(programme, at).filter(office_id=""):
        unit = seat.organisation.name_zh if seat.organisation else ""
        party = named.get((seat.role.key, unit), "")
        found.append(
            Sitting(seat.public_id, seat.group.key, seat.role.key, seat.holder.label, unit, party)
        )
    return tuple(found)


def _duties(programme: Programme) -> tuple[Duty, ...]:
    rows = Obligation.objects.filter(programme=programme).apart_from_responses()
    return tuple(_duty(one) for one in rows.with_names().order_by("pk"))


def _duty(one: Obligation) -> Duty:
    own = one.from_charter or one.seat is None
    role = one.role if own else one.seat.role if one.seat else None
    amended = one.with_kind == Amendment.KIND
    stopped = one.state == DutyState.CANCELLED and not amended
    return Duty(
        key=one.key,
        group=one.group.key if own or one.seat is None else one.seat.group.key,
        role=role.key if role else "",
        title=one.title,
        due_at=one.due_at,
        details=details(
            kind=one.kind,
            form=one.form,
            opens_at=stamp(one.opens_at),
            needs=one.needs,
            gate=one.gate,
            remind=one.remind,
            escalate=one.escalate,
        ),
        state=STOPPED if stopped else one.state,
        begun=one.begun_at is not None,
        extended_to=one.extended_to,
        gate=one.gate,
        from_charter=one.from_charter,
        anew=one.due_rule == ANEW,
    )


def _gates(programme: Programme) -> tuple[GateNow, ...]:
    rows = Gate.objects.filter(programme=programme, request=None).select_related("programme")
    charter = compiled(programme)
    return tuple(
        GateNow(one.spec if one.charter else charter.gate(one.key), bool(one.charter))
        for one in rows
    )


@dataclass(frozen=True, slots=True)
class Affected:
    """One person and every change that reaches them, in the plan's order."""

    person: Person
    changes: tuple[Change, ...]


def affected(programme: Programme, plan: Plan, at: datetime) -> list[Affected]:
    """Exactly whom a plan reaches, in protocol order: who owes, who will owe, who sits there."""
    seats = list(groups.standing(programme, at))
    owing = _owing(programme, plan)
    found: dict[int, tuple[Person, list[Change]]] = {}
    for change in plan.doing:
        for seat in _reached(change, seats, owing):
            person = seat.acting_person
            if person is not None:
                mine = found.setdefault(person.pk, (person, []))[1]
                if change not in mine:
                    mine.append(change)
    return [Affected(person, tuple(mine)) for person, mine in found.values()]


def joined(before: Iterable[Affected], after: Iterable[Affected]) -> list[Affected]:
    """Whom a plan reached before and after it was carried out, each once."""
    found: dict[int, Affected] = {}
    for one in (*before, *after):
        known = found.get(one.person.pk)
        more = known.changes if known else ()
        rest = tuple(change for change in one.changes if change not in more)
        found[one.person.pk] = Affected(one.person, (*more, *rest))
    return list(found.values())


def _owing(programme: Programme, plan: Plan) -> Mapping[str, Seat]:
    keys = [one.key for one in plan.doing if one.thing == made.DUTY]
    rows = Obligation.objects.filter(programme=programme, key__in=keys).with_names()
    return {one.key: one.seat for one in rows if one.seat is not None}


def _reached(change: Change, seats: list[Seat], owing: Mapping[str, Seat]) -> list[Seat]:
    """The seats a change reaches. The programme and its phases reach the secretariat."""
    if change.thing in (made.PROGRAMME, made.PHASE):
        return [one for one in seats if one.can("manage")]
    if change.thing == made.GROUP:
        return [one for one in seats if one.group.key == change.key or one.can("manage")]
    if change.thing in (made.ROLE, made.SEAT):
        own = [one for one in seats if one.role.key == change.role]
        return [one for one in own if change.group in ("", one.group.key)]
    found = [owing[change.key]] if change.key in owing else []
    own = [one for one in seats if one.role.key == change.role]
    inside = [one for one in own if one.group.key == change.group]
    law = compiled(own[0].programme) if own else None
    elsewhere = [
        one for one in own if law and law.reaches(one.role.group_kind, one.group.key, change.group)
    ]
    if change.thing == made.GATE or not found or change.verb == made.HOLD:
        found += [one for one in (inside or elsewhere) if one not in found]
    return found


def founded_from(person: Person, draft_id: str) -> Programme | None:
    """The programme that this person founded from the working copy of this id."""
    line = Entry.objects.select_related("programme").filter(
        kind="planning.charter.applied", actor_id=person.public_id, key=draft_id
    )
    found = line.first()
    return found.programme if found else None


def amendments(programme: Programme) -> AmendmentQuerySet:
    """Every amendment of the programme, newest first."""
    return Amendment.objects.filter(programme=programme).with_names()


def amendment_by_id(programme: Programme, public_id: str) -> Amendment | None:
    return amendments(programme).filter(public_id=public_id).first()


def waiting(now: datetime) -> AmendmentQuerySet:
    """Approved amendments whose moment has come."""
    return Amendment.objects.filter(state="approved", takes_effect_at__lte=now).with_names()


def new_groups(programme: Programme, plan: Plan) -> Iterable[Group]:
    """The groups the plan declares, once they are there."""
    keys = [one.key for one in plan.of(made.CREATE, made.GROUP)]
    return Group.objects.filter(programme=programme, key__in=keys)


@dataclass(frozen=True, slots=True)
class Reached:
    """By what a programme has reached somebody: a kind of act, or letters that have gone ("")."""

    kind: str
    times: int
    first: datetime | None = None
    who: tuple[str, ...] = ()


def reached(programme: Programme) -> list[Reached]:
    """What was published of it, or sent to anybody but who prepares it; [] for a trial."""
    lines = Entry.objects.filter(book=programme.public_id).exclude(kind__in=permissions.TRIAL)
    times = lines.values_list("kind").annotate(Count("pk"), Min("recorded_at"))
    found = [Reached(*one) for one in times.order_by("kind")]
    names = list(_gone_out(programme).order_by("recipient_label", "pk"))
    if names:
        labels = tuple(dict.fromkeys(one.recipient_label for one in names))
        found.append(Reached("", len(names), who=labels))
    return found


def _gone_out(programme: Programme) -> QuerySet[Message]:
    """Letters that left the house, or lie in the box of who has an account; not the office's."""
    seats = Seat.objects.filter(programme=programme).select_related("role", "person", "delegate")
    desks = [seat for seat in seats if seat.can("manage")]
    office = {one.public_id for seat in desks for one in (seat.person, seat.delegate) if one}
    aside = Person.objects.filter(colleague_in__seat__in=[seat.pk for seat in desks])
    office |= set(aside.values_list("public_id", flat=True))
    done = Delivery.objects.filter(state__in=[DeliveryState.SENT, DeliveryState.UNCERTAIN])
    signs_in = User.objects.exclude(person=None).values("person__public_id")
    away = done.filter(Q(way=Way.MAIL) | Q(message__recipient_id__in=signs_in))
    mine = Message.objects.filter(programme=programme, pk__in=away.values("message"))
    return mine.exclude(recipient_id__in=office)


def told_reached(what: Iterable[Reached], programme: Programme) -> Text:
    """What stands against deleting it, in words."""
    said = {lang: [_said(one, programme, lang) for one in what] for lang in ("zh-hans", "en")}
    return Text("；".join(said["zh-hans"]), "; ".join(said["en"]))


def _said(one: Reached, programme: Programme, lang: str) -> str:
    if not one.kind:
        mark = "、" if lang == "zh-hans" else ", "
        facts: dict[str, object] = {"count": one.times, "who": mark.join(one.who[:5])}
        return sentence("planning.letters-have-gone", facts, lang)
    first = programme.local(one.first).strftime("%Y-%m-%d") if one.first else ""
    words = sentence(f"ledger.kind.{one.kind}", {}, lang)
    facts = {"what": words, "count": one.times, "at": first}
    return sentence("planning.done-times", facts, lang)


def deleted_by(person: Person, key: str) -> bool:
    """Did this person delete a programme with the form of this key?"""
    return bool(key) and deleted().filter(actor_id=person.public_id, key=key).exists()


def deleted() -> QuerySet[Entry]:
    """The trial programmes that were deleted, as the book of the house tells, newest first."""
    lines = Entry.objects.filter(book=HOUSE, kind="planning.programme.deleted")
    return lines.order_by("-seq")


def founded_at(programme: Programme) -> datetime | None:
    """When it was founded, as its book tells."""
    lines = Entry.objects.filter(book=programme.public_id).order_by("seq")
    return lines.values_list("recorded_at", flat=True).first()
