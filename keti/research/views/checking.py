"""What stands behind a case: said, checked, asked of the unit told of, answered, withdrawn."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from keti.groups.doors import Door, KeepingForm, enter, go, keeping, page, tried, why_not
from keti.groups.models import Seat
from keti.groups.queries import standing
from keti.kernel.refusals import YES, Refused, Verdict
from keti.research import actions, doors, permissions, queries
from keti.research.actions import Found, Parties
from keti.research.forms import AskForm, CheckForm, ProvenanceForm, ReasonForm, StandForm
from keti.research.models import CaseApproval, Node, named, unit_called
from keti.research.queries import cases
from keti.research.rules.kinds import CASE
from keti.research.views.nodes import fetch, near_names, url_of

PARTIES = ("told", "supplier")


def _case(door: Door, node_id: str) -> Node:
    one = fetch(door, node_id)
    if one.kind != CASE:
        raise Http404
    return one


def _shown(
    template: str, door: Door, one: Node, form: KeepingForm, refused: Refused | None,
    may: Callable[[], Verdict], **more: Any,
) -> HttpResponse:  # fmt: skip
    context = {
        "door": door,
        "form": form,
        "one": one,
        "title": one.title.in_(door.lang),
        "tag": one.tag.in_(door.lang),
        "why_not": why_not(door, may),
        **more,
    }
    return page(door.request, template, context, form, refused=refused)


def _seats(door: Door) -> dict[str, tuple[Seat, str]]:
    """The seats that speak for a unit now, each with how a choice names it."""
    found = standing(door.programme, door.now).filter(proposed_at=None)
    return {
        one.public_id: (
            one,
            f"{unit_called(one).in_(door.lang)} · {one.group.title.in_(door.lang)}",
        )
        for one in found
        if one.unit
    }


def provenance(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """Say of which unit a case tells, who supplied it, and whether that one gains by it."""
    door = enter(request, slug)
    one = _case(door, node_id)
    last, seats = cases.provenance_of(one), _seats(door)
    form = keeping(
        ProvenanceForm(
            request.POST or None,
            seats=[(key, label) for key, (_seat, label) in seats.items()],
            initial=_said_before(one, last),
        ),
        door,
    )

    def parties() -> Parties:
        data = form.cleaned_data
        ends = {name: seats[data[name]][0] if data[name] else None for name in PARTIES}
        return Parties(
            told_named=data["told_named"], supplier_named=data["supplier_named"],
            gains=data["gains"], how=data["how"], **ends,
        )  # fmt: skip

    made, refused = tried(
        request, form,
        lambda: actions.say_provenance(door.own_act(form), node=one, parties=parties()),
    )  # fmt: skip
    if made:
        return go(url_of(one))
    template = "research/case_provenance.html"
    may = permissions.may_change
    return _shown(template, door, one, form, refused, lambda: may(door.act(), one))


def _said_before(one: Node, last: Any) -> dict[str, str]:
    if last is None:
        return {"supplier_named": one.facts.get("supplier", "")[:120]}
    return {
        "told": last.told.public_id if last.told else "",
        "told_named": last.told_named,
        "supplier": last.supplier.public_id if last.supplier else "",
        "supplier_named": last.supplier_named,
        "gains": last.gains,
        "how": last.how,
    }


def check(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """Say what a check of the facts found."""
    door = enter(request, slug)
    one = _case(door, node_id)
    today = door.programme.local(door.now).date()
    form = keeping(
        CheckForm(request.POST or None, initial={"day": today, "version": one.version}), door
    )

    def found() -> Found:
        data = form.cleaned_data
        cited = doors.sources_named(door, data["cited"])
        return Found(data["outcome"], data["words"], data["day"], cited)

    made, refused = tried(
        request, form,
        lambda: actions.check_facts(
            door.own_act(form), node=one, version=form.cleaned_data["version"], found=found()
        ),
    )  # fmt: skip
    if made:
        return go(url_of(one))
    return _shown(
        "research/case_check.html", door, one, form, refused,
        lambda: permissions.may_check(door.act(), one), nearby=near_names(door),
    )  # fmt: skip


def ask(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """Ask the unit of which a case tells whether it approves."""
    door = enter(request, slug)
    one = _case(door, node_id)
    last = cases.provenance_of(one)
    form = keeping(AskForm(request.POST or None, initial={"version": one.version}), door)
    made, refused = tried(
        request, form,
        lambda: actions.ask_approval(
            door.own_act(form), node=one, version=form.cleaned_data["version"]
        ),
    )  # fmt: skip
    if made:
        return go(url_of(one))
    told = unit_called(last.told, last.told_named).in_(door.lang) if last else ""
    return _shown(
        "research/case_ask.html", door, one, form, refused,
        lambda: permissions.may_change(door.act(), one), told=told,
        outside=last is not None and last.told is None,
    )  # fmt: skip


def _approval(door: Door, approval_id: str) -> CaseApproval:
    found = permissions.approvals_in_sight(door.sight).filter(public_id=approval_id)
    one = named(found, "asked", "seat").select_related("programme", "node__owner__role").first()
    if one is None:
        raise Http404
    return one


def answer(request: HttpRequest, slug: str, approval_id: str) -> HttpResponse:
    """The unit approves of the case, or asks for changes."""
    door = enter(request, slug)
    one = _approval(door, approval_id)
    form = StandForm(request.POST or None, request.FILES or None, door=door, asked=one.asked)
    made, refused = tried(
        request, form,
        lambda: actions.answer_approval(
            door.act_from(form), approval=one, answer=form.cleaned_data["answer"],
            words=form.cleaned_data["words"],
        ),
    )  # fmt: skip
    if made:
        return go(url_of(one.node))
    node = one.node
    row = {
        "approval": one,
        "unit": one.unit.in_(door.lang),
        "text": node.text_zh if door.lang.startswith("zh") else node.text_en or node.text_zh,
        "over": bool(one.answer or one.withdrawn_at)
        or not cases.speaks_now(one, queries.cases.provenance_of(node)),
    }
    able = permissions.answers_approval(door.seat, one)
    return _shown(
        "research/case_answer.html", door, node, form, refused,
        lambda: YES if able else permissions.may_answer_approval(door.act(), one), **row,
    )  # fmt: skip


def withdraw_check(request: HttpRequest, slug: str, check_id: str) -> HttpResponse:
    """Withdraw a check, with the reason."""
    door = enter(request, slug)
    found = permissions.checks_in_sight(door.sight).filter(public_id=check_id)
    one = named(found, "seat").select_related("programme").first()
    if one is None:
        raise Http404
    form = keeping(ReasonForm(request.POST or None), door)
    made, refused = tried(
        request, form,
        lambda: actions.withdraw_check(
            door.own_act(form), check=one, reason=form.cleaned_data["reason"]
        ),
    )  # fmt: skip
    if made:
        return go(url_of(one.node))
    return _shown(
        "research/case_withdraw.html", door, one.node, form, refused,
        lambda: permissions.may_withdraw_check(door.act(), one),
    )  # fmt: skip


def withdraw_approval(request: HttpRequest, slug: str, approval_id: str) -> HttpResponse:
    """Ask no longer, or take the unit's answer back, with the reason."""
    door = enter(request, slug)
    one = _approval(door, approval_id)
    form = keeping(ReasonForm(request.POST or None), door)
    made, refused = tried(
        request, form,
        lambda: actions.withdraw_approval(
            door.own_act(form), approval=one, reason=form.cleaned_data["reason"]
        ),
    )  # fmt: skip
    if made:
        seen = permissions.sees(door.sight, one.node)
        return go(url_of(one.node) if seen else reverse("research:research", args=[slug]))
    return _shown(
        "research/case_withdraw.html", door, one.node, form, refused,
        lambda: permissions.may_withdraw_approval(door.act(), one),
    )  # fmt: skip
