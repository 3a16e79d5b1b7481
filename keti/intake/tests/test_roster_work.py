"""A roster is read and entered by work: the page waits, the rights are asked when it acts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from keti.documents.rules.sheet import to_xlsx
from keti.groups.models import Seat
from keti.intake.models import RosterImport
from keti.intake.tests.test_roster import GOOD, HEADER
from keti.jobs.actions import work
from keti.jobs.models import Job
from keti.jobs.tests.waiting import WAITING
from keti.kernel.refusals import sentence
from tests.cast import Cast


@pytest.fixture
def client(cast: Cast, settings) -> Client:
    settings.TASKS = WAITING
    return cast.qin.client


def upload(cast: Cast, client: Client, key: str = "u") -> str:
    data = to_xlsx("名单", list(HEADER), [GOOD], created=cast.moment)
    file = SimpleUploadedFile("名单.xlsx", data)
    return client.post("/p/cast/roster/", {"key": key, "file": file})["Location"]


def test_it_is_read_and_entered_by_work_and_each_leads_to_the_report(cast, client):
    seats = Seat.objects.count()
    waits = upload(cast, client)
    assert client.get(waits).status_code == 200
    assert not RosterImport.objects.exists()
    work(idle=0.01)
    report = client.get(waits)["Location"]
    assert "导入 1 个职务" in client.get(report).content.decode()
    entered = client.post(f"{report}import/", {"key": "i"})["Location"]
    assert Seat.objects.count() == seats
    work(idle=0.01)
    assert client.get(entered)["Location"] == report
    assert Seat.objects.count() == seats + 1


def test_sent_twice_it_is_one_piece_of_work(cast, client):
    assert upload(cast, client) == upload(cast, client)
    assert Job.objects.count() == 1


def test_done_again_after_a_break_it_enters_nothing_twice(cast, client):
    upload(cast, client)
    work(idle=0.01)
    report = RosterImport.objects.get()
    client.post(f"{report.path}import/", {"key": "i"})
    work(idle=0.01)
    seats = Seat.objects.count()
    Job.objects.filter(state="done").update(state="queued")
    assert work(idle=0.01) == 2
    assert (Seat.objects.count(), RosterImport.objects.count()) == (seats, 1)
    assert not Job.objects.filter(state="failed").exists()


def test_who_lost_the_seat_meanwhile_enters_nothing(cast, client, monkeypatch):
    waits = upload(cast, client)
    job = Job.objects.get()
    Seat.objects.filter(public_id=job.seat_id).update(ends_at=cast.moment)
    work(idle=0.01)
    job.refresh_from_db()
    assert (job.state, RosterImport.objects.exists()) == ("failed", False)
    assert job.error.startswith("groups.")
    assert sentence(job.error, job.why_facts, "zh") in client.get(waits).content.decode()
