"""Participation records: one's own, everybody's for the secretariat, what each figure rests on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.charter.rules.criteria import PEER, Tally
from keti.consents.actions import give_consent, withdraw_consent
from keti.consents.enums import Purpose
from keti.consents.queries import wording
from keti.documents.actions import path_of
from keti.duties.models import Obligation
from keti.duties.permissions import visible as visible_duties
from keti.groups.doors import Door, KeyForm, attempt, enter, why_not
from keti.groups.models import Seat, SeatQuerySet
from keti.honours import actions, permissions, queries
from keti.honours.enums import PUBLIC, LineState, Stage
from keti.honours.forms import AssessForm
from keti.honours.models import Assessment, Contribution, Nomination
from keti.honours.rules import MEASURES, Figures
from keti.honours.views.doors import MARKS, measured, said
from keti.kernel.downloads import attachment
from keti.ledger.rules import enclosed
from keti.lists.doors import Column, Listing, by_group, declared, save, show
from keti.lists.rules import Label
from keti.meetings.models import Meeting
from keti.meetings.permissions import visible as visible_meetings
from keti.work.models import TaskBook
from keti.work.permissions import visible_books

NONE = Tally()


@dataclass(frozen=True, slots=True)
class SeatFigures:
    """One seat of the list with its figures."""

    seat: Seat
    who: str
    group: str
    figures: Figures


def _figures(door: Door) -> dict[str, Figures]:
    record = queries.newest_record(door.programme)
    return queries.record_figures(record) if record else {}


def _base(door: Door) -> SeatQuerySet:
    known = _figures(door) if permissions.reads_all(door.sight) else {}
    found = Seat.objects.filter(programme=door.programme, public_id__in=list(known))
    return found.with_names()


def _rows(door: Door, seats: Iterable[Seat]) -> Iterator[SeatFigures]:
    known = _figures(door)
    for seat in seats:
        group = seat.group.title.in_(door.lang)
        yield SeatFigures(seat, seat.called.in_(door.lang), group, known.get(seat.public_id, {}))


def _link(row: SeatFigures) -> Label:
    args = [row.seat.programme.slug, row.seat.public_id]
    return Label(row.who, reverse("honours:record", args=args), row.group)


def _column(measure: str, title: Any) -> Column:
    return Column(
        measure.replace(".", "_"), title, lambda row: Label(said(row.figures.get(measure, NONE)))
    )


RECORDS = declared(
    Listing(
        name="records",
        title=gettext_lazy("参与记录"),
        columns=(
            Column("who", gettext_lazy("姓名或单位"), _link, ("order",),
                   ("person__name", "organisation__name_zh", "organisation__name_en")),
            _column("task_book.met", gettext_lazy("任务书指标")),
            _column("report.on_time", gettext_lazy("报告按时")),
            _column("deliverable.accepted", gettext_lazy("成果被接收")),
            _column("meeting.attended", gettext_lazy("会议出席")),
            _column("input.verified", gettext_lazy("投入核实")),
        ),
        base=_base,
        rows=_rows,
        order=("group__order", "role__order", "order"),
        page="honours:records",
        file="honours:records_export",
        of_record=True,
        choices=(by_group(),),
        nothing=gettext_lazy("还没有编制参与记录"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """The records of everybody, for secretariat and monitors, once they were drawn up."""
    door = enter(request, slug)
    return render(request, "honours/records.html", _listed(door))


def _listed(door: Door, refused: str = "") -> dict[str, Any]:
    if not permissions.reads_all(door.sight):
        raise Http404
    return {
        "door": door,
        "record": queries.newest_record(door.programme),
        "records": show(door.request, door, RECORDS),
        "why_not": why_not(door, lambda: permissions.may_draw(door.act(), door.programme)),
        "form": KeyForm(),
        "refused": refused,
    }


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    if not permissions.reads_all(enter(request, slug).sight):
        raise Http404
    return save(request, RECORDS, slug, form)


@require_POST
def draw(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw up the next edition."""
    door = enter(request, slug)
    act = door.act(request.POST.get("key", "")[:80])
    _done, refused = attempt(lambda: actions.draw_record(act, programme=door.programme))
    if refused is not None:
        told = refused.sentence(door.lang)
        return render(request, "honours/records.html", _listed(door, told), status=422)
    return HttpResponseRedirect(reverse("honours:records", args=[slug]))


