"""The pages on which a unit lodges a key of its own, signs with it, and takes it back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from keti.groups.doors import Door, attempt, enter, go, keeping, page, tried, why_not
from keti.ledger.queries import checkpoints
from keti.ledger.rules import as_named
from keti.ledger.rules.notes import encoded
from keti.ledger.rules.standalone import NAME
from keti.witness import actions, permissions, queries
from keti.witness.forms import LodgeForm, SignForm, WithdrawForm
from keti.witness.models import Confirmation


def key(request: HttpRequest, slug: str) -> HttpResponse:
    """The key with which the unit signs; another one is lodged."""
    door = enter(request, slug)
    lodged = queries.key_of(door.programme, door.seat.unit)
    form = keeping(LodgeForm(request.POST or None), door)
    made, refused = tried(request, form, lambda: _lodged(door, form))
    if made is not None:
        return go(reverse("witness:sign", args=[slug]))
    form.asking(why=lodged is not None)
    context = {
        **_around(door),
        "form": form,
        "lodged": lodged,
        "short": lodged.key.short() if lodged else "",
        "who": lodged.by.called.in_(door.lang) if lodged else "",
    }
    return page(request, "witness/key.html", context, form, refused=refused)


def _around(door: Door) -> dict[str, Any]:
    """What both pages say of the door and of the file that makes keys and signatures."""
    unit = door.seat.unit
    return {
        "door": door,
        "file": NAME,
        "name": as_named(unit.called.in_(door.lang)).replace('"', "") if unit else "",
        "why_not": why_not(door, lambda: permissions.may_confirm(door.act(), door.programme)),
    }


def _lodged(door: Door, form: LodgeForm) -> object:
    facts = form.cleaned_data
    return actions.lodge_key(
        door.act(str(facts["key"])),
        programme=door.programme,
        text=facts["text"],
        reason=facts["reason"],
    )


def sign(request: HttpRequest, slug: str) -> HttpResponse:
    """A checkpoint that was signed with the unit's key comes in and is checked."""
    door = enter(request, slug)
    lodged = queries.key_of(door.programme, door.seat.unit)
    form = keeping(SignForm(request.POST or None), door)
    made, refused = tried(request, form, lambda: _signed(door, form))
    if isinstance(made, Confirmation):
        where = reverse("witness:page", args=[slug])
        return go(f"{where}?confirmed={made.checkpoint.size}")
    if refused is not None and refused.code == actions.DIFFERS:
        _alarmed(door, form)
    context = {
        **_around(door),
        "form": form,
        "lodged": lodged,
        "short": lodged.key.short() if lodged else "",
        "newest": checkpoints(door.programme).first(),
    }
    return page(request, "witness/sign.html", context, form, refused=refused)


def _signed(door: Door, form: SignForm) -> Confirmation:
    act, typed = door.act(str(form.cleaned_data["key"])), form.cleaned_data["typed"]
    return actions.cosign(act, programme=door.programme, typed=typed)


def _alarmed(door: Door, form: SignForm) -> None:
    """A root this record never had, signed by a unit: the secretariat is told, in an act of its
    own."""
    act = door.act(str(form.cleaned_data["key"]))
    root = encoded(actions.note_of(str(form.data["typed"])).checkpoint.root)
    attempt(lambda: actions.dispute(act, programme=door.programme, typed=root))


def withdraw(request: HttpRequest, slug: str, key_id: str) -> HttpResponse:
    """The own unit's key is taken back, with a reason."""
    door = enter(request, slug)
    found = queries.keys(door.programme).filter(public_id=key_id).first()
    if found is None:
        raise Http404
    form = keeping(WithdrawForm(request.POST or None), door)
    done, refused = tried(
        request,
        form,
        lambda: actions.withdraw_key(
            door.act(str(form.cleaned_data["key"])),
            lodged=found,
            reason=form.cleaned_data["reason"],
        ),
    )
    if done is not None:
        return go(reverse("witness:key", args=[slug]))
    context = {
        "door": door,
        "form": form,
        "one": found,
        "short": found.key.short(),
        "unit": found.unit.called.in_(door.lang),
        "why_not": why_not(door, lambda: permissions.may_withdraw(door.act(), found)),
    }
    return page(request, "witness/key-withdraw.html", context, form, refused=refused)
