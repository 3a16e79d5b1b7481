"""An approved amendment comes into force: one transaction, one line in the ledger."""

import logging
from datetime import datetime
from functools import partial

from django.db import transaction

from keti.accounts.actions import enter_organisation
from keti.charter import actions as charters
from keti.charter.actions import CharterFile
from keti.charter.models import CharterVersion
from keti.charter.queries import compiled, in_force, only_language
from keti.charter.rules.compiled import Compiled
from keti.duties import actions as duties
from keti.duties.actions import Rewriting, Unanswered
from keti.groups import actions as groups
from keti.groups.actions import CHARTER, Place, hold_roster
from keti.groups.models import Colleague, Group, Role, Seat
from keti.groups.queries import seat_by_id
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, both
from keti.kernel.transactions import hold_each, hold_row, run
from keti.ledger import actions as ledger
from keti.monitoring.actions import hold_what_follows
from keti.planning import notices, permissions, queries
from keti.planning.actions.preparing import checked, words_for
from keti.planning.enums import AmendmentState
from keti.planning.models import Amendment
from keti.planning.rules import changes as made
from keti.planning.rules.anew import with_late_groups
from keti.planning.rules.changes import Change, Plan, from_data
from keti.planning.rules.classes import BEFORE
from keti.planning.rules.plan import plan as compared
from keti.planning.rules.reality import term
from keti.planning.rules.rolling import rolled
from keti.programmes import actions as programmes
from keti.programmes.models import Programme
from keti.review.actions import declare_gates, drop_gates
from keti.review.models import Gate

log = logging.getLogger("keti.planning")


@transaction.atomic
def apply_amendment(act: Act, *, amendment: Amendment) -> Amendment:
    """Bring an approved amendment into force.

    Refuses while approvals are missing, before its moment, and a plan that no longer holds: the
    charter or what it touches changed since it was proposed.

    Taken back by: propose_amendment (a further amendment that says what stood before).
    """
    amendment = locked(amendment)
    if ledger.repeated(act, "planning.amendment.applied", programme=amendment.programme):
        return amendment
    permissions.may_apply(act, amendment).or_refuse()
    if amendment.state == AmendmentState.PROPOSED:
        titles = compiled(amendment.programme)
        who = "、".join(titles.role(key).title.in_("zh") for key in queries.missing(amendment))
        raise Refused("planning.approvals-missing", who=who)
    if amendment.state != AmendmentState.APPROVED:
        raise Refused("planning.not-open", state=AmendmentState(amendment.state).label)
    if act.recorded_at < amendment.takes_effect_at:
        when = amendment.programme.local(amendment.takes_effect_at).strftime("%Y-%m-%d %H:%M")
        raise Refused("planning.not-yet-effective", when=when)
    carry_out(act, amendment)
    return amendment


def apply_due(now: datetime) -> int:
    """Bring into force every approved amendment whose moment has come, in the name of who
    proposed it; one that no longer holds ends as overtaken. Returns how many were settled."""
    settled = 0
    for amendment in list(queries.waiting(now)):
        act = Act(by=amendment.by, recorded_at=now, seat=amendment.proposed_by)
        try:
            run(partial(_come_into_force, act, amendment))
            settled += 1
        except Exception:
            log.exception("amendment %s failed; it is tried again", amendment.public_id)
    return settled


@transaction.atomic
def _come_into_force(act: Act, amendment: Amendment) -> None:
    amendment = locked(amendment)
    if amendment.state != AmendmentState.APPROVED:
        return
    try:
        with transaction.atomic():
            carry_out(act, amendment)
    except Refused as refused:
        lapse(act, amendment=locked(amendment), refused=refused)


def lapse(act: Act, *, amendment: Amendment, refused: Refused) -> None:
    """End an approved amendment whose plan no longer holds, and tell who proposed it.

    Taken back by: propose_amendment (proposed anew on what stands now).
    """
    if ledger.repeated(act, "planning.amendment.lapsed", programme=amendment.programme):
        return
    amendment.state, amendment.settled_at = AmendmentState.STALE, act.recorded_at
    amendment.settled_why = refused.sentence(only_language(amendment.programme) or "zh-hans")
    amendment.save(update_fields=["state", "settled_at", "settled_why"])
    ledger.record(
        act,
        "planning.amendment.lapsed",
        programme=amendment.programme,
        about=amendment.subject(),
        facts={"number": amendment.number, "why": refused.code},
    )
    notices.ended(amendment, [amendment.by], act.recorded_at)


