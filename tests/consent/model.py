"""What must be shown of whom: pure, and written without looking at the product.

Five people of each kind stand in the model. Everybody agrees to everything they are asked, and
takes it back once for each purpose: the first of a kind takes back the purpose of number n at stage
n, the second one stage later, and so around. So every stage meets every purpose of every kind once,
and always beside people who took back something else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final


class Stage(IntEnum):
    """When a consent is taken back."""

    UNUSED = 0  # nothing was made of it yet
    PRINTED = 1  # roll drawn up, programmes announced, certificates given, recordings approved
    READY = 2  # the report made under embargo
    PUBLISHED = 3  # the report is out
    SENT = 4  # ministries have it, conference and activity are over


class Kind(StrEnum):
    """As what somebody is in the programme."""

    DELEGATE = "delegate"  # represents a unit
    MEMBER = "member"  # sits in person, with a task book and a certificate
    EXPERT = "expert"  # judges
    AUTHOR = "author"  # signs chapters, or the decision by which the report goes out
    TWICE = "twice"  # on record twice, agreed on both, then made one
    GUEST = "guest"  # speaks without a seat
    INTERVIEWEE = "interviewee"  # recorded without a seat
    OUTSIDE = "outside"  # invited to an activity, named with a paper


ROLL, SUBMISSION, SPEECH, HONOUR, RECORDING, BROADCAST, ABROAD, NAMED = (
    "roll", "submission", "speech", "honour", "recording", "broadcast", "abroad", "named"
)  # fmt: skip
FILMED: Final = (RECORDING, BROADCAST, ABROAD)
SEATED: Final = (ROLL, SUBMISSION, SPEECH, HONOUR, *FILMED)
ASKED: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.DELEGATE: SEATED,
    Kind.MEMBER: SEATED,
    Kind.EXPERT: SEATED,
    Kind.AUTHOR: SEATED,
    Kind.TWICE: SEATED,
    Kind.GUEST: (SPEECH, *FILMED),
    Kind.INTERVIEWEE: FILMED,
    Kind.OUTSIDE: (NAMED,),
}
"""What each kind is asked."""
SITTING: Final = frozenset({Kind.DELEGATE, Kind.MEMBER, Kind.EXPERT, Kind.AUTHOR, Kind.TWICE})
SUBTITLED: Final = frozenset({Kind.MEMBER, Kind.TWICE, Kind.INTERVIEWEE})
FILMED_KINDS: Final = frozenset(Kind) - {Kind.OUTSIDE}


@dataclass(frozen=True, slots=True)
class Surface:
    """A place where people are shown: by which consent, which kinds, from which stage on. Without a
    purpose it is the office's own and shows them whatever they agree to; without kinds, nobody."""

    key: str
    purpose: str
    kinds: frozenset[Kind]
    since: Stage = Stage.PRINTED
    until: Stage = Stage.SENT


NOBODY: Final[frozenset[Kind]] = frozenset()
HONOURED: Final = frozenset({Kind.MEMBER, Kind.TWICE})
SPEAKING: Final = SITTING | {Kind.GUEST}
SURFACES: Final = (
    Surface("roll page", ROLL, SITTING),
    Surface("roll file", ROLL, SITTING),
    Surface("roll for ministries", SUBMISSION, SITTING),
    Surface("report page", ROLL, SITTING, Stage.PUBLISHED),
    Surface("report page in English", ROLL, SITTING, Stage.PUBLISHED),
    Surface("report PDF", ROLL, SITTING, Stage.PUBLISHED),
    Surface("report Word", ROLL, SITTING, Stage.PUBLISHED),
    Surface("report under embargo", ROLL, NOBODY, Stage.READY, Stage.READY),
    Surface("shelf and hashes", ROLL, NOBODY, Stage.PUBLISHED),
    Surface("programme for everybody", SPEECH, SPEAKING),
    Surface("programme for members", SPEECH, SPEAKING),
    Surface("run sheet of the office", "", SPEAKING),
    Surface("check pages of certificates", HONOUR, HONOURED),
    Surface("list of recordings", RECORDING, FILMED_KINDS),
    Surface("search in recordings", RECORDING, FILMED_KINDS),
    Surface("export of recordings", RECORDING, FILMED_KINDS),
    Surface("pages of recordings", RECORDING, FILMED_KINDS, Stage.PUBLISHED, Stage.PUBLISHED),
    Surface("subtitles of recordings", RECORDING, SUBTITLED, Stage.READY, Stage.READY),
    Surface("recordings of the office", "", FILMED_KINDS),
    Surface("search of the house for recordings", RECORDING, NOBODY),
    Surface("page of the activity", NAMED, frozenset({Kind.OUTSIDE})),
    Surface("calendars and public lists", ROLL, NOBODY),
    Surface("letters about what was withdrawn", ROLL, NOBODY),
    Surface("lines of the record about them", ROLL, NOBODY),
)


def takes_back(kind: Kind, place: int) -> Mapping[str, Stage]:
    """At which stage the person of this place takes back which purpose."""
    return {
        purpose: Stage((number + place) % len(Stage)) for number, purpose in enumerate(ASKED[kind])
    }


def expected(surface: Surface, kind: Kind, place: int, now: Stage) -> bool:
    """Is this person shown there, once everything of this stage was taken back?"""
    if kind not in surface.kinds:
        return False
    gone = takes_back(kind, place).get(surface.purpose)
    return gone is None or now < gone


def open_at(now: Stage) -> list[Surface]:
    """The surfaces there are at this stage."""
    return [one for one in SURFACES if one.since <= now <= one.until]
