"""What was put back from a backup mails nobody and does nothing by itself until it is let go."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from keti.backups.actions import resume
from keti.intake.tests.test_applications import refused
from keti.kernel.held import Held, held, hold_back, is_held
from keti.notify.channels.outgoing import Backend
from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Delivery
from keti.site import tick
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_held_installation_sends_and_reminds_nothing_until_it_runs_again(
    cast: Cast,
    settings: Any,
    tmp_path: Path,
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
):
    settings.KETI_DATA = str(tmp_path)
    cast.at("2030-03-18T10:00")
    assert tick.write() > 0
    waiting = Delivery.objects.filter(way=Way.MAIL, state=DeliveryState.WAITING)
    letters = waiting.count()
    assert letters > 0
    hold_back(tmp_path, Held(cast.moment, cast.moment))
    cast.at("2030-04-20T10:00")
    assert (tick.write(), tick.send(), len(mailoutbox)) == (0, 0, 0)
    assert waiting.count() == letters
    with pytest.raises(ConnectionRefusedError):
        Backend().send_messages([EmailMessage("x", "x", "a@example.org", ["b@example.org"])])
    page = cast.qin.client.get("/installation/").content.decode()
    assert ('id="held"' in page, "恢复运行" in page) == (True, True)
    assert 'id="held"' not in cast.lu.client.get("/me/").content.decode()
    assert refused(lambda: resume(cast.lu.act(), send=False)).code == "backups.only-founders"
    with django_capture_on_commit_callbacks(execute=True):
        answer = cast.qin.client.post(reverse("site:let_run"), {"key": "k"})
    assert answer.status_code == 302
    assert (is_held(tmp_path), held(tmp_path), waiting.count()) == (False, None, 0)
    doubted = Delivery.objects.filter(state=DeliveryState.UNCERTAIN)
    assert {one.fault for one in doubted} == {"notify.waited-when-restored"}
    assert doubted.count() == letters
    assert 'id="held"' not in cast.qin.client.get("/installation/").content.decode()
    assert refused(lambda: resume(cast.qin.act(), send=False)).code == "backups.not-held"