def hold_what_it_moves(programme: Programme) -> None:
    """Hold what an amended charter may rewrite: roster and seats, gates, findings, duties, groups
    and roles, in this order."""
    hold_who_sits(programme)
    hold_each(Gate.objects.filter(programme=programme))
    hold_what_follows(programme)
    hold_each(Group.objects.filter(programme=programme))
    hold_each(Role.objects.filter(programme=programme))


def hold_who_sits(programme: Programme) -> None:
    """The first of it: the roster, who sits and who works beside them."""
    hold_roster(programme)
    hold_each(Seat.objects.filter(programme=programme, ends_at=None))
    hold_each(Colleague.objects.filter(seat__programme=programme, until=None))


def next_number(programme: Programme) -> int:
    """The number of the next amendment of the programme."""
    last = Amendment.objects.filter(programme=programme).order_by("-number").first()
    return last.number + 1 if last else 1


def carry_out(act: Act, amendment: Amendment) -> None:
    """Do what the plan says, if it still holds; record it; tell everybody it reaches.

    Taken back by: propose_amendment (a further amendment that says what stood before).
    """
    programme = amendment.programme
    if ledger.repeated(act, "planning.amendment.applied", programme=programme):
        return
    file = _file(amendment)
    desired, _ = checked(file)
    plan = _still_holding(amendment, desired, act.recorded_at)
    standing = queries.reality(programme, act.recorded_at)
    desired = rolled(desired, {one.key for one in standing.duties})
    desired = with_late_groups(desired, standing, act.recorded_at, amendment.takes_effect_at)
    found = queries.affected(programme, plan, act.recorded_at)
    version = charters.store_version(act, programme=programme, file=file, sha256=amendment.sha256)
    unanswered = _change(act, amendment, plan, desired)
    amendment.version, amendment.state = version, AmendmentState.APPLIED
    amendment.settled_at = act.recorded_at
    amendment.save(update_fields=["version", "state", "settled_at"])
    _record(act, amendment, plan, version)
    if amendment.klass == BEFORE:
        return  # nobody has been told anything yet that would now be otherwise
    words = words_for(programme, "zh-hans", desired), words_for(programme, "en", desired)
    after = queries.affected(programme, plan, act.recorded_at)
    notices.reached(amendment, queries.joined(found, after), words, act.recorded_at)
    why = both("planning.group-dissolved", number=amendment.number)
    duties.tell_unanswered(programme, unanswered, why, act.recorded_at)


def _file(amendment: Amendment) -> CharterFile:
    return CharterFile(amendment.name, amendment.text, amendment.clauses)


def _still_holding(amendment: Amendment, desired: Compiled, now: datetime) -> Plan:
    """The plan as it stands now; refused when it is not the one that was approved."""
    programme = amendment.programme
    if in_force(programme).sha256 != amendment.base_sha256:
        raise Refused("planning.stale")
    touched = tuple(amendment.touched)
    free = amendment.klass == BEFORE
    since = amendment.takes_effect_at
    standing = queries.reality(programme, now)
    plan = compared(desired, standing, now, touched, free=free, since=since)
    if plan.blocks or plan.digest() != amendment.state_sha256:
        raise Refused("planning.stale")
    return plan


def _change(act: Act, amendment: Amendment, plan: Plan, desired: Compiled) -> list[Unanswered]:
    """Do it. Returns what waited in groups that are no more."""
    programme, at = amendment.programme, act.recorded_at
    unanswered = duties.end_answers(programme, at, groups=_ending(programme, desired))
    groups.declare(programme, desired.groups, desired.roles)
    groups.end_undeclared(programme, desired.groups, desired.roles, at)
    for change in (*plan.of(made.HOLD, made.SEAT), *plan.of(made.CREATE, made.SEAT)):
        _seat(act, programme, change, desired)
    ended = [one.value("before", "seat") for one in plan.of(made.CANCEL, made.SEAT)]
    standing = Seat.objects.filter(programme=programme, ends_at=None)
    groups.vacate(standing.filter(public_id__in=ended), act.recorded_at)
    groups.follow_terms(programme, at)
    groups.follow_offices(act, programme, charter=desired, after=CHARTER)
    _owe(amendment, plan, desired)
    drop_gates(programme, [one.key for one in plan.of(made.CANCEL, made.GATE)])
    declare_gates(programme, desired.gates)
    _stand_up(plan, programme, desired, at)
    _restate(programme, desired, at)
    duties.seat_the_duties(programme, at)
    return unanswered


