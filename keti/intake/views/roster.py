"""The roster: upload, see what it would do, enter the good rows."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.accounts.queries import handed_over
from keti.charter.queries import compiled
from keti.consents.queries import standing as standing_consents
from keti.documents.actions import examined
from keti.documents.doors import sheet
from keti.duties.models import Obligation
from keti.duties.queries import of_programme
from keti.groups.doors import Door, KeyForm, attempt, enter_office, page
from keti.groups.models import UNNUMBERED, Seat
from keti.groups.queries import groups_of, standing
from keti.intake import actions, queries
from keti.intake.doors import is_on_its_way, order_roster
from keti.intake.enums import ImportState
from keti.intake.forms.office import RosterForm
from keti.intake.models import RosterImport
from keti.intake.rules.roster import COLUMNS, placed
from keti.intake.rules.wording import ASK, said_of_words, sheets_said
from keti.intake.views.seats import SEATS
from keti.intake.views.wording import words_asked, words_said
from keti.jobs.doors import after
from keti.jobs.models import Job
from keti.kernel.refusals import Refused
from keti.lists import doors as lists


def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Who holds which seat, rosters read so far, and the upload."""
    door = enter_office(request, slug)
    form = RosterForm(request.POST or None, request.FILES or None)
    refused = None
    if request.method == "POST" and form.is_valid():
        address, refused = _ordered(lambda: _read(door, form))
        if address:
            return HttpResponseRedirect(address)
    return _index(request, door, form, refused)


def _index(
    request: HttpRequest, door: Door, form: RosterForm, refused: Refused | None
) -> HttpResponse:
    context = {
        "door": door,
        "form": form,
        "seats": lists.show(request, door, SEATS),
        "imports": queries.imports(door.programme),
        "waiting": len(handed_over(door.programme.pk, door.now)),
        **_untold(door),
    }
    answer = page(request, "intake/roster.html", context, refused=refused)
    answer.status_code = 422 if refused or (form.is_bound and form.errors) else 200
    return answer


def _ordered(order: Callable[[], Job]) -> tuple[str, Refused | None]:
    """Where to go on after asking for work, or why not."""
    job, refused = attempt(order)
    return after(job) if job is not None else ("", refused)


def _read(door: Door, form: RosterForm) -> Job:
    upload = form.cleaned_data["file"]
    actions.sheet_kind(examined(upload, upload.name).sniffed.safe_name)
    act = door.own_act(form)
    file = door.keep(act, upload)
    last = queries.imports(door.programme).first()
    return order_roster(door, act, file, answers=said_of_words(last.answers if last else {}))


