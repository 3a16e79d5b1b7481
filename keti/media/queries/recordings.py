"""Reading recordings: who speaks and agrees to what, subtitles as they stand, names to hold them
against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from keti.accounts.models import Organisation, Person
from keti.accounts.queries import rows_of
from keti.consents.enums import Purpose
from keti.consents.queries import agreeing, consenting
from keti.groups.models import Group, Seat
from keti.kernel.acts import Text
from keti.media.models import Recording, Speaker, SubtitleReview, SubtitleTrack, SubtitleVersion
from keti.media.rules.checks import Fault, faults
from keti.media.rules.cues import Cue
from keti.programmes.models import Programme

PURPOSES = (Purpose.RECORDING, Purpose.BROADCAST, Purpose.ABROAD)
"""What people in a recording are asked, one by one."""


def is_asked(programme: Programme, person: Person) -> bool:
    """Does this person speak in a recording of the programme?"""
    mine = Speaker.objects.filter(programme=programme, withdrawn_at=None)
    return mine.filter(person__in=rows_of(person)).exists()


@dataclass(frozen=True, slots=True)
class Asked:
    """One speaker and what they agree to now."""

    speaker: Speaker
    agrees: frozenset[Purpose]


def speakers(recording: Recording) -> list[Asked]:
    """Who speaks, in the order they were named, with what each agrees to."""
    rows = list(
        Speaker.objects.filter(recording=recording, withdrawn_at=None)
        .select_related("person__unit", "person__same_as", "programme")
        .order_by("pk")
    )
    agreed = {one: consenting(recording.programme, one) for one in PURPOSES} if rows else {}
    found = []
    for row in rows:
        known = {row.person.public_id, row.person.now.public_id}
        found.append(Asked(row, frozenset(p for p in PURPOSES if known & agreed[p])))
    return found


def lacking(recording: Recording, purpose: Purpose) -> list[Speaker]:
    """Who stands in the recording and does not agree to this."""
    rows = Speaker.objects.filter(recording=recording, withdrawn_at=None)
    return list(rows.exclude(Exists(agreeing(purpose))).select_related("person"))


def counted(found: QuerySet[Recording]) -> QuerySet[Recording]:
    """The recordings, each with how many speak (`voices`) and how many of them let it be shown
    inside (`agreed`)."""
    here = Q(speakers__withdrawn_at=None, speakers__isnull=False)
    agreed = Speaker.objects.filter(pk=OuterRef("speakers"))
    agreed = agreed.filter(Exists(agreeing(Purpose.RECORDING)))
    return found.annotate(
        voices=Count("speakers", filter=here, distinct=True),
        agreed=Count("speakers", filter=here & Q(Exists(agreed)), distinct=True),
    )


def spoken_by(programme: Programme, person: Person) -> QuerySet[Recording]:
    """The recordings somebody speaks in."""
    mine = Speaker.objects.filter(recording=OuterRef("pk"), withdrawn_at=None)
    mine = mine.filter(person__in=rows_of(person))
    return Recording.objects.filter(Exists(mine), programme=programme).order_by("-day", "-pk")


def tracks(recording: Recording) -> list[tuple[SubtitleTrack, SubtitleVersion]]:
    """Each language with its newest version."""
    rows = SubtitleVersion.objects.filter(track__recording=recording).order_by("-number")
    newest: dict[int, SubtitleVersion] = {}
    wide = rows.select_related("track", "by", "review__by").defer("cues")
    for one in wide:
        newest.setdefault(one.track_id, one)
    found = sorted(newest.values(), key=lambda one: one.track.language, reverse=True)
    return [(one.track, one) for one in found]


def versions(recording: Recording, language: str) -> QuerySet[SubtitleVersion]:
    """Every version of a language, the newest first."""
    rows = SubtitleVersion.objects.filter(track__recording=recording, track__language=language)
    return rows.select_related("track", "by", "review__by").order_by("-number")


def reviewed(recording: Recording, language: str) -> SubtitleVersion | None:
    """What others get: the newest version that was reviewed."""
    return versions(recording, language).filter(review__isnull=False).first()


def review_of(version: SubtitleVersion) -> SubtitleReview | None:
    """Who found it right; None while nobody did."""
    return SubtitleReview.objects.filter(version=version).select_related("by").first()


def names_in_english(programme: Programme) -> dict[str, str]:
    """How units, people, groups and the programme itself are called in English, by their Chinese
    name: what subtitles are held against."""
    pairs: list[tuple[str, str]] = []
    seats = Seat.objects.filter(programme=programme)
    people = Person.objects.filter(pk__in=seats.values("person")) | Person.objects.filter(
        pk__in=seats.values("delegate")
    )
    units = Organisation.objects.filter(
        Q(pk__in=seats.values("organisation")) | Q(pk__in=people.values("unit"))
    )
    pairs += people.values_list("name", "name_en")
    pairs += units.values_list("name_zh", "name_en")
    pairs += Group.objects.filter(programme=programme).values_list("title_zh", "title_en")
    title: Text = programme.title
    pairs.append((title.zh, title.en))
    return {zh: en for zh, en in pairs if zh and en and zh != en}


def faults_of(
    programme: Programme, cues: list[Cue], language: str, beside: Iterable[Cue] = ()
) -> list[Fault]:
    """What is wrong with these cues."""
    called: Mapping[str, str] = names_in_english(programme) if language == "en" else {}
    return faults(cues, language, called, list(beside))
