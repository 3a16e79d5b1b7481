"""The register of offices: listed, entered, imported, mended, withdrawn; the liaison log."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.documents.actions import examined
from keti.documents.doors import give_out, sheet
from keti.documents.rules.sheet import read_table
from keti.groups.doors import Door, go, page, tried, why_not
from keti.kernel.refusals import Refused, sentence
from keti.letters import actions, permissions, queries
from keti.letters.doors import enter_letters
from keti.letters.enums import OfficeKind
from keti.letters.forms import ContactForm, OfficeForm, ReasonForm, SheetForm, WithdrawForm
from keti.letters.models import Contact, Office
from keti.letters.rules import divisions, sheets
from keti.letters.views.shared import office_of
from keti.lists.doors import Choice, Column, Listing, by_code, declared, save, show
from keti.lists.rules import Label

MOST_ROWS = 5000


def _base(door: Door) -> QuerySet[Office]:
    return permissions.visible(door.sight, Office.objects.filter(withdrawn_at=None))


def _rows(door: Door, found: Iterable[Office]) -> Iterator[Office]:
    for one in found:
        one.programme = door.programme
        yield one


def _provinces(door: Door, _rows: Any) -> list[tuple[str, str]]:
    return [(code, divisions.short(code, door.lang)) for code in divisions.PROVINCES]


OFFICES = declared(
    Listing(
        name="offices",
        title=gettext_lazy("收件单位"),
        columns=(
            Column(
                "name", gettext_lazy("单位名称"), lambda row: Label(row.name, row.path),
                ("name",), ("name",),
            ),
            Column(
                "kind", gettext_lazy("类别"), lambda row: Label(str(row.get_kind_display())),
                ("kind",),
            ),
            Column(
                "division", gettext_lazy("行政区划"),
                lambda row: Label(row.where, note=row.division), ("division",), ("division",),
            ),
            Column("addressee", gettext_lazy("收件称谓"), lambda row: Label(row.addressee)),
            Column(
                "address", gettext_lazy("地址"), lambda row: Label(row.address), page=False
            ),
            Column("postcode", gettext_lazy("邮编"), lambda row: Label(row.postcode), page=False),
            Column("mail", gettext_lazy("邮箱"), lambda row: Label(row.mail), page=False),
            Column("note", gettext_lazy("备注"), lambda row: Label(row.note), page=False),
        ),
        base=_base,
        rows=_rows,
        order=("division", "name"),
        page="letters:offices",
        file="letters:offices_export",
        enter=enter_letters,
        choices=(
            by_code("kind", gettext_lazy("类别"), lambda _door: OfficeKind.choices),
            Choice(
                "province", gettext_lazy("省级区划"), _provinces,
                lambda _door, value: Q(division__startswith=value[:2]),
            ),
        ),
        nothing=gettext_lazy("还没有收件单位"),
        hint=gettext_lazy("上传一张表，或逐个录入。只登记单位和办公地址，不登记个人住址。"),
        key=lambda row: row.public_id,
    )
)  # fmt: skip


def index(request: HttpRequest, slug: str) -> HttpResponse:
    """All offices that stand; a sheet of more."""
    door = enter_letters(request, slug)
    form = SheetForm(request.POST or None, request.FILES or None, door=door)
    problems: list[dict[str, object]] = []
    done, refused = tried(request, form, lambda: _imported(door, form, problems))
    context = {
        "door": door,
        "form": form,
        "offices": show(request, door, OFFICES),
        "problems": problems,
        "counted": done,
        "table": divisions.VERSION,
        "why_not": why_not(door, lambda: permissions.may_keep(door.act(), door.programme)),
    }
    return page(request, "letters/offices.html", context, form, refused=refused)


def _imported(door: Door, form: SheetForm, problems: list[dict[str, object]]) -> dict[str, int]:
    upload = form.cleaned_data["file"]
    kind = examined(upload, upload.name).sniffed.safe_name.rpartition(".")[2].lower()
    if kind not in ("xlsx", "xls", "et", "csv"):
        raise Refused("letters.no-sheet").at("file")
    upload.seek(0)
    found = sheets.read_offices(read_table(upload.read(), kind, max_rows=MOST_ROWS).rows)
    problems[:] = [
        {
            "row": one.row,
            "value": one.value,
            "what": sentence(one.code, dict(one.facts), door.lang),
        }
        for one in found.problems
    ]
    act = door.act(str(form.cleaned_data["key"]))
    file = door.keep(act, upload)
    return actions.import_offices(act, programme=door.programme, file=file, lines=found.lines)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The register as it was asked for, as a file, with the addresses; it is noted who took it."""
    return save(request, OFFICES, slug, form)


