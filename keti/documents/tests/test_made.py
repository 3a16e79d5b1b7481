"""Made papers: made once by a worker, fetched by whoever may, waited for on a page."""

import os
import re
import sys
import time
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client, RequestFactory

from keti.documents.doors import made, paper_file, sweep_made
from keti.documents.rules import apart, edition
from keti.documents.rules.paper import Chapter, Paper, RollGroup, as_json, from_json
from keti.documents.rules.written import as_body
from keti.jobs.actions import Asker, work
from keti.jobs.models import Job
from keti.jobs.tests.waiting import WAITING
from keti.kernel.refusals import Refused

FULL = Paper(
    kind="report", title="报告（演示）", lang="en", day=date(2030, 4, 1), parties=("甲", "乙"),
    facts=(("名", "值"),), chapters=(Chapter("一", ("甲",), as_body("文")),), choices=("是",),
    roll=(RollGroup("组", ("甲", "乙")),), body=as_body("正文"), demo=True,
)  # fmt: skip
NOTICE = Paper(kind="notice", title="通知（演示）", body=as_body("正文一句。"))


@pytest.fixture
def waiting(settings):
    settings.TASKS = WAITING


@pytest.fixture
def fetch(cast, rf: RequestFactory):
    def fetched(paper=NOTICE, form="docx", who="lu", moves=False, query="", path="/paper/"):
        player = getattr(cast, who)
        request = rf.get(f"{path}{query}")
        request.user = AnonymousUser()
        request.csp_nonce = ""
        return paper_file(request, paper, form, Asker(player.person, cast.programme), moves=moves)

    return fetched


def test_a_paper_is_the_same_after_it_was_written_down():
    assert from_json(as_json(FULL)) == FULL
    assert from_json(as_json(NOTICE)) == NOTICE


def test_content_form_language_and_layout_make_the_key(monkeypatch):
    papers = (NOTICE, replace(NOTICE, body=as_body("另一句。")), replace(NOTICE, lang="en"))
    keys = {edition.key_of(paper, form) for paper in papers for form in ("pdf", "docx")}
    monkeypatch.setattr(edition, "layout", lambda: "another")
    assert len(keys | {edition.key_of(NOTICE, "pdf")}) == 7


def test_it_is_made_once_and_then_at_hand(fetch, waiting, monkeypatch):
    first = fetch()
    assert (first.status_code, first.headers["Retry-After"]) == (202, "2")
    assert fetch(who="mao").status_code == 202
    assert Job.objects.count() == 1
    assert work(idle=0.01) == 1
    monkeypatch.setattr(made, "render", None)
    for who in ("lu", "mao"):
        got = fetch(who=who)
        assert (got.status_code, got.content[:2]) == (200, b"PK")
        assert got.headers["Content-Disposition"].startswith("attachment")
    assert Job.objects.count() == 1


def test_the_page_that_waits_leads_to_the_file(fetch, cast, waiting, monkeypatch):
    asked = fetch().content.decode()
    look = re.search(r'hx-get="(/jobs/waiting/[^"]+)"', asked)[1]
    assert f'<noscript><p><a class="button" href="{look}">' in asked
    monkeypatch.setattr("keti.documents.doors.papers.key_of", None)
    assert f'hx-get="{look}"' in cast.lu.client.get(look).content.decode()
    for other in (cast.mao.client, cast.wu.client, Client()):
        assert other.get(look).status_code == 404
    work(idle=0.01)
    done = cast.lu.client.get(look)
    assert (done.status_code, 'data-lead="/paper/"' in done.content.decode()) == (200, True)
    with time_machine.travel(time.time() + 3700):
        assert cast.lu.client.get(look).status_code == 404


def test_who_joins_waits_at_an_address_of_their_own(fetch, cast, waiting):
    fetch()
    look = re.search(r'hx-get="([^"]+)"', fetch(who="mao").content.decode())[1]
    assert cast.mao.client.get(look).status_code == 200
    assert cast.lu.client.get(look).status_code == 404


def test_files_and_sources_are_their_owners_alone(fetch, waiting, settings):
    fetch()
    (source,) = Path(settings.KETI_DATA).glob("made/*/*")
    assert (source.suffix, source.stat().st_mode & 0o077) == (".json", 0)
    work(idle=0.01)
    (file,) = Path(settings.KETI_DATA).glob("made/*/*")
    assert (file.suffix, file.stat().st_mode & 0o077) == (".docx", 0)
    assert file.parent.stat().st_mode & 0o077 == 0


def test_what_cannot_be_made_says_why_and_may_be_tried_again(fetch, monkeypatch):
    monkeypatch.setattr(made, "render", tangled)
    for _ in range(2):
        assert "/paper/?again=1" in fetch().content.decode()
    assert Job.objects.count() == 1
    monkeypatch.undo()
    assert fetch(query="?again=1").status_code == 200


def tangled(*_words, **_more):
    raise Refused("documents.text-too-tangled", seconds=20)


def test_a_paper_that_moves_is_fetched_by_the_ticket_of_who_asked(fetch, cast, waiting):
    fetch(moves=True)
    fetch(moves=True, who="mao")
    mine = Job.objects.get(person=cast.lu.person)
    assert Job.objects.count() == 2
    work(idle=0.01)
    later = replace(NOTICE, body=as_body("又过了一分钟。"))
    got = fetch(later, moves=True, query=f"?made={mine.public_id}")
    assert (got.status_code, got.content[:2]) == (200, b"PK")
    for who, path in (("mao", "/paper/"), ("lu", "/other/")):
        with pytest.raises(Http404):
            fetch(later, moves=True, who=who, path=path, query=f"?made={mine.public_id}")


def test_what_nobody_fetches_goes_after_a_month(fetch, settings):
    fetch()
    assert sweep_made() == 0
    (file,) = Path(settings.KETI_DATA).glob("made/*/*")

    os.utime(file, (0, 0))
    work(idle=0.01)
    assert not file.exists()
    assert fetch().status_code == 200


def test_a_paper_beyond_its_limits_fails_once_and_says_why(fetch, waiting, monkeypatch):
    lines = "import sys, keti.documents.rules.apart as apart; apart.MEGABYTES = 150; "
    command = [sys.executable, "-c", f"{lines}sys.exit(apart.main('pdf'))"]
    monkeypatch.setattr(apart, "COMMAND", command)
    long = replace(NOTICE, body=as_body("甲\t乙\n" * 3000))
    assert fetch(long, "pdf").status_code == 202
    assert work(idle=0.01) == 1
    job = Job.objects.get()
    assert (job.state, job.error, job.attempts) == ("failed", "documents.paper-too-large", 1)
    page = fetch(long, "pdf")
    assert (page.status_code, work(idle=0.01), Job.objects.count()) == (200, 0, 1)
    said = unescape(page.content.decode())
    assert "“通知（演示）”的PDF文件要用的内存超过" in said
    assert "也可以下载Word文件" in said and "再试一次" in said
