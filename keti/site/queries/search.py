"""Search over one's own programmes: each room is asked through its own `visible`."""

from dataclasses import dataclass

from django.db.models import Q

from keti.accounts.rules import like_key, name_key
from keti.duties import permissions as duties
from keti.duties.doors import deed_of, page_of
from keti.duties.models import Obligation
from keti.groups.models import Group, Seat
from keti.groups.permissions import Sight, sights
from keti.groups.queries import labels_in
from keti.kernel.sought import Key, each, holds
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


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found in one room, and whether there is more than is listed."""

    room: str
    listed: tuple[Find, ...]
    more: bool


def search(seats: list[Seat], words: str, lang: str) -> list[Finds]:
    """What these seats of one programme may see and that holds the words, room by room, each
    address once. A list is cut to `MOST`; whether it was is known before an address that stands
    in another room already is left out of it."""
    found: dict[str, Find] = {}
    more: set[str] = set()
    for sight in sights(seats):
        for room in _of_seat(sight, words, lang):
            more.update(one.room for one in room[MOST:])
            for one in room:
                found.setdefault(one.url, one)
    rooms = dict.fromkeys(one.room for one in found.values())
    listed = {room: [one for one in found.values() if one.room == room] for room in rooms}
    return [
        Finds(room, tuple(finds[:MOST]), room in more or len(finds) > MOST)
        for room, finds in listed.items()
    ]


def _of_seat(sight: Sight, words: str, lang: str) -> list[list[Find]]:
    return [
        _reports(sight, words, lang),
        _meetings(sight, words, lang),
        _findings(sight, words, lang),
        _duties(sight, words, lang),
        _groups(sight, words, lang),
        _people(sight, words, lang),
    ]


def _titled(words: str, *others: str) -> Q:
    """That each of the words stands in a title or in one of the other columns."""
    return each(words, lambda word: holds(word, "title_zh", "title_en", *others))


def _reports(sight: Sight, words: str, lang: str) -> list[Find]:
    hits = search_reports(sight, sight.seat.programme, words, MOST + 1)
    return [Find("reports", hit.title.in_(lang), hit.subject.path, hit.excerpt) for hit in hits]


def _meetings(sight: Sight, words: str, lang: str) -> list[Find]:
    wanted = _titled(words, "minutes", "number")
    found = meetings.visible(sight, Meeting.objects.with_names()).filter(wanted)[: MOST + 1]
    return [
        Find(
            "meetings",
            f"{one.title.in_(lang)} {sight.seat.programme.local(one.starts_at):%Y-%m-%d}",
            one.path,
            one.group.title.in_(lang),
        )
        for one in found
    ]


def _findings(sight: Sight, words: str, lang: str) -> list[Find]:
    wanted = each(words, lambda word: holds(word, "title", "text"))
    found = monitoring.visible(sight, Finding.objects.with_names()).filter(wanted)[: MOST + 1]
    said = labels_in(sight.seat.programme, lang)
    return [Find("findings", one.label, one.path, said(one.subject_label)) for one in found]


def _duties(sight: Sight, words: str, lang: str) -> list[Find]:
    found = duties.visible(sight, Obligation.objects.all()).with_names()
    return [
        Find("duties", deed_of(one, lang), page_of(one), one.group.title.in_(lang))
        for one in found.filter(_titled(words))[: MOST + 1]
    ]


def _groups(sight: Sight, words: str, lang: str) -> list[Find]:
    found = Group.objects.select_related("programme").filter(
        _titled(words), programme=sight.programme_id
    )
    return [Find("groups", one.title.in_(lang), one.path, "") for one in found[: MOST + 1]]


_NAMES: tuple[str | Key, ...] = (
    "role__title_zh",
    "role__title_en",
    "person__name_en",
    ("person__name_key", name_key),
    ("delegate__name_key", name_key),
    ("organisation__name_key", like_key),
)


def _people(sight: Sight, words: str, lang: str) -> list[Find]:
    """Names of people and units are looked for in their normal form, and so are these words."""
    named = each(words, lambda word: holds(word, *_NAMES))
    if person := name_key(words):
        whole = Q(person__name_key__contains=person) | Q(delegate__name_key__contains=person)
        named |= whole
    found = Seat.objects.filter(named, programme=sight.programme_id, ends_at=None).with_names()
    return [
        Find(
            "people",
            one.holder.called.in_(lang),
            f"{one.group.path}#{one.public_id}",
            one.title.in_(lang),
        )
        for one in found[: MOST + 1]
    ]
