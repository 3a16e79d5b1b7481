"""Who keeps recordings, who sees them, who reviews subtitles; who keeps and sees what was measured
of reach."""

from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from keti.accounts.models import Person
from keti.accounts.queries import rows_of
from keti.consents.enums import Purpose
from keti.consents.queries import agreeing
from keti.groups.models import Seat
from keti.groups.permissions import Sight, acting_seat, sight_of
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.media.enums import UNITS, RecordingState
from keti.media.models import Posting, Recording, Speaker, SubtitleVersion
from keti.programmes.models import Programme
from keti.promises.queries import counted_in, promises

Row = TypeVar("Row", bound=Model)


def keeps_media(seat: Seat) -> bool:
    """Does this seat keep recordings: the secretariat, nobody else."""
    return seat.can("manage")


def may_keep(act: Act, programme: Programme) -> Verdict:
    """The secretariat keeps recordings, subtitles and whatever is made of them."""
    seat = acting_seat(act, programme)
    return YES if keeps_media(seat) else no("media.only-the-secretariat", seat=seat.title)


def may_review(act: Act, version: SubtitleVersion) -> Verdict:
    """Whoever takes part and sees the recording may review its subtitles, but for who saved the
    version: the review is another person's."""
    seat = acting_seat(act, version.programme)
    if seat.role.external:
        return no("media.outside", seat=seat.title)
    if act.by.public_id == version.by.public_id:
        return no("media.not-ones-own")
    me = act.by if isinstance(act.by, Person) else None
    recording = Recording.objects.filter(pk=version.track.recording_id)
    if visible(sight_of(seat, me), recording, me).exists():
        return YES
    return no("media.not-in-sight", seat=seat.title)


def without_consent(purpose: Purpose) -> QuerySet[Speaker]:
    """Who stands in the outer recording and does not agree to this."""
    mine = Speaker.objects.filter(recording=OuterRef("pk"), withdrawn_at=None)
    return mine.exclude(Exists(agreeing(purpose)))


def visible(
    sight: Sight | None, rows: QuerySet[Recording], me: Person | None = None
) -> QuerySet[Recording]:
    """Who keeps recordings sees all; who speaks in one (`me`) sees it; others what was approved and
    everybody in it agrees to. Without consent nothing of a recording is shown."""
    if sight is None:
        return rows.none()
    rows = rows.filter(programme=sight.programme_id)
    if keeps_media(sight.seat):
        return rows
    shown = Q(state=RecordingState.APPROVED) & ~Q(Exists(without_consent(Purpose.RECORDING)))
    if me is not None:
        own = Speaker.objects.filter(recording=OuterRef("pk"), withdrawn_at=None)
        own = own.filter(person__in=rows_of(me))
        shown |= Q(Exists(own)) & ~Q(state=RecordingState.WITHDRAWN)
    return rows.filter(shown)


def keeps_reach(seat: Seat) -> bool:
    """Does this seat keep channels, readings and reports in the media: the secretariat, and who
    answers for a promise whose target is counted by them?"""
    if seat.can("manage"):
        return True
    if seat.role.external:
        return False
    here = list(counted_in(seat.programme, UNITS))
    return promises(seat.programme).filter(seat=seat, kind__in=here).exists()


def sees_reach(seat: Seat) -> bool:
    """Who keeps them reads them, and monitors."""
    return seat.can("watch") or keeps_reach(seat)


def may_keep_reach(act: Act, programme: Programme) -> Verdict:
    """The secretariat, or who answers for a promise that is measured by it, enters what was
    measured, and puts it right."""
    seat = acting_seat(act, programme)
    return YES if keeps_reach(seat) else no("media.only-who-answers", seat=seat.title)


def reach_in_sight(sight: Sight | None, rows: QuerySet[Row]) -> QuerySet[Row]:
    """All of it, or nothing."""
    if sight is None or not sees_reach(sight.seat):
        return rows.none()
    return rows.filter(programme=sight.programme_id)


def postings_in_sight(
    sight: Sight | None, rows: QuerySet[Posting], me: Person | None = None
) -> QuerySet[Posting]:
    """What stands on channels: of a recording only where that is seen."""
    rows = reach_in_sight(sight, rows)
    if sight is None or keeps_media(sight.seat):
        return rows
    films = visible(sight, Recording.objects.all(), me)
    return rows.filter(Q(recording=None) | Q(recording__in=films.values("pk")))
