"""Two worlds, one observer: what is not the same in both is a leak."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from keti.notify.channels.smtp.packing import Parcel, packed
from keti.notify.models import Message
from tests.acts.state import undone
from tests.cast import Cast, local
from tests.twin.crawl import Answer, Crawl, Visitor, masked, parts_of
from tests.twin.inventory import addresses
from tests.twin.observers import OBSERVERS, Observer
from tests.twin.secrets import SECRETS, World
from tests.twin.world import Story

STARTS = (
    "/",
    "/search/",
    "/me/",
    "/me/rights/",
    "/help/",
    "/published/",
    "/calls/cast/",
    "/p/cast/",
)
Seen = dict[str, Answer]


@dataclass(frozen=True)
class Look:
    """How closely: are links followed, how many ids of a kind are tried, how many searches, and
    by how many observers the addresses are shared among each other."""

    follow: bool = True
    rows: int | None = None
    searches: int = 200
    shared_by: int = 1


SHARED = Look(follow=False, rows=1, searches=4, shared_by=5)
"""Every address by some of the observers."""
SMALL = Look(follow=False, rows=1, searches=12)
"""Every address of the newest of everything, by each."""
WHOLE = Look(searches=40)
"""Every link followed, every id tried, by each."""


@dataclass
class Leaks:
    """Where an observer learns something, with the words around the first difference."""

    observer: Observer
    fetched: int = 0
    shown: int = 0
    found: dict[str, str] = field(default_factory=dict)


def seen_in(world: World, observers: Iterable[Observer], look: Look) -> dict[str, Seen]:
    """What each of them is shown in this world. Nothing of it stays in the database."""
    with undone():
        story = Story(world)
        story.lived()
        found = seen_now(story.cast, observers, look, later=False)
        if any(one.later for one in observers):
            story.decided()
        return found | seen_now(story.cast, observers, look, later=True)


def seen_now(
    cast: Cast, observers: Iterable[Observer], look: Look, *, later: bool
) -> dict[str, Seen]:
    """What those see who look now: before the decision or after it."""
    return {one.what: seen_by(one, cast, look) for one in observers if one.later == later}


def seen_by(observer: Observer, cast: Cast, look: Look) -> Seen:
    """Pages, files, feeds, search and letters of one observer."""
    player = cast.players.get(observer.name)
    crawl = Crawl(Visitor(player.client if player else None), observer.what)
    feed = [f"/cal/{player.person.feed_token}.ics"] if player else []
    if look.follow:
        crawl.follow([*STARTS, *feed])
    crawl.probe([*STARTS, *feed, *tried(observer, cast, look), *searches(look.searches)])
    return crawl.answers | (letters(player.person.public_id, observer.since) if player else {})


def tried(observer: Observer, cast: Cast, look: Look) -> Iterator[str]:
    """The addresses whose turn it is, and those that concern this observer most."""
    turn = OBSERVERS.index(observer)
    for place, path in enumerate(addresses(cast, look.rows)):
        mine = observer.near and observer.near in path
        if (place + turn) % look.shared_by == 0 or mine:
            yield path


def searches(most: int) -> Iterator[str]:
    """Questions by the words of every secret in both worlds, and by words that lie near."""
    words = [one.said(other) for one in SECRETS.values() for other in (False, True)]
    near = ["松涛", "碧海", "纪要", "任务", "意见", "example.org", "138", "139", "cell.red", "红组"]
    step = max(1, len(words) // most)
    for word in [*near, *words[::step]][:most]:
        yield f"/search/?q={word}"


def letters(recipient: str, since: str = "") -> Seen:
    """What the post hands to the mail server for this person, in order."""
    found = {}
    rows = Message.objects.filter(recipient_id=recipient).order_by("pk")
    rows = rows.filter(created_at__gt=local(since)) if since else rows
    for number, message in enumerate(rows, 1):
        parcel = packed(message.deliveries.select_related("message").get(way="mail"))
        body = parcel.data if isinstance(parcel, Parcel) else repr(parcel).encode()
        body = b"\n".join(one for one in body.splitlines() if not one.startswith(b"Date:"))
        found[f"letter {number}"] = Answer(200, {}, parts_of(masked(body)))
    return found


def compared(observer: Observer, one: Seen, other: Seen) -> Leaks:
    """Every address whose answer is not the same, and those that break in both."""
    leaks = Leaks(observer, len(one.keys() | other.keys()))
    for path in sorted(one.keys() | other.keys()):
        leaks.shown += any(seen[path].status == 200 for seen in (one, other) if path in seen)
        first, second = one.get(path), other.get(path)
        if first is None or second is None:
            leaks.found[path] = (
                f"reached in one world only: {'the first' if first else 'the other'}"
            )
        elif first.digest() != second.digest():
            leaks.found[path] = difference(first, second)
        elif first.status >= 500:
            leaks.found[path] = f"status {first.status}: what breaks says nothing"
    return leaks


def difference(one: Answer, other: Answer) -> str:
    """The first place where two answers part, in words."""
    if one.status != other.status:
        return f"status {one.status} / {other.status}"
    for name in sorted(one.headers.keys() | other.headers.keys()):
        if one.headers.get(name) != other.headers.get(name):
            return f"header {name}: {one.headers.get(name)} / {other.headers.get(name)}"
    if list(one.parts) != list(other.parts):
        return f"files inside: {list(one.parts)} / {list(other.parts)}"
    name = next(part for part in one.parts if one.parts[part] != other.parts[part])
    left, right = (part.parts[name].decode(errors="replace") for part in (one, other))
    at = next((n for n, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), 0)
    where = f"inside {name}: " if name else ""
    return f"{where}…{left[max(0, at - 60) : at + 40]!r} / {right[max(0, at - 20) : at + 40]!r}"
