"""What leaves the house: the group announcement and the personal calendar feed."""

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import translation

from keti.accounts.models import Person
from keti.charter.queries import compiled
from keti.duties import actions, notices, permissions, queries
from keti.duties.doors import deed_of
from keti.duties.enums import DutyState, Nature
from keti.duties.forms import AnnounceForm
from keti.duties.models import Obligation
from keti.groups.doors import Door, attempt, enter, why_not
from keti.groups.notices import delegate_announced
from keti.groups.permissions import visible_groups
from keti.groups.queries import seat_by_id
from keti.kernel import clock
from keti.notify.models import Announcement
from keti.notify.queries import appointments
from keti.notify.rules import DueDate, calendar


def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """The text for a chat group; sending the form logs that it was announced by hand."""
    door = enter(request, slug)
    first = {} if request.method == "POST" else {"text": _text(door, request.GET)}
    form = AnnounceForm(request.POST or None, initial=first)
    why = ""
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        act, said = door.act(str(facts["key"])), str(facts["text"])
        _done, refused = attempt(lambda: actions.announce(act, programme=door.programme, text=said))
        if refused is None:
            return HttpResponseRedirect(request.path + "?logged=1")
        why = refused.sentence(door.lang)
    refusal = why_not(door, lambda: permissions.may_announce(door.act(), door.programme))
    context = {
        "door": door,
        "form": form,
        "why": why,
        "kinds": _kinds(door),
        "kind": request.GET.get("kind", ""),
        "named": request.GET.get("named", "1") == "1",
        "before": door.read(("duties.announced",), _before),
        "only": refusal,
        "logged": request.GET.get("logged") == "1",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "duties/announce.html", context, status=status)


def _before(door: Door) -> QuerySet[Announcement]:
    """The last ten that this seat may read: of the whole programme, and of the groups whose work
    it sees."""
    last = Announcement.objects.filter(programme=door.programme).order_by("-pk")
    if not door.sight.everything:
        mine = visible_groups(door.sight, door.programme).values("public_id")
        last = last.filter(Q(group="") | Q(group__in=mine))
    return last[:10]


def _text(door: Door, asked: QueryDict) -> str:
    """About one small adjustment just made, where one is asked for; else about what is due."""
    duties = permissions.visible(door.sight, Obligation.objects.all()).with_names()
    one = asked.get("duty", "")
    duty = duties.filter(public_id=one).first() if one else None
    if duty is not None and duty.extended_to:
        return notices.extension_announced(duty).in_(door.lang)
    place = asked.get("seat", "")
    seat = seat_by_id(door.programme, place) if place else None
    if seat is not None and seat.delegate:
        return delegate_announced(seat).in_(door.lang)
    kind = asked.get("kind", "")
    if kind and kind in dict(_kinds(door)):
        named = asked.get("named", "1") == "1"
        return actions.chase_text(door.programme, kind, door.now, door.lang, named=named)
    return actions.group_text(door.programme, door.now, door.lang)


def _kinds(door: Door) -> list[tuple[str, str]]:
    """The kinds of which something is owed by the charter, by title."""

    def owed(door: Door) -> QuerySet[Obligation, str]:
        found = permissions.visible(door.sight, Obligation.objects.all()).open()
        of_charter = found.filter(nature=Nature.CHARTER).order_by()
        return of_charter.values_list("kind", flat=True).distinct()

    kinds = set(door.read(("duties.kinds",), owed))
    works = compiled(door.programme).works
    return [(work.key, work.title.in_(door.lang)) for work in works if work.key in kinds]


def feed(request: HttpRequest, token: str) -> HttpResponse:
    """One person's own duties and the meetings they are invited to, for their calendar: titles,
    times and places only."""
    person = Person.objects.filter(feed_token=token).first()
    if person is None:
        raise Http404
    lang = person.language
    with translation.override(lang):
        name = translation.gettext("应办事项") + " · " + person.label
    dates = [_date(duty, lang) for duty in queries.owed_by_person(person)]
    now = clock.received(request)
    answer = HttpResponse(
        calendar(name, [*dates, *appointments(person, now, lang)], now),
        content_type="text/calendar; charset=utf-8",
    )
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _date(duty: Obligation, lang: str) -> DueDate:
    gone = duty.state in (DutyState.CANCELLED, DutyState.WAIVED)
    return DueDate(
        f"{duty.public_id}@keti",
        deed_of(duty, lang),
        duty.due_instant,
        duty.sequence + gone,
        gone,
        duty.programme.tz,
    )
