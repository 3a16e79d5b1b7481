"""Letters to a list: drafted, previewed for any office, issued, printed."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.documents.rules.sniff import safe_name
from keti.groups.doors import Door, attempt, go, page, tried, why_not
from keti.jobs.doors import after
from keti.kernel.downloads import attachment
from keti.kernel.refusals import Refused
from keti.letters import actions, permissions, queries
from keti.letters.doors import enter_letters, printing
from keti.letters.enums import ListState, MailingState, PassageKind
from keti.letters.forms import LettersForm, MailingForm, ReasonForm
from keti.letters.models import Mailing, RecipientList
from keti.letters.rules.passage import WAITING
from keti.letters.views.shared import mailing_of
from keti.lists.doors import Column, Listing, by_code, declared, save, show
from keti.lists.rules import Count, Label, Marked, Moment

MARKS = {MailingState.DRAFT: "doing", MailingState.ISSUED: "done", MailingState.DROPPED: "none"}
MIMES = {"pdf": "application/pdf", "zip": "application/zip"}


def _base(door: Door) -> QuerySet[Mailing]:
    found = permissions.visible(door.sight, Mailing.objects.all())
    return found.select_related("list")


def _rows(door: Door, found: Iterable[Mailing]) -> Iterator[Mailing]:
    for one in found:
        one.programme = door.programme
        yield one


MAILINGS = declared(
    Listing(
        name="mailings",
        title=gettext_lazy("函件"),
        columns=(
            Column(
                "title", gettext_lazy("标题"), lambda row: Label(row.title, row.path), ("title",),
                ("title",),
            ),
            Column("list", gettext_lazy("主送"), lambda row: Label(row.list.label)),
            Column(
                "channel", gettext_lazy("寄送方式"),
                lambda row: Label(str(row.get_channel_display())), ("channel",),
            ),
            Column("size", gettext_lazy("件数"), lambda row: Count(row.size), ("size",)),
            Column(
                "at", gettext_lazy("签发时间"), lambda row: Moment(row.issued_at), ("issued_at",)
            ),
            Column(
                "state", gettext_lazy("状态"),
                lambda row: Marked(MARKS[row.state], str(row.get_state_display())), ("state",),
            ),
        ),
        base=_base,
        rows=_rows,
        order=("-pk",),
        page="letters:index",
        file="letters:export",
        enter=enter_letters,
        choices=(by_code("state", gettext_lazy("状态"), lambda _door: MailingState.choices),),
        nothing=gettext_lazy("还没有函件"),
        hint=gettext_lazy("登记收件单位、批准名单之后，从一份模板给名单上每个单位各发一函。"),
    )
)  # fmt: skip


def index(request: HttpRequest, slug: str) -> HttpResponse:
    """The letters of the programme; the ways to offices, lists and pieces."""
    door = enter_letters(request, slug)
    context = {"door": door, "mailings": show(request, door, MAILINGS)}
    return render(request, "letters/index.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The letters as they were asked for, as a file."""
    return save(request, MAILINGS, slug, form)


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Draft a letter."""
    return _draft(request, enter_letters(request, slug), None)


def edit(request: HttpRequest, slug: str, mailing_id: str) -> HttpResponse:
    """Change a draft."""
    door = enter_letters(request, slug)
    return _draft(request, door, mailing_of(door, mailing_id))


def _draft(request: HttpRequest, door: Door, one: Mailing | None) -> HttpResponse:
    rows = permissions.visible(door.sight, RecipientList.objects.all())
    lists = list(rows.exclude(state=ListState.WITHDRAWN).order_by("-pk"))
    form = MailingForm(request.POST or None, door=door, lists=lists, initial=_initial(one))

    def do() -> Mailing:
        said = form.facts()
        chosen = next(each for each in lists if each.public_id == said.pop("recipients"))
        chosen.programme = door.programme
        act, words = door.act(str(form.cleaned_data["key"])), actions.Wording(**said)
        return actions.save_mailing(act, recipients=chosen, wording=words, mailing=one)

    made, refused = tried(request, form, do)
    if made is not None:
        return go(made.path)
    context = {
        "door": door,
        "form": form,
        "one": one,
        "lists": lists,
        "why_not": why_not(door, lambda: permissions.may_keep(door.act(), door.programme)),
    }
    return page(request, "letters/draft.html", context, form, refused=refused)


def _initial(one: Mailing | None) -> dict[str, Any]:
    if one is None:
        return {}
    names = ("title", "body", "channel", "series", "copies", "signer", "printer")
    return {name: getattr(one, name) for name in names} | {"recipients": one.list.public_id}


def mailing(request: HttpRequest, slug: str, mailing_id: str) -> HttpResponse:
    """One letter: what it says, to whom it goes, how its pieces stand."""
    door = enter_letters(request, slug)
    context = _context(door, mailing_of(door, mailing_id))
    return render(request, "letters/mailing.html", context)


def _context(door: Door, one: Mailing) -> dict[str, Any]:
    return {
        "door": door,
        "one": one,
        "form": LettersForm(door=door),
        "drop": ReasonForm(door=door),
        "first": queries.said_to(one, 1),
        "last": one.list.size,
        "states": _states(one) if one.state == MailingState.ISSUED else [],
        "files": [(what, printing.file_of(one, what).exists()) for what in printing.WHAT],
        "ready": one.list.state == ListState.APPROVED,
        "why_not": why_not(door, lambda: permissions.may_issue(door.act(), door.programme)),
    }


def _states(one: Mailing) -> list[tuple[str, str, int]]:
    """State, its word, how many pieces stand in it; in the order of a piece's life."""
    counted = queries.states_of(one)
    words = [(WAITING, queries.WAITING_WORD), *PassageKind.choices]
    return [(key, str(word), counted[key]) for key, word in words if counted.get(key)]


