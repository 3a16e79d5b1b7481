"""Reading the ledger: its lines for a page, its export, its checkpoint."""

from collections.abc import Iterable, Iterator, Mapping

from django.db import connection
from django.db.models import Q, QuerySet, Subquery, Sum, Value, Window
from django.db.models.functions import RowNumber

from keti.kernel.prepared import prepared
from keti.ledger import rules
from keti.ledger.models import HOUSE, Entry, Head, HouseCheckpoint, Kept, StoredCheckpoint
from keti.ledger.queries.signing import public_key, signed, witnessed
from keti.ledger.rules.notes import encoded
from keti.programmes.models import Programme

__all__ = [
    "acted_in", "book_of", "checkpoint", "checkpoints", "entries", "erased_unsaid", "export",
    "history", "lines_of", "lines_recorded",
    "newest_checkpoints", "noted_days", "of_subject", "origin", "public_key",
    "receipt", "signed", "size_of_root", "sizes", "told_of", "witnessed", "wrong_checkpoint",
]  # fmt: skip


def book_of(programme: Programme | None) -> str:
    """The name of its book; None is the house."""
    return programme.public_id if programme else HOUSE


def entries(programme: Programme | None) -> QuerySet[Entry]:
    """All lines of the programme, or of the house's own book, oldest first."""
    return Entry.objects.filter(book=book_of(programme)).order_by("seq")


def noted_days() -> Iterator[tuple[str, int, str]]:
    """The days of the access log whose end stands in the house's own book: lines, last hash."""
    noted = Entry.objects.filter(book=HOUSE, kind="ledger.access.noted").order_by("seq")
    for content in noted.values_list("content", flat=True):
        for day, (number, end) in content["facts"]["days"].items():
            yield day, number, end


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


def sizes(book: str) -> list[Subquery]:
    """How many lines the programme's book has, how many the house's own, how many all together: to
    be read beside something else."""
    heads = Head.objects.order_by()
    together = heads.annotate(one=Value(1)).values("one").annotate(all=Sum("size")).values("all")
    return [*(Subquery(heads.filter(book=one).values("size")) for one in (book, HOUSE)),
            Subquery(together)]  # fmt: skip


def origin(programme: Programme | None) -> str:
    """The name of the programme's record in every checkpoint; the house's has a name that no
    programme can have."""
    return f"keti/{programme.slug}" if programme else "keti:house"


def checkpoint(programme: Programme | None) -> rules.Checkpoint:
    """Origin, size and root of the programme's book as it stands, without reading its lines."""
    head = Head.objects.filter(book=book_of(programme)).first() or Head()
    return rules.Checkpoint(origin(programme), head.size, rules.crown(head.right_edge))


def export(programme: Programme | None, sealed: Q | None = None) -> Iterator[str]:
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
            yield _line(entry)
    head = rules.Checkpoint(origin(programme), len(hashes), rules.root(hashes))
    yield rules.checkpoint_line(signed(head), public_key())


def _line(entry: Entry) -> str:
    """The line as it is told: where it was erased, without what it said."""
    if not entry.salt:
        return rules.line(entry.leaf, None, None)
    return rules.line(entry.leaf, entry.salt, entry.content)


def lines_of(programme: Programme) -> Iterator[Entry]:
    """Every line of the programme's book and of the house's own."""
    books = [book_of(programme), HOUSE]
    return Entry.objects.filter(book__in=books).order_by("pk").iterator()


def erased_unsaid() -> list[str]:
    """Lines whose words are gone though no act of erasing tells so, as book and number."""
    told = set()
    acts = Entry.objects.filter(kind="intake.person.erased")
    for content in acts.values_list("content", flat=True):
        told |= {(book, seq) for book, some in content["facts"]["lines"].items() for seq in some}
    gone = Entry.objects.filter(salt="").order_by("pk").values_list("book", "seq")
    return [f"line {seq} of {book}" for book, seq in gone if (book, seq) not in told]