def template(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty roster with the column names, and one line for each role of each kind of group."""
    door = enter_office(request, slug)
    at = 1 if door.lang.startswith("en") else 0
    header = [names[at] for names in COLUMNS.values()]
    rows = [
        ["", "", group.title.in_(door.lang), role.title.in_(door.lang), "", "", "", "", "", ""]
        for group in groups_of(door.programme)
        for role in compiled(door.programme).roles
        if role.group_kind == group.kind
    ]
    return sheet(_("名单模板"), header, rows, "xlsx")


def export(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Who holds which seat, in the columns of a roster: corrected, it can be uploaded again."""
    door = enter_office(request, slug)
    at = 1 if door.lang.startswith("en") else 0
    header = [names[at] for names in COLUMNS.values()]
    agreed = set(standing_consents(door.programme).values_list("person_id", flat=True))
    yes, no = (_("是"), _("否"))
    rows = []
    for seat in standing(door.programme, door.now):
        person = seat.acting_person
        rows.append(
            [
                seat.person.name if seat.person else "",
                _unit_of(seat),
                seat.group.title.in_(door.lang),
                seat.role.title.in_(door.lang),
                seat.honorific,
                "" if seat.order == UNNUMBERED else seat.order,
                person.mail if person else "",
                person.mobile if person else "",
                seat.delegate.name if seat.delegate else "",
                yes if person and person.pk in agreed else no if person else "",
            ]
        )
    return sheet(_("名单"), header, rows, form)


def _unit_of(seat: Seat) -> str:
    unit = seat.organisation or (seat.person.unit if seat.person else None)
    return unit.name_zh if unit else ""


def _one(door: Door, public_id: str) -> RosterImport:
    found = queries.imports(door.programme).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def report(
    request: HttpRequest, slug: str, public_id: str, refused: Refused | None = None
) -> HttpResponse:
    """What the file would create or has created, and what is wrong in which row."""
    door = enter_office(request, slug)
    one = _one(door, public_id)
    lines = _lines(one, door.lang)
    context = {
        "door": door,
        "one": one,
        "lines": lines,
        "asked": [line for line in lines if line["kind"] == "asked"],
        "good": any(line["kind"] in ("new", "changed") for line in lines),
        "notes": one.notes,
        "words": words_asked(one, door),
        "problems": _problems(one, door.lang),
        "form": KeyForm(),
        "asks": ASK in one.answers and one.notes.get("delegates"),
    }
    if one.state == ImportState.IMPORTED:
        context |= _next_steps(door)
    if one.state == ImportState.ENTERING:
        does = sum(line["kind"] in ("new", "changed") for line in lines)
        context |= {"to_enter": does, "busy": is_on_its_way(one)}
    return page(request, "intake/roster_report.html", context, refused=refused)


def _lines(one: RosterImport, lang: str) -> list[dict[str, Any]]:
    """The rows as the page shows them, each with what becomes of what."""
    at = 1 if lang.startswith("en") else 0
    return [
        {
            **line,
            **_place(one, line["row"]),
            "read": [
                {**cell, "column": COLUMNS[cell["column"]][at]} for cell in line.get("read", ())
            ],
            "seat": line.get("seat", ("", ""))[at],
            "changes": [
                {**change, "column": COLUMNS[change["column"]][at]} for change in line["changes"]
            ],
            "problems": [
                {
                    "column": COLUMNS.get(fault["column"], ("", ""))[at],
                    "what": fault["what"][at],
                    "do": fault["do"][at],
                    "value": fault["value"],
                }
                for fault in line.get("problems", ())
            ],
            "answer": one.answers.get(str(line["row"]), ""),
        }
        for line in one.lines
    ]


def _place(one: RosterImport, row: int) -> dict[str, Any]:
    """The row as the spreadsheet counts it, and of which sheet where several are read."""
    sheet, at = placed(row)
    return {"at": at, "sheet": one.notes.get("sheet_names", {}).get(str(sheet), "")}


def _next_steps(door: Door) -> dict[str, Any]:
    """Appointments still to be confirmed, and how many who hold a seat have no mail."""
    owed = of_programme(door.programme).open().filter(form="appointment")
    seats = list(standing(door.programme, door.now))
    people = [seat.acting_person for seat in seats if seat.acting_person]
    named = [{"public_id": one.public_id, "shown": _of(one, door.lang)} for one in owed]
    silent = sum(not person.mail for person in people)
    return {"appointments": named, "silent": silent, **_untold(door)}


def _untold(door: Door) -> dict[str, int]:
    """How many letters of appointment are not written yet, and how many of them ask."""
    seats = queries.unwritten(door.programme, door.now, door.act().by.public_id)
    return {"untold": len(seats), "to_ask": sum(one.proposed_at is not None for one in seats)}


def _of(duty: Obligation, lang: str) -> str:
    return f"{duty.group.title.in_(lang)} · {duty.title.in_(lang)}"


def _problems(one: RosterImport, lang: str) -> list[dict[str, Any]]:
    at = 1 if lang.startswith("en") else 0
    return [
        {
            **_place(one, problem["row"]),
            "column": COLUMNS.get(problem["column"], ("", ""))[at],
            "value": problem["value"],
            "what": problem["what"][at],
            "do": problem["do"][at],
        }
        for problem in one.problems
    ]


def errors(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The same errors as a sheet, to be worked off beside the roster."""
    door = enter_office(request, slug)
    rows = _problems(_one(door, public_id), door.lang)
    header = [_("行号"), _("工作表"), _("列"), _("内容"), _("问题"), _("怎么改")]
    return sheet(_("名单问题"), header, [list(row.values()) for row in rows], "xlsx")


@require_POST
def enter_rows(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Enter the good rows as they are shown; first say whom the rows mean that were asked about,
    and what the words mean that the programme does not have."""
    door = enter_office(request, slug)
    one = _one(door, public_id)
    act = door.act(request.POST.get("key", "")[:80])
    people = one.notes.get("people", ())
    wanted = request.POST.getlist("sheet")
    if "sheets" in request.POST and not set(wanted) & set(people):
        return report(request, slug, public_id, Refused("intake.roster-no-sheet"))
    answers = {**_answers(request, one), **words_said(request.POST, one, door)}
    if "sheets" in request.POST:
        answers |= sheets_said(people, wanted)
    answers = {key: value for key, value in answers.items() if value}
    if answers != one.answers or request.POST.get("do") == "words":
        address, refused = _ordered(lambda: order_roster(door, act, one.file, answers=answers))
    else:
        address, refused = _ordered(
            lambda: order_roster(door, act, one.file, shown=one, ask_them="ask" in request.POST)
        )
    if refused is not None:
        return report(request, slug, public_id, refused)
    return HttpResponseRedirect(address)


def _answers(request: HttpRequest, one: RosterImport) -> dict[str, str]:
    """Whom the rows mean that were asked about, those said before with those said now."""
    given = {
        name.removeprefix("row"): str(value)[:40]
        for name, value in request.POST.items()
        if name.startswith("row") and name[3:].isdigit() and value
    }
    asked = {str(line["row"]) for line in one.lines if line["kind"] == "asked"}
    return {**one.answers, **{row: value for row, value in given.items() if row in asked}}


@require_POST
def remove(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Take away a preview that is not wanted."""
    door = enter_office(request, slug)
    one = _one(door, public_id)
    act = door.act(request.POST.get("key", "")[:80])
    _done, refused = attempt(lambda: actions.remove_roster(act, report=one))
    if refused is not None:
        return report(request, slug, public_id, refused)
    messages.success(request, _("预览已删除。"))
    return HttpResponseRedirect(reverse("intake:roster", args=[slug]))


@require_POST
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to everybody seated who was not told yet."""
    door = enter_office(request, slug)
    act = door.act(request.POST.get("key", "")[:80])
    told, refused = attempt(lambda: actions.tell_seated(act, programme=door.programme))
    if refused is not None:
        return _index(request, door, RosterForm(), refused)
    if told:
        messages.success(request, _("已写好 {n} 封任职告知，即将发出。").format(n=len(told)))
    return HttpResponseRedirect(reverse("intake:roster", args=[slug]))
