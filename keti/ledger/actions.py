"""Recording an act. The only function that writes the ledger."""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from types import MappingProxyType

from django.db.models import Max, QuerySet

from keti.kernel import access, clock, guarded
from keti.kernel.acts import Act, Subject
from keti.kernel.ids import new_id, new_salt
from keti.kernel.prepared import prepared
from keti.kernel.refusals import Refused
from keti.kernel.texts import one_line
from keti.kernel.transactions import hold, run
from keti.ledger import rules
from keti.ledger.models import HOUSE, Entry, Head, HouseCheckpoint, Kept, StoredCheckpoint
from keti.ledger.queries import book_of as _book
from keti.ledger.queries import checkpoint, checkpoints, public_key, signed
from keti.programmes.models import Programme

MEETING = timedelta(minutes=1)
ACCESS_NOTED = "ledger.access.noted"
FOLLOWED = "ledger.rows.followed"
REST = Subject("kernel.guarded", "rows", "随之而变的内容")
_used: ContextVar[Mapping[str, str]] = ContextVar("used_keys", default=MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class _Itself:
    """The installation, where nobody acts."""

    public_id: str = ""
    label: str = "平台"


ITSELF = _Itself()


def repeated(act: Act, kind: str, *, programme: Programme | None) -> Entry | None:
    """The entry this very act left when it was first sent, or None.

    Call it after taking the act's lock; answer a repeated act with what it made the first time.
    Refuses the same key with other content: what was typed the second time is not recorded, and
    the form that shows it again gets a key of its own (`key_to_show`).
    """
    if not act.key:
        return None
    sent = (_book(programme), act.by.public_id, kind, act.key)
    entry = next(iter(prepared(("ledger.repeated",), _sent, *sent)), None)
    if entry is not None and act.digest and entry.digest and entry.digest != act.digest:
        _used.set({**_used.get(), act.key: new_id()})
        at = (programme.local(entry.recorded_at) if programme else entry.recorded_at).strftime(
            "%Y-%m-%d %H:%M"
        )
        raise Refused("ledger.sent-with-other-content", seq=entry.seq, at=at)
    return entry


def _sent(book: str, actor: str, kind: str, key: str) -> QuerySet[Entry]:
    found = Entry.objects.filter(book=book, actor_id=actor, kind=kind, key=key)
    return found.order_by("pk")[:1]


def _head(book: str) -> QuerySet[Head]:
    return hold(Head.objects.filter(book=book))


def key_to_show(key: str) -> str:
    """The key a form carries when it is shown again: its own, or a fresh one where its own has
    recorded other content already. Keys made from it for the parts of an act count as its own."""
    fresh = [new for used, new in _used.get().items() if key and key in used]
    return fresh[0] if fresh else key


def forget_used_keys() -> None:
    """A new request begins."""
    _used.set({})


def record(
    act: Act,
    kind: str,
    *,
    programme: Programme | None,
    about: Subject,
    facts: Mapping[str, object] | None = None,
) -> Entry:
    """Append one line. The last statement of an act: the book's head stays locked to the commit.
    Whatever guarded field the act wrote before (`kernel.guarded`) stands in it by its hash.

    Who waited for the head while others wrote is recorded at their moment, and it happened when
    it was received. Raises `Refused` when the clock itself runs behind the previous entry, and
    where the act is said to have happened later than now.
    """
    if act.happened_at > act.recorded_at:
        raise Refused("ledger.happened-in-the-future")
    book, state, content = _book(programme), _state(), _content(act, about, facts or {})
    found = prepared(("ledger.head",), _head, book)
    if not found:
        Head.objects.get_or_create(book=book)
        found = list(_head(book))
    [head] = found
    if head.recorded_at and act.recorded_at < head.recorded_at:
        act = _no_earlier(act, head.recorded_at)
    seq = head.size + 1
    salt = new_salt()
    told = _leaf(act, kind, about, seq, rules.commitment(salt, content))
    leaf = rules.canonical(told | ({"state": rules.state_hash(state)} if state else {}))
    hashed = rules.leaf_hash(leaf)
    entry = Entry.objects.create(
        programme=programme,
        book=book,
        seq=seq,
        kind=kind,
        recorded_at=act.recorded_at,
        happened_at=act.happened_at,
        actor_id=act.by.public_id,
        subject_kind=about.kind,
        subject_id=about.id,
        key=act.key,
        digest=act.digest or None,
        content=content,
        salt=salt,
        state=state,
        leaf=leaf,
        leaf_hash=hashed.hex(),
    )
    edge = [one.hex() for one in rules.grown(head.right_edge, head.size, hashed)]
    Head.objects.filter(book=book).update(size=seq, edge=edge, recorded_at=act.recorded_at)
    return entry


def tell_rest(act: Act, *, programme: Programme | None) -> None:
    """The line of what followed from an act after its own line: the guarded rows it wrote since.
    Nothing where it wrote none.

    Taken back by: nothing, because it only tells what the rows say; the act around it has its way.
    """
    if guarded.untold():
        about = programme.subject() if programme else REST
        record(replace(act, key=""), FOLLOWED, programme=programme, about=about)


def _tell_rest() -> None:
    tell_rest(Act(by=ITSELF, recorded_at=clock.instant()), programme=None)


guarded.tellers.append(_tell_rest)


def _no_earlier(act: Act, floor: datetime) -> Act:
    """Two acts that met at the lock: the later line carries the earlier one's moment.

    However long an act waited, the clock has gone on meanwhile. A clock that reads more than a
    minute less than the last line has jumped back, and nothing can be put in order by it.
    """
    behind = floor - act.recorded_at > MEETING and floor - clock.instant() > MEETING
    if behind:
        raise Refused("ledger.time-runs-back")
    return replace(act, recorded_at=floor, happened=act.happened or act.recorded_at)


def _stamp(at: datetime) -> str:
    at = at.astimezone(UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def _leaf(act: Act, kind: str, about: Subject, seq: int, content: str) -> dict[str, object]:
    return {
        "v": 1,
        "seq": seq,
        "kind": kind,
        "recorded": _stamp(act.recorded_at),
        "happened": _stamp(act.happened_at),
        "actor": act.by.public_id,
        "seat": act.seat.public_id if act.seat else "",
        "behalf": act.on_behalf_of.public_id if act.on_behalf_of else "",
        "about": [about.kind, about.id],
        "evidence": act.evidence.public_id if act.evidence else "",
        "content": content,
    }


def _content(act: Act, about: Subject, facts: Mapping[str, object]) -> dict[str, object]:
    """What the line says in words. `claimed`: the earlier moment is its own recorder's word."""
    own = {"claimed": True} if act.recorded_late and act.on_behalf_of is None else {}
    return own | {
        "actor": act.by.label,
        "seat": act.seat.label if act.seat else "",
        "behalf": act.on_behalf_of.label if act.on_behalf_of else "",
        "about": one_line(about.label),
        "late": act.recorded_late,
        "evidence": act.evidence.label if act.evidence else "",
        "facts": {name: _plain(value) for name, value in facts.items()},
    }


def _state() -> str | None:
    """What the rows say now that were written since the last line; None where none were."""
    rows = guarded.taken()
    return rules.canonical({"salt": new_salt(), "rows": rows}) if rows else None


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return _stamp(value)
    if isinstance(value, str):
        return value.replace(
            "\x00", ""
        )  # one database takes no such character, so neither keeps it
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    return str(value)


def erase_openings(
    lines: Iterable[tuple[Entry, bool]], masked: Callable[..., str]
) -> dict[str, list[int]]:
    """Of those lines whose words `masked` would change (it is told whether a line is about whom it
    is for), erase what opens them: nobody can show, or guess, what they said. Their place and leaf
    stay, and masked words for the pages. Returns book -> numbers, which the act that called this
    records under `lines`."""
    found: dict[str, list[int]] = {}
    for one, about in lines:
        content = _masked(one.content, partial(masked, about=about))
        if one.salt and content != one.content:
            Entry.objects.filter(pk=one.pk).update(salt="", digest=None, content=content)
            found.setdefault(one.book, []).append(one.seq)
    return found


def _masked(value: object, masked: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, list):
        return [_masked(one, masked) for one in value]
    if isinstance(value, dict):
        return {name: _masked(one, masked) for name, one in value.items()}
    return value


def keep_checkpoint(programme: Programme | None, at: datetime) -> Kept | None:
    """Sign the book as it stands and keep that, to be shown later; None where nothing was recorded
    since the last one. Within an act call it after `record`: it asks for the book's head."""
    [*found] = hold(Head.objects.filter(book=_book(programme)))
    last = checkpoints(programme).aggregate(size=Max("size"))["size"] or 0
    if not found or found[0].size <= last:
        return None
    note = signed(checkpoint(programme))
    said = {"signed_at": at, "note": note.text(), "key": public_key().text()}
    if programme is None:
        return HouseCheckpoint.objects.create(size=note.checkpoint.size, **said)
    return StoredCheckpoint.objects.create(programme=programme, size=note.checkpoint.size, **said)


def keep_checkpoints(now: datetime) -> int:
    """Once a day of each programme, at its first tick: keep a checkpoint of what was recorded since
    the last. Returns how many were kept. Run again on the same day, nothing happens."""
    sizes = dict(Head.objects.exclude(book=HOUSE).values_list("book", "size"))
    last = Programme.objects.annotate(
        kept=Max("storedcheckpoint__size"), kept_at=Max("storedcheckpoint__signed_at")
    )
    count = 0
    for one in last.order_by("pk"):
        today = one.kept_at is not None and one.local(one.kept_at).date() >= one.local(now).date()
        if not today and sizes.get(one.public_id, 0) > (one.kept or 0):
            count += run(partial(keep_checkpoint, one, now)) is not None
    return count


def keep_house_checkpoint(now: datetime) -> Kept | None:
    """Once a day (UTC), at its first tick: tell the ends of the access log in the house's own book,
    sign it and keep that. None where that was done today, or nothing was recorded since."""
    newest = HouseCheckpoint.objects.last()
    if newest and newest.signed_at.astimezone(UTC).date() >= now.astimezone(UTC).date():
        return None
    run(partial(note_access, now))
    return run(partial(keep_checkpoint, None, now))


def note_access(now: datetime) -> Entry | None:
    """Record the end of every day of the access log that no line tells yet, in the house's own
    book: what the checkpoint over it signs cannot be cut afterwards. None where there is no more
    to tell. A day that is not over is told when it is.

    Taken back by: nothing, because it tells what stands in a file.
    """
    [*_head] = hold(Head.objects.filter(book=HOUSE))
    told = Entry.objects.filter(book=HOUSE, kind=ACCESS_NOTED).values_list("content", flat=True)
    known = {day for content in told for day in content["facts"]["days"]}
    today = access.today().isoformat()
    ends = {day: end for day, end in access.ends().items() if day not in known and day < today}
    if not ends:
        return None
    act = Act(by=ITSELF, recorded_at=now)
    about = Subject("kernel.access", "access", "访问日志")
    return record(act, ACCESS_NOTED, programme=None, about=about, facts={"days": ends})
