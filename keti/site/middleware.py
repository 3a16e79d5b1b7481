"""Default deny: every request passes the policy of its route."""

import time
from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse

from keti.accounts.doors import device_used
from keti.accounts.queries import person_of
from keti.groups.doors import stands_inside
from keti.kernel import addresses, clock
from keti.kernel.once import reading
from keti.kernel.refusals import Refused
from keti.site import policy, trouble
from keti.site.permissions import barred

READING = ("GET", "HEAD", "OPTIONS")
USED = "used"
RENEWED_AFTER = 3600
View = Callable[..., HttpResponse]


class VisitorMiddleware:
    """Settles once who is asking, and under which address the house answers.

    Behind a trusted proxy the visitor's own address stands in REMOTE_ADDR; nobody else is believed.
    What its page reads more than once is read once (`kernel.once`).
    Libraries that build a full address get the configured one, never the one a visitor asked for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        addresses.settle(request.META, settings.KETI_TRUSTED_PROXY)
        vars(request)["build_absolute_uri"] = partial(addresses.absolute_of, request)
        with reading():
            return self.get_response(request)


class ContentPolicyMiddleware(CSPMiddleware):
    """The content security policy, its directives in one order in every process."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Write the header, sorted: the library takes the order of a set."""
        answer = super().process_response(request, response)
        if HEADER in answer.headers:
            parts = (part.strip() for part in answer.headers[HEADER].split(";"))
            answer.headers[HEADER] = "; ".join(sorted(part for part in parts if part))
        return answer


class PolicyMiddleware:
    """Decides by address, session and headers alone, before anybody reads what was sent along.

    Strangers are sent to sign in before they learn whether a page exists. A request that changes
    something needs its seat or its live link here already, and may carry no more than its route
    takes: whoever has no right makes us neither parse nor store a body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        policy.require_complete()
        self.get_response = get_response
        self.table = policy.table()
        self.openers = policy.openers()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: object, kwargs: dict[str, str]
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        rule = self.table.get(name)
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        if rule is None or (rule == policy.DEMO and not settings.KETI_DEMO_DOORS):
            raise Http404
        needs_sign_in = rule in (policy.SIGNED_IN, policy.SEAT)
        if needs_sign_in and not request.user.is_authenticated:
            return _to_sign_in(request)
        if rule == policy.SEAT and _barred(request, kwargs.get("slug", "")):
            return HttpResponseRedirect(f"{reverse('mfa_index')}?needed=1")
        if request.method in READING:
            return None
        try:
            self._stands(request, name, kwargs)
        except (
            Refused
        ) as refused:  # what a page would answer: a view's refusals alone come by there
            return refused_page(refused)
        if _announced(request) > policy.most_bytes(rule):
            return trouble.too_large(request)
        _renew(request)
        return None

    def _stands(self, request: HttpRequest, name: str, kwargs: dict[str, str]) -> None:
        """Refuse, as a page that does not exist, whoever has no seat or no live link."""
        rule = self.table[name]
        if rule == policy.SEAT and not stands_inside(request.user, kwargs.get("slug", "")):
            raise Http404
        if rule == policy.TOKEN:
            opens = self.openers.get(name)
            if opens is None or not opens(kwargs.get("token", "")):
                raise Http404

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal that no page caught is still an answer: its sentence, in both languages.

        Acts run through `groups.doors.attempt`, which gives the refusal to the form. What is left
        are reads that cannot be done; the page reads no table, so that it can always be shown.
        """
        return refused_page(error) if isinstance(error, Refused) else None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and from there back to the page on which one was.

    A script is told so by 401 instead: it would put the sign-in page into the middle of a form.
    """
    if request.headers.get("HX-Request") or request.headers.get("X-Requested-With"):
        answer = refused_page(Refused("site.signed-out"))
        answer.status_code = 401
        return answer
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={quote(_page_of(request))}")


def _page_of(request: HttpRequest) -> str:
    """The page somebody was on: where a form was sent from, not where it was sent to."""
    came = "" if request.method in READING else addresses.came_from(request)
    return came or request.get_full_path()


def _renew(request: HttpRequest) -> None:
    """A session lives while it is used: an act or a saved draft gives it its whole time again.

    At most once an hour. Reading renews nothing, it writes nothing.
    """
    now = int(time.time())
    if request.user.is_authenticated and now - request.session.get(USED, 0) > RENEWED_AFTER:
        request.session[USED] = now
        device_used(request)


def _barred(request: HttpRequest, slug: str) -> bool:
    """Whether a second factor must be set up before this programme opens."""
    if settings.KETI_SECOND_FACTOR != "required":
        return False
    return barred(person_of(request.user), slug, clock.instant())


class ReceivingMiddleware:
    """Stamps what is sent with the moment it was received: it is wholly read here, and no lock has
    been waited for yet.

    Answers a form that carries the one character no text may hold and PostgreSQL refuses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: object, kwargs: object
    ) -> HttpResponse | None:
        if request.method != "POST":
            return None
        sent = request.POST.lists()
        if any("\x00" in text for name, texts in sent for text in (name, *texts)):
            return trouble.bad_request(request, BadRequest())
        clock.received(request)
        return None


def refused_page(refused: Refused) -> HttpResponse:
    """The sentence of a refusal as a page of its own: 422, or what the refusal says."""
    said = {"chinese": refused.sentence("zh-hans"), "english": refused.sentence("en")}
    status = getattr(refused, "status", 422)
    return HttpResponse(render_to_string("errors/refused.html", said), status=status)


def _announced(request: HttpRequest) -> int:
    """How long the body is by its header; a server in front counts what came without a length."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0
