"""Honours: all of them, one with its shortlist, one nomination up to the award."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.groups.doors import Door, KeepingForm, KeyForm, ask, attempt, enter, keeping, why_not
from keti.groups.models import Seat
from keti.honours import actions, permissions, queries
from keti.honours.enums import Stage
from keti.honours.forms import (
    AnswerForm,
    AsideForm,
    CheckForm,
    NominateForm,
    ObjectForm,
    ReasonForm,
    VoteForm,
)
from keti.honours.models import Nomination, NominationQuerySet, Objection
from keti.honours.rules import Checklist, HonourSpec, asked
from keti.honours.views.doors import MARKS, asks, fetch, said, spec_at
from keti.kernel.refusals import Refused
from keti.lists.doors import Column, Listing, by_code, declared, save, show
from keti.lists.rules import Label, Marked, Moment

Shown = dict[str, Any]


def _base(door: Door) -> NominationQuerySet:
    return permissions.visible(door.sight, Nomination.objects.all()).with_names()


def _rows(door: Door, found: Iterable[Nomination]) -> Iterator[Shown]:
    for one in found:
        yield {
            "one": one,
            "who": one.seat.called.in_(door.lang),
            "title": one.title.in_(door.lang),
            "path": one.path,
        }


NOMINATIONS = declared(
    Listing(
        name="nominations",
        title=gettext_lazy("提名与授予"),
        columns=(
            Column(
                "who", gettext_lazy("姓名或单位"), lambda row: Label(row["who"], row["path"]),
                ("seat__order",), ("seat__person__name", "seat__organisation__name_zh"),
            ),
            Column("title", gettext_lazy("荣誉"), lambda row: Label(row["title"]), ("honour",)),
            Column(
                "stage", gettext_lazy("状态"),
                lambda row: Marked(
                    MARKS[Stage(row["one"].stage)], str(row["one"].get_stage_display())
                ),
                ("stage",),
            ),
            Column("number", gettext_lazy("证书编号"), lambda row: Label(row["one"].number),
                   ("number",), ("number",)),
            Column("awarded", gettext_lazy("授予时间"),
                   lambda row: Moment(row["one"].awarded_at), ("awarded_at",)),
        ),
        base=_base,
        rows=_rows,
        order=("honour", "seat__group__order", "seat__role__order", "seat__order"),
        page="honours:honours",
        file="honours:export",
        of_record=True,
        choices=(by_code("stage", gettext_lazy("状态"), lambda _door: Stage.choices),),
        nothing=gettext_lazy("还没有提名"),
    )
)  # fmt: skip


def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """The honours of the charter, and every nomination this seat may see."""
    door = enter(request, slug)
    specs = permissions.honours_of(door.programme)
    context = {
        "door": door,
        "honours": [
            {
                "title": one.title.in_(door.lang),
                "url": reverse("honours:honour", args=[slug, key]),
                "criteria": _criteria(door, one),
                "participation": one.participation,
            }
            for key, one in specs.items()
        ],
        "nominations": show(request, door, NOMINATIONS),
        "inside": permissions.reads_all(door.sight),
        "manages": door.seat.can("manage"),
    }
    return render(request, "honours/overview.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, NOMINATIONS, slug, form)


def _criteria(door: Door, spec: HonourSpec) -> list[tuple[str, bool]]:
    """Each criterion in words, and whether an act computes it."""
    works = {one.key for one in queries.works(door.programme)}
    known, others = asked(spec.criteria, works)
    return [*((asks(one), True) for one in known), *((word, False) for word in others)]


def honour(request: HttpRequest, slug: str, honour: str) -> HttpResponse:
    """One honour: what it asks, and for who may read the records who meets that."""
    door = enter(request, slug)
    return render(request, "honours/honour.html", _honour(door, spec_at(door, honour)))


def _honour(door: Door, spec: HonourSpec, refused: str = "") -> Shown:
    roles = {one.key: one.title.in_(door.lang) for one in queries.roles(door.programme)}
    inside = permissions.reads_all(door.sight)
    found = queries.shortlist(door.programme, spec, door.now) if inside else []
    standing = Nomination.objects.filter(programme=door.programme, honour=spec.key)
    of_seat = {one.seat_id: one for one in standing.live()}
    return {
        "door": door,
        "spec": spec,
        "title": spec.title.in_(door.lang),
        "to": [roles.get(one, one) for one in spec.to],
        "deciders": [roles.get(one, one) for one in spec.decided_by],
        "criteria": _criteria(door, spec),
        "inside": inside,
        "record": queries.newest_record(door.programme),
        "candidates": [_candidate(door, spec, one, of_seat) for one in found],
        "qualified": sum(one.qualifies for one in found),
        "others": [] if inside else _nominable(door, spec),
        "all": why_not(door, lambda: permissions.may_certify(door.act(), door.programme, spec)),
        "unmade": queries.unmade(door.programme) if door.seat.can("manage") else 0,
        "form": KeyForm(),
        "refused": refused,
    }


def _candidate(door: Door, spec: HonourSpec, one: Any, of_seat: dict[int, Any]) -> Shown:
    known = asked(spec.criteria, {each.key for each in queries.works(door.programme)})[0]
    args = [door.programme.slug, spec.key, one.seat.public_id]
    return {
        "who": one.seat.called.in_(door.lang),
        "group": one.seat.group.title.in_(door.lang),
        "record": reverse("honours:record", args=[door.programme.slug, one.seat.public_id]),
        "qualifies": one.qualifies,
        "figures": [(asks(each), said(one.figures[each.measure]), each not in one.lacks)
                    for each in known if each.measure in one.figures],
        "nomination": of_seat.get(one.seat.pk),
        "nominate": reverse("honours:nominate", args=args),
    }  # fmt: skip


def _nominable(door: Door, spec: HonourSpec) -> list[tuple[str, str]]:
    """Whom this seat may put forward, who does not read the records."""
    seats = [one for one in queries.seats_of(door.programme, door.now) if one.role.key in spec.to]
    act = door.act()
    may = [one for one in seats if ask(partial(permissions.may_nominate, act, spec, one))]
    return [
        (one.called.in_(door.lang),
         reverse("honours:nominate", args=[door.programme.slug, spec.key, one.public_id]))
        for one in may
    ]  # fmt: skip


def nominate(request: HttpRequest, slug: str, honour: str, seat_id: str) -> HttpResponse:
    """Put a seat forward, with the reason."""
    door = enter(request, slug)
    spec = spec_at(door, honour)
    seat = Seat.objects.filter(programme=door.programme, public_id=seat_id).with_names().first()
    if seat is None or seat.role.key not in spec.to:
        raise Http404
    form = NominateForm(request.POST or None, request.FILES or None, door=door)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        made, refused = attempt(
            lambda: actions.nominate(door.act_from(form), honour=honour, seat=seat, reason=reason),
            form,
        )
        if made is not None:
            return HttpResponseRedirect(made.path)
    shown = {
        "door": door,
        "title": spec.title.in_(door.lang),
        "up": reverse("honours:honour", args=[slug, honour]),
        "who": seat.called.in_(door.lang),
        "form": form,
        "refused": refused.sentence(door.lang) if refused and not form.errors else "",
        "why_not": why_not(door, lambda: permissions.may_nominate(door.act(), spec, seat)),
    }
    bad = refused or (form.is_bound and form.errors)
    return render(request, "honours/nominate.html", shown, status=422 if bad else 200)


@require_POST
def everybody(request: HttpRequest, slug: str, honour: str) -> HttpResponse:
    """Certificates of participation for everybody who qualifies."""
    door = enter(request, slug)
    spec = spec_at(door, honour)
    act = door.act(request.POST.get("key", "")[:40])
    _done, refused = attempt(
        lambda: actions.certify_all(act, programme=door.programme, honour=honour)
    )
    if refused is not None:
        shown = _honour(door, spec, refused.sentence(door.lang))
        return render(request, "honours/honour.html", shown, status=422)
    return HttpResponseRedirect(reverse("honours:honour", args=[slug, honour]))


@require_POST
def files(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the files of all certificates be made, in one piece of work."""
    door = enter(request, slug)
    if not permissions.may_draw(door.act(), door.programme):
        raise Http404
    place = reverse("honours:honours", args=[slug])
    job = actions.order_all(door.programme, door.asker, place)
    return HttpResponseRedirect(reverse("jobs:job", args=[job.public_id]))