def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """My own record as it stands, and what I was awarded."""
    door = enter(request, slug)
    agreed = door.person.public_id in queries.named_in_public(door.programme)
    own = Nomination.objects.filter(seat=door.seat, stage__in=PUBLIC).with_names()
    shown = {
        "door": door,
        "whose": door.seat,
        "own": True,
        **door.unchanged(("honours.mine",), lambda: _reckoned(door), names=True),
        "awards": [_award(door, one) for one in own],
        "agreed": agreed,
        "personal": door.seat.person_id is not None,
        "wording": wording(door.programme, Purpose.HONOUR).in_(door.lang),
        "form": KeyForm(),
    }
    return render(request, "honours/record.html", shown)


def _reckoned(door: Door) -> dict[str, Any]:
    """The figures of the own seat as they stand, and the lines of its task book."""
    figures = queries.figures_of(door.programme, door.now, [door.seat])
    mine = figures.get(door.seat.public_id, {})
    return {"figures": _told(door, door.seat, mine), "lines": _lines(door.seat)}


def _award(door: Door, one: Nomination) -> dict[str, Any]:
    args = [door.programme.slug, one.public_id]
    return {
        "one": one,
        "mark": MARKS[Stage(one.stage)],
        "title": one.title.in_(door.lang),
        "url": reverse("honours:certificate", args=args) if one.stage == Stage.AWARDED else "",
        "check": reverse("honours:check", args=[one.public_id]),
    }


def record(request: HttpRequest, slug: str, seat_id: str) -> HttpResponse:
    """One seat as the newest edition has it."""
    door = enter(request, slug)
    rows = Seat.objects.filter(programme=door.programme, public_id=seat_id).with_names()
    seat = rows.first()
    if seat is None or not permissions.reads_record(door.sight, seat):
        raise Http404
    figures = _figures(door).get(seat.public_id)
    if figures is None:
        raise Http404
    shown = {
        "door": door,
        "whose": seat,
        "own": False,
        "figures": _told(door, seat, figures),
        "lines": _lines(seat),
        "record": queries.newest_record(door.programme),
        "book": TaskBook.objects.filter(seat=seat).live().first(),
    }
    return render(request, "honours/record.html", shown)


def _told(door: Door, seat: Seat, figures: Figures) -> list[dict[str, Any]]:
    """Each figure with what it rests on, as far as this seat may open it."""
    found = []
    for measure in MEASURES:
        tally = figures.get(measure, NONE)
        if tally.owed or tally.done:
            behind = _behind(door, measure, tally)
            found.append({"name": measured(measure), "said": said(tally), "behind": behind})
    return found


def _behind(door: Door, measure: str, tally: Tally) -> list[tuple[str, str]]:
    """What a figure counted: label and page of each that this seat may see."""
    about, keys, programme = measure.partition(".")[0], list(tally.behind), door.programme
    if about == "meeting":
        rows: QuerySet[Any] = visible_meetings(door.sight, Meeting.objects.all())
        rows = rows.filter(public_id__in=keys).select_related("programme").order_by("starts_at")
        return [(one.label, one.path) for one in rows]
    if about == "task_book":
        books = visible_books(door.sight, TaskBook.objects.all())
        return [(one.label, one.path) for one in books.filter(public_id__in=keys)
                .select_related("programme")]  # fmt: skip
    if about == "input":
        inputs = permissions.visible_inputs(door.sight, Contribution.objects.all())
        return [(one.label, one.path) for one in inputs.filter(public_id__in=keys)
                .select_related("programme")]  # fmt: skip
    if about == PEER:
        seats = Seat.objects.filter(public_id__in=keys, programme=programme).with_names()
        return [(one.called.in_(door.lang), "") for one in seats]
    duties = visible_duties(door.sight, Obligation.objects.all()).filter(
        programme=programme, key__in=keys
    )
    named = duties.with_names()
    return [(one.group.named(one.titled).in_(door.lang), one.path) for one in named]


