"""How allauth meets our people: who may open an account, and whose account it becomes."""

import logging
from smtplib import SMTPException
from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest
from django.shortcuts import render

from keti.accounts.models import Person, User
from keti.kernel.addresses import house, visitor

LOG = logging.getLogger("keti.accounts")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Anybody may open an account: it gives no rights. Rights follow from seats."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which sign-in and sign-up are limited."""
        return visitor(request)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Join the account to the person with this mail address, or to a new person."""
        user = super().save_user(request, user, form, commit=False)
        person = Person.objects.filter(mail__iexact=user.email).first()
        if person is None:
            person = Person.objects.create(name=user.email.split("@")[0], mail=user.email)
        if not User.objects.filter(person=person).exists():
            user.person = person
        if commit:
            user.save()
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or say on the page that mail does not leave this server just now."""
        named = SimpleNamespace(name=house(), domain=house())
        try:
            super().send_mail(template_prefix, email, context | {"current_site": named})
        except (OSError, SMTPException) as failure:
            LOG.warning("mail for signing in was not sent: %s", failure)
            answer = render(self.request, "accounts/no-mail.html", status=503)
            raise ImmediateHttpResponse(answer) from failure
