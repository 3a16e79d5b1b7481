"""What was measured beside what was promised, in one picture; showing it for the promise."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.duties.models import Obligation
from keti.groups.doors import Door, KeyForm, attempt, go, page
from keti.kernel.refusals import Refused
from keti.media import actions, permissions, queries
from keti.media.doors import enter_reach
from keti.media.queries import Measured
from keti.promises.enums import Tier
from keti.promises.permissions import promises_in_sight
from keti.promises.queries import drawn
from keti.promises.rules import COUNT, Reach

TIERS = dict(Tier.choices)


def reach(request: HttpRequest, slug: str) -> HttpResponse:
    """Every promise that is counted here, its target beside what stands."""
    return _shown(request, enter_reach(request, slug), None)


def _shown(request: HttpRequest, door: Door, refused: Refused | None) -> HttpResponse:
    here = queries.measured(door.programme)
    owed = _owed(door, [one.kind for one in here.rows])
    context = {
        "door": door,
        "rows": [_row(door, one, owed.get(one.kind)) for one in here.rows],
        "here": here,
        "keeps": permissions.keeps_reach(door.seat),
    }
    return page(request, "media/reach.html", context, refused=refused)


def _owed(door: Door, kinds: list[str]) -> dict[str, Obligation]:
    """The time each promise is looked at next; the last one where all are met."""
    rows = promises_in_sight(door.sight).filter(kind__in=kinds).order_by("due_at", "pk")
    found: dict[str, Obligation] = {}
    for one in rows:
        before = found.get(one.kind)
        if before is None or before.state == "met":
            found[one.kind] = one
    return found


def _row(door: Door, one: Measured, duty: Obligation | None) -> dict[str, Any]:
    counted = one.counted
    tiers = [
        {"title": TIERS.get(tier, tier), "outlets": wrote, "reprinting": only, "items": items}
        for tier, (wrote, only, items) in counted.tiers.items()
    ]
    return {
        "title": one.title.in_(door.lang),
        "duty": duty,
        "due": duty.due if duty else None,
        "reaches": [_drawn(each) for each in one.reaches],
        "counts": any(each.unit == COUNT for each in one.reaches),
        "counted": counted,
        "tiers": sorted(tiers, key=lambda row: -int(str(row["outlets"]))),
        "readings": one.readings,
        "form": KeyForm() if duty and (one.readings or counted.items) else None,
    }


def _drawn(one: Reach) -> dict[str, Any]:
    """Ready to be drawn; what is counted here is outlets."""
    return drawn(one) | ({"unit": _("媒体家数")} if one.unit == COUNT else {})


@require_POST
def show(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Show for a promise what stands here of it."""
    door = enter_reach(request, slug)
    duty = promises_in_sight(door.sight).filter(public_id=duty_id).first()
    if duty is None:
        raise Http404
    act = door.act(request.POST.get("key", "")[:80])
    _made, refused = attempt(lambda: actions.show_reach(act, obligation=duty, lang=door.lang))
    if refused is not None:
        return _shown(request, door, refused)
    return go(reverse("promises:promise", args=[slug, duty.public_id]))