def _lines(seat: Seat) -> list[dict[str, Any]]:
    """What became of each target of the task book that counts."""
    made = Assessment.objects.filter(book__in=TaskBook.objects.filter(seat=seat).live()).last()
    words = dict(LineState.choices)
    return [one | {"word": words[one["state"]]} for one in made.marks] if made else []


def assess(request: HttpRequest, slug: str, book_id: str) -> HttpResponse:
    """Say what became of every target of a task book."""
    door = enter(request, slug)
    rows = visible_books(door.sight, TaskBook.objects.all()).with_names()
    book = rows.filter(public_id=book_id).first()
    if book is None:
        raise Http404
    targets = list(book.content["targets"]) or [book.title]
    form = AssessForm(request.POST or None, targets=targets, initial=_marked(book))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        act = door.act(str(form.cleaned_data["key"]))
        _done, refused = attempt(lambda: actions.assess_book(act, book=book, marks=form.marks()))
        if refused is None:
            return HttpResponseRedirect(book.path)
        refusal = refused.sentence(door.lang)
    shown = {
        "door": door,
        "book": book,
        "who": book.seat.called.in_(door.lang),
        "form": form,
        "rows": [(form[f"state_{n}"], form[f"note_{n}"]) for n in range(len(targets))],
        "refused": refusal,
        "why_not": why_not(door, lambda: permissions.may_assess(door.act(), book)),
    }
    bad = refusal or (form.is_bound and form.errors)
    return render(request, "honours/assess.html", shown, status=422 if bad else 200)


def _marked(book: TaskBook) -> dict[str, str]:
    made = Assessment.objects.filter(book=book).last()
    found: dict[str, str] = {}
    for number, one in enumerate(made.marks if made else []):
        found |= {f"state_{number}": one["state"], f"note_{number}": one["note"]}
    return found


@require_POST
def consent(request: HttpRequest, slug: str) -> HttpResponse:
    """I agree that an honour names me in public, or no longer."""
    door = enter(request, slug)
    act, me = door.act(request.POST.get("key", "")[:80]), door.person
    about = Purpose.HONOUR

    def do() -> object:
        if request.POST.get("do") == "withdraw":
            return withdraw_consent(act, programme=door.programme, person=me, purpose=about)
        return give_consent(act, programme=door.programme, person=me, purpose=about, lang=door.lang)

    _done, refused = attempt(do)
    if refused is not None:
        shown = {"refusal": refused.sentence(door.lang)}
        return render(request, "consents/refused.html", shown, status=422)
    return HttpResponseRedirect(reverse("honours:mine", args=[slug]))


def certificate(request: HttpRequest, slug: str, nomination_id: str) -> HttpResponseBase:
    """The certificate as PDF, with the proof that the record names it enclosed; for who it was
    awarded to and the secretariat."""
    door = enter(request, slug)
    rows = Nomination.objects.filter(programme=door.programme, public_id=nomination_id)
    one = rows.filter(stage=Stage.AWARDED).with_names().first()
    if one is None or not permissions.takes_certificate(door.sight, one):
        raise Http404
    made = getattr(one, "certificate", None)
    if made is None:
        place = reverse("honours:mine", args=[slug])
        job = actions.order_all(door.programme, door.asker, place)
        return HttpResponseRedirect(reverse("jobs:job", args=[job.public_id]))
    base = path_of(made.file.sha256).read_bytes()
    data = enclosed(base, queries.receipt_of(one))
    headers = {"Content-Disposition": attachment(made.file.name), "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=made.file.mime, headers=headers)
