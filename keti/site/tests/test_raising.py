"""A monitor finds the way to raise a finding on whatever page there is."""

import re

import pytest

from keti.documents.actions import keep_upload
from keti.duties.actions import hand_in_file
from keti.duties.tests.test_actions import PNG
from keti.meetings.actions import plan_meeting
from keti.monitoring.models import Finding
from keti.work.actions import TaskSpec, assign_task, issue_task_books
from tests.cast import Cast, local

pytestmark = pytest.mark.django_db


def pages(cast: Cast) -> dict[str, str]:
    """Kind of thing -> its page."""
    cast.at("2030-04-01T10:00")
    books = issue_task_books(cast.lu.act(key="b"), obligation=cast.duty("brief", "cell.red"))
    red = cast.group("cell.red")
    meeting = plan_meeting(
        cast.lu.act(key="m"),
        obligation=cast.duty("talk", "cell.red"),
        starts_at=local("2030-04-11T14:00"),
        place="一室",
    )
    due = local("2030-05-01T00:00")
    task = assign_task(
        cast.lu.act(key="t"), spec=TaskSpec(cast.programme, red, cast.mao.seat, "写案例", due)
    )
    return {
        "work.taskbook": books[0].path,
        "work.task": task.path,
        "meetings.meeting": meeting.path,
        "groups.group": red.path,
    }


def test_the_monitor_finds_the_button_everywhere_others_do_not(cast: Cast) -> None:
    for kind, path in pages(cast).items():
        text = cast.ji.client.get(path).content.decode()
        link = re.search(r'href="(/p/cast/findings/new/[^"]+)"', text)
        assert link, kind
        about = link[1].split("about=")[1]
        sent = {
            "key": f"k{kind}",
            "about": about,
            "title": "缺来源",
            "text": "请补",
            "severity": "note",
        }
        made = cast.ji.client.post("/p/cast/findings/new/", sent)
        assert made.status_code == 302
        assert Finding.objects.latest("pk").subject_kind == kind
        assert "/findings/new/" not in cast.qin.client.get(path).content.decode()


def test_a_file_that_was_handed_in_can_be_met_by_a_finding(cast: Cast) -> None:
    act = cast.lu.act()
    duty = cast.duty("talk", "cell.red", "2030-04")
    file = keep_upload(act, programme=cast.programme, name="scan.png", data=PNG)
    filing = hand_in_file(act, obligation=duty, file=file, lines=["成果"])
    url = f"/p/cast/raise/{duty.public_id}/?filing={filing.public_id}"
    assert url in cast.ji.client.get(f"/p/cast/duties/{duty.public_id}/").content.decode()
    there = cast.ji.client.get(url)
    page = cast.ji.client.get(there.url).content.decode()
    assert "scan.png" in page
    assert cast.he.client.get(url).status_code == 404
    assert cast.ji.client.get(url + "x").status_code == 404
