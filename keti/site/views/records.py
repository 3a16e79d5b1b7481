"""The ledger's lines."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.consents import queries as consents
from keti.consents.models import LABEL, NOBODY_NAMED
from keti.duties.doors import said
from keti.groups.doors import Door, enter
from keti.groups.queries import labels_in
from keti.honours import queries as honours
from keti.intake import queries as intake
from keti.intake.rules.erased import ERASED
from keti.kernel import clock
from keti.ledger import rules
from keti.ledger.models import Entry, KeyChange
from keti.ledger.queries import (
    checkpoint,
    checkpoints,
    entries,
    export,
    history,
    newest_checkpoints,
    receipt,
)
from keti.ledger.queries.signing import public_key, signed
from keti.ledger.rules.standalone import NAME, standalone
from keti.lists.doors import Choice, Column, Listing, Options, Rows, declared, save, show
from keti.lists.rules import Count, Label, Moment, Print
from keti.programmes.models import Programme
from keti.release.queries import made_public
from keti.research.queries import sealed as sealed_research
from keti.research.rules.kinds import KINDS
from keti.review import queries as review
from keti.witness.queries import lines_under

SHOWN = 12
"""How many checkpoints of a programme the public page shows; the file has all."""
LONGEST_SIZE = 10
BEIJING, MINUTE = "Asia/Shanghai", "%Y-%m-%d %H:%M"


def hidden_lines(door: Door) -> Q:
    """Lines that even who sees every group does not read: opinions of others while their gate is
    open, what is said of things the person or the unit stands aside from, and of applications
    and consents that only the secretariat and whoever it is about read, and of what the research
    holds in confidence."""
    hidden = review.sealed(door.programme) | intake.sealed(door.programme, door.person)
    hidden |= consents.sealed(door.person, door.seats) | honours.sealed(door.programme)
    hidden |= sealed_research(door.sight)
    if door.sight.barred:
        hidden |= Q(subject_id__in=door.sight.barred)
    return hidden & ~Q(actor_id=door.person.public_id)


def visible_entries(door: Door) -> QuerySet[Entry]:
    """All lines for who sees every group; for others their own and those of their seats."""
    lines = entries(door.programme)
    if door.sight.everything:
        return lines.exclude(hidden_lines(door))
    own = Q(actor_id=door.person.public_id)
    for seat in door.seats:
        own |= Q(leaf__contains=f'"seat":"{seat.public_id}"')
        own |= Q(leaf__contains=f'"behalf":"{seat.public_id}"')
        own |= Q(subject_id=seat.public_id)
    return lines.filter(own)


def _lines(door: Door, found: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Lines in the language of the page."""
    kinds = [kind.title for kind in KINDS.values()]
    label = labels_in(door.programme, door.lang, LABEL, NOBODY_NAMED, ERASED, *kinds)
    for entry in found:
        content = entry.content
        yield {
            "seq": entry.seq,
            "at": entry.recorded_at,
            "happened_at": entry.happened_at if content["late"] else None,
            "tags": tuple(_tags(entry)),
            "behalf": label(content["behalf"]),
            "who": label(content["actor"]),
            "words": _words(entry.kind, door),
            "about": label("" if content["about"] == entry.subject_id else content["about"]),
            "note": content["facts"].get("reason", ""),
            "hash": entry.leaf_hash,
            "receipt": reverse("site:receipt", args=[door.programme.slug, entry.seq]),
        }


def _tags(entry: Entry) -> Iterator[str]:
    if entry.content["late"]:
        yield _("补录")
    if not entry.salt:
        yield _("内容已删除")


def _told(line: dict[str, Any]) -> str:
    """What was done, and to what; what has no name yet is not called by its id."""
    return " · ".join(words for words in (line["words"], line["about"]) if words)


def _kinds(door: Door, found: Rows) -> Options:
    kinds = sorted(found.order_by().values_list("kind", flat=True).distinct())
    return [(one, _words(one, door)) for one in kinds]


def _words(kind: str, door: Door) -> str:
    """What was done, as the beginning of a line."""
    words = said(kind, door.lang)
    return words[:1].upper() + words[1:]


def _who(line: dict[str, Any]) -> Label:
    """Who acted, and for whom they recorded."""
    tags = (_("代录"),) if line["behalf"] else ()
    return Label(line["who"], note=line["behalf"], tags=tags)


LEDGER = declared(
    Listing(
        name="ledger",
        title=gettext_lazy("办理记录"),
        columns=(
            Column(
                "what", gettext_lazy("办了什么"),
                lambda line: Label(_told(line), note=line["note"]),
                ("kind",), ("content__about", "content__facts__reason"),
            ),
            Column("seq", gettext_lazy("号"), lambda line: Count(line["seq"]), ("seq",)),
            Column(
                "at", gettext_lazy("记录时间"), lambda line: Moment(line["at"], line["tags"]),
                ("recorded_at",),
            ),
            Column(
                "happened", gettext_lazy("实际时间"), lambda line: Moment(line["happened_at"]),
                ("happened_at",),
            ),
            Column(
                "who", gettext_lazy("谁"), _who, ("content__actor",),
                ("content__actor", "content__behalf"),
            ),
            Column(
                "behalf", gettext_lazy("代谁录入"), lambda line: Label(line["behalf"]), page=False
            ),
            Column("note", gettext_lazy("理由"), lambda line: Label(line["note"]), page=False),
            Column(
                "hash", gettext_lazy("校验码"),
                lambda line: Print(line["hash"], line["receipt"], _("凭证")),
            ),
        ),
        base=lambda door: visible_entries(door).only(
            *("seq", "kind", "recorded_at", "happened_at", "content"),
            *("leaf_hash", "subject_id", "salt"),
        ),
        rows=_lines,
        order=("-seq",),
        page="site:ledger",
        file="site:ledger_lines",
        steady=False,
        of_record=True,
        choices=(
            Choice("kind", gettext_lazy("事由"), _kinds, lambda _door, value: Q(kind=value)),
        ),
        nothing=gettext_lazy("还没有记录"),
    )
)  # fmt: skip


