"""The doors of signing in, as tests knock at them."""

import re
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client

from keti.accounts.models import User

WORDS = "qingjian-shizhong-2022"
SECRETARY = "secretary@civil.example"
LOGIN, SIGN_UP, RESET = "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"
CODE, CODE_CONFIRM = "/accounts/login/code/", "/accounts/login/code/confirm/"
CONFIRM = "/accounts/confirm-email/"
AWAY = "203.0.113.9"


def account(address: str, **more: Any) -> User:
    """An account with a proved address and a password."""
    made = User.objects.create_user(address, WORDS, **more)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def secretary() -> User:
    return account(SECRETARY)


def enter(client: Client, password: str = WORDS, address: str = "192.0.2.1") -> Any:
    """Sign in as the secretary from this address."""
    facts = {"login": SECRETARY, "password": password}
    return client.post(LOGIN, facts, REMOTE_ADDR=address, headers={"accept-language": "zh-hans"})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def code_in(letter: Any) -> str:
    """The code of a letter: alone on its line."""
    found = re.search(r"^([A-Z0-9-]{6,12})$", letter.body, re.MULTILINE)
    assert found
    return found.group(1)


def attack(address: str, times: int) -> None:
    """Guess the secretary's password from one address."""
    for _ in range(times):
        enter(Client(), "wrong", address)
