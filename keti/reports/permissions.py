"""Who writes a report, who hands it in, who accepts or returns it, who may read it."""

from django.db.models import Q, QuerySet

from keti.charter.queries import compiled
from keti.charter.rules.compiled import Compiled
from keti.duties import permissions as duties
from keti.duties.models import Obligation
from keti.groups.models import Group, Seat
from keti.groups.permissions import Sight, may_manage, may_record_for, principal
from keti.groups.queries import able
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import YES, Verdict, both, no
from keti.reports.models import Report, ReportQuerySet, Version


def writes(seat: Seat, obligation: Obligation) -> bool:
    """The group's own seats that lead or contribute write; so does the accountable seat."""
    if obligation.seat_id == seat.pk:
        return True
    own = seat.group_id == obligation.group_id and not seat.role.external
    return own and (seat.can("contribute") or seat.can("lead"))


def writing_scope(seat: Seat) -> Q:
    """The duties for which `writes` says yes."""
    own = Q(seat=seat)
    if seat.role.external or not (seat.can("contribute") or seat.can("lead")):
        return own
    return own | Q(group=seat.group_id)


def may_write(act: Act, obligation: Obligation) -> Verdict:
    """May the draft be begun and changed in this act?"""
    seat = principal(act, obligation.programme)
    if writes(seat, obligation):
        return YES
    return no(
        "reports.not-your-group",
        ask=obligation.seat.label if obligation.seat else "",
        group=obligation.group.title,
        seat=seat.title,
    )


def may_edit(act: Act, report: Report) -> Verdict:
    """A draft is changed by its group while it is not handed in, or after a return."""
    verdict = may_write(act, report.obligation)
    if verdict and not report.editable:
        return no("reports.not-editable", state=_state(report))
    return verdict


def may_submit(act: Act, obligation: Obligation) -> Verdict:
    """The accountable seat hands in, itself or through somebody who records for it."""
    return duties.may_do(act, obligation)


def may_take_back(act: Act, report: Report) -> Verdict:
    """Whoever hands it in, or the secretariat, until a gate judges it."""
    verdict = duties.may_do(act, report.obligation) or may_manage(act, report.programme)
    if verdict and report.judged_at is not None:
        return no("reports.judged-already")
    return verdict


def may_accept_or_return(act: Act, report: Report) -> Verdict:
    """May the report be accepted or returned? Its readers do; nobody does it with their own."""
    seat = principal(act, report.programme)
    readers = readers_of(report.group)
    if seat.pk == report.obligation.seat_id:
        return no("reports.not-your-own", who=readers)
    if is_reader(seat, report.group):
        return YES
    return no("reports.reader-decides", who=readers, seat=seat.title)


def is_reader(seat: Seat, group: Group) -> bool:
    """Reports of a group go to the leads of its parent group, those of the top group to the
    commissioner; the secretariat stands in for either."""
    if seat.can("manage"):
        return True
    if group.parent_id is None:
        return seat.can("commission")
    return seat.can("lead") and seat.group_id == group.parent_id


def readers(report: Report, act: Act) -> list[Seat]:
    """The seats that are told when the report is handed in."""
    at, programme = act.recorded_at, report.programme
    if report.group.parent is not None:
        leads = able(programme, "lead", at, report.group.parent)
    else:
        leads = able(programme, "commission", at)
    return leads or able(programme, "manage", at)


def readers_of(group: Group) -> Text:
    """Who accepts or returns this group's reports, in words."""
    if group.parent is None:
        return both("reports.readers-commissioner")
    return both("reports.readers-group", group=group.parent.title)


def _state(report: Report) -> Text:
    return both(f"reports.state-{report.state}")


def _own(sight: Sight) -> Q:
    """Reports of the seat's own duty and of the groups whose inner work it reads: authorship,
    which no recusal takes away."""
    return Q(obligation__seat=sight.seat) | Q(group__in=sight.inside)


def _open_to(sight: Sight) -> Q:
    """What every right beyond authorship leaves out: what one stands aside from."""
    return ~Q(public_id__in=sight.barred) if sight.barred else Q()


def _draft_scope(sight: Sight) -> Q:
    """Reports whose working text this seat may read: its own group's; all for the secretariat
    and the monitor."""
    if sight.can("manage") or sight.can("watch"):
        return _own(sight) | _open_to(sight) if sight.barred else Q()
    return _own(sight)


def _frozen_scope(sight: Sight) -> Q:
    """Reports whose frozen versions this seat may read beyond its own group's.

    An external decider reads at the gate what is pinned there, and no other version.
    """
    if sight.everything:
        return _open_to(sight)
    seat = sight.seat
    charter = compiled(seat.programme)
    scope = Q(pk__in=[])
    if not sight.external:
        scope |= Q(obligation__key__in=_judged(seat, charter))
    if seat.can("lead"):
        scope |= Q(group__parent=seat.group_id)
    gathered = _gathered(seat, charter)
    if gathered:
        scope |= Q(group__parent=seat.group_id, kind__in=gathered)
    return scope & _open_to(sight)


def _gathered(seat: Seat, charter: Compiled) -> list[str]:
    """Kinds of report out of which this seat's role makes another paper."""
    own = [work for work in charter.works if work.by == seat.role.key]
    return sorted({key for work in own for key in (work.collects, work.assembles) if key})


def _judged(seat: Seat, charter: Compiled) -> list[str]:
    """Obligation keys laid before a gate that this seat's role decides."""
    role, group = seat.role.key, seat.group.key
    every = (*charter.gates, *charter.requests)
    decided = [gate for gate in every if charter.decides(gate, role, group)]
    return sorted({key for gate in decided for key in gate.inputs})


def visible(sight: Sight | None, reports: ReportQuerySet) -> ReportQuerySet:
    """What this seat may see: drafts of its own group; beyond it only what was handed in."""
    if sight is None:
        return reports.none()
    reports = reports.filter(programme=sight.programme_id)
    drafts = _draft_scope(sight)
    if not drafts:
        return reports
    frozen = _frozen_scope(sight) & Q(latest__gt=0)
    return reports.filter(drafts | frozen)


def with_draft(sight: Sight | None, reports: ReportQuerySet) -> ReportQuerySet:
    """The reports whose working text this seat may read."""
    if sight is None:
        return reports.none()
    return reports.filter(_draft_scope(sight), programme=sight.programme_id)


def sees_draft(sight: Sight | None, report: Report) -> bool:
    """The predicate that agrees with `with_draft`."""
    if sight is None or sight.programme_id != report.programme_id:
        return False
    if report.obligation.seat_id == sight.seat.pk or report.group_id in sight.inside:
        return True
    wide = sight.can("manage") or sight.can("watch")
    return wide and not sight.stands_aside_from(report.public_id)


def visible_versions(sight: Sight | None, versions: QuerySet[Version]) -> QuerySet[Version]:
    """Frozen versions of the reports this seat may see."""
    if sight is None:
        return versions.none()
    seen = visible(sight, Report.objects.order_by())
    return versions.filter(programme=sight.programme_id, report__in=seen.values("pk"))


def knows_duty(sight: Sight, obligation: Obligation) -> bool:
    """May this seat open the page where the report of this duty is begun, or awaited?

    Those who write it, those who record for others, and those who will read it.
    """
    seat = sight.seat
    if writes(seat, obligation) or sight.everything or is_reader(seat, obligation.group):
        return True
    holder = obligation.seat
    same_unit = seat.organisation_id is not None and holder is not None
    return same_unit and holder is not None and may_record_for(seat, holder).allowed