def receipt(programme: Programme, entry: Entry, at: Kept | None = None) -> rules.Receipt:
    """What proves that this line stands in the programme's record as it is now: the way to a root
    that is computed anew from the hashes of all lines, and signed. `at`: the way to a checkpoint
    that was kept, under the signature of then; the line stands before it."""
    lines = entries(programme).values_list("leaf_hash", flat=True)
    hashes = [bytes.fromhex(one) for one in (lines[: at.size] if at else lines)]
    index = entry.seq - 1
    if at is None:
        head = rules.Checkpoint(origin(programme), len(hashes), rules.root(hashes))
        note, key = signed(head), public_key()
    else:
        note, key = rules.read_note(at.note), rules.read_key(at.key)
    return rules.Receipt(_line(entry), index, tuple(rules.inclusion(hashes, index)), note, key)


def checkpoints(
    programme: Programme | None,
) -> QuerySet[StoredCheckpoint] | QuerySet[HouseCheckpoint]:
    """The checkpoints of the programme, or of the house, that were kept, newest first."""
    if programme is None:
        return HouseCheckpoint.objects.order_by("-size")
    return StoredCheckpoint.objects.filter(programme=programme).order_by("-size")


def newest_checkpoints(programmes: Iterable[int], most: int) -> QuerySet[StoredCheckpoint]:
    """The newest `most` that were kept of each of these programmes, newest first."""
    place = Window(RowNumber(), partition_by="programme", order_by="-size")
    kept = StoredCheckpoint.objects.filter(programme__in=list(programmes))
    return kept.annotate(place=place).filter(place__lte=most).order_by("programme", "-size")


def history(
    programme: Programme | None, under: Mapping[int, list[tuple[str, str]]] | None = None
) -> Iterator[str]:
    """The lines of `checkpoints.jsonl`: every checkpoint that was kept, oldest first; with the
    lines that stand `under` some of them (by size) besides the installation's own, each with the
    unit's key that made it, or ""."""
    yield rules.history_line(origin(programme))
    for one in checkpoints(programme).reverse().iterator():
        rows = (under or {}).get(one.size, ())
        more = [rules.read_signature(row) for row, _ in rows]
        units = [rules.read_unit_key(key) for _, key in rows if key]
        note = rules.read_note(one.note).under(more, units)
        yield rules.checkpoint_line(note, rules.read_key(one.key))


def size_of_root(programme: Programme, begins: str) -> int | None:
    """Over how many of its first lines the programme's record has, or had, a root that begins so
    (base64); None where it never had one."""
    edge: list[bytes] = []
    hashes = entries(programme).values_list("leaf_hash", flat=True)
    for size, leaf in enumerate(hashes.iterator()):
        edge = rules.grown(edge, size, bytes.fromhex(leaf))
        if encoded(rules.crown(edge)).startswith(begins):
            return size + 1
    return None


def wrong_checkpoint(programme: Programme | None) -> Kept | None:
    """The first checkpoint that was kept and is none of the record as it stands, or not signed with
    the key that stands beside it: else the record was written anew since, or its note was."""
    kept = {one.size: one for one in checkpoints(programme).reverse()}
    edge: list[bytes] = []
    roots = {}
    hashes = entries(programme).values_list("leaf_hash", flat=True)
    for size, leaf in enumerate(hashes.iterator()):
        edge = rules.grown(edge, size, bytes.fromhex(leaf))
        if size + 1 in kept:
            roots[size + 1] = rules.crown(edge)
    for size, one in kept.items():
        note = rules.read_note(one.note)
        head = rules.Checkpoint(origin(programme), size, roots.get(size, b""))
        if note.checkpoint != head or not note.signed_by(rules.read_key(one.key)):
            return one
    return None


def lines_recorded() -> int:
    """The lines of all books together: it grows by every act."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM(size) FROM {Head._meta.db_table}")
        return int(cursor.fetchone()[0] or 0)
