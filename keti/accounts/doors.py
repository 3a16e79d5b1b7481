"""What is counted at the doors of signing in, against whom, and which device is known already.

Nothing is counted by an address alone: a whole university may come from one. Nothing a stranger
does counts against a device from which the account has signed in before. What is counted by an
address of mail alone closes one door (the password), never the other (the code).
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from ipaddress import ip_network

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from keti.accounts.actions import (
    account_for,
    follow_session,
    note_sign_in,
    note_use,
    use_way_in,
)
from keti.accounts.models import Tally, User, WayIn
from keti.accounts.queries import account_of, way_in_by_id
from keti.accounts.rules import mail_key
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.addresses import visitor
from keti.kernel.ids import new_token
from keti.kernel.prepared import prepared
from keti.kernel.refusals import Refused
from keti.kernel.transactions import run

View = Callable[..., HttpResponse]
COOKIE = "keti_device"
SALT = "keti.accounts.device"
LIVES = 400 * 24 * 3600
KEPT = 5


class SessionStore(db.SessionStore):
    """The library's sessions in the database, each read by a kept statement: every page asks."""

    def _get_session_from_db(self) -> Session | None:
        now = datetime.fromtimestamp(time.time(), UTC)
        found = prepared(("accounts.session",), _session, str(self.session_key), now)
        if not found:
            self._session_key = None
        return found[0] if found else None


def _session(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many in so many seconds."""

    what: str
    most: int
    seconds: int


PASSWORDS = Limit("password", 5, 300)
PASSWORDS_IN_ALL = Limit("password-in-all", 50, 3600)
LETTERS = (Limit("letters", 3, 60), Limit("letters-an-hour", 20, 3600))
CODES = Limit("code", 3, 3600)


@contextmanager
def said() -> Iterator[None]:
    """A refusal becomes an error of the form, in the language of the page."""
    try:
        yield
    except Refused as refused:
        words = refused.sentence(get_language() or "zh-hans")
        raise ValidationError(words) from refused


def spend(limit: Limit, *whom: str) -> int:
    """Count one more against these; returns how many it makes. Holds also for sixty at once."""
    key, now = _key(limit, whom), clock.database_instant()
    until = now + timedelta(seconds=limit.seconds)

    def count() -> int:
        Tally.objects.get_or_create(key=key, defaults={"until": until})
        Tally.objects.filter(key=key, until__lte=now).update(count=0, until=until)
        Tally.objects.filter(key=key).update(count=F("count") + 1)
        return Tally.objects.values_list("count", flat=True).get(key=key)

    return run(count)


def give_back(limit: Limit, *whom: str) -> None:
    """What was counted before it was known to be right counts no more."""
    key = _key(limit, whom)
    Tally.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)


def forget_tallies() -> None:
    """Remove what has run out."""
    Tally.objects.filter(until__lte=clock.database_instant()).delete()


def _key(limit: Limit, whom: tuple[str, ...]) -> str:
    return hashlib.sha256("\n".join((limit.what, *whom)).encode()).hexdigest()


def whence(request: HttpRequest, mail: str) -> str:
    """Against what it counts: the device, where the account signed in from it, or the address."""
    account = account_of(mail)
    device = _devices(request).get(account.pk) if account else None
    return f"device {device}" if device else f"address {_network(visitor(request))}"


def _network(address: str) -> str:
    """One household of the newer addresses counts as one."""
    return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address


def try_password(request: HttpRequest, mail: str) -> None:
    """Count a password about to be judged; refuses where too many were wrong."""
    mail, place = mail_key(mail) or mail, whence(request, mail)
    if spend(PASSWORDS, place, mail) > PASSWORDS.most:
        raise Refused("accounts.too-many-passwords", minutes=PASSWORDS.seconds // 60)
    known = place.startswith("device")
    if not known and spend(PASSWORDS_IN_ALL, mail) > PASSWORDS_IN_ALL.most:
        raise Refused("accounts.password-door-closed")


def right_password(request: HttpRequest, mail: str) -> None:
    """The password was right: only wrong ones count."""
    mail, place = mail_key(mail) or mail, whence(request, mail)
    give_back(PASSWORDS, place, mail)
    if not place.startswith("device"):
        give_back(PASSWORDS_IN_ALL, mail)


def ask_for_letter(request: HttpRequest, mail: str) -> None:
    """Count a letter asked for; refuses too many to one address from one place."""
    place = whence(request, mail)
    for limit in LETTERS:
        if spend(limit, place, mail_key(mail) or mail) > limit.most:
            minutes = max(1, limit.seconds // 60)
            raise Refused("accounts.too-many-letters", minutes=minutes)


def judge_code(code: str) -> bool:
    """Whether a mailed code may be compared once more: three times, however many come at once."""
    return not code or spend(CODES, code) <= CODES.most


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Give the device a cookie by which it is known as one that this account signed in from."""
    kept = _devices(request)
    name = kept.pop(user.pk, "") or new_token()
    newest = [*list(kept.items())[1 - KEPT :], (user.pk, name)]
    response.set_cookie(
        COOKIE,
        signing.dumps(newest, salt=SALT),
        max_age=LIVES,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _devices(request: HttpRequest) -> dict[int, str]:
    """Account -> name of this device, as our own signature says."""
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIVES)
        return {int(account): str(name) for account, name in held}
    except (signing.BadSignature, TypeError, ValueError):
        return {}


def needs_mail(view: View) -> View:
    """A page of the library that is of no use where no mail leaves: it says so beforehand. Where a
    letter could not be sent, the account that was being opened for it is not left half made."""

    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.KETI_MAIL:
            return render(request, "accounts/mail-not-set-up.html", status=503)
        mail = request.POST.get("email", "")
        stood = account_of(mail) is not None
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE and not stood:
            made = account_of(mail)
            if made is not None and made.person_id is None and made.last_login is None:
                made.delete()
        return response

    return guarded


PENDING = "way_in"


def enter_by(request: HttpRequest, way: WayIn, mail: str, then: str) -> HttpResponse:
    """Sign in by a way in. To an address on record at once (a second factor is still asked for);
    an address that was only typed is proved first, by a code that is sent there.

    Refuses what `account_for` refuses, and too many letters to one address.
    """
    if not way.person.mail:
        ask_for_letter(request, mail)
    user = run(lambda: account_for(way.person, mail))
    request.session[PENDING] = [way.public_id, user.pk]
    if way.person.mail:
        answer: HttpResponse = perform_login(
            request, user, email_verification="none", redirect_url=then, email=user.email
        )
        return answer
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=user.email)
    return HttpResponseRedirect(reverse("account_confirm_login_code"))


