"""The original of the notice: at the founding, later, in place of an earlier scan; for whom."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from keti.charter.models import CharterVersion
from keti.charter.queries import in_force
from keti.charter.rules.reading import read
from keti.documents.actions import Upload, path_of
from keti.documents.models import StoredFile
from keti.jobs.actions import work
from keti.jobs.models import Job
from keti.jobs.tests.waiting import WAITING
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.planning import actions
from keti.planning.actions import Proposal
from keti.planning.tests.test_amending import file
from keti.planning.tests.test_pages import settle
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TEMPLATE = "association-standard"
PAGE = "/p/cast/charter/notice/"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
OTHER = PDF.replace(b"Catalog", b"Catalog /Lang (zh)")


def scan(data: bytes = PDF, name: str = "通知.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


def lines() -> list[Entry]:
    return list(Entry.objects.filter(kind="planning.notice.attached"))


def test_the_secretariat_puts_it_beside_the_clauses(cast: Cast) -> None:
    assert cast.lu.client.get(f"{PAGE}file/").status_code == 404
    sent = cast.qin.client.post(PAGE, {"key": "a", "notice": scan()})
    assert (sent.status_code, sent.url) == (302, "/p/cast/charter/")
    kept = in_force(cast.programme).notice
    assert kept is not None
    assert path_of(kept.sha256).read_bytes() == PDF
    assert [line.content["facts"]["sha256"] for line in lines()] == [kept.sha256]
    assert f'href="{PAGE}"' in cast.lu.client.get("/p/cast/charter/").content.decode()
    answer = cast.lu.client.get(f"{PAGE}file/")
    assert b"".join(answer.streaming_content) == PDF


def test_sent_twice_it_is_one_act_and_another_scan_takes_its_place(cast: Cast) -> None:
    cast.qin.client.post(PAGE, {"key": "a", "notice": scan()})
    cast.qin.client.post(PAGE, {"key": "a", "notice": scan(OTHER)})
    assert len(lines()) == 1
    first = in_force(cast.programme).notice
    cast.qin.client.post(PAGE, {"key": "b", "notice": scan(OTHER)})
    second = in_force(cast.programme).notice
    assert first and second
    assert path_of(second.sha256).read_bytes() == OTHER
    assert [line.content["facts"]["before"] for line in lines()] == ["", first.sha256]
    assert StoredFile.objects.filter(pk=first.pk).exists()


def test_only_the_secretariat_and_only_a_document(cast: Cast) -> None:
    refused = cast.lu.client.post(PAGE, {"key": "a", "notice": scan()})
    assert refused.status_code == 422
    assert "由秘书处上传" in refused.content.decode()
    assert cast.wu.client.post(PAGE, {"key": "a", "notice": scan()}).status_code == 404
    assert cast.wu.client.get(f"{PAGE}file/").status_code == 404
    assert Client().get(f"{PAGE}file/").status_code == 302
    hostile = cast.qin.client.post(PAGE, {"key": "a", "notice": scan(b"MZ\x90", "通知.exe")})
    assert hostile.status_code == 422
    assert list(hostile.context["form"].errors) == ["notice"]
    empty = cast.qin.client.post(PAGE, {"key": "a"})
    assert empty.status_code == 422
    assert (lines(), in_force(cast.programme).notice) == ([], None)


def test_it_stays_beside_the_next_version_and_nothing_else_of_one_changes(cast: Cast) -> None:
    cast.at("2030-04-02T09:00")
    upload = Upload("通知.pdf", PDF)
    with pytest.raises(Refused) as told:
        actions.attach_notice(cast.lu.act(), programme=cast.programme, upload=upload)
    assert told.value.code == "planning.only-the-secretariat-attaches"
    before = actions.attach_notice(cast.qin.act(), programme=cast.programme, upload=upload)
    actions.propose_amendment(
        cast.gao.act(), programme=cast.programme, proposal=Proposal(file(), "补上调整办法。")
    )
    after = in_force(cast.programme)
    assert (after.number, after.notice) == (2, before.notice)
    with pytest.raises(IntegrityError), transaction.atomic():
        CharterVersion.objects.filter(pk=after.pk).update(text="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        CharterVersion.objects.filter(pk=after.pk).delete()


def test_it_may_come_with_the_founding(cast: Cast) -> None:
    client = cast.qin.client
    url = str(client.post("/start/new/", {"from": f"template:{TEMPLATE}"}).url).removesuffix(
        "step/what/"
    )
    wrong = client.post(f"{url}step/check/", {"key": "k", "notice": scan(b"MZ\x90", "通知.exe")})
    assert wrong.status_code == 422
    assert list(wrong.context["form"].errors) == ["notice"]
    settle(client, url, "keep")
    made = client.post(f"{url}step/check/", {"key": "k", "notice": scan()})
    assert made.url == f"/start/founded/{TEMPLATE}/"
    version = CharterVersion.objects.get(programme__slug=TEMPLATE)
    assert version.notice
    founding = Entry.objects.get(kind="planning.charter.applied", programme=version.programme)
    assert founding.content["facts"]["notice"] == version.notice.sha256
    page = client.get(f"/p/{TEMPLATE}/charter/?part=obligations").content.decode()
    assert f'<a href="/p/{TEMPLATE}/charter/notice/file/">通知' in page
    assert page.count('<details class="fold"') == len(read(version.text).data["obligations"])


def test_founding_waits_for_work_with_its_notice(cast: Cast, settings: Any) -> None:
    settings.TASKS = WAITING
    client = cast.qin.client
    url = str(client.post("/start/new/", {"from": f"template:{TEMPLATE}"}).url)
    url = url.removesuffix("step/what/")
    settle(client, url)
    waits = client.post(f"{url}step/check/", {"key": "k", "notice": scan()}).url
    assert client.post(f"{url}step/check/", {"key": "k", "notice": scan()}).url == waits
    assert not CharterVersion.objects.filter(programme__slug=TEMPLATE).exists()
    assert work(idle=0.01) == 1
    assert client.get(waits).url == f"/start/founded/{TEMPLATE}/"
    assert CharterVersion.objects.get(programme__slug=TEMPLATE).notice
    Job.objects.update(state="queued")
    assert work(idle=0.01) == 1
    assert client.get(waits).url == f"/start/founded/{TEMPLATE}/"