def preview(request: HttpRequest, slug: str, mailing_id: str, number: int) -> HttpResponse:
    """The letter as it goes to any one office of the list."""
    door = enter_letters(request, slug)
    one = mailing_of(door, mailing_id)
    found = queries.said_to(one, number)
    if found is None:
        raise Http404
    beside = queries.names_beside(one, number)
    context = {
        "door": door,
        "one": one,
        "piece": found[0],
        "told": found[1],
        "place": number,
        "beside": [
            (word, number + step, beside[number + step])
            for word, step in ((_("上一封"), -1), (_("下一封"), 1))
            if number + step in beside
        ],
        "size": one.list.size,
    }
    return render(request, "letters/preview.html", context)


@require_POST
def issue(request: HttpRequest, slug: str, mailing_id: str) -> HttpResponse:
    """Issue the letter to every office of its list."""
    door = enter_letters(request, slug)
    one = mailing_of(door, mailing_id)
    form = LettersForm(request.POST, door=door)
    done, refused = tried(
        request, form,
        lambda: actions.issue_mailing(door.act(str(form.cleaned_data["key"])), mailing=one),
    )  # fmt: skip
    if done is not None:
        return go(one.path)
    return page(request, "letters/mailing.html", _context(door, one), form, refused=refused)


@require_POST
def drop(request: HttpRequest, slug: str, mailing_id: str) -> HttpResponse:
    """The draft goes out to nobody."""
    door = enter_letters(request, slug)
    one = mailing_of(door, mailing_id)
    form = ReasonForm(request.POST, door=door)

    def do() -> Mailing:
        act, reason = door.act(str(form.cleaned_data["key"])), form.cleaned_data["reason"]
        return actions.drop_mailing(act, mailing=one, reason=reason)

    done, refused = tried(request, form, do)
    if done is not None:
        return go(reverse("letters:index", args=[slug]))
    context = _context(door, one) | {"drop": form}
    return page(request, "letters/mailing.html", context, form, refused=refused)


def printing_(request: HttpRequest, slug: str, mailing_id: str, what: str) -> HttpResponseBase:
    """One file of all letters, an archive of each, or sheets of labels; while it is not made, the
    page that waits for it."""
    door = enter_letters(request, slug)
    one = mailing_of(door, mailing_id)
    if what not in printing.WHAT or one.state != MailingState.ISSUED:
        raise Http404
    file = printing.file_of(one, what)
    if file.exists():
        return _given(one, what)
    job, refused = attempt(lambda: printing.order(one, what, door.asker, request.path))
    address, refused = after(job) if job is not None else ("", refused)
    if address and address != request.path:
        return go(address)
    if refused is None and file.exists():
        return _given(one, what)
    said = refused or Refused("jobs.broke", times=1)
    return page(request, "letters/mailing.html", _context(door, one), refused=said)


def _given(one: Mailing, what: str) -> FileResponse:
    form = printing.WHAT[what]
    name = safe_name(f"{one.title}-{what}", form)
    answer = FileResponse(printing.file_of(one, what).open("rb"), content_type=MIMES[form])
    answer.headers["Content-Disposition"] = attachment(name)
    return answer
