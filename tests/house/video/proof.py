"""What the new form appears on, in a house that was told of it by a row and a room."""

from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from keti.accounts.actions import open_account
from keti.charter.rules import load
from keti.charter.rules.lint import lint
from keti.charter.rules.vocabulary import fields
from keti.duties.actions import issue_link
from keti.duties.models import Obligation
from keti.kernel import clock
from keti.kernel.models import SimulatedInstant
from keti.play import live as playing
from keti.site.works import room_of
from tests.cast import Cast, local
from tests.charter_tools import read
from tests.drawn.living import founded

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WORK = (
    "  clip: {zh: 课题短片（演示）, en: The clip (demo), form: video, by: head, due: 2023-05-16}\n"
)


def text() -> str:
    from keti.charter.tests.test_lint_carried import BASE  # noqa: PLC0415

    both = BASE.replace("lang: [en]", "lang: [zh-Hans, en]")
    return both.replace("deliverables:\n", f"deliverables:\n{WORK}", 1)


def test_the_language_knows_it() -> None:
    charter, _ = load(text(), "x")
    assert charter is not None
    assert charter.work("clip").form == "video"
    assert [one.as_text("en") for one in lint(text(), "x") if one.severity != "note"] == []
    late = text().replace("2023-05-16", "2023-05-14")
    assert [one.number for one in lint(late, "x") if one.severity != "note"] == ["CAL105"]
    [misspelt] = [one for one in lint(text().replace("form: video", "form: vidoe"), "x")
                  if one.severity == "error"]  # fmt: skip
    assert "video" in misspelt.suggestion("en")
    form = next(one for one in fields("work") if one.key == "form")
    assert form.choices[-1] == "video"
    assert read(text()).data["deliverables"]["clip"]["form"] == "video"


def page(person: Any, path: str) -> str:
    client = Client()
    client.force_login(open_account(person), backend=BACKEND)
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


@pytest.mark.django_db
def test_it_is_owed_shown_counted_and_played(cast: Cast) -> None:
    client, charter = cast.qin.client, load(text(), "x")[0]
    assert charter is not None
    SimulatedInstant.objects.all().delete()
    clock.stand_at(playing.first_moment(charter))
    programme = founded(client, text())
    stage = playing.staged(charter, programme, cast.qin.person, Random(1))
    playing.live(stage, local("2023-05-08T09:00"))
    duty = Obligation.objects.select_related("seat__person").get(programme=programme, kind="clip")
    head, base = duty.seat.acting_person, f"/p/{programme.slug}/"
    assert room_of("video").rail == "duties"
    desk = page(head, f"{base}desk/")
    assert "课题短片" in desk
    assert duty.public_id in desk
    rail = desk[desk.index(f'href="{base}duties/"') :][:400]
    assert ">1<" in "".join(rail.split())
    grid = reverse("duties:grid", args=[programme.slug])
    for path in (grid, f"{base}duties/", f"{base}duties/{duty.public_id}/"):
        assert "课题短片" in page(head, path), path
    token = issue_link(stage.act(stage.manager()), obligation=duty)
    phone = Client().get(f"/d/{token}/")
    assert phone.status_code == 200
    assert "课题短片" in phone.content.decode()
    playing.live(stage)
    duty.refresh_from_db()
    assert duty.state == "met"
    assert duty.filings.count() == 1
    assert playing.open_ends(stage) == []