def _ending(programme: Programme, desired: Compiled) -> list[Group]:
    """The groups that the charter no longer declares."""
    keys = [one.key for one in desired.groups]
    return list(Group.objects.filter(programme=programme, ended_at=None).exclude(key__in=keys))


def _seat(act: Act, programme: Programme, change: Change, desired: Compiled) -> None:
    """Give a seat to the unit the charter names; who acted in it acts on until another is named."""
    party = desired.party(change.value("after", "party"))
    before = seat_by_id(programme, change.value("before", "seat"))
    if before is not None:
        groups.vacate([before], act.recorded_at)
    order = before.order if before else Seat.objects.filter(programme=programme).count()
    groups.first_seat(
        act,
        place=Place(
            group=Group.objects.get(programme=programme, key=change.group),
            role=Role.objects.get(programme=programme, key=change.role),
            organisation=enter_organisation(
                party.name.zh or party.name.en, name_en=party.name.en, kind=party.kind
            ),
            delegate=before.acting_person if before else None,
            guest=True,
            order=order,
            starts_at=act.recorded_at,
        ),
    )


def _owe(amendment: Amendment, plan: Plan, desired: Compiled) -> None:
    """Create, rewrite and cancel duties, exactly as the plan says."""
    spec = {one.key: one for one in desired.obligations}
    doing = [one for one in plan.doing if one.thing == made.DUTY]
    created = {one.key for one in doing if one.verb == made.CREATE}
    gone = [one.key for one in doing if one.verb == made.CANCEL]
    programme = amendment.programme
    duties.cancel(programme, gone, by=amendment.subject())
    rewritten = [
        Rewriting(spec[one.key], frozenset(one.aspects)) for one in doing if one.verb != made.CANCEL
    ]
    duties.rewrite(programme, rewritten)
    duties.found_duties(programme, [one for one in desired.obligations if one.key in created])


def _stand_up(plan: Plan, programme: Programme, desired: Compiled, at: datetime) -> None:
    """A group declared after the day of founding stands from now on."""
    created = {one.key for one in plan.of(made.CREATE, made.DUTY)}
    to_found = {
        one.group for one in desired.obligations if one.form == "founding" and one.key in created
    }
    fresh = queries.new_groups(programme, plan)
    groups.stand_up([one for one in fresh if one.key not in to_found], at)


def _restate(programme: Programme, desired: Compiled, at: datetime) -> None:
    starts, ends = term(desired)
    phase = next((one.title for one in desired.phases if one.key == programme.phase), None)
    facts = {
        "title_zh": desired.title.zh,
        "title_en": desired.title.en,
        "zone": desired.tz,
        "number_prefix": desired.number_prefix,
        "first_numbers": _numbers(programme, desired, at),
        "starts_at": starts,
        "ends_at": ends,
    }
    programmes.restate(programme, facts, phase)


def _numbers(programme: Programme, desired: Compiled, at: datetime) -> dict[str, dict[str, int]]:
    """Where series begin in the year in which the charter says it anew; what is numbered stays."""
    now = desired.blocks["numbers"]
    year = {str(programme.local(at).year): now} if now != programme.numbers_from else {}
    return {**programme.first_numbers, **year}


def _record(act: Act, amendment: Amendment, plan: Plan, version: CharterVersion) -> None:
    given = queries.approvals(amendment).values()
    ledger.record(
        act,
        "planning.amendment.applied",
        programme=amendment.programme,
        about=amendment.subject(),
        facts={
            "number": amendment.number,
            "class": amendment.klass,
            "version": version.number,
            "sha256": amendment.sha256,
            "base": amendment.base_sha256,
            "touched": amendment.touched,
            "changes": [
                [one.sign, one.verb, one.thing, one.key, dict(one.before), dict(one.after)]
                for one in plan.doing
            ],
            "reason": amendment.reason,
            "approvals": [[one.role, one.seat.label, one.verdict, one.reason] for one in given],
        },
    )


def told(amendment: Amendment, at: datetime) -> None:
    """Everybody it will reach learns what changes for them and from when."""
    desired, _ = checked(_file(amendment))
    found = queries.affected(amendment.programme, from_data(amendment.plan), at)
    zh, en = (words_for(amendment.programme, lang, desired) for lang in ("zh-hans", "en"))
    notices.reached(amendment, found, (zh, en), at)


def locked(amendment: Amendment) -> Amendment:
    """The amendment as it stands, held with everything its coming into force may move."""
    hold_roster(amendment.programme)
    hold_row(Amendment, amendment.pk)
    hold_what_it_moves(amendment.programme)
    return Amendment.objects.with_names().select_related("by").get(pk=amendment.pk)
