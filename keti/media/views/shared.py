"""What the pages of the room have in common: fetching by id, files, the promises counted here."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from keti.documents.doors import give_out
from keti.documents.models import StoredFile
from keti.groups.doors import Door, KeepingForm, KeyForm, go, tried
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.media import permissions
from keti.media.enums import UNITS
from keti.media.models import Recording
from keti.promises.queries import counted_in


def recording_of(door: Door, public_id: str) -> Recording:
    """The recording of this id, where this seat or this person may see it."""
    rows = Recording.objects.select_related("programme", "file", "by", "decided_by")
    found = permissions.visible(door.sight, rows, door.person).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def kept_by(door: Door, public_id: str) -> Recording:
    """The recording of this id, for who keeps recordings; for others its work does not exist."""
    if not permissions.keeps_media(door.seat):
        raise Http404
    return recording_of(door, public_id)


def promised(door: Door, units: Iterable[str] = UNITS) -> list[tuple[str, str]]:
    """The promises counted here, as a form offers them."""
    found = counted_in(door.programme, tuple(units))
    return [(kind, title.in_(door.lang)) for kind, (title, _target) in found.items()]


def handed(kept: StoredFile | None) -> HttpResponseBase:
    """A kept file to download; 404 where there is none."""
    if kept is None:
        raise Http404
    return give_out(kept)


def act_and_file(door: Door, form: KeepingForm) -> tuple[Act, StoredFile | None]:
    """The act of a form of what was measured, and its file, kept; who has no right keeps none."""
    act = door.own_act(form)
    permissions.may_keep_reach(act, door.programme).or_refuse()
    upload = form.cleaned_data["file"]
    return act, door.keep(act, upload) if upload else None


def answered(
    request: HttpRequest, form: KeyForm, do: Callable[[], Any],
    shown: Callable[[Refused | None], HttpResponse],
) -> HttpResponse:  # fmt: skip
    """The act of a form that was sent: on to the page of what it made or changed; else the page it
    came from, with why not where it was refused."""
    done, refused = tried(request, form, do)
    return go(done.path) if done is not None else shown(refused)
