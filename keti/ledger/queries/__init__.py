"""Reading the ledger: its lines for a page, its export, its checkpoint."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from keti.kernel.prepared import prepared
from keti.ledger import rules
from keti.ledger.models import Entry, Head
from keti.ledger.queries.signing import public_key, signed
from keti.programmes.models import Programme

__all__ = [
    "acted_in", "checkpoint", "entries", "export", "of_subject", "origin", "public_key", "receipt",
    "signed",
]  # fmt: skip


def entries(programme: Programme) -> QuerySet[Entry]:
    """All lines of the programme, oldest first."""
    return Entry.objects.filter(book=programme.public_id).order_by("seq")


def of_subject(programme: Programme, subject_id: str) -> QuerySet[Entry]:
    """The lines about one thing, oldest first."""
    return entries(programme).filter(subject_id=subject_id)


def told_of(programme: Programme, subject_id: str) -> list[Entry]:
    """The same lines for a page."""
    return prepared(("ledger.of-subject",), _of_subject, programme.public_id, subject_id)


def _of_subject(book: str, subject_id: str) -> QuerySet[Entry]:
    return Entry.objects.filter(book=book).order_by("seq").filter(subject_id=subject_id)


def acted_in(programme: Programme, seat: str) -> bool:
    """Was anything recorded by, or on behalf of, the seat of this public id?"""
    done = Q(leaf__contains=f'"seat":"{seat}"') | Q(leaf__contains=f'"behalf":"{seat}"')
    return entries(programme).filter(done).exists()


def origin(programme: Programme) -> str:
    """The name of the programme's record in every checkpoint."""
    return f"keti/{programme.slug}"


def checkpoint(programme: Programme) -> rules.Checkpoint:
    """Origin, size and root of the programme's book as it stands, without reading its lines."""
    head = Head.objects.filter(book=programme.public_id).first() or Head()
    return rules.Checkpoint(origin(programme), head.size, rules.crown(head.right_edge))


def export(programme: Programme, sealed: Q | None = None) -> Iterator[str]:
    """The lines of `ledger.jsonl`, the checkpoint last, without line ends.

    Lines under the condition `sealed` give only their hash: they are not told to this reader.
    """
    hashes: list[bytes] = []
    every = entries(programme)
    hidden = set(every.filter(sealed).values_list("seq", flat=True)) if sealed else set()
    for entry in every.iterator():
        hashes.append(bytes.fromhex(entry.leaf_hash))
        if entry.seq in hidden:
            yield rules.sealed_line(entry.leaf_hash)
        else:
            yield rules.line(entry.leaf, entry.salt, entry.content)
    head = rules.Checkpoint(origin(programme), len(hashes), rules.root(hashes))
    yield rules.checkpoint_line(signed(head), public_key())


def receipt(programme: Programme, entry: Entry) -> rules.Receipt:
    """What proves that this line stands in the programme's record as it is now: the way to a root
    that is computed anew from the hashes of all lines, and signed."""
    lines = entries(programme).values_list("leaf_hash", flat=True)
    hashes = [bytes.fromhex(one) for one in lines]
    head = rules.Checkpoint(origin(programme), len(hashes), rules.root(hashes))
    index = entry.seq - 1
    return rules.Receipt(
        rules.line(entry.leaf, entry.salt, entry.content),
        index,
        tuple(rules.inclusion(hashes, index)),
        signed(head),
        public_key(),
    )
