"""Amendments: what a working copy would change, proposing it, answering, bringing it into force."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from keti.charter.actions import CharterFile
from keti.charter.queries import compiled, in_force
from keti.charter.rules import Compiled, load
from keti.charter.rules.shape import BY_ADMISSION
from keti.documents.actions import path_of
from keti.duties.notices import deadline
from keti.groups.doors import ActForm, Door, attempt, enter, look
from keti.groups.queries import holders
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused, Verdict, sentence
from keti.lists.doors import show
from keti.planning import permissions
from keti.planning.actions import (
    Prepared,
    Proposal,
    answer_amendment,
    apply_amendment,
    cast_vote,
    discard_draft,
    prepare,
    propose_amendment,
    withdraw_amendment,
    words_for,
)
from keti.planning.actions.preparing import OWN, refuse_overtaken
from keti.planning.doors import DraftDoor, enter_draft
from keti.planning.enums import AmendmentState
from keti.planning.forms.amend import AnswerForm, ProposeForm
from keti.planning.models import Amendment
from keti.planning.queries import (
    Ballot,
    affected,
    amendment_by_id,
    approvals,
    ballot,
    counted,
)
from keti.planning.rules import changes as made
from keti.planning.rules.changes import Plan, from_data
from keti.planning.rules.classes import BEFORE, Class, classes
from keti.planning.rules.voting import needed
from keti.planning.rules.worded import Difference, differences
from keti.planning.rules.wording import PlanTitles, block, heading, line
from keti.planning.views.lists import AMENDMENTS, STATES

ORDER = (*made.DOING, made.FORBIDDEN, made.FROZEN)


@dataclass(frozen=True, slots=True)
class Told:
    """A plan in words."""

    groups: list[tuple[str, str, list[str]]]
    blocks: list[str]
    kept: str
    past: str


def told(plan: Plan, words: PlanTitles) -> Told:
    """Everything the plan does, kind by kind, each change one sentence."""
    groups = []
    for verb in ORDER:
        found = plan.of(verb)
        if found:
            lines = [line(one, words) for one in found]
            groups.append((verb, heading(verb, len(found), words), lines))
    return Told(
        groups,
        [block(one, words) for one in plan.blocks],
        words.say("kept", count=plan.kept),
        words.say("past", count=plan.past),
    )


def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Every amendment of the programme, and the single acts that need none."""
    door = enter(request, slug)
    context = {
        "door": door,
        "amendments": show(request, door, AMENDMENTS),
        "may_draft": permissions.may_draft(door.act(), door.programme),
        "manages": door.seat.can("manage"),
    }
    return render(request, "planning/amendments.html", context)


def propose(request: HttpRequest, draft_id: str) -> HttpResponse:
    """What the working copy would change and for whom; then the proposal itself."""
    at = enter_draft(request, draft_id)
    door = at.door
    if door is None:
        raise Http404
    prepared, refused = look(lambda: _prepared(at, door))
    free = prepared is not None and prepared.klass.key == BEFORE
    form = ProposeForm(request.POST or None, request.FILES or None, door=door, free=free)
    if request.method == "POST" and form.is_valid() and prepared is not None:
        amendment, refused = attempt(lambda: _proposed(at, door, form))
        if amendment is not None:
            done = _("方案已修改，现已生效。") if free else _("方案调整已提出。")
            messages.success(request, done)
            return HttpResponseRedirect(amendment.path)
        form.add_error(None, refused.sentence(door.lang) if refused else "")
    context = _preview(at, door, prepared, refused) | {"form": form, "free": free}
    status = 422 if request.method == "POST" else 200
    return render(request, "planning/propose.html", context, status=status)


def _file(at: DraftDoor) -> CharterFile:
    return CharterFile(at.draft.name, at.draft.text, at.draft.clauses)


def _prepared(at: DraftDoor, door: Door) -> Prepared:
    permissions.may_draft(door.act(), door.programme).or_refuse()
    refuse_overtaken(door.programme, at.draft.base_sha256)
    return prepare(door.programme, _file(at), door.now, seat=door.seat)


