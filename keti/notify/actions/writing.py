"""Letters that somebody writes with their own hand to people they chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from keti.accounts.models import Person
from keti.documents.models import StoredFile
from keti.kernel.acts import Act, Text
from keti.notify.actions.posting import Letter, post_each
from keti.notify.models import Enclosure, Written
from keti.notify.rules import merged
from keti.programmes.models import Programme

KIND = "site.letter"


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A letter as it was typed: subject and text with places to fill, and what is enclosed."""

    subject: str
    text: str
    files: Sequence[StoredFile] = ()


def write(
    act: Act,
    programme: Programme,
    words: OwnWords,
    *,
    to: Sequence[tuple[Person, Mapping[str, str]]],
    again: Written | None = None,
) -> Written:
    """Keep the letter and write it to each person with their own facts filled in.

    With `again`, a letter all of whose copies were recalled, it is that letter once more. The
    calling room asks the right and records the act.
    """
    written = again or Written(programme=programme, by_id=act.by.public_id, by_label=act.by.label)
    written.subject, written.text, written.at = words.subject, words.text, act.recorded_at
    written.save()
    written.enclosures.all().delete()
    Enclosure.objects.bulk_create(
        Enclosure(written=written, file=file, order=order) for order, file in enumerate(words.files)
    )
    letters = [(person, _to_one(written, facts)) for person, facts in to]
    post_each(programme, letters, at=act.recorded_at, by=act.by)
    return written


def _to_one(written: Written, facts: Mapping[str, str]) -> Letter:
    subject, text = (merged(one, facts) for one in (written.subject, written.text))
    key = f"own:{written.public_id}"
    return Letter(KIND, key, Text(subject), Text(text), written=written)
