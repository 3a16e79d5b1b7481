"""Search, my account, what I may see and do."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.accounts.actions import renew_feed
from keti.accounts.models import Person
from keti.accounts.queries import has_second_factor, person_of
from keti.charter.queries import compiled
from keti.consents import queries as consents
from keti.consents.enums import Purpose
from keti.groups.doors import KeyForm, attempt, digest_of
from keti.groups.models import Seat
from keti.groups.permissions import sees_all, still_reads
from keti.intake.actions import correct_own
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.addresses import absolute, subscribed
from keti.notify.actions import prefer
from keti.notify.queries import Wishes, wishes_of
from keti.planning.rules.said import said
from keti.programmes.models import Programme
from keti.site.forms import OwnRecordForm, WishForm
from keti.site.queries.search import MOST, SHORTEST, search
from keti.site.views.nominations import nominated
from keti.site.views.sessions import devices

ZONE = "Asia/Shanghai"


def _person(request: HttpRequest) -> Person:
    person = person_of(request.user)
    if person is None:
        raise Http404
    return person


def _seats(request: HttpRequest, person: Person) -> dict[Programme, list[Seat]]:
    found: dict[Programme, list[Seat]] = {}
    now = clock.received(request)
    for seat in Seat.objects.of(person).standing(now).with_names():
        if still_reads(seat, now):
            found.setdefault(seat.programme, []).append(seat)
    return found


def find(request: HttpRequest) -> HttpResponse:
    """Search over one's own programmes."""
    person = person_of(request.user)
    words = request.GET.get("q", "").strip()[:100]
    lang = get_language() or "zh-hans"
    rooms = {
        "reports": _("报告"),
        "meetings": _("会议"),
        "findings": _("监控意见"),
        "duties": _("应办事项"),
        "groups": _("分课题组"),
        "people": _("人员与单位"),
    }
    results: list[dict[str, Any]] = []
    count, cut = 0, False
    if person is not None and len(words) >= SHORTEST:
        for programme, seats in _seats(request, person).items():
            finds = search(seats, words, lang)
            shown = [(rooms[one.room], one.listed, one.more) for one in finds]
            count += sum(len(one.listed) for one in finds)
            cut = cut or any(one.more for one in finds)
            if shown:
                results.append({"title": programme.title.in_(lang), "parts": shown})
    context = {
        "q": words,
        "results": results,
        "count": count,
        "cut": cut,
        "most": MOST,
        "too_short": 0 < len(words) < SHORTEST,
        "now": clock.received(request),
        "zone": ZONE,
    }
    return render(request, "site/search.html", context)


def me(request: HttpRequest) -> HttpResponse:
    """What is known of me, my seats, my consents, my calendar address."""
    person = _person(request)
    return _me(request, person, 200)


def _me(request: HttpRequest, person: Person, status: int, **more: object) -> HttpResponse:
    lang = get_language() or "zh-hans"
    context = {
        "me": person,
        "wishes": _wishes(person),
        "own": OwnRecordForm.of(person),
        "told": request.GET.get("told") == "1",
        "programmes": [
            (programme.title.in_(lang), programme.slug, [seat.title.in_(lang) for seat in seats])
            for programme, seats in _seats(request, person).items()
        ],
        "nominated": nominated(person, lang),
        "protected": has_second_factor(person),
        **_consents(person, lang),
        "devices": devices(request, person),
        "feed": absolute(f"/cal/{person.feed_token}.ics"),
        "webcal": subscribed(f"/cal/{person.feed_token}.ics"),
        "form": KeyForm(),
        "now": clock.received(request),
        "zone": ZONE,
    } | more
    return render(request, "site/me.html", context, status=status)