def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """The record of acts, newest first."""
    door = enter(request, slug)
    head = checkpoint(door.programme)
    context = {
        "door": door,
        "lines": show(request, door, LEDGER),
        "sees_all": door.sight.everything,
        "head": head,
        "head_text": signed(head).text(),
        "key": public_key(),
    }
    return render(request, "site/ledger.html", context)


def ledger_lines(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The lines as they were asked for, as a table: to be read, not to be verified."""
    return save(request, LEDGER, slug, form)


def ledger_file(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The whole ledger as `ledger.jsonl`, for who sees every group."""
    door = enter(request, slug)
    if not door.sight.everything:
        raise Http404
    lines = export(door.programme, hidden_lines(door))
    answer = StreamingHttpResponse(
        (f"{line}\n" for line in lines), content_type="application/x-ndjson"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-ledger.jsonl"'
    return answer


def receipt_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The receipt of one line, for whoever may read the line. `?at=SIZE`: by the checkpoint of so
    many lines that was kept, under the signature of then."""
    door = enter(request, slug)
    entry = visible_entries(door).filter(seq=number).first()
    size = request.GET.get("at", "")
    kept = None
    if size:
        fits = size.isascii() and size.isdigit() and len(size) < LONGEST_SIZE
        kept = checkpoints(door.programme).filter(size=int(size)).first() if fits else None
    if entry is None or (size and (kept is None or kept.size < number)):
        raise Http404
    text = receipt(door.programme, entry, kept).text()
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-{number}-receipt.txt"'
    return answer


def checkpoints_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Every checkpoint that was kept of the programme with what units confirmed, for whoever has a
    seat in it."""
    return _history(enter(request, slug).programme)


def public_checkpoints(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for everybody, of a programme that has published a report."""
    programme = made_public().filter(slug=slug).first()
    if programme is None:
        raise Http404
    return _history(programme)


def _history(programme: Programme | None) -> HttpResponse:
    under = lines_under(programme) if programme else None
    text = "".join(f"{line}\n" for line in history(programme, under))
    answer = HttpResponse(text, content_type="application/x-ndjson")
    name = f"{programme.slug if programme else 'house'}-checkpoints.jsonl"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def record(request: HttpRequest) -> HttpResponse:
    """How anybody checks what this installation hands out, the key it signs with, and what it
    signed before of every programme that has published a report."""
    context = {
        "now": clock.received(request),
        "zone": BEIJING,
        "key": public_key(),
        "kept": _kept(),
        "house": _house(),
        "changes": _changes(),
    }
    return render(request, "site/record.html", context)


def _changes() -> list[dict[str, str]]:
    """Which key followed which, by their fingerprints, at Beijing time as the page tells it."""
    read = [rules.read_changes(one.text)[0] for one in KeyChange.objects.all()]
    return [
        {
            "at": datetime.fromisoformat(one.at).astimezone(ZoneInfo(BEIJING)).strftime(MINUTE),
            "old": one.old.short(),
            "new": one.new.short(),
        }
        for one in read
    ]


def _kept() -> list[dict[str, Any]]:
    """Programmes with their newest kept checkpoints, in two statements."""
    out = {one.pk: one for one in made_public()}
    found: dict[int, list[dict[str, Any]]] = {pk: [] for pk in out}
    for note in newest_checkpoints(out, SHOWN):
        at = out[note.programme_id].local(note.signed_at).strftime(MINUTE)
        found[note.programme_id].append({"at": at, "size": note.size, "root": note.root})
    return [{"programme": out[pk], "rows": rows} for pk, rows in found.items() if rows]


def _house() -> list[dict[str, Any]]:
    """The newest checkpoints of the house's own book, at Beijing time."""
    return [
        {
            "at": one.signed_at.astimezone(ZoneInfo(BEIJING)).strftime(MINUTE),
            "size": one.size,
            "root": one.root,
        }
        for one in checkpoints(None)[:SHOWN]
    ]


def house_checkpoints(request: HttpRequest) -> HttpResponse:
    """Every checkpoint that was kept of the house's own book, for everybody."""
    if not checkpoints(None).exists():
        raise Http404
    return _history(None)


def key_changes(request: HttpRequest) -> HttpResponse:
    """Every change of key, the older first, signed by both keys."""
    text = "".join(KeyChange.objects.values_list("text", flat=True))
    if not text:
        raise Http404
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="keti-keys.txt"'
    return answer


def verifier(request: HttpRequest) -> HttpResponse:
    """`keti-verify.py`, the same for everybody."""
    answer = HttpResponse(standalone(), content_type="text/x-python; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return answer
