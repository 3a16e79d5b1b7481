"""What every answer carries: a strict content policy, no sniffing, no storing of private pages."""

import subprocess
import sys

import pytest
from django.test import Client

from tests.house.sources import ROOT

pytestmark = pytest.mark.once

PUBLIC = ("/", "/help/", "/healthz", "/accounts/login/", "/nowhere/", "/calls/nowhere/")
PRIVATE = ("/p/cast/", "/p/cast/desk/", "/p/cast/duties/", "/p/cast/reports/", "/p/cast/ledger/",
           "/p/cast/ledger/ledger.jsonl", "/p/cast/nowhere/", "/me/")  # fmt: skip


def policy(text: str) -> dict[str, set[str]]:
    """A content security policy as a table, nonces made alike."""
    found = {}
    for part in text.split(";"):
        name, *sources = part.split()
        found[name] = {"'nonce'" if one.startswith("'nonce-") else one for one in sources}
    return found


def held(headers: dict[str, str]) -> None:
    """The strictest policy the pages can live with."""
    said = policy(headers["Content-Security-Policy"])
    assert said["default-src"] == {"'self'"}
    assert said["script-src"] - {"'nonce'"} == {"'self'"}
    assert said["style-src"] == said["img-src"] == said["form-action"] == {"'self'"}
    assert said["object-src"] == said["base-uri"] == said["frame-ancestors"] == {"'none'"}
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert list(said) == sorted(said)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_public_answers_carry_the_policy(path):
    held(Client().get(path).headers)


def test_private_answers_carry_the_policy_and_are_not_stored(cast):
    for path in PRIVATE:
        headers = cast.qin.client.get(path).headers
        held(headers)
        assert headers["Cache-Control"] == "no-store", path


def test_the_way_to_sign_in_is_not_remembered_by_the_browser(cast):
    for path in PRIVATE:
        answer = Client().get(path)
        assert answer.status_code in (302, 404), path
        held(answer.headers)


@pytest.mark.django_db
def test_cookies_stay_on_this_site_and_away_from_scripts(settings):
    client = Client()
    client.get("/accounts/login/")
    assert client.cookies["csrftoken"]["samesite"] == "Lax"
    assert (settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE) == (True, "Lax")


@pytest.mark.parametrize(("url", "secure"), [("https://keti.example", True), ("http://x", False)])
def test_cookies_are_secure_where_the_address_is(tmp_path, url, secure):
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE"]
    code = f"from keti import settings; print([getattr(settings, one) for one in {names}])"
    environment = {"KETI_DATA": str(tmp_path), "KETI_URL": url, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == str([secure] * 3)


def test_a_post_without_its_token_is_refused(cast):
    client = Client(enforce_csrf_checks=True)
    client.cookies = cast.qin.client.cookies
    assert client.post("/seat/", {"seat": "x"}).status_code == 403
