"""Every route of the house, asked for by whoever is answered: which are, and how."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice, product
from typing import Any

from django.urls import resolve, reverse

from keti.accounts.models import Organisation
from keti.duties.models import Obligation
from keti.jobs.models import Job
from keti.site import policy
from tests.cast import Cast
from tests.house.test_routes import PARAMETERS, TABLE
from tests.twin.crawl import Visitor
from tests.twin.inventory import MODELS, NUMBERS, WORDS, exact, ids

Askers = Sequence[str]
ASKERS = ("qin", "lu", "fang", "mao", "ren", "su", "")
"""Who is asked as, one after the other, until somebody is answered."""
PAGE, WORK, LED, SENT = "a page or file", "work", "another page", "only what is sent"
ANSWERED = {200: PAGE, 202: WORK}
FEW = 3
FORMS = ("pdf", "csv")
"""Every paper is taken in one of them."""
SIGN_IN = "/accounts/login/"


@dataclass
class Asked:
    """What became of every route that was asked for, and whatever broke."""

    answers: dict[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)

    def count(self) -> Counter[str]:
        """How many routes were answered how."""
        return Counter(self.answers.values())

    def ask(
        self, cast: Cast, routes: Iterable[str], more: Iterable[str] = (), askers: Askers = ASKERS
    ) -> None:
        """Ask for these routes in this world, those that were answered before left out."""
        known = _known(cast)
        paths: dict[str, list[str]] = {}
        for path in [*more, *exact()]:
            paths.setdefault(resolve(path).view_name, []).append(path)
        visitors = [_visitor(cast, name) for name in askers]
        for route in routes:
            if route in self.answers or TABLE.get(route) in (None, policy.DEMO):
                continue
            tried = [*paths.get(route, ())[:FEW], *_addresses(route, known)]
            any(self._asked(one, route, tried) for one in visitors)

    def _asked(self, visitor: Visitor, route: str, paths: list[str]) -> bool:
        for path in paths:
            answer = visitor.get(path)
            status = answer.status_code
            if status >= 500:
                self.broken[route] = f"{status} {path}"
            elif kind := _kind(answer):
                self.answers[route] = kind
                return True
        return False


def _kind(answer: Any) -> str:
    status, to = answer.status_code, answer.headers.get("Location", "")
    if status in (302, 303) and not to.startswith(SIGN_IN):
        return LED
    return SENT if status == 405 else ANSWERED.get(status, "")


def _visitor(cast: Cast, name: str) -> Visitor:
    return Visitor(cast.players[name].client if name in cast.players else None)


def _known(cast: Cast) -> dict[str, list[str]]:
    """Ids of everything: of duties one of each form that has begun and one that has not."""
    known = {
        name: [one for model in models for one in ids(model, cast, FEW)]
        for name, models in MODELS.items()
    }
    duties = {}
    for one in Obligation.objects.order_by("begun_at", "-pk"):
        duties.setdefault((one.form, one.begun_at is None), one.public_id)
    newest = {"unit_id": Organisation, "job_id": Job}
    known |= {
        name: [one.public_id for one in model.objects.order_by("-pk")[:1]]
        for name, model in newest.items()
    }
    return known | {"duty_id": list(duties.values()), "form": list(FORMS), "name": ["lead"]}


def _addresses(route: str, known: dict[str, list[str]]) -> Iterator[str]:
    """Values for the parts of a path side by side, but each with each form of a
    paper, and with each seat."""
    parts = PARAMETERS[route]
    choices = [
        NUMBERS if kind == "IntConverter" else known.get(name) or WORDS.get(name, ("x",))
        for name, kind in parts.items()
    ]
    longest = max(map(len, choices), default=1)
    rows: Iterable[tuple[str, ...]] = islice(zip(*map(cycle, choices), strict=False), longest)
    if {"form", "seat_id"} & {*parts} and len(parts) > 2:
        rows = product(*choices)
    for values in rows if choices else [()]:
        yield reverse(route, kwargs=dict(zip(parts, values, strict=True)))
