"""No secret of an address reaches a log, whoever writes the line and however."""

import ast
import logging
import logging.config

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from keti.kernel.ids import new_id, new_token
from keti.kernel.logs import VEIL, Formatter, veiled
from keti.site.policy import TOKEN, table
from tests.house.sources import name, trees

SECRET_NAMES = {"token", "key"}
RESET_ROUTE = "account_reset_password_from_key"
RESET = "ctx8v7-3f1f0e0d0c0b0a09080706050403020100"


def secret_routes() -> list[str]:
    """Every route whose policy is a secret, or whose address has a part called one."""
    found = [one for one, policy in table().items() if policy == TOKEN]
    for route, entries in get_resolver().reverse_dict.lists():
        if isinstance(route, str) and any(SECRET_NAMES & set(e[0][0][1]) for e in entries):
            found.append(route)
    return sorted(set(found))


def test_every_address_with_a_secret_is_written_without_it():
    assert {"site:phone", "duties:feed"} <= set(secret_routes())
    for route in set(secret_routes()) - {RESET_ROUTE}:
        secret = new_token()
        path = reverse(route, args=[secret])
        assert veiled(f"Not Found: {path}") == f"Not Found: {path.replace(secret, VEIL)}"


def test_the_key_of_a_reset_letter_is_veiled_and_what_is_no_secret_stays():
    path = reverse(RESET_ROUTE, args=RESET.split("-", 1))
    line = f'"POST {path} HTTP/1.1" 200'
    assert path == f"/accounts/password/reset/key/{RESET}/"
    assert veiled(line) == f'"POST /accounts/password/reset/key/{VEIL}/ HTTP/1.1" 200'
    plain = f"/p/cast/duties/{new_id()}/ {'0f' * 32} reset/key"
    assert veiled(plain) == plain


def test_message_arguments_and_traceback_are_veiled():
    secret = new_token()
    try:
        raise ValueError(secret)
    except ValueError as failure:
        info = (type(failure), failure, failure.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "of %s", (f"/d/{secret}/",), info)
    assert secret not in Formatter("%(message)s").format(record)


def test_every_handler_writes_through_the_veil():
    formatters = settings.LOGGING["formatters"]
    assert {one["()"] for one in formatters.values()} == {"keti.kernel.logs.Formatter"}
    assert all(one["formatter"] in formatters for one in settings.LOGGING["handlers"].values())
    own = [
        f"{name(file)}:{node.lineno}"
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("StreamHandler", "FileHandler", "basicConfig"))
    ]
    assert own == []


@pytest.mark.django_db
def test_a_refused_form_on_a_personal_link_leaves_no_secret_in_the_log(capfd):
    """The real handler, as configured: what Django warns of refused requests."""
    logging.config.dictConfig(settings.LOGGING)
    secret = new_token()
    Client(enforce_csrf_checks=True).post(f"/d/{secret}/", {"key": "x"})
    Client().get(f"/d/{secret}/")
    Client().get(f"/cal/{secret}.ics")
    written = capfd.readouterr().err
    assert "Not Found" in written
    assert VEIL in written
    assert secret not in written
