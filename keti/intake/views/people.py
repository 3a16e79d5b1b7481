"""Everybody of the programme, whatever they do in it: the list, the contacts, one record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.accounts.models import Person
from keti.accounts.rules import like_key, mail_key, name_key
from keti.documents.doors import paper_file
from keti.documents.rules.forms import Row as Line
from keti.documents.rules.forms import heads
from keti.documents.rules.paper import Paper, printed_day, tongue
from keti.documents.rules.written import Box, Grid
from keti.groups.doors import Door, attempt, enter_office, page, tried
from keti.groups.models import Seat, SeatQuerySet
from keti.intake import actions, queries
from keti.intake.forms.office import EraseForm, MergeForm, RecordForm
from keti.kernel.prepared import prepared
from keti.kernel.refusals import Refused
from keti.lists import doors as lists
from keti.lists.doors import Choice, Column, Listing, declared, in_turn
from keti.lists.rules import Label

LAST = 10**16
WIDTHS = (24, 14, 26, 14, 22)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the programme: what they do in it now, and what they did."""

    person: Person
    url: str
    now: tuple[str, ...]
    before: tuple[str, ...]


def _wide(path: str) -> Cast:
    return Cast(path, BigIntegerField())


def _base(door: Door) -> QuerySet[Person]:
    """In protocol order: by the first of the seats they hold or held; applicants come last."""
    theirs = Seat.objects.filter(
        Q(person=OuterRef("pk")) | Q(delegate=OuterRef("pk")), programme=door.programme
    )
    place = _wide("group__order") * 10**10 + _wide("role__order") * 10**5 + _wide("order")
    first = theirs.annotate(place=place).order_by("place").values("place")[:1]
    found = queries.known_people(door.programme).select_related("unit")
    return found.annotate(place=Coalesce(Subquery(first), Value(LAST)))


def _rows(door: Door, people: Iterable[Person]) -> Iterator[Known]:
    beside: dict[int, list[str]] = {}
    for one in queries.beside(door.programme):
        words = _("{seat}（经办人）").format(seat=one.seat.title.in_(door.lang))
        beside.setdefault(one.person_id, []).append(words)
    for some in in_turn(people):
        held = _held(door, [one.pk for one in some])
        for person in some:
            seats = held.get(person.pk, [])
            yield Known(
                person,
                reverse("intake:record", args=[door.programme.slug, person.public_id]),
                (*(words for over, words in seats if not over), *beside.get(person.pk, ())),
                tuple(words for over, words in seats if over),
            )


def _held(door: Door, people: list[int]) -> dict[int, list[tuple[bool, str]]]:
    """Person -> each of their seats: whether it is over, and what it is called."""
    keys = tuple(people)

    def theirs(programme: int) -> SeatQuerySet:
        mine = Q(person__in=keys) | Q(delegate__in=keys)
        return Seat.objects.filter(mine, programme=programme).held().with_names()

    found: dict[int, list[tuple[bool, str]]] = {}
    for seat in prepared(("intake.held", keys), theirs, door.programme.pk):
        over = seat.ends_at is not None and seat.ends_at <= door.now
        who = seat.person_id or seat.delegate_id or 0
        found.setdefault(who, []).append((over, seat.title.in_(door.lang)))
    return found


PEOPLE = declared(
    Listing(
        name="people",
        title=gettext_lazy("人员"),
        columns=(
            Column(
                "who", gettext_lazy("姓名"),
                lambda row: Label(row.person.name, row.url, row.person.honorific),
                ("name_key",), (("name_key", name_key), "name_en"),
            ),
            Column(
                "unit", gettext_lazy("单位"),
                lambda row: Label(row.person.unit.label if row.person.unit else ""),
                ("unit__name_key",), (("unit__name_key", like_key), "unit__name_en"),
            ),
            Column("seats", gettext_lazy("现任职务"), lambda row: Label("；".join(row.now))),
            Column(
                "before", gettext_lazy("曾任职务"), lambda row: Label("；".join(row.before)),
                page=False,
            ),
            Column(
                "mail", gettext_lazy("邮箱"), lambda row: Label(row.person.mail),
                ("mail_key",), ("mail", ("mail_key", mail_key)),
            ),
            Column(
                "mobile", gettext_lazy("手机"), lambda row: Label(row.person.mobile),
                ("mobile",), ("mobile",),
            ),
        ),
        base=_base,
        of_record=True,
        rows=_rows,
        order=("place",),
        page="intake:people",
        file="intake:people_file",
        choices=(
            Choice(
                "has", gettext_lazy("资料"),
                lambda _door, _rows: [
                    ("mail", _("缺邮箱")), ("mobile", _("缺手机")), ("unit", _("缺单位")),
                ],
                lambda _door, value: {
                    "mail": Q(mail=""), "mobile": Q(mobile=""), "unit": Q(unit=None),
                }.get(value, Q(pk__in=[])),
            ),
        ),
        nothing=gettext_lazy("还没有人员"),
        hint=gettext_lazy("导入名单、任命或收到申报后，这里列出每一个人。"),
        enter=enter_office,
    )
)  # fmt: skip


def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody of the programme, to be found under any writing."""
    door = enter_office(request, slug)
    context = {"door": door, "people": lists.show(request, door, PEOPLE)}
    return render(request, "intake/people.html", context)


def people_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list of people as it was asked for, as a sheet."""
    return lists.save(request, PEOPLE, slug, form)


