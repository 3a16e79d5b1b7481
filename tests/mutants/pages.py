"""Every page is asked for by everybody, and again under every mutant that is asked in it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.urls import reverse

from keti.duties.models import Claim, Obligation
from keti.jobs.models import Job
from tests.acts.state import undone
from tests.cast import Cast
from tests.house.test_routes import PARAMETERS, TABLE
from tests.mutants.switch import Switch
from tests.twin import inventory
from tests.twin.compare import STARTS
from tests.twin.crawl import Answer, Crawl, Visitor, route_of

BROKEN = 500
LOOKERS = (
    "wu", "hua", "mi", "rui", "rao", "he", "an", "", "zhu", "shen", "mao", "tao", "yan", "fang",
    "lu", "ren", "lian", "yu", "gao", "ji", "qin",
)  # fmt: skip
"""Who looks, those who tell most mutants apart first."""
INSIDERS = ("sage", "kin", "old", "bai", "mao", "he", "tao", "fang", "lu", "gao", "qin")
"""Who looks elsewhere."""
ROOMS = frozenset(route.partition(":")[0] for route in TABLE)
"""Rooms that have pages."""
FORMS = {
    "consultation": ("consultation",),
    "intake": ("call", "admission"),
    "meetings": ("meeting",),
    "release": ("closing", "roll", "publication"),
    "reports": ("report",),
    "review": ("decision",),
    "work": ("task_book",),
}
"""Which duties the pages of a room are about."""
WORDS = ("松涛", "纪要", "意见", "红组", "提纲", "draft石径")
MADE = re.compile(r"\.(pdf|docx|xlsx)$|/(pdf|docx|xlsx)/$")
"""Papers of what a page shows as well; making one takes as long as fifty pages."""
ACROSS = frozenset({"monitoring.sees"})
"""What only pages of other rooms ask: a gate names a finding that holds it up."""
ENOUGH = 2
"""How often a mutant is tried by one looker on one route."""
Death = tuple[str, str, str]


@dataclass
class Views:
    """Which mutants live, and on which page and for whom the others were seen."""

    switch: Switch
    alive: set[str]
    died: dict[str, Death]
    tried: Counter[str]
    spared: frozenset[str] = frozenset()
    places: Counter[Death] = field(default_factory=Counter)

    def look(self, cast: Cast, lookers: Iterable[str], paths: list[str]) -> None:
        """All of these ask for all of this, as long as mutants live."""
        for who in lookers:
            player = cast.players.get(who)
            crawl = Crawl(Visitor(player.client if player else None))
            feed = [f"/cal/{player.person.feed_token}.ics"] if player else []
            for path in [*feed, *paths]:
                if self.alive - self.spared:
                    self._ask(crawl, who or "anybody", path)

    def _ask(self, crawl: Crawl, who: str, path: str) -> None:
        """As the house stands; then under each mutant that would differ. A page that breaks down
        under a mutant shows nobody anything: that is no death, nor is a page that never answers
        the same twice. Two tries a looker and route."""
        route = route_of(path)
        place = path if "?" in path else route
        with undone(), self.switch.noting() as noted:
            before = crawl.fetch(path)
        for name in sorted(noted & self.alive):
            if not _near(name, route) or self.places[name, place, who] == ENOUGH:
                continue
            self.places[name, place, who] += 1
            self.tried[name] += 1
            with undone(), self.switch.mutated(name):
                after = _whole(crawl, path)
            if after is None or after.digest() == before.digest():
                continue
            with undone():
                again = crawl.fetch(path)
            if again.digest() == before.digest():
                self.alive.discard(name)
                self.died[name] = (path, who, f"{before.status} -> {after.status}")


def _whole(crawl: Crawl, path: str) -> Answer | None:
    """The answer, unless the page breaks down, at once or while it is sent."""
    try:
        answer = crawl.fetch(path)
    except Exception:
        return None
    return answer if answer.status < BROKEN else None


def _near(name: str, route: str) -> bool:
    """Is this page of the function's own room, or one that shows all rooms? What every room asks
    (`groups`) is near everywhere."""
    room, here = name.partition(".")[0], route.partition(":")[0]
    if name in ACROSS:
        return True
    return room == "groups" or here in (room, "site") or room not in ROOMS


def asked(cast: Cast) -> list[str]:
    """Every address with the newest rows of every kind, and searches."""
    before = inventory.WORDS["slug"]
    inventory.WORDS["slug"] = (cast.programme.slug,)
    try:
        plain = inventory.addresses(cast, 1)
    finally:
        inventory.WORDS["slug"] = before
    every = [*STARTS, *_beyond(cast), *plain, *(f"/search/?q={word}" for word in WORDS)]
    return [one for one in dict.fromkeys(every) if not MADE.search(one)]


def _beyond(cast: Cast) -> Iterator[str]:
    """Rows the inventory leaves out: work in the background, claims, each room's own duties."""
    slug, owed = cast.programme.slug, Obligation.objects.filter(programme=cast.programme)
    for job in Job.objects.all():
        yield reverse("jobs:job", args=[job.public_id])
    for claim in Claim.objects.filter(obligation__programme=cast.programme):
        yield reverse("duties:claim_file", args=[slug, claim.obligation.public_id, claim.pk])
    for route, parts in PARAMETERS.items():
        if set(parts) != {"slug", "duty_id"}:
            continue
        for form in FORMS.get(route.partition(":")[0], ()):
            ids = owed.filter(form=form).order_by("due_at").values_list("public_id", flat=True)
            for public_id in {*ids[:1], *ids.reverse()[:1]}:
                yield reverse(route, args=[slug, public_id])
