"""How allauth meets our people: who may open an account, and whose account it becomes."""

import base64
import hashlib
import logging
from io import BytesIO
from smtplib import SMTPException
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from keti.accounts import doors
from keti.accounts.actions import follow_address, join_person
from keti.accounts.models import User
from keti.accounts.rules import mail_fault, mail_key
from keti.kernel.addresses import absolute, house, sender, site_name, visitor
from keti.kernel.refusals import Refused

LOG = logging.getLogger("keti.accounts")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Anybody may open an account: it gives no rights. Rights follow from seats."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which sign-in and sign-up are limited."""
        return visitor(request)

    def clean_email(self, email: str) -> str:
        """The key of a typed address, which is what the library stores and asks for."""
        fault = mail_fault(email)
        with doors.said():
            if fault:
                raise Refused(fault)
        return mail_key(email)

    def login(self, request: HttpRequest, user: User) -> None:
        """The last step of every sign-in: by now the address is confirmed, so it names somebody;
        and a way in by which somebody came is used up, or refuses them."""
        doors.spend_way_in(request, user)
        join_person(user)
        super().login(request, user)
        doors.note_device(request, user)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before it is judged, in the house's way."""
        with doors.said():
            doors.try_password(request, str(credentials.get("email", "")))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Judge a password; a right one is not counted."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            doors.right_password(request, str(credentials.get("email", "")))
        return user

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """From now on the device is one that this account signed in from."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        doors.remember(request, response, user)
        return response

    def get_from_email(self) -> str:
        """Letters of signing in come from the same sender as all others."""
        return sender()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or say on the page that mail does not leave this server just now."""
        named = SimpleNamespace(name=site_name(), domain=house())
        try:
            super().send_mail(template_prefix, email, context | {"current_site": named})
        except (OSError, SMTPException, ValueError) as failure:
            LOG.warning("mail for signing in was not sent: %s", failure)
            answer = render(self.request, "accounts/no-mail.html", status=503)
            raise ImmediateHttpResponse(answer) from failure


def moved(sender: object, user: User, **told: object) -> None:
    """Somebody signs in by another address from now on."""
    follow_address(user)


def rekeyed(sender: object, request: HttpRequest, user: User, **told: object) -> None:
    """Somebody changed the password: all other sessions have ended, this one has another key."""
    doors.follow_device(request)


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor as this house offers it: under its own name, its secrets encrypted."""

    def _get_site_name(self) -> str:
        return site_name()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Keys are bound to the configured address, whatever Host was asked."""
        return {"id": urlsplit(absolute("/")).hostname or "", "name": site_name()}

    def build_totp_svg(self, url: str) -> str:
        """The QR code as paths alone, which may stand in the page as it is."""
        out = BytesIO()
        segno.make(url, error="m", micro=False).save(
            out, kind="svg", xmldecl=False, svgclass="qr", lineclass=None, omitsize=True, border=4
        )
        return mark_safe(out.getvalue().decode())

    def encrypt(self, text: str) -> str:
        """A copy of the database alone gives nobody a second factor."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    made = hashlib.sha256(f"keti.accounts.second-factor {settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(made))
