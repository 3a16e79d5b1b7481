"""Owing, meeting, returning, extending, waiving, filing, linking, announcing, reminding."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from keti.accounts import actions as accounts
from keti.charter.rules.compiled import ObligationSpec
from keti.documents.models import StoredFile
from keti.duties import notices, permissions, queries, rules
from keti.duties.enums import DutyState
from keti.duties.models import Filing, Obligation, Reminder
from keti.groups import queries as groups
from keti.groups.models import Group, Role, Seat
from keti.groups.notices import tell_principal
from keti.groups.permissions import may_manage, principal
from keti.kernel.acts import Act, Subject, Text
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.notify.actions import note_announcement, post
from keti.programmes.models import Programme

LINK_LIFE = timedelta(days=7)
FURTHEST = timedelta(days=1830)


@dataclass(frozen=True, slots=True)
class Debt:
    """An obligation that arises in the run: an answer to a finding, an action item, a task."""

    key: str
    kind: str
    form: str
    title: Text
    group: Group
    seat: Seat
    due_at: datetime
    subject_id: str = ""
    remind: tuple[int, ...] = (5 * 86400, 86400)
    period: str = ""
    needs: tuple[str, ...] = field(default=())


@transaction.atomic
def establish(programme: Programme, specs: Iterable[ObligationSpec]) -> int:
    """Create the charter's obligations that do not exist yet; returns how many.

    Called by the act that applies a charter, which records it. An existing key is left as it is:
    a due date once set is never recomputed.
    """
    known = set(Obligation.objects.filter(programme=programme).values_list("key", flat=True))
    group_of = {group.key: group for group in groups.groups_of(programme)}
    role_of = {role.key: role for role in Role.objects.filter(programme=programme)}
    fresh = [
        _from_spec(programme, spec, group_of[spec.group], role_of.get(spec.role))
        for spec in specs
        if spec.key not in known
    ]
    Obligation.objects.bulk_create(fresh)
    return len(fresh)


def _from_spec(
    programme: Programme, spec: ObligationSpec, group: Group, role: Role | None
) -> Obligation:
    return Obligation(
        programme=programme,
        key=spec.key,
        kind=spec.kind,
        form=spec.form,
        title_zh=spec.title.zh,
        title_en=spec.title.en,
        group=group,
        role=role,
        period=spec.period,
        opens_at=spec.opens_at,
        due_at=spec.due_at,
        due_rule=spec.due_rule,
        needs=list(spec.needs),
        gate=spec.gate,
        remind=[int(offset.total_seconds()) for offset in spec.remind],
        escalate=[[int(after.total_seconds()), role_key] for after, role_key in spec.escalate],
        source=spec.source,
    )


@transaction.atomic
def seat_the_duties(programme: Programme, at: datetime) -> int:
    """Give every open obligation its accountable seat: the first holder of its role, in protocol
    order, in its group or (for a role of the overall group) in the programme.

    Called after every appointment, end of a seat, or applied charter. Returns how many changed.
    """
    open_ones = Obligation.objects.filter(programme=programme, role__isnull=False).open()
    seats = list(groups.standing(programme, at))
    standing = {seat.pk for seat in seats}
    changed = 0
    for duty in open_ones.select_related("group", "role"):
        if duty.seat_id in standing:
            continue
        holder = _holder(duty, seats)
        if (holder.pk if holder else None) != duty.seat_id:
            duty.seat = holder
            duty.save(update_fields=["seat"])
            changed += 1
    return changed


def _holder(duty: Obligation, seats: list[Seat]) -> Seat | None:
    own = [seat for seat in seats if seat.role_id == duty.role_id]
    inside = [seat for seat in own if seat.group_id == duty.group_id]
    elsewhere = [] if duty.role and duty.role.group_kind == duty.group.kind else own
    found = inside or elsewhere
    return found[0] if found else None


@transaction.atomic
def owe(programme: Programme, debt: Debt) -> Obligation:
    """Create an obligation that arose from an act, which records it. Same key: the same one."""
    duty, _ = Obligation.objects.get_or_create(
        programme=programme,
        key=debt.key,
        defaults={
            "kind": debt.kind,
            "form": debt.form,
            "title_zh": debt.title.zh[:200],
            "title_en": debt.title.en[:200],
            "group": debt.group,
            "seat": debt.seat,
            "period": debt.period,
            "due_at": debt.due_at,
            "remind": list(debt.remind),
            "needs": list(debt.needs),
            "subject_id": debt.subject_id,
            "from_charter": False,
        },
    )
    return duty


def begin(obligation: Obligation, at: datetime) -> None:
    """Work on it has begun: a draft exists."""
    Obligation.objects.filter(pk=obligation.pk, begun_at=None).update(begun_at=at)


@transaction.atomic
def meet(act: Act, *, obligation: Obligation, with_: Subject) -> Obligation:
    """Mark the obligation met, as of when it happened (补录 counts from then).

    Called by the act that meets it, which asked the permission and records it.
    Refuses one that is cancelled or waived. One already met keeps its first instant.
    """
    duty = Obligation.objects.select_for_update().get(pk=obligation.pk)
    if duty.state in (DutyState.CANCELLED, DutyState.WAIVED):
        raise Refused("duties.cancelled")
    if duty.state != DutyState.MET:
        duty.state = DutyState.MET
        duty.met_at = duty.met_at or act.happened_at
        duty.recorded_at = act.recorded_at
        duty.recorded_late = act.recorded_late
        duty.on_behalf = act.on_behalf_of is not None
    duty.with_kind, duty.with_id, duty.with_path = with_.kind, with_.id, with_.path
    duty.save()
    if act.on_behalf_of is not None and duty.seat:
        tell_principal(act, duty.seat, with_, duty.title)
    return duty


@transaction.atomic
def hand_back(obligation: Obligation) -> None:
    """What met it was returned: it is owed again. Its receipt keeps its first instant."""
    Obligation.objects.filter(pk=obligation.pk, state=DutyState.MET).update(
        state=DutyState.RETURNED
    )


@transaction.atomic
def owe_again(obligation: Obligation, *, until: datetime) -> None:
    """A gate asks for a revision: what was handed in on time is owed again by `until`.

    The due date itself stays; what was late stays late. The deciding act records it.
    """
    duty = Obligation.objects.select_for_update().get(pk=obligation.pk)
    on_time = duty.met_at is not None and duty.met_at < duty.due_instant
    if on_time and until > duty.due_instant:
        duty.extended_to = until
        duty.sequence += 1
        duty.save(update_fields=["extended_to", "sequence"])


@transaction.atomic
def cancel_of_subject(programme: Programme, subject_id: str) -> int:
    """Cancel what is still open about a thing that ended; the calling act records it."""
    return (
        Obligation.objects.filter(programme=programme, subject_id=subject_id)
        .open()
        .update(state=DutyState.CANCELLED)
    )


@transaction.atomic
def extend(act: Act, *, obligation: Obligation, to: datetime, reason: str) -> Obligation:
    """Extend one duty for its one seat, with a reason. The due date itself stays as it was."""
    duty = Obligation.objects.select_for_update().get(pk=obligation.pk)
    programme = duty.programme
    if ledger.repeated(act, "duties.obligation.extended", programme=programme):
        return duty
    permissions.may_extend(act, duty).or_refuse()
    before = duty.due_instant
    if not reason.strip():
        raise Refused("duties.give-a-reason")
    if duty.state == DutyState.MET:
        raise Refused("duties.already-met", when=_day(programme, duty.met_at))
    if to > before + FURTHEST:
        raise Refused("duties.extension-too-far")
    if to <= before or to <= act.recorded_at:
        raise Refused("duties.extension-must-be-later", due=notices.deadline(programme, before))
    duty.extended_to = to
    duty.sequence += 1
    duty.reason = reason
    duty.save(update_fields=["extended_to", "sequence", "reason"])
    ledger.record(
        act,
        "duties.obligation.extended",
        programme=programme,
        about=duty.subject(),
        facts={"key": duty.key, "before": before, "after": to, "reason": reason},
    )
    if duty.seat and duty.seat.acting_person:
        letter = notices.extended(duty, before, reason)
        post(programme, letter, to=[duty.seat.acting_person], at=act.recorded_at)
    return duty


@transaction.atomic
def waive(act: Act, *, obligation: Obligation, reason: str) -> Obligation:
    """Waive one duty with a reason. Only the secretariat."""
    duty = Obligation.objects.select_for_update().get(pk=obligation.pk)
    if ledger.repeated(act, "duties.obligation.waived", programme=duty.programme):
        return duty
    may_manage(act, duty.programme).or_refuse()
    if not reason.strip():
        raise Refused("duties.give-a-reason")
    if duty.state == DutyState.MET:
        raise Refused("duties.already-met", when=_day(duty.programme, duty.met_at))
    duty.state = DutyState.WAIVED
    duty.reason = reason
    duty.save(update_fields=["state", "reason"])
    ledger.record(
        act,
        "duties.obligation.waived",
        programme=duty.programme,
        about=duty.subject(),
        facts={"key": duty.key, "reason": reason},
    )
    return duty


@transaction.atomic
def hand_in_file(
    act: Act, *, obligation: Obligation, file: StoredFile | None, lines: list[str]
) -> Filing:
    """Meet any duty by a file with up to three lines of summary; the original is kept."""
    duty = Obligation.objects.select_for_update().select_related("programme").get(pk=obligation.pk)
    programme = duty.programme
    if entry := ledger.repeated(act, "duties.filing.handed-in", programme=programme):
        return Filing.objects.get(public_id=entry.subject_id)
    permissions.may_do(act, duty).or_refuse()
    if file is None:
        raise Refused("duties.file-needed")
    kept = [line.strip() for line in lines if line.strip()][:3]
    if not kept:
        raise Refused("duties.summary-needed")
    filing = Filing.objects.create(
        programme=programme,
        obligation=duty,
        file=file,
        lines=kept,
        by_label=act.by.label,
        happened_at=act.happened_at,
        recorded_at=act.recorded_at,
    )
    meet(act, obligation=duty, with_=filing.subject())
    ledger.record(
        act,
        "duties.filing.handed-in",
        programme=programme,
        about=filing.subject(),
        facts={"key": duty.key, "file": file.sha256, "lines": kept},
    )
    return filing


@transaction.atomic
def issue_link(act: Act, *, obligation: Obligation) -> str:
    """A personal link that opens this one duty without an account; returns its secret, shown once.

    It ends a week after the due instant, or a week from now where that is later.
    """
    programme = obligation.programme
    permissions.may_link(act, obligation).or_refuse()
    seat = obligation.seat
    if seat is None or seat.acting_person is None:
        raise Refused("duties.no-person", seat=seat.title if seat else obligation.title)
    expires = max(obligation.due_instant, act.recorded_at) + LINK_LIFE
    _, token = accounts.make_duty_link(
        person=seat.acting_person,
        obligation_id=obligation.public_id,
        seat_id=seat.public_id,
        expires_at=expires,
    )
    ledger.record(
        act,
        "duties.link.issued",
        programme=programme,
        about=obligation.subject(),
        facts={"key": obligation.key, "to": seat.acting_person.label, "expires": expires},
    )
    return token


@transaction.atomic
def announce(act: Act, *, programme: Programme, text: str) -> None:
    """Log that this text was copied for a chat group: announced by hand."""
    if ledger.repeated(act, "duties.announcement.copied", programme=programme):
        return
    principal(act, programme)
    note_announcement(act, programme=programme, text=text)
    ledger.record(
        act,
        "duties.announcement.copied",
        programme=programme,
        about=programme.subject(),
        facts={"text": text},
    )


def remind_due(programme: Programme, now: datetime) -> int:
    """Write every reminder and escalation that is due now or earlier and was not yet written.

    Two missed days lose nothing; a second run says nothing twice. Returns how many were written.
    """
    written = 0
    sent = set(
        Reminder.objects.filter(obligation__programme=programme).values_list(
            "obligation_id", "step"
        )
    )
    for pk, due, sequence, steps, escalations in queries.reminding(programme):
        step = rules.step_due(due, steps, now)
        if step is not None and (pk, f"{sequence}:{step}") not in sent:
            written += _remind(_named(pk), step, now)
        for after, role_key in escalations:
            past = now >= due + timedelta(seconds=after)
            if past and (pk, f"{sequence}:+{after}") not in sent:
                written += _escalate(_named(pk), after, role_key, now)
    return written


def _named(pk: int) -> Obligation:
    return Obligation.objects.with_names().get(pk=pk)


@transaction.atomic
def _remind(duty: Obligation, step: int, now: datetime) -> int:
    Reminder.objects.create(obligation=duty, step=f"{duty.sequence}:{step}", sent_at=now)
    person = duty.seat.acting_person if duty.seat else None
    to = [person] if person else []
    return len(post(duty.programme, notices.reminder(duty, step), to=to, at=now))


@transaction.atomic
def _escalate(duty: Obligation, after: int, role_key: str, now: datetime) -> int:
    Reminder.objects.create(obligation=duty, step=f"{duty.sequence}:+{after}", sent_at=now)
    seats = groups.holders(duty.programme, role_key, None, now)
    people = groups.people(seats)
    return len(post(duty.programme, notices.escalation(duty, after), to=people, at=now))


def group_text(programme: Programme, now: datetime, lang: str) -> str:
    """The group announcement for the coming days, from the obligations themselves."""
    url = f"{settings.KETI_URL}/p/{programme.slug}/desk/"
    return notices.announcement(programme, list(queries.soon(programme, now)), url, lang)


def _day(programme: Programme, at: datetime | None) -> str:
    return programme.local(at).strftime("%Y-%m-%d") if at else ""
