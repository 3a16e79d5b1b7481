"""One node: its page, entering, changing, settling and withdrawing it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from keti.groups.doors import Door, KeepingForm, enter, go, keeping, page, tried, why_not
from keti.groups.models import Group
from keti.groups.permissions import visible_groups
from keti.kernel.acts import Text
from keti.research import actions, doors, permissions, queries
from keti.research.actions import Said
from keti.research.enums import LinkKind
from keti.research.forms import NodeForm, ReasonForm
from keti.research.models import STANDING, Node
from keti.research.rules.confidence import confidence
from keti.research.rules.kinds import CASE, DEMAND, RECOMMENDATION, SURE, Kind, kind_of
from keti.research.views.became import of_node
from keti.research.views.cases import of_case

COMMON = ("title_zh", "title_en", "text_zh", "text_en", "level", "jurisdiction", "stakeholder")
NEAR = 200
SURENESS = Text("把握程度", "confidence")


def fetch(door: Door, node_id: str) -> Node:
    """The node, if this seat sees it; 404 otherwise."""
    found = doors.seen(door).filter(public_id=node_id).first()
    if found is None:
        raise Http404
    return found


def url_of(node: Node) -> str:
    """The page of a node."""
    return reverse("research:node", args=[node.programme.slug, node.public_id])


def groups_of(door: Door) -> list[tuple[str, str]]:
    """The groups in which the visitor may enter something; "" stands for the whole."""
    found = visible_groups(door.sight, door.programme).filter(ended_at=None).order_by("order")
    mine = [(one.public_id, one.title.in_(door.lang)) for one in found
            if permissions.enters_in(door.seat, one)]  # fmt: skip
    whole = [("", door.programme.title.in_(door.lang))]
    return mine + (whole if permissions.enters_in(door.seat, None) else [])


def kind_named(door: Door, key: str) -> Kind:
    """The kind of the programme's chain that is called so; 404 otherwise."""
    found = next((one for one in queries.kinds(door.programme) if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _said(door: Door, form: NodeForm) -> Said:
    data = form.cleaned_data
    group = Group.objects.filter(programme=door.programme, public_id=data["group"]).first()
    words = {name: str(data[name]) for name in COMMON}
    return Said(
        form.kind.key, group=group, confidential=bool(data["confidential"]),
        facts=form.facts(), **words,
    )  # fmt: skip


def new(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Enter a node of a kind."""
    door = enter(request, slug)
    wanted, groups = kind_named(door, kind), groups_of(door)
    first = {"confidential": kind == DEMAND}
    form = keeping(
        NodeForm(
            request.POST or None, kind=wanted, groups=groups, lang=door.lang, initial=first
        ),
        door,
    )  # fmt: skip
    made, refused = tried(
        request, form,
        lambda: actions.enter(door.own_act(form), programme=door.programme, said=_said(door, form)),
    )  # fmt: skip
    if isinstance(made, Node):
        return go(url_of(made))
    group = door.seat.group
    more = {
        "title": wanted.title.in_(door.lang),
        "why_not": "" if groups else why_not(
            door, lambda: permissions.may_enter(door.act(), door.programme, group)
        ),
    }  # fmt: skip
    context = {"door": door, "form": form, **more}
    return page(request, "research/new.html", context, form, refused=refused)


def change(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """Say a node otherwise; the version before is kept."""
    door = enter(request, slug)
    one = fetch(door, node_id)
    groups = groups_of(door)
    here = (one.group.public_id if one.group else "", one.group.title.in_(door.lang)
            if one.group else door.programme.title.in_(door.lang))  # fmt: skip
    if here not in groups:
        groups = [*groups, here]
    first = {name: getattr(one, name) for name in (*COMMON, "confidential", "version")}
    form = keeping(
        NodeForm(
            request.POST or None, kind=kind_of(one.kind), groups=groups, lang=door.lang,
            initial={**first, **one.facts, "group": here[0]}, changing=True,
        ),
        door,
    )  # fmt: skip
    made, refused = tried(
        request, form,
        lambda: actions.change(
            door.own_act(form), node=one, said=_said(door, form),
            version=form.cleaned_data["version"] or 0, reason=form.cleaned_data["reason"],
        ),
    )  # fmt: skip
    if made:
        return go(url_of(one))
    more = {
        "one": one,
        "why_not": why_not(door, lambda: permissions.may_change(door.act(), one)),
    }
    context = {"door": door, "form": form, **more}
    return page(request, "research/change.html", context, form, refused=refused)


def settle(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """Say that a draft stands."""
    door = enter(request, slug)
    one = fetch(door, node_id)
    form = keeping(KeepingForm(request.POST or None), door)
    made, refused = tried(request, form, lambda: actions.settle(door.own_act(form), node=one))
    if made:
        return go(url_of(one))
    more = _plain(door, one, why_not(door, lambda: permissions.may_settle(door.act(), one)))
    context = {"door": door, "form": form, **more}
    return page(request, "research/settle.html", context, form, refused=refused)


def withdraw(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """Take a node back, with a reason."""
    door = enter(request, slug)
    one = fetch(door, node_id)
    form = keeping(ReasonForm(request.POST or None), door)
    made, refused = tried(
        request, form,
        lambda: actions.withdraw(door.own_act(form), node=one, reason=form.cleaned_data["reason"]),
    )  # fmt: skip
    if made:
        return go(url_of(one))
    more = _plain(door, one, why_not(door, lambda: permissions.may_change(door.act(), one)))
    context = {"door": door, "form": form, **more}
    return page(request, "research/withdraw.html", context, form, refused=refused)


def _plain(door: Door, one: Node, why: str) -> dict[str, Any]:
    return {"one": one, "title": one.title.in_(door.lang), "why_not": why}


def node(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """One node: what it says, what it rests on, what rests on it, what it lacks, its versions."""
    door = enter(request, slug)
    one = fetch(door, node_id)
    more: dict[str, Any] = {}
    if one.kind == RECOMMENDATION:
        more["uptakes"] = of_node(door, one.pk)
    if one.kind == CASE:
        more["case"] = of_case(door, one)
    return render(request, "research/node.html", shown(door, one) | more)


def shown(door: Door, one: Node) -> dict[str, Any]:
    """What the page of a node shows."""
    seen = doors.graph(door)
    kind = kind_of(one.kind)
    found = [gap for gap in doors.gaps(door) if gap.node == one.pk]
    out, back = _ties(door, one)
    return {
        "door": door,
        "one": one,
        "title": one.title.in_(door.lang),
        "kind": kind,
        "tag": one.tag.in_(door.lang),
        "facts": _facts(kind, one, door.lang),
        "owner": one.owner.called.in_(door.lang),
        "suspect": one.pk in seen.suspects,
        "gaps": [doors.gap_words(door, gap) for gap in found],
        "out": out,
        "back": back,
        "into": one.into if one.into and permissions.sees(door.sight, one.into) else None,
        "merged": [
            other
            for other in (queries.merged_into(one) if len(seen.family(one.pk)) > 1 else ())
            if permissions.sees(door.sight, other)
        ],
        "editions": list(one.editions.select_related("by").order_by("-version")[:50]),
        "stands": one.status in STANDING,
        "changes": door.seat.pk == one.owner_id or permissions.heads(door.seat, one),
        "settles": permissions.heads(door.seat, one),
        "ties": permissions.enters_in(door.seat, one.group) or door.seat.pk == one.owner_id,
    }


def _facts(kind: Kind, one: Node, lang: str) -> list[tuple[str, str]]:
    found = []
    for field in kind.fields:
        value = one.facts.get(field.key, "")
        word = (field.choices or {}).get(value)
        if value:
            found.append((field.title.in_(lang), word.in_(lang) if word else value))
    if sure := confidence(one.facts):
        found.append((SURENESS.in_(lang), SURE[sure].in_(lang)))
    return found


def _ties(door: Door, one: Node) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The links of a node, those of the merged ones with them: what it says of others, and what
    others say of it."""
    seen = doors.graph(door)
    family = seen.family(one.pk)
    mine = {tie.key: tie for tie in seen.ties if tie.first in family or tie.second in family}
    links = queries.links_of(list(mine)[:NEAR])
    near = {end.pk: end for row in links.values() for end in (row.first, row.second)}
    ends = {key for row in links for key in (mine[row].first, mine[row].second)}
    near |= queries.nodes_of(found) if (found := ends - {one.pk, *near}) else {}
    out: list[dict[str, Any]] = []
    back: list[dict[str, Any]] = []
    for key, row in links.items():
        tie = mine[key]
        away = tie.second if tie.first == one.pk else tie.first
        shown = {
            "link": row,
            "kind": LinkKind(row.kind).label,
            "node": near[away],
            "title": near[away].title.in_(door.lang),
            "tag": near[away].tag.in_(door.lang),
            "stale": tie.stale,
            "suspect": away in seen.suspects,
        }
        (out if tie.first == one.pk else back).append(shown)
    return out, back


def near_names(door: Door) -> list[str]:
    """What may be typed for a node: the newest the visitor sees, by kind and number."""
    found = doors.seen(door).standing().order_by("-pk")[:NEAR]
    return [f"{one.tag.in_(door.lang)} {one.title.in_(door.lang)}" for one in found]