def _proposed(at: DraftDoor, door: Door, form: ProposeForm) -> Amendment:
    facts = form.cleaned_data
    when = facts.get("takes_effect_at")
    proposal = Proposal(_file(at), facts["reason"], when, at.draft.base_sha256)
    amendment = propose_amendment(door.act_from(form), programme=door.programme, proposal=proposal)
    discard_draft(at.act(), draft=at.draft)
    return amendment


def _preview(
    at: DraftDoor, door: Door, prepared: Prepared | None, refused: Refused | None
) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "door": at,
        "draft": at.draft,
        "programme": door.programme,
        "last": at.draft.steps.first(),
        "refused": refused.sentence(door.lang) if refused and prepared is None else "",
        "zone": door.programme.zone,
    }
    if prepared is None:
        return shown
    words = words_for(door.programme, door.lang, prepared.desired)
    return shown | {
        "prepared": prepared,
        "told": told(prepared.plan, words),
        "differences": differences(in_force(door.programme).text, at.draft.text, door.lang),
        "klass": class_title(prepared.klass, door.lang),
        "approvers": [
            (words.roles[key].in_(door.lang), _holders(door, key)) for key in prepared.klass.approve
        ],
        "people": _people(prepared.affected, words),
        "notice": prepared.klass.notice.days,
        "whynot": permissions.may_propose(door.act(), door.programme, prepared.touched).sentence(
            door.lang
        ),
    }


def _holders(door: Door, role: str) -> list[str]:
    """Who would have to approve in this role; nobody while its seat is empty."""
    return [one.holder.label for one in holders(door.programme, role, None, door.now)]


def class_title(klass: Class, lang: str) -> str:
    """A class by its title in the charter, else by its id."""
    if klass.key == OWN:
        return _("本组自定")
    if klass.key == BEFORE:
        return _("公布之前")
    if klass.key == BY_ADMISSION:
        return _("随征集设立")
    return klass.title.in_(lang) or _("（方案未分等级）")


def class_of(door: Door, found: Amendment, desired: Compiled | None) -> Class:
    """The class an amendment was given, as the charter in force tells it, else its own."""
    charters = [compiled(door.programme), *([desired] if desired else [])]
    known = {one.key: one for charter in reversed(charters) for one in classes(charter)}
    return known.get(found.klass) or Class(found.klass, (), title=Text(found.klass, found.klass))


def _people(found: Any, words: PlanTitles) -> list[tuple[str, list[str]]]:
    return [(one.person.label, [line(change, words) for change in one.changes]) for one in found]


def amendment(request: HttpRequest, slug: str, amendment_id: str) -> HttpResponse:
    """One amendment: what it does, who is asked, what they said, what can be done now."""
    door = enter(request, slug)
    found = amendment_by_id(door.programme, amendment_id)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST or None, request.FILES or None, door=door)
    if request.method != "POST":
        return _amendment(door, found, form)
    does = _acts(found, form).get(str(request.POST.get("do", "")))
    if does is None or not form.is_valid():
        return _amendment(door, found, form, 422)
    _made, refused = attempt(lambda: does(door.act_from(form)))
    if refused:
        form.add_error(None, refused.sentence(door.lang))
        return _amendment(door, found, form, 422)
    messages.success(request, _("已办理，已记入办理记录。"))
    return HttpResponseRedirect(found.path)


def paper(request: HttpRequest, slug: str, amendment_id: str, role: str) -> FileResponse:
    """The signed paper behind an approval, for every seat that sees the amendment."""
    door = enter(request, slug)
    found = amendment_by_id(door.programme, amendment_id)
    said = approvals(found).get(role) if found else None
    if said is None or said.evidence is None:
        raise Http404
    file = said.evidence
    return FileResponse(
        path_of(file.sha256).open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type=file.mime,
    )


