"""A gathering from its arrangement to its end, as act and as page."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from keti.consents.actions import give_consent, withdraw_consent
from keti.consents.enums import Purpose
from keti.documents.actions import keep_upload
from keti.gatherings import actions
from keti.gatherings.enums import Reply, State
from keti.gatherings.models import Gathering
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.promises.models import Exhibit
from keti.release.tests.ending import PNG
from tests.cast import local

pytestmark = pytest.mark.django_db
BEGINS, ENDS = "2030-07-18T09:00", "2030-07-18T12:00"


@pytest.fixture
def made(cast):
    what = actions.Arranged(
        "conference", "治理大会（演示）", "一号厅", local(BEGINS), local(ENDS),
        title_en="Governance conference (demo)", promise="outreach.cover",
    )  # fmt: skip
    return actions.arrange(cast.qin.act(), programme=cast.programme, what=what)


def part(cast, made, **more):
    said = {"begins_at": local(BEGINS), "minutes": 20, "title_zh": "发布报告", "cue": "灯光转暗"}
    said |= {"speaker": cast.lu.person} | more
    return actions.add_slot(cast.qin.act(), gathering=made, what=actions.Part(**said))


def told(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_public_reads_what_may_be_shown_once_it_is_announced(cast, made):
    part(cast, made)
    part(cast, made, title_zh="内部预备", shown=False, begins_at=local("2030-07-18T09:30"))
    assert Client().get(made.public_path).status_code == 404
    actions.announce(cast.qin.act(), gathering=made)
    page = told(Client(), made.public_path)
    assert "发布报告" in page and "09:00–09:20" in page and "一号厅" in page
    assert "2030-07-18 09:00 – 2030-07-18 12:00" in page
    assert not [one for one in ("卢组长", "内部预备", "灯光转暗") if one in page]
    about = {"programme": cast.programme, "person": cast.lu.person, "purpose": Purpose.SPEECH}
    give_consent(cast.lu.act(), **about)
    assert "卢组长" in told(Client(), made.public_path)
    assert "卢组长" in told(cast.mao.client, made.path)
    withdraw_consent(cast.lu.act(), **about)
    assert "卢组长" not in told(Client(), made.public_path)
    assert "灯光转暗" not in told(cast.mao.client, made.path)
    actions.call_off(cast.qin.act(), gathering=made, reason="场地停用。")
    page = told(Client(), made.public_path)
    assert "场地停用。" in page and "发布报告" not in page


def test_consent_on_paper_needs_the_paper_and_names_nobody(cast, made):
    slot = part(cast, made)
    with pytest.raises(Refused, match=r"consents\.paper-needed"):
        actions.agree_on_paper(cast.qin.act(), slot=slot)
    paper = keep_upload(cast.qin.act(), programme=cast.programme, name="同意.png", data=PNG)
    actions.agree_on_paper(cast.qin.act(evidence=paper), slot=slot)
    actions.announce(cast.qin.act(), gathering=made)
    assert "卢组长" in told(Client(), made.public_path)
    line = Entry.objects.filter(kind="gatherings.speaker.agreed").get()
    assert "卢组长" not in str(line.content)


def test_guests_are_the_offices_business_alone(cast, made):
    one = actions.invite(cast.qin.act(), gathering=made, name="来宾甲（演示）", unit="某厅（演示）")
    with pytest.raises(Refused, match="invited-already"):
        actions.invite(cast.qin.act(), gathering=made, name=one.name, unit=one.unit)
    with pytest.raises(Refused, match=r"gatherings\.not-begun"):
        actions.note_reply(cast.qin.act(), invitee=one, reply=Reply.CAME)
    cast.at(BEGINS)
    actions.note_reply(cast.qin.act(), invitee=one, reply=Reply.CAME)
    slug = ["cast"]
    assert "来宾甲" in told(cast.qin.client, reverse("gatherings:guests", args=slug))
    for name, args in (
        ("guests", slug), ("guest", ["cast", one.public_id]),
        ("guest_list", ["cast", made.public_id, "pdf"]), ("guests_export", ["cast", "csv"]),
    ):  # fmt: skip
        path = reverse(f"gatherings:{name}", args=args)
        assert cast.mao.client.get(path).status_code == 404, name
    assert "来宾甲" not in told(cast.mao.client, made.path)
    lines = Entry.objects.filter(kind__startswith="gatherings.guest")
    assert "来宾甲" not in "".join(str(row.content) for row in lines)


def test_it_moves_with_its_parts_and_shows_for_its_promise(cast, made):
    slot = part(cast, made)
    with pytest.raises(Refused, match=r"duties\.give-a-reason"):
        move(cast, made, "")
    move(cast, made, "场地冲突。")
    slot.refresh_from_db()
    assert slot.begins_at == local("2030-07-19T09:00")
    with pytest.raises(Refused, match=r"gatherings\.not-begun"):
        actions.conclude(cast.qin.act(), gathering=made, present=120)
    cast.at("2030-07-19T12:30")
    link = "https://example.org/conference"
    for _ in range(2):
        actions.conclude(cast.qin.act(key="once"), gathering=made, present=120, link=link)
    made.refresh_from_db()
    assert (made.state, made.present) == (State.HELD, 120)
    shown = Exhibit.objects.get(kind="outreach.cover")
    assert (shown.link, shown.title) == (link, made.title_zh)
    with pytest.raises(Refused, match=r"gatherings\.over"):
        part(cast, made)
    with pytest.raises(DatabaseError), transaction.atomic():
        Gathering.objects.update(present=1)


def move(cast, made, reason):
    begins = local(BEGINS) + timedelta(days=1)
    actions.move(cast.qin.act(), gathering=made, begins_at=begins, place="二号厅", reason=reason)


def test_who_signs_takes_no_more_copies_than_they_get(cast, made):
    row = actions.list_signer(
        cast.qin.act(), gathering=made, paper="合作书", party="卢氏研究所（演示）", copies=2
    )
    with pytest.raises(Refused, match=r"gatherings\.not-begun"):
        actions.note_signed(cast.qin.act(), signer=row, handed=2)
    cast.at(BEGINS)
    with pytest.raises(Refused, match=r"gatherings\.copies"):
        actions.note_signed(cast.qin.act(), signer=row, handed=3)
    done = actions.note_signed(cast.qin.act(), signer=row, handed=2)
    assert done.handed == 2
    with pytest.raises(Refused, match=r"gatherings\.signed-already"):
        actions.note_signed(cast.qin.act(), signer=row, handed=1)


def test_only_the_office_arranges_and_by_its_pages(cast, made):
    with pytest.raises(Refused, match=r"gatherings\.only-manage"):
        actions.announce(cast.lu.act(), gathering=made)
    new = reverse("gatherings:new", args=["cast"])
    assert "秘书处" in told(cast.lu.client, new)
    client = cast.qin.client
    key = client.get(new).context["form"]["key"].value()
    said = {"key": key, "kind": "ceremony", "title_zh": "<b>签约</b>", "place": "二号厅",
            "begins_at": ENDS, "ends_at": BEGINS}  # fmt: skip
    bad = client.post(new, said)
    assert bad.status_code == 422 and "二号厅" in bad.content.decode()
    good = client.post(new, said | {"begins_at": BEGINS, "ends_at": ENDS})
    assert good.status_code == 302 and good.headers["Location"].startswith("/p/cast/gatherings/")
    page = client.get(good.headers["Location"])
    assert "&lt;b&gt;签约&lt;/b&gt;" in page.content.decode()
    forms = page.context["forms"]
    where = good.headers["Location"] + "do/slot/"
    slot = {"key": forms["slot"]["key"].value(), "begins_at": "2030-07-18T08:00", "minutes": "10",
            "title_zh": "开幕"}  # fmt: skip
    assert client.post(where, slot).status_code == 422
    for _ in range(2):
        assert client.post(where, slot | {"begins_at": BEGINS}).status_code == 302
    assert told(client, good.headers["Location"]).count("开幕</a>") == 1
    assert cast.lu.client.post(where, slot | {"key": "other"}).status_code == 422
