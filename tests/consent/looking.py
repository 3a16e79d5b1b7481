"""What the product shows: each surface of the model as the text that somebody gets there."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from keti.documents.rules.paper import Paper
from keti.documents.rules.render import MIMES, Rendered
from keti.honours.models import Nomination
from keti.jobs.actions import at_once
from keti.ledger.doors import forget
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.consent.model import FILMED_KINDS, SUBTITLED, Kind
from tests.consent.world import Body, World

Read = Callable[[World], str]
OF_CONSENT = ("consents.", "gatherings.", "media.", "release.", "activities.", "honours.")


def set_plainly(paper: Paper, form: str) -> Rendered:
    """A press that prints everything a paper says, and sets no type."""
    said = f"{form} {paper.lang} {paper!r}".encode()
    return Rendered(said, MIMES[form], f"{paper.title}.{form}")


def read(client: Client, path: str, **more: Any) -> str:
    """What somebody gets at this address, behind its redirects; "" where there is nothing."""
    forget()
    answer: HttpResponseBase = client.get(path, follow=True, **more)
    if answer.status_code == 404:
        return ""
    assert answer.status_code in (200, 202), (path, answer.status_code)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


def _at(name: str, *args: str) -> str:
    return reverse(name, args=["cast", *args])


def _file(client: Client, path: str) -> str:
    """A paper that is made when it is asked for: asked for, then fetched."""
    with at_once():
        read(client, path)
    return read(client, path)


def _roll(world: World, name: str, *args: str) -> str:
    return _at(name, world.cast.duty("names").public_id, *args)


def _report(tail: str) -> Read:
    return lambda world: read(Client(), f"/published/cast/{tail}")


def _sums(world: World) -> str:
    tails = ("SHA256SUMS", "manifest.json")
    return read(Client(), "/published/") + "".join(_report(one)(world) for one in tails)


def _embargoed(world: World) -> str:
    tails = ("", "report-zh-hans.pdf", "report-zh-hans.html", "SHA256SUMS", "manifest.json")
    return read(Client(), "/published/") + "".join(_report(one)(world) for one in tails)


def _gathering(world: World, name: str, *args: str) -> str:
    assert world.gathering is not None
    return _at(name, world.gathering.public_id, *args)


def _checks(world: World) -> str:
    given = Nomination.objects.filter(programme=world.cast.programme).exclude(number="")
    paths = [reverse("honours:check", args=[one.public_id]) for one in given]
    return "".join(read(Client(), one) for one in paths)


def _pages(world: World, tail: str = "", kinds: frozenset[Kind] = FILMED_KINDS) -> str:
    found = [one.recording for one in world.people if one.recording and one.kind in kinds]
    return "".join(read(world.neighbour.client, one.path + tail) for one in found)


def _subtitles(world: World) -> str:
    return _pages(world, "subtitles.zh.vtt", SUBTITLED)


def _listed(client: Client, tail: str = "") -> str:
    return read(client, _at("media:recordings") + tail)


def _exported(world: World) -> str:
    return read(world.neighbour.client, _at("media:export", "csv"))


def _house(world: World) -> str:
    """Each name on its own line of finds would be a find of a seat; a recording is none."""
    return read(world.neighbour.client, "/search/?q=影像")


def _activity(world: World) -> str:
    assert world.activity is not None
    return read(world.cast.ji.client, world.activity.path)


def _calendars(world: World) -> str:
    feed = read(Client(), f"/cal/{world.neighbour.person.feed_token}.ics")
    public = [read(Client(), one) for one in ("/", "/record/", "/sitemap.xml", "/robots.txt")]
    return feed + "".join(public) + read(Client(), reverse("promises:public", args=["cast"]))


def _letters(world: World) -> str:
    told = Message.objects.filter(kind="consents.withdrawn")
    return "".join(one.subject + one.body for one in told)


def _lines(world: World) -> str:
    """Everything lines say, but for who acted: that is no secret of theirs. Seats stand in the
    lines of certificates by their id."""
    found = Entry.objects.filter(programme=world.cast.programme).order_by("pk")
    said = [one.content for one in found if one.kind.startswith(OF_CONSENT)]
    parts = ("about", "evidence", "facts")
    return json.dumps([{key: one[key] for key in parts} for one in said], ensure_ascii=False)


LOOKS: Final[Mapping[str, Read]] = {
    "roll page": lambda w: read(w.neighbour.client, _roll(w, "release:roll")),
    "roll file": lambda w: _file(w.neighbour.client, _roll(w, "release:roll_file", "pdf")),
    "roll for ministries": lambda w: _file(
        w.cast.qin.client, _roll(w, "release:roll_submitted", "docx")
    ),
    "report page": _report(""),
    "report page in English": _report("?lang=en"),
    "report PDF": _report("report-zh-hans.pdf"),
    "report Word": _report("report-en.docx"),
    "report under embargo": _embargoed,
    "shelf and hashes": _sums,
    "programme for everybody": lambda w: read(Client(), _gathering(w, "gatherings:public")),
    "programme for members": lambda w: read(
        w.neighbour.client, _gathering(w, "gatherings:gathering")
    ),
    "run sheet of the office": lambda w: _file(
        w.cast.qin.client, _gathering(w, "gatherings:run_sheet", "pdf")
    ),
    "check pages of certificates": _checks,
    "list of recordings": lambda w: _listed(w.neighbour.client),
    "search in recordings": lambda w: _listed(w.neighbour.client, "?q=影像"),
    "export of recordings": _exported,
    "pages of recordings": _pages,
    "subtitles of recordings": _subtitles,
    "recordings of the office": lambda w: _listed(w.cast.qin.client),
    "search of the house for recordings": _house,
    "page of the activity": _activity,
    "calendars and public lists": _calendars,
    "letters about what was withdrawn": _letters,
    "lines of the record about them": _lines,
}


def mark(surface: str, one: Body) -> str:
    """By what somebody is known there: their name, or the title of the recording of them."""
    return one.film if "recording" in surface else one.name
