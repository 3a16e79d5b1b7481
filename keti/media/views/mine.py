"""What I am in, and what I agree to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from keti.consents.actions import give_consent, withdraw_consent
from keti.consents.queries import consenting, wording
from keti.groups.doors import KeyForm, attempt, enter, go
from keti.media import permissions, queries
from keti.media.views.speakers import purpose_in


def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """The recordings I am in, and each thing I am asked."""
    door = enter(request, slug)
    me = door.person.public_id
    found = list(queries.spoken_by(door.programme, door.person))
    for one in found:
        one.programme = door.programme
    asked = [
        {
            "code": purpose.value,
            "title": purpose.label,
            "wording": wording(door.programme, purpose).in_(door.lang),
            "agreed": me in consenting(door.programme, purpose),
            "form": KeyForm(),
        }
        for purpose in queries.PURPOSES
    ]
    context = {
        "door": door,
        "found": found,
        "asked": asked,
        "spreads": permissions.sees_reach(door.seat),
    }
    return render(request, "media/mine.html", context)


@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """I agree to one of them, or no longer."""
    door = enter(request, slug)
    purpose = purpose_in(request)
    act, me = door.act(request.POST.get("key", "")[:80]), door.person

    def do() -> object:
        if request.POST.get("do") == "withdraw":
            return withdraw_consent(act, programme=door.programme, person=me, purpose=purpose)
        return give_consent(
            act, programme=door.programme, person=me, purpose=purpose, lang=door.lang
        )

    _done, refused = attempt(do)
    if refused is not None:
        told = {"refusal": refused.sentence(door.lang)}
        return render(request, "consents/refused.html", told, status=422)
    return go(reverse("media:mine", args=[slug]))