def contacts(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """通讯录: everybody who acts now, by unit, for the secretariat to print and send round."""
    door = enter_office(request, slug)
    return paper_file(request, _contacts(door), form, door.asker, moves=True)


def _contacts(door: Door) -> Paper:
    programme, speech = door.programme, door.lang
    rows = [one for one in _rows(door, _base(door).order_by("place", "pk")) if one.now]
    rest = _("（未登记单位）")
    units: dict[str, list[Known]] = {}
    for one in rows:
        unit = one.person.unit.called.in_(speech) if one.person.unit else rest
        units.setdefault(unit, []).append(one)
    top = heads(_("单位"), _("姓名"), _("职务"), _("手机"), _("邮箱"))
    body = [_contact(unit, one, speech) for unit, known in units.items() for one in known]
    note = _("共 {units} 个单位，{people} 人。仅供本课题内部联系使用。").format(
        units=len(units), people=len(rows)
    )
    return Paper(
        kind="table",
        title=_("通讯录"),
        lang=tongue(speech),
        subtitle=programme.title.in_(speech),
        date=printed_day(programme.local(door.now), speech),
        day=programme.local(door.now).date(),
        body=(Grid((top, *body, (Box(note, across=len(WIDTHS)),)), WIDTHS, heads=1),),
        demo=programme.is_demo,
    )


def _contact(unit: str, one: Known, speech: str) -> Line:
    who = one.person
    style = f" {who.honorific}" if who.honorific else ""
    words = (unit, f"{who.called.in_(speech)}{style}", "\n".join(one.now), who.mobile, who.mail)
    return tuple(map(Box, words))


def _person(door: Door, public_id: str) -> Person:
    """Somebody of this programme, for every other id there is no such page."""
    known = queries.known_people(door.programme).select_related("unit")
    found = known.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def record(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    """What is on record of somebody of the programme, their seats, and putting it right."""
    door = enter_office(request, slug)
    person = _person(door, person_id)
    form = RecordForm(request.POST) if request.method == "POST" else RecordForm.of(person)
    refused = None
    if request.method == "POST" and form.is_valid():
        _done, refused = attempt(lambda: _corrected(door, person, form))
        if refused is None:
            messages.success(request, _("已更正。"))
            return HttpResponseRedirect(request.path)
    return _shown(door, person, form, MergeForm(others=_alike(door, person)), refused)


def _corrected(door: Door, person: Person, form: RecordForm) -> Person:
    act = door.own_act(form)
    return actions.correct_record(
        act, programme=door.programme, person=person, changes=form.changes()
    )


def _shown(
    door: Door, person: Person, form: RecordForm, merging: MergeForm, refused: Refused | None
) -> HttpResponse:
    context = {
        "door": door,
        "who": person,
        "seats": _seats(door, person),
        "form": form,
        "merging": merging,
        "elsewhere": queries.sits_elsewhere(door.programme, person),
        "applied": queries.applications_of(door.programme, person),
    }
    return page(door.request, "intake/record.html", context, refused=refused)


def _seats(door: Door, person: Person) -> list[tuple[Seat, str]]:
    held = prepared(("intake.seats-of",), _seats_of, door.programme.pk, person.pk)
    return [(one, one.title.in_(door.lang)) for one in held]


def _seats_of(programme: int, person: int) -> SeatQuerySet:
    return Seat.objects.filter(programme=programme).of(person).with_names()


def _alike(door: Door, person: Person) -> list[tuple[str, str]]:
    """Everybody else of the programme, namesakes first: id, and how they are told apart."""
    others = queries.known_people(door.programme).exclude(pk=person.pk).select_related("unit")
    found = sorted(others.order_by("name_key"), key=lambda one: one.name_key != person.name_key)
    return [(one.public_id, _told(one)) for one in found]


def _told(person: Person) -> str:
    unit = person.unit.label if person.unit else ""
    return " · ".join(one for one in (person.name, unit, person.mail or person.mobile) if one)


@require_POST
def merge(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    """Another record is this person too: both become this one."""
    door = enter_office(request, slug)
    person = _person(door, person_id)
    form = MergeForm(request.POST, others=_alike(door, person))
    done, refused = tried(
        request,
        form,
        lambda: actions.merge_people(
            door.own_act(form),
            programme=door.programme,
            gone=_person(door, form.cleaned_data["other"]),
            kept=person,
        ),
    )
    if done:
        messages.success(request, _("两条登记已合并。"))
        return HttpResponseRedirect(reverse("intake:record", args=[slug, person_id]))
    answer = _shown(door, person, RecordForm.of(person), form, refused)
    answer.status_code = 422
    return answer


def erase(request: HttpRequest, slug: str, person_id: str) -> HttpResponse:
    """Erase what is on record of somebody who asked for it: what goes and what stays, and the name
    typed once more."""
    door = enter_office(request, slug)
    person = _person(door, person_id)
    form = EraseForm(request.POST or None)
    refused = None
    if request.method == "POST":
        done, refused = tried(request, form, lambda: _erased(door, person, form.cleaned_data))
        if done:
            messages.success(request, _("个人资料已删除。"))
            return HttpResponseRedirect(reverse("intake:people", args=[slug]))
    context = {"door": door, "who": person, "form": form, "sent": request.method == "POST"}
    return page(request, "intake/erase.html", context, refused=refused)


def _erased(door: Door, person: Person, given: dict[str, Any]) -> Person:
    return actions.erase_person(
        door.act(given["key"]),
        programme=door.programme,
        person=person,
        typed=given["typed"],
        reason=given["reason"],
    )
