"""Links of a node made, ended and read again; nodes merged and apart again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from keti.groups.doors import Door, KeepingForm, enter, go, keeping, page, tried, why_not
from keti.research import actions, doors, permissions
from keti.research.forms import LinkForm, MergeForm
from keti.research.models import Link
from keti.research.rules.kinds import kind_of
from keti.research.views.nodes import fetch, near_names, url_of


def link(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """Tie a node to another."""
    door = enter(request, slug)
    one = fetch(door, node_id)
    lead = kind_of(one.kind).lead
    form = keeping(LinkForm(request.POST or None, initial={"kind": lead}), door)
    made, refused = tried(
        request, form,
        lambda: actions.link(
            door.own_act(form), first=one, kind=form.cleaned_data["kind"],
            second=doors.named(door, form.cleaned_data["second"], "second"),
        ),
    )  # fmt: skip
    if made:
        return go(url_of(one))
    more = {
        "one": one,
        "title": one.title.in_(door.lang),
        "nearby": near_names(door),
        "why_not": why_not(door, lambda: permissions.may_tie(door.act(), one, one)),
    }
    context = {"door": door, "form": form, **more}
    return page(request, "research/link.html", context, form, refused=refused)


def _fetch(door: Door, link_id: str) -> Link:
    found = permissions.links_in_sight(door.sight).filter(public_id=link_id)
    one = found.select_related("first__programme", "second__programme").first()
    if one is None:
        raise Http404
    return one


def unlink(request: HttpRequest, slug: str, link_id: str) -> HttpResponse:
    """Two nodes are tied no more."""
    return _of_link(request, slug, link_id, actions.unlink, "research/unlink.html")


def read(request: HttpRequest, slug: str, link_id: str) -> HttpResponse:
    """Both ends side by side as they are now: they were read together, and the link holds."""
    return _of_link(request, slug, link_id, actions.read_again, "research/read.html")


def _of_link(request: HttpRequest, slug: str, link_id: str, do: Any, template: str) -> HttpResponse:
    door = enter(request, slug)
    one = _fetch(door, link_id)
    form = keeping(KeepingForm(request.POST or None), door)
    made, refused = tried(request, form, lambda: do(door.own_act(form), link=one))
    if made:
        return go(url_of(one.first))
    more = {
        "link": one,
        "why_not": why_not(door, lambda: permissions.may_tie(door.act(), one.first, one.second)),
    }
    context = {"door": door, "form": form, **more}
    return page(request, template, context, form, refused=refused)


def merge(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """Read a node as another of its kind."""
    door = enter(request, slug)
    one = fetch(door, node_id)
    form = keeping(MergeForm(request.POST or None), door)
    made, refused = tried(
        request, form,
        lambda: actions.merge(
            door.own_act(form), node=one, into=doors.named(door, form.cleaned_data["into"], "into")
        ),
    )  # fmt: skip
    if made:
        return go(url_of(one))
    more = {
        "one": one,
        "title": one.title.in_(door.lang),
        "nearby": near_names(door),
        "why_not": why_not(door, lambda: permissions.may_change(door.act(), one)),
    }
    context = {"door": door, "form": form, **more}
    return page(request, "research/merge.html", context, form, refused=refused)


def unmerge(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """A merged node stands by itself again."""
    door = enter(request, slug)
    one = fetch(door, node_id)
    form = keeping(KeepingForm(request.POST or None), door)
    made, refused = tried(request, form, lambda: actions.undo_merge(door.own_act(form), node=one))
    if made:
        return go(url_of(one))
    more = {
        "one": one,
        "title": one.title.in_(door.lang),
        "why_not": why_not(door, lambda: permissions.may_change(door.act(), one)),
    }
    context = {"door": door, "form": form, **more}
    return page(request, "research/unmerge.html", context, form, refused=refused)