def spend_way_in(request: HttpRequest, user: User) -> None:
    """The way in by which this session began is used up by whoever has passed every other step;
    of two at once the second is told that it was used."""
    pending = request.session.pop(PENDING, None)
    if pending is None or pending[1] != user.pk:
        return
    way = way_in_by_id(pending[0])
    if way is None:
        return
    act = Act(by=way.person, recorded_at=clock.received(request))
    try:
        run(lambda: use_way_in(act, way=way, user=user))
    except Refused as refused:
        words = refused.sentence(get_language() or "zh-hans")
        page = render(request, "accounts/way-in-refused.html", {"why": words}, status=422)
        raise ImmediateHttpResponse(page) from refused


KNOWN = "signed_in"


def note_device(request: HttpRequest, user: User) -> None:
    """This session is one of those that its person can look at and end."""
    request.session[KNOWN] = note_sign_in(
        user,
        session_key=str(request.session.session_key),
        agent=request.headers.get("User-Agent", ""),
        at=clock.received(request),
    )


def follow_device(request: HttpRequest) -> None:
    """The session has another key and is the same device."""
    known = request.session.get(KNOWN)
    if known:
        follow_session(known, str(request.session.session_key))


def this_device(request: HttpRequest) -> str:
    """By what this session is known (public id); "" where nothing was noted of it."""
    return str(request.session.get(KNOWN, ""))


def device_used(request: HttpRequest) -> None:
    """Something was done in this session."""
    known = this_device(request)
    if known:
        note_use(known, clock.instant())
