"""A letter somebody of the secretariat, or a lead, writes to an audience of their own choice."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from keti.accounts.models import Person
from keti.groups.models import Seat
from keti.kernel.acts import Act, Subject
from keti.kernel.refusals import Refused
from keti.kernel.texts import one_line
from keti.ledger import actions as ledger
from keti.notify.actions import OwnWords, write
from keti.notify.models import Message, Written
from keti.notify.rules import unknown_places
from keti.programmes.models import Programme
from keti.site import permissions
from keti.site.queries.audience import facts_of, first_seats

LIMIT_MB = 15
"""What the files of one letter may weigh together: more than that few mail servers take."""
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """To whom (the seats they are reached by), what, with which files; or once more a letter that
    was recalled."""

    seats: Sequence[Seat]
    words: OwnWords
    again: Written | None = None


@transaction.atomic
def write_letter(act: Act, *, programme: Programme, letter: OwnLetter) -> int:
    """Write to everybody who acts in these seats, each once; returns how many.

    The secretariat writes to anybody, a lead to the own group. Refuses an empty audience, an empty
    or overlong letter, a place no record fills, and files that are too heavy together.

    Taken back by: recall (while nobody has it).
    """
    if entry := ledger.repeated(act, "site.letter.written", programme=programme):
        return Message.objects.filter(written__public_id=entry.subject_id).count()
    permissions.may_write(act, programme, letter.seats).or_refuse()
    readers = first_seats(letter.seats)
    words = _checked(letter.words, readers)
    again = _recalled(act, programme, letter.again)
    to = [(person, facts_of(person, seat)) for person, seat in readers]
    written = write(act, programme, words, to=to, again=again)
    ledger.record(
        act,
        "site.letter.written",
        programme=programme,
        about=Subject("notify.written", written.public_id, written.subject),
        facts={"to": len(to), "files": [file.label for file in words.files]},
    )
    return len(to)


def _checked(words: OwnWords, readers: Sequence[tuple[Person, Seat]]) -> OwnWords:
    subject, text = one_line(words.subject).strip(), words.text.strip()
    if not readers:
        raise Refused("site.letter-to-nobody").at("roles")
    if not subject:
        raise Refused("site.letter-without-subject").at("subject")
    if not text or len(text) > LONGEST:
        code = "site.letter-too-long" if text else "site.letter-without-text"
        raise Refused(code, most=LONGEST, length=len(text)).at("text")
    if strange := unknown_places(subject, text):
        raise Refused("site.letter-unknown-place", places=" ".join(strange)).at("text")
    weight = sum(file.size for file in words.files)
    if weight > LIMIT_MB << 20:
        raise Refused("site.letter-too-heavy", most=LIMIT_MB, mb=-(-weight >> 20)).at("file1")
    return OwnWords(subject, text, words.files)


def _recalled(act: Act, programme: Programme, again: Written | None) -> Written | None:
    """The letter once more, where the writer recalled every copy of it; else it is a new one."""
    if again is None or again.programme_id != programme.pk or again.by_id != act.by.public_id:
        return None
    gone = Message.objects.filter(written=again, recalled_at=None).exists()
    return None if gone else again
