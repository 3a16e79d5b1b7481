"""The list of gates, one gate, and the acts done there."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from keti.charter.queries import compiled
from keti.documents.models import StoredFile
from keti.duties import permissions as duties
from keti.duties.models import Obligation
from keti.groups.doors import KeyForm, attempt, enter
from keti.kernel.acts import Act
from keti.ledger.models import Entry
from keti.ledger.queries import told_of
from keti.monitoring.doors import raise_link
from keti.review import actions, permissions, queries, rules
from keti.review.doors import View, fetch, mark, marks_in
from keti.review.forms import (
    ConflictForm,
    DecisionForm,
    GateForm,
    OpinionForm,
    WithdrawForm,
)
from keti.review.models import Decision, Gate
from keti.review.views.asking import offers


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """All gates this seat may see, in the charter's order."""
    door = enter(request, slug)
    charter = compiled(door.programme)
    roles = {role.key: role.title.in_(door.lang) for role in charter.roles}
    rows = []
    for gate in permissions.visible(door.sight, queries.of_programme(door.programme)):
        spec = charter.gate(gate.key)
        shape, word = mark(gate, spec, door.lang)
        rows.append(
            {
                "gate": gate,
                "title": gate.title.in_(door.lang),
                "mark": shape,
                "word": word,
                "who": [roles[key] for key in spec.decides],
                "mine": permissions.is_decider(door.seat, gate),
                "due": gate.obligation.due_instant,
            }
        )
    context = {"door": door, "rows": rows, "may_ask": bool(offers(door))}
    return render(request, "review/list.html", context)


def gate(request: HttpRequest, slug: str, gate_id: str) -> HttpResponse:
    """One gate: what is decided, on which version, by whom, what is missing, what came of it."""
    door = enter(request, slug)
    return render(request, "review/gate.html", _shown(View(door, fetch(door, gate_id))))


def _shown(view: View, **more: object) -> dict[str, Any]:
    door, one = view.door, view.gate
    shape, word = mark(one, view.spec, door.lang)
    offers = view.offers()
    roles = {role.key: role.title.in_(door.lang) for role in compiled(door.programme).roles}
    tally = view.bench.tally
    made = view.decisions()
    told = 0 if view.is_open else 1
    held, may_open = view.held(), view.may_open()
    return {
        "door": door,
        "gate": one,
        "view": view,
        "title": one.title.in_(door.lang),
        "mark": shape,
        "word": word,
        "rounds": rules.rounds(view.spec),
        "roles": [roles[key] for key in view.spec.decides],
        "asker": one.request.seat.called.in_(door.lang) if one.asked_for else "",
        "inputs": view.inputs(),
        "reasons": view.reasons(held),
        "may_open": may_open,
        "why_open": may_open.sentence(door.lang),
        "key_form": KeyForm(),
        "places": view.places(),
        "tally": tally,
        "needed": rules.quorum(view.spec.rule, tally),
        "missing": view.missing() if view.is_open else "",
        "blocked": view.blocked(held),
        "too_long": rules.back_too_long(
            view.spec, one.turn, door.now, one.obligation.due_instant, door.programme.tz
        ),
        "made": made[:told],
        "earlier": made[told:],
        "offers": offers,
        "raise_link": raise_link(door, one.subject(), one.group, vars(one).get("recorded")),
        "lines": _lines(view),
        **_forms(view, offers),
    } | more


def _lines(view: View) -> list[dict[str, Any]]:
    """What happened at the gate; who has voted is told only once the vote is closed."""
    entries = told_of(view.door.programme, view.gate.public_id)
    return [_line(entry) for entry in entries if not _is_secret(view, entry)]


def _is_secret(view: View, entry: Entry) -> bool:
    """Who gave an opinion, while the round is open; and ever after for those who read opinions
    without names, or not at all: the order and time of the lines would name their authors."""
    if entry.kind not in queries.SECRET:
        return False
    if view.is_open and entry.content["facts"]["round"] == view.gate.round:
        return True
    return not any(
        permissions.reads_opinions(view.door.sight, one)
        for one in view.made
        if one.round == entry.content["facts"]["round"]
    )


