"""What stands on channels, and what of it must be taken down."""

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from keti.consents.enums import Purpose
from keti.consents.queries import agreeing
from keti.duties.models import Obligation
from keti.media.enums import RecordingState
from keti.media.models import MediaChannel, Posting, Speaker
from keti.programmes.models import Programme


def purpose_of(channel: MediaChannel) -> Purpose:
    """What people in a recording agree to where it stands on this channel."""
    return Purpose.ABROAD if channel.abroad else Purpose.BROADCAST


def standing_postings(programme: Programme) -> QuerySet[Posting]:
    """What stands on a channel now."""
    return Posting.objects.filter(programme=programme, withdrawn_at=None, down_at=None)


def posting_owed(programme: Programme, duty: Obligation) -> Posting | None:
    """What this duty is about, while it stands."""
    return standing_postings(programme).filter(public_id=duty.subject_id).first()


def unwanted() -> Q:
    """A condition on postings: its recording was withdrawn, or somebody in it does not agree to be
    shown there."""
    here = Q(recording__state=RecordingState.WITHDRAWN)
    for abroad, purpose in ((False, Purpose.BROADCAST), (True, Purpose.ABROAD)):
        people = Speaker.objects.filter(recording=OuterRef("recording"), withdrawn_at=None)
        here |= Q(Exists(people.exclude(Exists(agreeing(purpose)))), channel__abroad=abroad)
    return here


def must_go(programme: Programme) -> QuerySet[Posting]:
    """What stands against somebody's will, and must be taken down."""
    return standing_postings(programme).filter(unwanted())


def with_state(rows: QuerySet[Posting]) -> QuerySet[Posting]:
    """The postings, each with where it stands (`state`)."""
    cases = [When(in_state(one), then=Value(one)) for one in ("gone", "down", "must")]
    return rows.annotate(state=Case(*cases, default=Value("stands")))


def in_state(state: str) -> Q:
    """A condition on postings: entered by mistake (`gone`), taken down, to be taken down, or
    standing."""
    if state == "gone":
        return Q(withdrawn_at__isnull=False)
    if state == "down":
        return Q(withdrawn_at=None, down_at__isnull=False)
    there = Q(withdrawn_at=None, down_at=None)
    return there & unwanted() if state == "must" else there & ~unwanted()
