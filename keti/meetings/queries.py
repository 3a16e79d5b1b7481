"""Reads over meetings: what is held, what is open, whom to invite, where an agenda starts."""

from datetime import datetime

from keti.charter.queries import compiled
from keti.duties.models import Obligation
from keti.duties.queries import of_programme
from keti.groups.models import Group, Seat
from keti.groups.queries import standing
from keti.kernel.refusals import sentence
from keti.meetings.enums import ItemState, MeetingState
from keti.meetings.models import ActionItem, ItemQuerySet, Meeting, MeetingQuerySet
from keti.monitoring.queries import open_findings
from keti.programmes.models import Programme


def meetings(programme: Programme) -> MeetingQuerySet:
    """All meetings of the programme, named, newest first."""
    return Meeting.objects.filter(programme=programme).with_names()


def meeting_of(obligation: Obligation) -> Meeting | None:
    """The meeting that was arranged for this duty, or None."""
    found = meetings(obligation.programme).filter(obligation=obligation)
    return found.exclude(state=MeetingState.CANCELLED).first()


def with_minutes(
    programme: Programme, group: Group, since: datetime, until: datetime
) -> MeetingQuerySet:
    """Meetings of the group begun in `[since, until)` whose minutes exist, newest first."""
    found = meetings(programme).filter(group=group, starts_at__gte=since, starts_at__lt=until)
    return found.filter(state__in=[MeetingState.RECORDED, MeetingState.CONFIRMED])


def items(programme: Programme) -> ItemQuerySet:
    """All action items of the programme, named, by due instant."""
    return ActionItem.objects.filter(meeting__programme=programme).with_names()


def open_items(programme: Programme, group: Group | None = None) -> ItemQuerySet:
    """Action items not done yet, of one group's meetings where it is given."""
    found = items(programme).filter(state=ItemState.OPEN)
    return found if group is None else found.filter(meeting__group=group)


def to_invite(group: Group, at: datetime) -> list[Seat]:
    """The seats of the group; for the overall group the leads of the groups beneath as well.

    Seats of external roles are invited by hand, never by default.
    """
    return [
        seat
        for seat in standing(group.programme, at)
        if not seat.role.external
        and (
            seat.group_id == group.pk
            or (seat.group.parent_id == group.pk and seat.can("lead"))
        )
    ]


def language(programme: Programme) -> str:
    """The charter's first language: what the house itself writes into papers."""
    langs = compiled(programme).langs
    return "en" if langs and langs[0].lower().startswith("en") else "zh-hans"


def starting_agenda(group: Group, at: datetime) -> dict[str, str]:
    """Where an agenda starts: open action items, open findings, duties not yet received.

    Line -> path to the thing.
    """
    programme = group.programme
    lang = language(programme)
    found = {sentence("meetings.agenda-progress", {}, lang): ""}
    for item in open_items(programme, group):
        facts = {"title": item.title, "who": item.seat.label}
        found[sentence("meetings.agenda-item", facts, lang)] = item.path
    for finding in open_findings(programme).filter(group=group):
        found[sentence("meetings.agenda-finding", {"title": finding.label}, lang)] = finding.path
    overdue = of_programme(programme).open().filter(group=group, due__lte=at)
    for duty in overdue.exclude(form__in=["action_item", "finding", "verification"]):
        found[sentence("meetings.agenda-duty", {"title": duty.title}, lang)] = duty.path
    return found


def series_of(meeting: Meeting) -> str:
    """The series word of the charter for these minutes; empty where it names none."""
    duty = meeting.obligation
    if duty is None or not duty.from_charter:
        return ""
    return compiled(meeting.programme).work(duty.kind).series
