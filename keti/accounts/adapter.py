"""How allauth meets our people: who may open an account, and whose account it becomes."""

import logging
from smtplib import SMTPException
from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import get_language

from keti.accounts.actions import join_person
from keti.accounts.models import User
from keti.accounts.rules import mail_fault, mail_key
from keti.kernel.addresses import house, visitor
from keti.kernel.refusals import sentence

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
        if fault:
            raise ValidationError(sentence(fault, {}, get_language() or "zh-hans"))
        return mail_key(email)

    def login(self, request: HttpRequest, user: User) -> None:
        """The last step of every sign-in: by now the address is confirmed, so it names somebody."""
        join_person(user)
        super().login(request, user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or say on the page that mail does not leave this server just now."""
        named = SimpleNamespace(name=house(), domain=house())
        try:
            super().send_mail(template_prefix, email, context | {"current_site": named})
        except (OSError, SMTPException) as failure:
            LOG.warning("mail for signing in was not sent: %s", failure)
            answer = render(self.request, "accounts/no-mail.html", status=503)
            raise ImmediateHttpResponse(answer) from failure
