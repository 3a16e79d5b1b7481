"""No thread that answers a page makes a file: PDF and Word are made by work alone."""

import ast
import subprocess

import pytest
from django.test import Client

from keti.documents.doors import made
from keti.documents.rules import docx, pdf
from keti.jobs.models import Job
from keti.jobs.tests.waiting import WAITING
from keti.site import policy
from tests.cast import Cast
from tests.house.sources import name, trees
from tests.house.test_routes import PARAMETERS, address

pytestmark = pytest.mark.once

MAKERS = {f"keti.documents.rules.{one}" for one in ("apart", "render", "pdf", "docx")}
HARMLESS = {"MIMES", "Rendered", "check_fonts", "RARER"}
BY_WORK = {
    "keti/documents/doors/made.py": "the work that makes papers",
    "keti/release/actions/producing.py": "the work that makes what is published",
    "keti/play/working.py": "a play has no pages",
}


def test_only_work_may_reach_what_makes_files():
    reaching = {
        name(file)
        for file, tree in trees()
        if "keti/documents/rules/" not in name(file)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module in MAKERS
        and {one.name for one in node.names} - HARMLESS
    }
    assert reaching == set(BY_WORK)


class Pressed(AssertionError):
    """A page set a file itself."""


@pytest.fixture
def no_press(monkeypatch, settings):
    """Work waits; whoever makes a file or starts a program meanwhile is a page."""
    settings.TASKS = WAITING

    def pressed(*_words, **_more):
        raise Pressed

    monkeypatch.setattr(pdf, "to_pdf", pressed)
    monkeypatch.setattr(docx, "to_docx", pressed)
    monkeypatch.setattr(made, "render", pressed)
    monkeypatch.setattr(subprocess, "Popen", pressed)


def test_no_route_makes_a_file_when_it_is_asked(cast: Cast, no_press):
    for route in PARAMETERS:
        if route not in policy.table() or policy.table()[route] == policy.DEMO:
            continue
        path = address(route, slug="cast", thing=cast.duty("moon", "cell.red").public_id)
        for client in (cast.qin.client, Client()):
            assert client.get(path).status_code < 500, route


def test_sixteen_who_ask_wait_without_a_file_being_made(cast: Cast, no_press):
    people = [one for one in cast.players.values() if one.seat]
    for player in (people * 2)[:16]:
        answer = player.client.get("/p/cast/progress.pdf")
        assert (answer.status_code, answer["Retry-After"]) == (202, "2")
        assert player.client.get("/p/cast/desk/").status_code == 200
    assert Job.objects.filter(state="queued").count() == len(people)
