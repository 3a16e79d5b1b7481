"""What the pages of forms share: a form kept while it is refused, an act tried, the answer."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from keti.groups.doors import Door, KeepingForm, attempt
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused


def kept(form: Any, door: Door) -> Any:
    """The form, with whose it is and since when: what was typed is kept while it is refused."""
    form.keeper, form.moment = door.person, door.now
    return form


def tried(
    request: HttpRequest, door: Door, form: KeepingForm, do: Callable[[Act], object]
) -> tuple[object, Refused | None]:
    """What the act made, and why it was refused; neither where nothing valid was sent."""
    if request.method != "POST" or not form.is_valid():
        return None, None
    return attempt(lambda: do(door.act(str(form.cleaned_data["key"]))), form)


def page(
    request: HttpRequest, door: Door, template: str, form: KeepingForm,
    refused: Refused | None, more: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """The page of a form, with what was refused."""
    said = refused.sentence(door.lang) if refused and not form.errors else ""
    context = {"door": door, "form": form, "refused": said, **more}
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, template, context, status=status)


def go(url: str) -> HttpResponseRedirect:
    """On to another page."""
    return HttpResponseRedirect(url)