def _line(entry: Entry) -> dict[str, Any]:
    said = entry.content
    return {
        "at": entry.happened_at,
        "who": said["actor"],
        "kind": entry.kind,
        "behalf": said["behalf"],
        "late": said["late"],
        "round": said["facts"].get("round", ""),
        "decider": said["facts"].get("decider", ""),
    }


def _forms(view: View, offers: dict[str, bool]) -> dict[str, Any]:
    """The forms that are offered; an unbound one for each."""
    found: dict[str, Any] = {}
    if offers["declare"]:
        found["declare"] = _conflict_form(view)
    if offers["opinion"]:
        found["opinion"] = _opinion_form(view)
    if offers["change"]:
        found["change"], found["withdraw"] = _change_form(view), _withdraw_form(view)
    if offers["decide"]:
        found["decide"] = _decision_form(view)
    return found


def _conflict_form(view: View, *sent: Any) -> ConflictForm:
    return ConflictForm(*sent, door=view.door, principals=_seats(view), prefix="c")


def _opinion_form(view: View, *sent: Any) -> OpinionForm:
    outcomes = rules.votable(view.spec, rules.on_offer(view.spec, view.gate.turn))
    return OpinionForm(
        *sent, door=view.door, principals=_seats(view), outcomes=outcomes, prefix="o"
    )


def _change_form(view: View, *sent: Any) -> OpinionForm:
    outcomes = rules.votable(view.spec, rules.on_offer(view.spec, view.gate.turn))
    given = view.own.opinion if view.own else None
    stands = {"outcome": given.outcome, "comment": given.comment} if given else {}
    return OpinionForm(
        *sent,
        door=view.door,
        principals=_seats(view),
        outcomes=outcomes,
        initial=stands,
        prefix="x",
    )


def _withdraw_form(view: View, *sent: Any) -> WithdrawForm:
    return WithdrawForm(*sent, door=view.door, principals=_seats(view), prefix="w")


def _decision_form(view: View, *sent: Any) -> DecisionForm:
    outcomes = rules.on_offer(view.spec, view.gate.turn)
    undeclared = view.sole and view.bench.deciders[0].declared is None
    principals = _seats(view) if view.sole else []
    return DecisionForm(
        *sent, door=view.door, principals=principals, outcomes=outcomes, declares=undeclared,
        returning=rules.returning(view.spec, view.gate.turn), prefix="d",
    )  # fmt: skip


def _seats(view: View) -> list[Any]:
    return [one.seat for one in view.bench.deciders]


@require_POST
def open_(request: HttpRequest, slug: str, gate_id: str) -> HttpResponse:
    """Open the gate and pin what is judged."""
    door = enter(request, slug)
    view = View(door, fetch(door, gate_id))
    key = str(request.POST.get("key", ""))[:80]
    _, refused = attempt(lambda: actions.open_gate(door.act(key), gate=view.gate))
    if refused:
        context = _shown(view, refused=refused.sentence(door.lang))
        return render(request, "review/gate.html", context, status=422)
    return HttpResponseRedirect(view.gate.path)


@require_POST
def again(request: HttpRequest, slug: str, gate_id: str) -> HttpResponse:
    """Take the vote again, where nobody could agree."""
    door = enter(request, slug)
    view = View(door, fetch(door, gate_id))
    key = str(request.POST.get("key", ""))[:80]
    _, refused = attempt(lambda: actions.vote_again(door.act(key), gate=view.gate))
    if refused:
        context = _shown(view, refused=refused.sentence(door.lang))
        return render(request, "review/gate.html", context, status=422)
    return HttpResponseRedirect(view.gate.path)


