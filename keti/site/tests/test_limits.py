"""Limits at the doors shut out neither a site nor one named person; a code is judged thrice."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client

from keti.accounts.doors import CODES, COOKIE, PASSWORDS, PASSWORDS_IN_ALL, forget_tallies
from keti.accounts.models import Tally
from keti.site.tests.doors import (
    AWAY,
    CODE,
    CODE_CONFIRM,
    CONFIRM,
    LOGIN,
    SECRETARY,
    SIGN_UP,
    WORDS,
    account,
    attack,
    code_in,
    enter,
    is_in,
)
from keti.site.tests.doors import secretary as a_secretary

RACE = "import django; django.setup(); from keti.site.tests.guessing import main; main()"


@pytest.fixture
def secretary(db):
    return a_secretary()


@pytest.mark.django_db
def test_a_university_behind_one_address_signs_up_at_once():
    answers = [
        Client().post(SIGN_UP, {"email": f"student{number}@civil.example"}) for number in range(45)
    ]
    assert {one.status_code for one in answers} == {302}
    assert len({one.to[0] for one in mail.outbox}) == 45


@pytest.mark.django_db
def test_a_class_behind_one_address_asks_for_codes_at_once():
    answers = [
        Client().post(CODE, {"email": f"student{number}@civil.example"}) for number in range(45)
    ]
    assert {one.status_code for one in answers} == {302}


@pytest.mark.django_db
def test_wrong_passwords_of_others_behind_the_address_shut_out_nobody(secretary):
    for number in range(30):
        facts = {"login": f"student{number}@civil.example", "password": "wrong"}
        Client().post(LOGIN, facts, REMOTE_ADDR=AWAY)
    client = Client()
    enter(client, WORDS, AWAY)
    assert is_in(client)


def test_a_stranger_guesses_five_times_from_one_place_and_hinders_nobody_elsewhere(secretary):
    attack(AWAY, PASSWORDS.most)
    guesser, elsewhere = Client(), Client()
    assert "密码连续输错次数过多" in enter(guesser, WORDS, AWAY).content.decode()
    assert not is_in(guesser)
    enter(elsewhere, WORDS, "192.0.2.7")
    assert is_in(elsewhere)


def test_guesses_from_everywhere_leave_the_known_device_and_the_code_door(secretary):
    known, fresh = Client(), Client()
    enter(known)
    assert COOKIE in known.cookies
    known.post("/accounts/logout/")
    for number in range(PASSWORDS_IN_ALL.most + 1):
        enter(Client(), "wrong", f"203.0.113.{number}")
    assert "暂停从新设备用密码登录" in enter(fresh).content.decode()
    assert not is_in(fresh)
    enter(known)
    assert is_in(known)
    fresh.post(LOGIN, {"login": SECRETARY, "password": ""})
    fresh.post(CODE_CONFIRM, {"code": code_in(mail.outbox[-1])})
    assert is_in(fresh)


def test_letters_asked_for_by_a_stranger_do_not_stop_ones_own(secretary):
    known = Client()
    enter(known)
    known.post("/accounts/logout/")
    told = [Client().post(CODE, {"email": SECRETARY}, REMOTE_ADDR=AWAY) for _ in range(5)]
    assert [one.status_code for one in told] == [302, 302, 302, 200, 200]
    same_place = known.post(CODE, {"email": SECRETARY}, REMOTE_ADDR=AWAY)
    new_device = Client().post(CODE, {"email": SECRETARY}, REMOTE_ADDR="192.0.2.7")
    assert (same_place.status_code, new_device.status_code) == (302, 302)


@pytest.mark.django_db
@pytest.mark.parametrize(("door", "times"), [(CODE, 5), (SIGN_UP, 5), (LOGIN, 8)])
def test_counting_tells_nobody_who_has_an_account(secretary, door, times):
    def tried(address):
        field = "login" if door == LOGIN else "email"
        facts = {field: address, "password": "wrong"} if door == LOGIN else {field: address}
        answers = [Client().post(door, facts, REMOTE_ADDR=AWAY) for _ in range(times)]
        pages = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", a.text) for a in answers]
        pages = [re.sub(r'nonce="[^"]+"', "", one).replace(address, "") for one in pages]
        return [(one.status_code, one.headers.get("Location")) for one in answers], pages

    assert tried(SECRETARY) == tried("nobody@civil.example")


def test_a_device_cookie_of_ones_own_making_is_none(secretary):
    attack(AWAY, PASSWORDS.most)
    client = Client()
    client.cookies[COOKIE] = f"[[{secretary.pk}, 'x']]"
    enter(client, WORDS, AWAY)
    assert not is_in(client)


def test_a_device_known_to_one_account_is_strange_to_another(secretary):
    other = account("other@civil.example")
    client = Client()
    client.post(LOGIN, {"login": other.email, "password": WORDS}, REMOTE_ADDR=AWAY)
    client.post("/accounts/logout/")
    attack(AWAY, PASSWORDS.most)
    enter(client, WORDS, AWAY)
    assert not is_in(client)


def test_what_has_run_out_counts_no_more_and_is_swept(secretary):
    attack(AWAY, PASSWORDS.most)
    Tally.objects.update(until="2000-01-01T00:00Z")
    client = Client()
    enter(client, WORDS, AWAY)
    assert is_in(client)
    Tally.objects.update(until="2000-01-01T00:00Z")
    forget_tallies()
    assert not Tally.objects.exists()


@pytest.mark.parametrize("path", [CODE, SIGN_UP])
def test_a_mailed_code_is_compared_three_times(secretary, path):
    client = Client()
    address = SECRETARY if path == CODE else "new@civil.example"
    confirm = CODE_CONFIRM if path == CODE else CONFIRM
    client.post(path, {"email": address})
    code, before = code_in(mail.outbox[-1]), dict(client.session.items())
    for _ in range(CODES.most):
        client.post(confirm, {"code": "WRONG-CODE"})
        session = client.session
        session.update(before)  # as sixty requests at once each find the session they began with
        session.save()
    client.post(confirm, {"code": code})
    assert not is_in(client)


@pytest.mark.fault
def test_sixty_guesses_at_once_are_counted_one_by_one():
    """In a process of its own, on a database of its own; of 60 three are judged."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
    }
    done = subprocess.run(
        [sys.executable, "-c", RACE], env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout.splitlines()[-1]) == {"judged": 3, "most": 60, "in": False}
