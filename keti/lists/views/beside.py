"""What every list has beside its page: a sheet to print, and deeds done to several rows at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from keti.documents.models import StoredFile
from keti.groups.doors import Door, attempt, enter
from keti.lists.doors import (
    LISTS,
    Asked,
    Deed,
    Listing,
    Row,
    Rows,
    deeds_of,
    filters,
    spoken,
)
from keti.lists.doors.saying import NOTHING
from keti.lists.forms import SeveralForm

MOST_PRINTED = 2000
MOST_AT_ONCE = 200
SHOWN_REFUSALS = 5
NAMING = 3


def enter_list(request: HttpRequest, slug: str, called: str) -> tuple[Door, Listing]:
    """Through the door of this list. Who may not come in is told so before it is looked up."""
    listing = LISTS.get(called)
    door = (listing.enter if listing else enter)(request, slug)
    if listing is None:
        raise Http404
    return door, listing


def printed(request: HttpRequest, slug: str, called: str) -> HttpResponse:
    """All rows that were asked for on one sheet, without a menu: what, how narrowed, when, how
    many."""
    door, listing = enter_list(request, slug, called)
    asked, base = Asked.of(listing, request.GET), listing.base(door)
    found = asked.found(listing, door, base)
    columns = [one for one in listing.columns if one.page]
    rows = list(listing.rows(door, found[:MOST_PRINTED]))
    count = len(rows) if len(rows) < MOST_PRINTED else found.count()
    zone = door.programme.tz
    context = {
        "door": door,
        "title": str(listing.title),
        "programme": door.programme.title.in_(door.lang),
        "filters": filters(door, listing, asked, base),
        "heads": [str(one.title) for one in columns],
        "lines": [[spoken(one.value(row), zone, door.lang) for one in columns] for row in rows],
        "count": count,
        "left": count - len(rows),
        "back": f"{reverse(listing.page, args=[slug])}{asked.query(listing)}",
    }
    return render(request, "lists/print.html", context)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deed is wanted of which list, by whom, and where the list stands."""

    door: Door
    listing: Listing
    deed: Deed
    asked: Asked

    @classmethod
    def of(cls, request: HttpRequest, slug: str, called: str, deed: str) -> "Wanted":
        door, listing = enter_list(request, slug, called)
        found = next((one for one in deeds_of(listing, door) if one.key == deed), None)
        if found is None:
            raise Http404
        return cls(door, listing, found, Asked.of(listing, request.GET))

    @property
    def back(self) -> str:
        """Where the list stands as it was asked for."""
        page = reverse(self.listing.page, args=[self.door.programme.slug])
        return f"{page}{self.asked.query(self.listing)}"

    @property
    def next(self) -> str:
        """Where what was made is, else the list."""
        args = [self.door.programme.slug]
        return reverse(self.deed.then, args=args) if self.deed.then else self.back


def several(request: HttpRequest, slug: str, called: str, deed: str) -> HttpResponse:
    """First what it will be done to and what is refused and why; then done, row by row."""
    wanted = Wanted.of(request, slug, called, deed)
    door, listing = wanted.door, wanted.listing
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SeveralForm(*sent, door=door, deed=wanted.deed)
    if request.method == "POST" and form.is_valid():
        rows = wanted.asked.among(listing, door, listing.base(door))
        keys = str(form.cleaned_data["rows"]).split()[:MOST_AT_ONCE]
        done = _done(wanted, form, list(rows.filter(public_id__in=keys).order_by("pk")))
        return HttpResponseRedirect(wanted.next if done else wanted.back)
    found, more = _ticked(wanted, form)
    if not found:
        messages.warning(request, _("请先勾选要办的各条。"))
        return HttpResponseRedirect(wanted.back)
    context = _preview(wanted, form, found) | {"more": more}
    status = 422 if form.is_bound else 200
    return render(request, "lists/several.html", context, status=status)


def _ticked(wanted: Wanted, form: SeveralForm) -> tuple[list[Any], int]:
    """The rows that were ticked, or all that were found; and how many more than fit at once."""
    door, listing, query = wanted.door, wanted.listing, wanted.door.request.GET
    rows: Rows = wanted.asked.found(listing, door, listing.base(door))
    if "all" not in query:
        keys = str(form.data.get("rows", "")).split() or query.getlist("row")
        rows = rows.filter(public_id__in=keys[:MOST_AT_ONCE])
    found = list(rows[:MOST_AT_ONCE])
    more = rows.count() - len(found) if len(found) == MOST_AT_ONCE else 0
    return found, more


def _preview(wanted: Wanted, form: SeveralForm, found: Sequence[Any]) -> dict[str, Any]:
    door, listing = wanted.door, wanted.listing
    refused = wanted.deed.refusals(door, found)
    names = [_named(door, listing, row) for row in listing.rows(door, found)]
    pairs = list(zip([str(one.public_id) for one in found], names, strict=True))
    going = [(key, name) for key, name in pairs if key not in refused]
    form.initial["rows"] = " ".join(key for key, _name in going)
    return {
        "door": door,
        "title": str(wanted.deed.title),
        "list_title": str(listing.title),
        "going": [name for _key, name in going],
        "refused": [(name, refused[key]) for key, name in pairs if key in refused],
        "form": form,
        "back": wanted.back,
    }


def _named(door: Door, listing: Listing, row: Row) -> str:
    """A row by its first columns, so that two of one title can be told apart."""
    columns = [one for one in listing.columns if one.page][:NAMING]
    said = [spoken(one.value(row), door.programme.tz, door.lang) for one in columns]
    return " · ".join(one for one in said if one != NOTHING)


def _paper(wanted: Wanted, form: SeveralForm) -> StoredFile | None:
    """The one paper behind all of it, kept once."""
    upload = form.cleaned_data.get("paper")
    if upload is None:
        return None
    act = wanted.door.act(f"{form.cleaned_data['key'][:40]}-paper")
    kept, refused = attempt(lambda: wanted.door.keep(act, upload, "paper"), form)
    if refused is not None:
        messages.warning(wanted.door.request, refused.sentence(wanted.door.lang))
    return kept


def _done(wanted: Wanted, form: SeveralForm, found: Sequence[Any]) -> int:
    """Do it row by row, each under a key of its own: sent twice, it is done once. What is refused
    meanwhile is said. Gives how many were done."""
    door, deed = wanted.door, wanted.deed
    reason, done, sentences = str(form.cleaned_data.get("reason", "")), 0, []
    paper = _paper(wanted, form)
    for one in found:
        one.programme = door.programme
        act = door.act(f"{form.cleaned_data['key'][:40]}-{one.public_id}")
        act = replace(act, evidence=paper) if paper else act
        _made, refused = attempt(partial(deed.do, act, one, reason))
        if refused is None:
            done += 1
        else:
            sentences.append(refused.sentence(door.lang))
    said = _("{deed}：已办 {n} 条。").format(deed=deed.title, n=done)
    messages.success(door.request, said)
    for sentence in sentences[:SHOWN_REFUSALS]:
        messages.warning(door.request, sentence)
    if len(sentences) > SHOWN_REFUSALS:
        left = len(sentences) - SHOWN_REFUSALS
        messages.warning(door.request, _("另有 {n} 条没有办成。").format(n=left))
    return done
