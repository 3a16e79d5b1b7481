"""What of a request stands in the access log: signing in and failing to, files, contact data."""

from collections.abc import Callable

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from keti.accounts.models import User
from keti.accounts.queries import person_of
from keti.kernel.access import Kind, note
from keti.kernel.addresses import visitor
from keti.site import policy

SIGNING = {
    "account_login",
    "account_confirm_login_code",
    "account_reauthenticate",
    "account_reset_password_from_key",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "site:way_in",
}
"""Where somebody says who they are, by a password, a code, a link or a second factor."""
GONE_WRONG = "account_confirm_login_code"
"""The one of them that leads on after the last wrong try, to where a new code is asked for."""
OK, MISSING = 200, 404


class AccessMiddleware:
    """Notes what was answered, once it is: a refused page tells nothing and is no line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.table, self.contacts = policy.table(), policy.contacts()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        name = request.resolver_match.view_name if request.resolver_match else ""
        kind = self._kind(request, response, name)
        if kind is not None:
            of_secret = self.table.get(name) == policy.TOKEN
            _note(request, kind, name, "" if of_secret else request.path)
        return response

    def _kind(self, request: HttpRequest, response: HttpResponse, name: str) -> Kind | None:
        if name in SIGNING and request.method == "POST":
            return Kind.NOT_SIGNED_IN if _failed(request, response, name) else None
        rule = self.table.get(name)
        if rule == policy.TOKEN and response.status_code == MISSING:
            return Kind.NOT_SIGNED_IN
        if response.status_code != OK or rule in (None, policy.PUBLIC, policy.DEMO):
            return None
        if "Content-Disposition" in response.headers:
            return Kind.TAKEN
        return Kind.CONTACTS if name in self.contacts else None


def _failed(request: HttpRequest, response: HttpResponse, name: str) -> bool:
    """Whether whoever tried was not let in, nor led on to the second factor."""
    if response.status_code not in (302, 303):
        return True
    further = response.headers["Location"].startswith(reverse("mfa_authenticate"))
    return name == GONE_WRONG and not (request.user.is_authenticated or further)


def _note(request: HttpRequest, kind: Kind, route: str = "", path: str = "") -> None:
    person = person_of(request.user) if hasattr(request, "user") else None
    who = person.public_id if person is not None else ""
    note(kind, person=who, address=visitor(request), route=route, path=path)


def signed_in(request: HttpRequest, user: User, **_told: object) -> None:
    """Somebody is in, by whatever door."""
    person = person_of(user)
    note(
        Kind.SIGNED_IN,
        person=person.public_id if person is not None else "",
        address=visitor(request),
    )


def signed_out(request: HttpRequest, user: User | None, **_told: object) -> None:
    """Somebody ended their session."""
    person = person_of(user) if user is not None else None
    if person is not None:
        note(Kind.SIGNED_OUT, person=person.public_id, address=visitor(request))


def listen() -> None:
    """Hear of every signing in and out, whichever library did it."""
    user_logged_in.connect(signed_in, dispatch_uid="keti.access.in")
    user_logged_out.connect(signed_out, dispatch_uid="keti.access.out")
