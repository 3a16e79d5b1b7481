"""In time is what was received in time: a request is stamped once, acts are handed the stamp."""

from functools import partial
from pathlib import Path

from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.urls import resolve

import keti
from keti.site import policy
from tests.house.test_routes import HERE, TABLE, address

PACKAGE = Path(keti.__file__).parent
READS = ("clock.instant(", "clock.database_instant(")
READERS = {
    "planning/doors.py": "founds by work: nobody sent that just now",
    "honours/actions/producing.py": "the files of certificates, made by work",
    "release/actions/producing.py": "the second step of publishing, done by work",
    "accounts/doors.py": "limits at the doors count by the real clock, whatever a demo stands at",
    "groups/doors/entering.py": "asks who may come in before what was sent is read",
    "site/views/phone.py": "asks whether a link is live before what was sent is read",
    "planning/actions/filing.py": "the terminal hands a charter in: there is no request",
    "intake/doors.py": "work that was asked for acts when it is done: there is no request",
    "backups/actions/nightly.py": "a job of the night asks which night it is: there is no request",
    "witness/actions/signing.py": "the clock of another machine is held against the real one",
    "ledger/actions.py": "tells an act that waited long from a clock that jumped back",
}


def readers() -> set[str]:
    """Files of pages and acts that read the clock themselves."""
    kinds = ("views", "doors", "forms", "actions", "api")
    found = set()
    for path in PACKAGE.glob("*/**/*.py"):
        place = path.relative_to(PACKAGE)
        if place.parts[0] == "jobs":  # work waits and is tried again by the real clock
            continue
        inside = place.parts[1].removesuffix(".py") in kinds or place.name == "context.py"
        if inside and any(read in path.read_text("utf-8") for read in READS):
            found.add(str(place))
    return found


def test_no_page_and_no_act_reads_the_clock_beside_the_stamp():
    assert readers() == set(READERS)


def test_whatever_is_sent_is_stamped_before_its_page_begins(cast, monkeypatch):
    """Even where the page never asks: views are replaced by one that only looks at the stamp."""
    seen = {}
    for route in sorted(name for name, rule in TABLE.items() if rule != policy.DEMO):
        path = address(route, slug=HERE, thing="x")

        def view(request, *rest, route=route, **more):
            seen[route] = getattr(request, "received_at", None)
            return HttpResponse()

        match = resolve(path)
        match.func = view
        lead = partial(told, match)
        monkeypatch.setattr(
            BaseHandler, "resolve_request", lambda _, request, lead=lead: lead(request)
        )
        cast.qin.client.post(path, {"key": "k"})
    assert len(seen) > 150
    assert set(seen.values()) == {cast.moment}


def told(match, request):
    request.resolver_match = match
    return match