def _acts(found: Amendment, form: ActForm) -> dict[str, Callable[[Act], Amendment]]:
    """What can be done with an amendment, by the button pressed."""

    def answer(act: Act, approve: bool) -> Amendment:
        reason = str(form.cleaned_data["reason"])
        do = cast_vote if ballot(found) else answer_amendment
        return do(act, amendment=found, approve=approve, reason=reason)

    return {
        "approve": lambda act: answer(act, True),
        "refuse": lambda act: answer(act, False),
        "withdraw": lambda act: withdraw_amendment(
            act, amendment=found, reason=str(form.cleaned_data["reason"])
        ),
        "apply": lambda act: apply_amendment(act, amendment=found),
    }


def _amendment(door: Door, found: Amendment, form: ActForm, status: int = 200) -> HttpResponse:
    desired, _findings = load(found.text, found.name)
    words = words_for(door.programme, door.lang, desired)
    plan = from_data(found.plan)
    said = approvals(found)
    is_open = found.state in (AmendmentState.PROPOSED, AmendmentState.APPROVED)
    asked = [
        (words.roles[key].in_(door.lang) if key in words.roles else key, said.get(key))
        for key in found.approvers
    ]
    on = ballot(found)
    context = {
        "door": door,
        "amendment": found,
        "vote": _vote(door, found, on) if on else "",
        "tone": STATES[AmendmentState(found.state)],
        "told": told(plan, words),
        "differences": differences_of(door, found),
        "klass": class_title(class_of(door, found, desired), door.lang),
        "asked": asked,
        "people": _people(affected(door.programme, plan, door.now), words) if is_open else [],
        "may_answer": _votes(door, found) if on else _answers(door, found, set(said)),
        "may_withdraw": is_open and permissions.may_withdraw(door.act(), found),
        "may_apply": _may(permissions.may_apply, door, found, AmendmentState.APPROVED),
        "due": found.takes_effect_at <= door.now,
        "free": found.klass == BEFORE,
        "form": form,
        "zone": door.programme.zone,
    }
    return render(door.request, "planning/amendment.html", context, status=status)


def _answers(door: Door, found: Amendment, said: set[str]) -> bool:
    """Whoever is asked and has not answered; the secretariat records for the others."""
    if found.state != AmendmentState.PROPOSED:
        return False
    own = door.seat.role.key not in said and bool(permissions.may_answer(door.act(), found))
    return own or door.seat.can("manage")


def _votes(door: Door, found: Amendment) -> bool:
    """Who may vote and has not; the secretariat records for the others."""
    if found.state != AmendmentState.PROPOSED:
        return False
    own = bool(permissions.may_answer(door.act(), found))
    has = own and found.votes.filter(seat=door.seat).exists()
    return (own and not has) or door.seat.can("manage")


def _vote(door: Door, found: Amendment, on: Ballot) -> str:
    """How it is voted on; once there is a result, how the votes fell."""
    count = counted(found, door.now)
    facts: dict[str, object]
    if found.state != AmendmentState.PROPOSED:
        facts = {"yes": count.yes, "no": count.no, "seats": count.seats}
        return sentence("planning.vote-count", facts, door.lang)
    rule = on.rule
    share = sentence("planning.share", {"share": rule.approve}, door.lang)
    if rule.unanimous or rule.approve is None:
        share = sentence(f"planning.share-{'all' if rule.unanimous else 'half'}", {}, door.lang)
    facts = {"seats": count.seats, "needed": needed(rule, count), "share": share,
             "when": deadline(door.programme, on.closes_at).in_(door.lang)}  # fmt: skip
    return sentence("planning.vote-asks", facts, door.lang)


def _may(
    ask: Callable[[Act, Amendment], Verdict], door: Door, found: Amendment, state: str
) -> bool:
    return found.state == state and bool(ask(door.act(), found))


def differences_of(door: Door, found: Amendment) -> list[Difference]:
    """In words, against the version it was proposed on."""
    versions = found.programme.charters.filter(sha256=found.base_sha256)
    base = versions.first()
    return differences(base.text, found.text, door.lang) if base else []