@require_POST
def own_record(request: HttpRequest) -> HttpResponse:
    """Putting right what is on record of me; what is refused is shown with what was typed."""
    person = _person(request)
    form = OwnRecordForm(request.POST)
    why = ""
    if form.is_valid():
        key = str(form.cleaned_data["key"])
        act = Act(person, clock.received(request), key=key, digest=digest_of(request))
        _done, refused = attempt(lambda: correct_own(act, person=person, changes=form.changes()))
        if refused is None:
            messages.success(request, _("已更正。已签发的文件和办理记录保持原样。"))
            return HttpResponseRedirect(f"{reverse('site:me')}#record")
        why = refused.sentence(get_language() or "zh-hans")
        if refused.field in form.fields:
            form.add_error(refused.field, why)
            why = ""
    return _me(request, _person(request), 422, own=form, own_refused=why)


@require_POST
def letters(request: HttpRequest) -> HttpResponse:
    """How I want to be told."""
    person = _person(request)
    form = WishForm(request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        key = str(facts["key"])
        act = Act(person, clock.received(request), key=key, digest=digest_of(request))
        wanted = {"duties": facts["duties"], "news": facts["news"]}
        _done, refused = attempt(lambda: prefer(act, person=person, **wanted), None)
        if refused is None:
            return HttpResponseRedirect(f"{reverse('site:me')}?told=1#letters")
    return _me(request, person, 422, wishes=form)


def _wishes(person: Person) -> WishForm:
    mine = wishes_of([person]).get(person.pk, Wishes())
    return WishForm(initial={"duties": mine.duties, "news": mine.news})


def _consents(person: Person, lang: str) -> dict[str, Any]:
    """What I am asked to agree to, what stands, what was."""
    given = list(consents.of_person(person))
    rolls = [one for one in given if one.purpose == Purpose.ROLL]
    standing = {one.programme_id for one in rolls if one.withdrawn_at is None}
    asked = [one for one in consents.asked_of(person) if one.pk not in standing]
    return {
        "asked": [
            (one.slug, one.title.in_(lang), consents.wording(one).in_(lang), KeyForm())
            for one in asked
        ],
        "given": [(one, one.programme.title.in_(lang), KeyForm()) for one in given],
    }


@require_POST
def new_feed(request: HttpRequest) -> HttpResponse:
    """A new secret address for my calendar; the old one stops working."""
    person = _person(request)
    act = Act(by=person, recorded_at=clock.received(request), key=request.POST.get("key", "")[:80])
    attempt(lambda: renew_feed(act, person=person))
    return HttpResponseRedirect("/me/")


def rights(request: HttpRequest) -> HttpResponse:
    """What I may see and do in each programme, and why."""
    person = _person(request)
    lang = get_language() or "zh-hans"
    programmes = []
    for programme, seats in _seats(request, person).items():
        charter = compiled(programme)
        rows = [_rights_of(seat, charter.late.seen_by, lang) for seat in seats]
        programmes.append({"title": programme.title.in_(lang), "seats": rows})
    context = {"programmes": programmes, "now": clock.received(request), "zone": ZONE}
    return render(request, "site/rights.html", context)


def _rights_of(seat: Seat, seen_by: frozenset[str], lang: str) -> dict[str, Any]:
    group = seat.group.title.in_(lang)
    everything = sees_all(seat)
    sees = [
        _("实施方案、进度图、全部应办事项的期限与是否收到"),
        _("全部各组的报告、会议、任务与监控意见")
        if everything
        else _("{group}的草稿、会议、任务与监控意见").format(group=group),
    ]
    late = any(verb in seen_by and seat.can(verb) for verb in ("manage", "watch"))
    if late:
        sees.append(_("谁逾期了（实施方案规定）"))
    elif "lead" in seen_by and seat.can("lead"):
        sees.append(_("本组谁逾期了（实施方案规定）"))
    else:
        sees.append(_("自己是否逾期；别人只显示未交"))
    hidden = [] if everything else [_("其他组的草稿、会议、任务；他人的信箱与账户")]
    return {
        "title": seat.title.in_(lang),
        "why": _("因为您担任“{role}”，实施方案给这个职务以下权限。").format(
            role=seat.role.title.in_(lang)
        ),
        "can": [said(verb, get_language() or "zh-hans") for verb in seat.role.can],
        "sees": sees,
        "hidden": hidden,
        "excludes": bool(seat.role.excludes),
        "external": seat.role.external,
    }
