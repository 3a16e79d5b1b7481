"""Search over one's own programmes: each room is asked through its own `visible`."""

from dataclasses import dataclass

from django.db.models import Q

from keti.duties import permissions as duties
from keti.duties.doors import deed_of, page_of
from keti.duties.models import Obligation
from keti.groups.models import Group, Seat
from keti.meetings import permissions as meetings
from keti.meetings.models import Meeting
from keti.monitoring import permissions as monitoring
from keti.monitoring.models import Finding
from keti.reports.queries import search as search_reports

SHORTEST = 2
MOST = 20


@dataclass(frozen=True, slots=True)
class Find:
    """One find: where it leads, what it is, some words around it."""

    room: str
    title: str
    url: str
    note: str


def search(seats: list[Seat], words: str, lang: str) -> list[Find]:
    """What these seats of one programme may see and that holds the words; each address once."""
    found: dict[str, Find] = {}
    for seat in seats:
        for one in _of_seat(seat, words, lang):
            found.setdefault(one.url, one)
    return list(found.values())


def _of_seat(seat: Seat, words: str, lang: str) -> list[Find]:
    return [
        *_reports(seat, words),
        *_meetings(seat, words, lang),
        *_findings(seat, words),
        *_duties(seat, words, lang),
        *_groups(seat, words, lang),
        *_people(seat, words, lang),
    ]


def _titled(words: str) -> Q:
    return Q(title_zh__icontains=words) | Q(title_en__icontains=words)


def _reports(seat: Seat, words: str) -> list[Find]:
    hits = search_reports(seat, seat.programme, words, MOST)
    return [Find("reports", hit.subject.label, hit.subject.path, hit.excerpt) for hit in hits]


def _meetings(seat: Seat, words: str, lang: str) -> list[Find]:
    wanted = _titled(words) | Q(minutes__icontains=words)
    found = meetings.visible(seat, Meeting.objects.with_names()).filter(wanted)[:MOST]
    return [
        Find(
            "meetings",
            f"{one.title.in_(lang)} {seat.programme.local(one.starts_at):%Y-%m-%d}",
            one.path,
            one.group.title.in_(lang),
        )
        for one in found
    ]


def _findings(seat: Seat, words: str) -> list[Find]:
    wanted = Q(title__icontains=words) | Q(text__icontains=words)
    found = monitoring.visible(seat, Finding.objects.with_names()).filter(wanted)[:MOST]
    return [Find("findings", one.label, one.path, one.subject_label) for one in found]


def _duties(seat: Seat, words: str, lang: str) -> list[Find]:
    found = duties.visible(seat, Obligation.objects.all()).with_names()
    return [
        Find("duties", deed_of(one, lang), page_of(one), one.group.title.in_(lang))
        for one in found.filter(_titled(words))[:MOST]
    ]


def _groups(seat: Seat, words: str, lang: str) -> list[Find]:
    found = Group.objects.select_related("programme").filter(
        _titled(words), programme=seat.programme_id
    )
    return [Find("groups", one.title.in_(lang), one.path, "") for one in found[:MOST]]


def _people(seat: Seat, words: str, lang: str) -> list[Find]:
    named = Q(person__name__icontains=words) | Q(organisation__name_zh__icontains=words)
    named |= Q(delegate__name__icontains=words) | Q(role__title_zh__icontains=words)
    named |= Q(role__title_en__icontains=words)
    found = Seat.objects.filter(named, programme=seat.programme_id, ends_at=None).with_names()
    return [
        Find("people", one.holder.label, f"{one.group.path}#{one.public_id}", one.title.in_(lang))
        for one in found[:MOST]
    ]