def nomination(request: HttpRequest, slug: str, nomination_id: str) -> HttpResponse:
    """One nomination: where it stands, who said what, and what this seat may do now."""
    door = enter(request, slug)
    return render(request, "honours/nomination.html", _page(door, fetch(door, nomination_id)))


def _forms(door: Door, one: Nomination) -> dict[str, tuple[type[KeepingForm], Any]]:
    """Verb -> its form, and the question whether this seat may do it now."""
    stage, act = one.stage, door.act()
    noticed = stage == Stage.NOTICED
    return {
        "check": (CheckForm, stage == Stage.NOMINATED and permissions.may_check(act, one)),
        "vote": (VoteForm, stage == Stage.CHECKED and permissions.may_vote(act, one)),
        "aside": (AsideForm, stage == Stage.CHECKED and permissions.may_vote(act, one)),
        "notice": (KeepingForm, stage == Stage.APPROVED and permissions.may_award(act, one)),
        "object": (ObjectForm, noticed and permissions.may_object(act, one)),
        "answer": (AnswerForm, noticed and permissions.may_award(act, one)),
        "award": (KeepingForm, noticed and permissions.may_award(act, one)),
        "revoke": (ReasonForm, stage == Stage.AWARDED and permissions.may_award(act, one)),
        "end": (ReasonForm, stage in (Stage.NOMINATED, Stage.CHECKED, Stage.APPROVED)
                and permissions.may_end(act, one)),
    }  # fmt: skip


