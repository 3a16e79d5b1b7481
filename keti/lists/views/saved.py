"""What a person keeps of a list under a name: kept from its page, renamed and removed."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from keti.groups.doors import Door, attempt
from keti.lists import actions, queries
from keti.lists.doors import Asked, Listing
from keti.lists.forms import ViewForm
from keti.lists.views.beside import enter_list


def _place(door: Door, listing: Listing, query: str = "") -> str:
    return f"{reverse(listing.page, args=[door.programme.slug])}{query}"


def views(request: HttpRequest, slug: str, called: str) -> HttpResponse:
    """All that is kept for this list, each to be renamed or removed."""
    door, listing = enter_list(request, slug, called)
    return _page(door, listing)


def _page(
    door: Door,
    listing: Listing,
    new: ViewForm | None = None,
    changed: dict[str, ViewForm] | None = None,
) -> HttpResponse:
    kept = queries.views_of(door.programme, door.person, listing.name)
    forms = changed or {}
    context = {
        "door": door,
        "title": str(listing.title),
        "back": _place(door, listing),
        "new": new,
        "rows": [
            {
                "one": one,
                "url": _place(door, listing, one.query),
                "form": forms.get(one.public_id)
                or ViewForm(initial={"title": one.title}, auto_id=f"v{number}_%s"),
                "change": reverse(
                    "lists:change", args=[door.programme.slug, listing.name, one.public_id]
                ),
            }
            for number, one in enumerate(kept)
        ],
    }
    return render(door.request, "lists/views.html", context, status=422 if new or changed else 200)


@require_POST
def keep(request: HttpRequest, slug: str, called: str) -> HttpResponse:
    """Keep what the list is asked for, as the address says it, under the name that was typed."""
    door, listing = enter_list(request, slug, called)
    query = Asked.of(listing, request.GET).query(listing)
    form = ViewForm(request.POST)
    if form.is_valid():
        act, title = door.act(form.cleaned_data["key"]), form.cleaned_data["title"]
        _done, refused = attempt(
            lambda: actions.keep_view(
                act, programme=door.programme, called=listing.name, title=title, query=query
            )
        )
        if refused is None:
            return HttpResponseRedirect(_place(door, listing, query))
        form.add_error("title", refused.sentence(door.lang))
    return _page(door, listing, new=form)


@require_POST
def change(request: HttpRequest, slug: str, called: str, view_id: str) -> HttpResponse:
    """Rename one, or remove it."""
    door, listing = enter_list(request, slug, called)
    mine = queries.views_of(door.programme, door.person, listing.name)
    one = mine.select_related("programme").filter(public_id=view_id).first()
    if one is None:
        raise Http404
    back = reverse("lists:views", args=[slug, listing.name])
    form = ViewForm(request.POST, auto_id="changed_%s")
    if request.POST.get("do") == "remove":
        act = door.act(request.POST.get("key", ""))
        attempt(lambda: actions.drop_view(act, view=one))
        return HttpResponseRedirect(back)
    if form.is_valid():
        act, title = door.act(form.cleaned_data["key"]), form.cleaned_data["title"]
        _done, refused = attempt(lambda: actions.rename_view(act, view=one, title=title))
        if refused is None:
            return HttpResponseRedirect(back)
        form.add_error("title", refused.sentence(door.lang))
    return _page(door, listing, changed={one.public_id: form})