@require_POST
def declare(request: HttpRequest, slug: str, gate_id: str) -> HttpResponse:
    """Declare a conflict of interest, or none."""
    view = View(door := enter(request, slug), fetch(door, gate_id))
    form = _conflict_form(view, request.POST, request.FILES)

    def do(act: Act) -> object:
        said = form.cleaned_data
        return actions.declare_conflict(
            act, gate=view.gate, has=said["has"] == "yes", text=str(said["text"])
        )

    return _done(view, form, do, "declare")


@require_POST
def opine(request: HttpRequest, slug: str, gate_id: str) -> HttpResponse:
    """Give one's opinion."""
    view = View(door := enter(request, slug), fetch(door, gate_id))
    form = _opinion_form(view, request.POST, request.FILES)

    return _done(
        view, form, lambda act: actions.give_opinion(act, **_said(view, act, form)), "opinion"
    )


@require_POST
def change(request: HttpRequest, slug: str, gate_id: str) -> HttpResponse:
    """Say something else than before."""
    view = View(door := enter(request, slug), fetch(door, gate_id))
    form = _change_form(view, request.POST, request.FILES)
    return _done(
        view, form, lambda act: actions.change_opinion(act, **_said(view, act, form)), "change"
    )


@require_POST
def withdraw(request: HttpRequest, slug: str, gate_id: str) -> HttpResponse:
    """Withdraw one's opinion."""
    view = View(door := enter(request, slug), fetch(door, gate_id))
    form = _withdraw_form(view, request.POST, request.FILES)

    def do(act: Act) -> object:
        reason = str(form.cleaned_data["reason"])
        return actions.withdraw_opinion(act, gate=view.gate, reason=reason)

    return _done(view, form, do, "withdraw")


def _said(view: View, act: Act, form: OpinionForm) -> dict[str, Any]:
    """What a valid form says, its marked copy kept and read."""
    facts, copy = form.cleaned_data, None
    if facts.get("copy"):
        file = view.door.keep(act, facts["copy"], "copy")
        copy = actions.MarkedCopy(file, marks_in(view.gate, file, view.door.lang))
    comment = str(facts["comment"])
    return {"gate": view.gate, "verdict": str(facts["outcome"]), "comment": comment, "copy": copy}


@require_POST
def decide(request: HttpRequest, slug: str, gate_id: str) -> HttpResponse:
    """Record the decision; where one seat alone decides, together with its declaration."""
    view = View(door := enter(request, slug), fetch(door, gate_id))
    form = _decision_form(view, request.POST, request.FILES)
    return _done(view, form, lambda act: _decide(act, view.gate, form), "decide")


def _decide(act: Act, gate: Gate, form: DecisionForm) -> Decision:
    said = form.cleaned_data
    if said.get("clear"):
        actions.declare_conflict(act, gate=gate, has=False)
    scan = act.evidence if isinstance(act.evidence, StoredFile) else None
    return actions.decide(
        act, gate=gate, outcome=str(said["outcome"]), reasons=str(said["comment"]),
        points=form.asked_points(), scan=scan,
    )  # fmt: skip


def _done(view: View, form: GateForm, do: Callable[[Act], object], name: str) -> HttpResponse:
    """Do the act of a valid form and go back to the page; else the page with what was typed."""
    why = ""
    if form.is_valid():
        made, refused = attempt(lambda: do(view.door.act_from(form)))
        if made is not None:
            return HttpResponseRedirect(view.gate.path)
        why = refused.sentence(view.door.lang) if refused else ""
    context = _shown(View(view.door, view.gate), **{name: form}, refused=why)
    return render(view.door.request, "review/gate.html", context, status=422)


def for_duty(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """From the duty to decide to its gate."""
    door = enter(request, slug)
    mine = duties.visible(door.sight, Obligation.objects.filter(public_id=duty_id))
    duty = mine.select_related("programme").first()
    one = queries.gate_of(duty) if duty else None
    if one is None or not permissions.sees(door.sight, one):
        raise Http404
    return HttpResponseRedirect(one.path)
