"""Where I am signed in, and ending it; my address, which is somebody else's from now on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.accounts.actions import end_sessions, give_up_mailbox
from keti.accounts.doors import follow_device, this_device
from keti.accounts.models import Person, User
from keti.accounts.queries import person_of, signed_in
from keti.accounts.rules import device_words
from keti.groups.doors import KeyForm, attempt, digest_of
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.ids import new_id
from keti.kernel.refusals import sentence


def devices(request: HttpRequest, person: Person) -> list[dict[str, Any]]:
    """Each device on which this person is signed in, in words; the one in hand first."""
    here, lang = this_device(request), get_language() or "zh-hans"
    rows = [
        {
            "id": one.public_id,
            "words": _words(one.agent, lang),
            "since": one.since,
            "used": one.used_at,
            "here": one.public_id == here,
            "key": new_id(),
        }
        for one in signed_in(person)
    ]
    return sorted(rows, key=lambda row: not row["here"])


def _words(agent: str, lang: str) -> str:
    machine, browser = device_words(agent)
    return sentence("accounts.device", {"machine": machine, "browser": browser}, lang)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one session, or all others."""
    person, user = person_of(request.user), request.user
    form = KeyForm(request.POST)
    if person is None or not isinstance(user, User) or not form.is_valid():
        raise Http404
    here, only = this_device(request), request.POST.get("which", "")[:26]
    act = _act(request, person, form)
    _done, refused = attempt(lambda: end_sessions(act, person=person, only=only, but=here))
    if refused is None:
        messages.success(request, _("已结束。"))
        if not only:
            user.refresh_from_db()
            update_session_auth_hash(request, user)
            follow_device(request)
    return HttpResponseRedirect(f"{reverse('site:me')}#sessions")


@require_POST
def give_up(request: HttpRequest) -> HttpResponse:
    """My address is somebody else's from now on."""
    person, form = person_of(request.user), KeyForm(request.POST)
    if person is None or not form.is_valid():
        raise Http404
    act = _act(request, person, form)
    _done, refused = attempt(lambda: give_up_mailbox(act, person=person))
    if refused is not None:
        messages.error(request, refused.sentence(get_language() or "zh-hans"))
        return HttpResponseRedirect(f"{reverse('site:me')}#sessions")
    logout(request)
    messages.success(request, _("邮箱已移交，不能再用它以您的名义登录。请联系秘书处登记新的邮箱。"))
    return HttpResponseRedirect(reverse("site:front"))


def _act(request: HttpRequest, person: Person, form: KeyForm) -> Act:
    key = str(form.cleaned_data["key"])
    return Act(person, clock.received(request), key=key, digest=digest_of(request))
