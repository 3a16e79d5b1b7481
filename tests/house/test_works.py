"""Every form of work is declared once and bound once: one row of facts, one room, one scene."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from keti.charter.rules.vocabulary import fields
from keti.kernel.forms_of_work import FORMS
from keti.play.scenes import HANDLERS
from keti.site import works
from tests.house.sources import ROOT

ACTS_ALONE = {"task", "finding", "verification", "proof", "takedown"}
"""What no charter declares: acts bring it about."""
OF_THE_RAIL = {"call", "file"}
"""Forms that no entry of the rail counts: they are on the desk alone."""


def test_every_form_is_declared_once():
    keys = [one.key for one in FORMS]
    assert len(keys) == len(set(keys)) == 15
    form = next(one for one in fields("work") if one.key == "form")
    assert list(form.choices) == keys
    assert all(one.title.zh and one.title.en and one.acts and one.said for one in FORMS)


def test_every_form_is_bound_to_one_room_and_played():
    keys = {one.key for one in FORMS} | ACTS_ALONE
    assert set(works.BOUND) == keys
    assert set(HANDLERS) == keys
    assert {form for form, one in works.BOUND.items() if not one.rail} == OF_THE_RAIL


def test_every_page_a_form_is_bound_to_is_there():
    for one in works.BOUND.values():
        for route in filter(None, (one.route, one.by_file)):
            assert "/for/" in reverse(route, args=["cast", "x"])


def test_a_form_that_two_rooms_claim_keeps_the_server_from_starting(monkeypatch):
    apps = [*settings.INSTALLED_APPS, "keti.meetings"]
    monkeypatch.setattr(settings, "INSTALLED_APPS", apps)
    with pytest.raises(ImproperlyConfigured, match="two rooms do the form of work meeting"):
        works.bound()


def test_what_no_room_claims_is_met_on_the_page_of_its_duty():
    assert works.room_of("meeting").route == "meetings:for"
    assert works.room_of("unheard-of") == works.BOUND["file"]


@pytest.mark.slow
def test_a_form_nobody_had_before_takes_one_row_and_one_small_room():
    words = ["-m", "pytest", "-o", "addopts=", "-q", "-p", "no:cacheprovider"]
    words += ["--ds", "tests.house.video.settings", "tests/house/video/proof.py"]
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_what_else_is_installed_does_no_work_of_the_house(monkeypatch):
    """The bench measures with an app of its own, named by its class."""
    apps = [*settings.INSTALLED_APPS, "bench.anew.KeepsNothing"]
    monkeypatch.setattr(works, "settings", SimpleNamespace(INSTALLED_APPS=apps))
    assert works.bound() == works.BOUND