def _empty(door: Door, made: type[KeepingForm], **data: Any) -> KeepingForm:
    if made in (VoteForm, AsideForm, ObjectForm):
        return made(**data, door=door)
    return keeping(made(**data), door)


def _page(door: Door, one: Nomination, tried: str = "", form: Any = None, told: str = "") -> Shown:
    spec = permissions.honours_of(door.programme).get(one.honour)
    open_ = {verb: made for verb, (made, may) in _forms(door, one).items() if may}
    if tried == "vote" or one.votes.filter(seat=door.seat).exists():
        open_ = {verb: made for verb, made in open_.items() if verb != "aside" or tried != "vote"}
    spoken = one.votes.filter(seat=door.seat).exists()
    skipped = {"vote", "aside"} if spoken else set()
    candidate = queries.held_against(one, spec, door.now) if spec else None
    figures = _candidate(door, spec, candidate, {})["figures"] if spec and candidate else []
    inside = permissions.reads_votes(door.sight, one)
    return {
        "door": door,
        "one": one,
        "title": one.title.in_(door.lang),
        "who": one.seat.called.in_(door.lang),
        "where": one.seat.title.in_(door.lang),
        "mark": MARKS[Stage(one.stage)],
        "figures": figures if permissions.reads_all(door.sight) else [],
        "nominators": [(each.seat.called.in_(door.lang), each)
                       for each in queries.nominators(one)],
        "votes": [(each.seat.called.in_(door.lang), each) for each in queries.votes(one)]
        if inside else [],
        "waiting": [seat.called.in_(door.lang) for seat in queries.benches([one], door.now)[one.pk]]
        if inside and one.stage == Stage.CHECKED else [],
        "objections": _objections(door, one, form if tried == "answer" else None),
        "forms": {verb: form if verb == tried else _empty(door, made)
                  for verb, made in open_.items() if verb not in skipped},
        "refused": told,
    }  # fmt: skip


def _objections(door: Door, one: Nomination, form: Any) -> list[Shown]:
    """What was objected and answered: the secretariat and monitors all, others their own."""
    rows = queries.objections(one)
    if not permissions.reads_all(door.sight):
        rows = [each for each in rows if each.seat_id == door.seat.pk]
    answers = door.seat.can("manage")
    return [
        {
            "one": each,
            "who": each.seat.called.in_(door.lang) if each.seat else each.sender,
            "form": (form or keeping(AnswerForm(initial={"objection": each.public_id}), door))
            if answers and each.answered_at is None else None,
        }
        for each in rows
    ]  # fmt: skip


@require_POST
def act(request: HttpRequest, slug: str, nomination_id: str, verb: str) -> HttpResponse:
    """One step of a nomination."""
    door = enter(request, slug)
    one = fetch(door, nomination_id)
    made = {verb: form for verb, (form, _may) in _forms(door, one).items()}.get(verb)
    if made is None:
        raise Http404
    form = _empty(door, made, data=request.POST, files=request.FILES)
    refused: Refused | None = None
    if form.is_valid():
        _done, refused = attempt(_deed(door, one, verb, form), form)
        if refused is None:
            return HttpResponseRedirect(one.path)
    told = refused.sentence(door.lang) if refused and not form.errors else ""
    shown = _page(door, fetch(door, nomination_id), verb, form, told)
    return render(request, "honours/nomination.html", shown, status=422)


def _deed(door: Door, one: Nomination, verb: str, form: Any) -> Callable[[], object]:
    said = form.cleaned_data
    plain = door.act(str(said["key"]))

    def full() -> Any:
        return door.act_from(form)

    deeds: dict[str, Callable[[], object]] = {
        "check": lambda: actions.check(plain, nomination=one, told=_checklist(said)),
        "vote": lambda: actions.vote(
            full(), nomination=one, yes=said["word"] == "yes", text=said["text"]
        ),
        "aside": lambda: actions.stand_aside(full(), nomination=one, text=said["text"]),
        "notice": lambda: actions.give_notice(plain, nomination=one),
        "object": lambda: actions.object_to(
            full(), nomination=one, text=said["text"], sender=said["sender"]
        ),
        "answer": lambda: actions.answer_objection(
            plain, objection=_objection(one, said["objection"]),
            upheld=said["upheld"] == "yes", answer=said["answer"],
        ),
        "award": lambda: actions.award(plain, nomination=one),
        "revoke": lambda: actions.revoke(plain, nomination=one, reason=said["reason"]),
        "end": lambda: actions.end_nomination(plain, nomination=one, reason=said["reason"]),
    }  # fmt: skip
    return deeds[verb]


def _checklist(said: Shown) -> Checklist:
    day: date | None = said["basis_day"]
    return Checklist(
        fee=said["fee"],
        commercial=said["commercial"],
        basis=said["basis"],
        basis_day=day.isoformat() if day else "",
        authority=said["authority"],
    )


def _objection(one: Nomination, public_id: str) -> Objection:
    found = one.objections.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