def template(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty sheet with the headings, and one line to show how."""
    door = enter_letters(request, slug)
    at = 1 if door.lang.startswith("en") else 0
    header = [names[at] for names in sheets.OFFICES.values()]
    shown = [
        _("示例市人民政府办公室（演示）"), sheets.KINDS["prefectural"][at], "130100", _("办公室"),
        _("示例路 1 号"), "050000", "", "",
    ]  # fmt: skip
    return sheet(_("收件单位模板"), header, [shown], "xlsx")


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter one office."""
    door = enter_letters(request, slug)
    form = OfficeForm(request.POST or None, door=door)

    def do() -> Office:
        act, facts = door.act(str(form.cleaned_data["key"])), actions.OfficeFacts(**form.facts())
        return actions.enter_office(act, programme=door.programme, facts=facts)

    made, refused = tried(request, form, do)
    if made is not None:
        return go(made.path)
    context = {
        "door": door,
        "form": form,
        "why_not": why_not(door, lambda: permissions.may_keep(door.act(), door.programme)),
    }
    return page(request, "letters/office_new.html", context, form, refused=refused)


def office(request: HttpRequest, slug: str, office_id: str) -> HttpResponse:
    """One office: what is known of it, what it was called, what was sent, who was in touch."""
    door = enter_letters(request, slug)
    one = office_of(door, office_id)
    initial = _initial(one)
    form = OfficeForm(request.POST or None, door=door, initial=initial)

    def do() -> Office:
        act, facts = door.act(str(form.cleaned_data["key"])), actions.OfficeFacts(**form.facts())
        return actions.mend_office(act, office=one, facts=facts)

    done, refused = tried(request, form, do)
    if done is not None:
        return go(one.path)
    return _shown(request, door, one, form, refused)


def _initial(one: Office) -> dict[str, str]:
    known = {name: getattr(one, name) for name in OfficeForm.base_fields if hasattr(one, name)}
    return known | {"place": one.division}


def _shown(
    request: HttpRequest, door: Door, one: Office, form: Any, refused: Refused | None, **more: Any
) -> HttpResponse:
    others = [other for other in queries.offices_of(door.programme) if other.pk != one.pk]
    initial = _initial(one)
    context = {
        "door": door,
        "one": one,
        "called": list(one.namings.order_by("since", "pk")),
        "pieces": list(one.pieces.standing().select_related("mailing").order_by("-pk")[:50]),
        "contacts": list(one.contacts.select_related("file")),
        "form": OfficeForm(door=door, initial=initial),
        "withdraw": WithdrawForm(door=door, offices=others),
        "contact": ContactForm(door=door),
        "undo": ReasonForm(door=door),
        "why_not": why_not(door, lambda: permissions.may_keep(door.act(), door.programme)),
    }
    named = {"OfficeForm": "form", "WithdrawForm": "withdraw", "ContactForm": "contact"}
    context[named.get(type(form).__name__, "undo")] = form
    return page(request, "letters/office.html", context | more, form, refused=refused)


@require_POST
def withdraw(request: HttpRequest, slug: str, office_id: str) -> HttpResponse:
    """This office is written to no more."""
    door = enter_letters(request, slug)
    one = office_of(door, office_id)
    others = [other for other in queries.offices_of(door.programme) if other.pk != one.pk]
    form = WithdrawForm(request.POST, door=door, offices=others)

    def do() -> Office:
        said = form.facts()
        successor = next((o for o in others if o.public_id == said["successor"]), None)
        act = door.act(str(form.cleaned_data["key"]))
        return actions.withdraw_office(act, office=one, reason=said["reason"], successor=successor)

    done, refused = tried(request, form, do)
    if done is not None:
        return go(reverse("letters:offices", args=[slug]))
    return _shown(request, door, one, form, refused)


@require_POST
def contact(request: HttpRequest, slug: str, office_id: str) -> HttpResponse:
    """Somebody was in touch with this office."""
    door = enter_letters(request, slug)
    one = office_of(door, office_id)
    form = ContactForm(request.POST, request.FILES, door=door)

    def do() -> Contact:
        act, upload = door.act(str(form.cleaned_data["key"])), form.cleaned_data.get("file")
        kept = door.keep(act, upload) if upload else None
        facts = actions.ContactFacts(**form.facts(), file=kept)
        return actions.note_contact(act, office=one, facts=facts)

    done, refused = tried(request, form, do)
    if done is not None:
        return go(one.path)
    return _shown(request, door, one, form, refused)


@require_POST
def uncontact(request: HttpRequest, slug: str, office_id: str, contact_id: str) -> HttpResponse:
    """What was noted was not so."""
    door = enter_letters(request, slug)
    one = office_of(door, office_id)
    found = _contact(one, contact_id)
    form = ReasonForm(request.POST, door=door)

    def do() -> Contact:
        act, reason = door.act(str(form.cleaned_data["key"])), form.cleaned_data["reason"]
        return actions.withdraw_contact(act, contact=found, reason=reason)

    done, refused = tried(request, form, do)
    if done is not None:
        return go(one.path)
    return _shown(request, door, one, form, refused, undone=found.public_id)


def _contact(one: Office, contact_id: str) -> Contact:
    found = one.contacts.select_related("programme", "office__programme", "file")
    contact = found.filter(public_id=contact_id).first()
    if contact is None:
        raise Http404
    return contact


def file(request: HttpRequest, slug: str, office_id: str, contact_id: str) -> HttpResponseBase:
    """The file of an entry of the liaison log."""
    door = enter_letters(request, slug)
    kept = _contact(office_of(door, office_id), contact_id).file
    if kept is None:
        raise Http404
    return give_out(kept)
