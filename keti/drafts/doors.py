"""What turns a request into a draft, and a form that was sent into a draft less."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse

from keti.accounts.models import Person
from keti.accounts.queries import person_of
from keti.drafts import rules
from keti.drafts.actions import let_go
from keti.drafts.rules import Typed, sent_of, typed_of
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import run

BOX = "kept-draft"
"""The hidden box in which a form names its draft; written by the script, part of no content."""
COOKIE = "keti_sent"
COOKIE_AGE = 24 * 3600
MOST_SENT = 2 * rules.MOST_BYTES


def read_draft(request: HttpRequest) -> tuple[Typed, dict[str, Any]]:
    """What a page sent to be kept, and all it said. Refuses what is too large or no draft."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_SENT:
        raise Refused("drafts.too-large", most=rules.MOST_BYTES >> 10)
    try:
        said = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Refused("drafts.unreadable") from None
    typed = typed_of(said)
    if typed is None:
        raise Refused("drafts.unreadable")
    return typed, said


def act_of(request: HttpRequest, person: Person) -> Act:
    """An act of this person now."""
    return Act(by=person, recorded_at=clock.received(request))


def sent(request: HttpRequest, response: HttpResponse) -> None:
    """The form was sent and its act is done: its draft goes, and the browser is told by a cookie
    which of its own copies may go. Called where it is known that the act was done."""
    said = sent_of(str(request.POST.get(BOX, "")))
    if said is None:
        return
    person = person_of(request.user)
    if person is not None and said.draft_id:
        act, posted = act_of(request, person), dict(request.POST.lists())
        run(lambda: let_go(act, sent=said, posted=posted))
    if said.copy:
        response.set_cookie(
            COOKIE, said.copy, max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure()
        )
