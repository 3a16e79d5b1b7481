"""Recording for others: the form is ready, a refusal loses nothing, the story is in order."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keti.documents.actions import Upload, laid_aside, set_aside
from keti.documents.models import StoredFile
from keti.duties import actions
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.duties.tests.test_actions import PNG, stored
from keti.kernel.acts import Text
from keti.notify.models import Announcement
from tests.cast import Cast, local

pytestmark = pytest.mark.django_db


def page(duty: Obligation, tail: str = "") -> str:
    return f"/p/cast/duties/{duty.public_id}/{tail}"


def moon(cast: Cast, group: str = "cell.red") -> Obligation:
    return cast.duty("moon", group, "2030-04")


def brief(cast: Cast) -> Obligation:
    return cast.duty("brief", "cell.red")


def upload(name: str = "签字页.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, "image/png")


def sent(cast: Cast, **more: object) -> dict[str, object]:
    return {"key": "k1", "on_behalf_of": cast.lu.seat.public_id, "line1": "四月做成三件事"} | more


def test_the_form_stands_open_with_the_owner_chosen(cast: Cast) -> None:
    text = cast.qin.client.get(page(brief(cast), "?record=1")).content.decode()
    assert "<details open><summary>上传一份文件" in text
    handed_in = text[text.index("<details open><summary>上传一份文件") :].partition("</form>")[0]
    chosen = re.findall(r'<option value="(\w*)" selected>', handed_in)
    assert chosen == [cast.lu.seat.public_id]
    first = re.search(r'name="on_behalf_of".*?</select>', text, re.S)
    assert first is not None
    assert re.findall(r'<option value="(\w*)"', first[0])[:2] == [cast.lu.seat.public_id, ""]
    folded = cast.lu.client.get(page(brief(cast))).content.decode()
    assert "<details><summary>上传一份文件" in folded


def test_a_refusal_names_the_field_and_keeps_words_and_file(cast: Cast) -> None:
    cast.at("2030-05-02T09:00")
    duty = brief(cast)
    late = sent(cast, file=upload(), happened_at="2030-04-29T10:00")
    refused = cast.qin.client.post(page(duty, "file/"), late)
    text = refused.content.decode()
    assert refused.status_code == 422
    form = refused.context["hand_in"]
    assert list(form.errors) == ["evidence"]
    assert "补录须附凭据" in form.errors["evidence"][0]
    assert 'href="#id_evidence"' in text
    assert "四月做成三件事" in text
    assert 'value="2030-04-29T10:00"' in text
    assert "已选：签字页.png" in text
    assert StoredFile.objects.count() == 0
    again = sent(cast, happened_at="2030-04-29T10:00", evidence=upload("凭据.png"))
    done = cast.qin.client.post(page(duty, "file/"), again)
    assert (done.status_code, done.url) == (302, page(duty))
    filing = duty.filings.get()
    assert (filing.file.name, filing.file.size) == ("签字页.png", len(PNG))
    duty.refresh_from_db()
    assert (duty.met_at, duty.on_behalf) == (local("2030-04-29T10:00"), True)


def test_a_report_is_handed_in_as_a_report(cast: Cast) -> None:
    text = cast.qin.client.get(page(moon(cast), "?record=1")).content.decode()
    assert f'href="{moon(cast).path}?file=1"' in text
    assert "<summary>上传一份文件" not in text


def test_a_kept_file_is_for_its_sender_and_form_alone_and_may_be_dropped(cast: Cast) -> None:
    duty = cast.duty("paper")
    first = {"key": "k1", "file": upload(), "evidence": upload("凭据.png"), "line1": ""}
    refused = cast.tao.client.post(page(duty, "file/"), first)
    assert "已选：凭据.png" in refused.content.decode()
    for player, key in ((cast.tao, "k2"), (cast.fang, "k1")):
        answer = player.client.post(page(duty, "file/"), {"key": key, "line1": "好"})
        assert list(answer.context["hand_in"].errors) == ["file"]
    data = {"key": "k1", "line1": "好", "evidence-drop": "1"}
    assert cast.tao.client.post(page(duty, "file/"), data).status_code == 302
    assert list(StoredFile.objects.values_list("name", flat=True)) == ["签字页.png"]


def test_no_document_is_not_kept(cast: Cast) -> None:
    duty = cast.duty("paper")
    bad = SimpleUploadedFile("a.exe", b"MZ", "application/octet-stream")
    answer = cast.tao.client.post(page(duty, "file/"), {"key": "k", "file": bad, "line1": "好"})
    assert list(answer.context["hand_in"].errors) == ["file"]
    assert "已选" not in answer.content.decode()


def test_what_was_set_aside_lasts_a_day(cast: Cast) -> None:
    at = local("2030-04-01T10:00")
    assert set_aside(cast.lu.person, "k/file", Upload("a.png", PNG), at) == "a.png"
    held = laid_aside(cast.lu.person, "k/file", local("2030-04-02T09:59"))
    assert held is not None
    with held.file as waiting:
        assert (held.name, held.size, waiting.read()) == ("a.png", len(PNG), PNG)
    assert laid_aside(cast.lu.person, "k/file", local("2030-04-02T10:00")) is None
    set_aside(cast.lu.person, "other", Upload("b.png", PNG), local("2030-04-02T10:00"))
    assert laid_aside(cast.lu.person, "k/file", at) is None


def by_file(duty: Obligation) -> Obligation:
    """The duty as if any file met it: this room knows no reports."""
    Obligation.objects.filter(pk=duty.pk).update(form="file")
    return duty


def test_the_story_is_told_in_the_order_it_happened(cast: Cast) -> None:
    cast.at("2030-05-02T09:00")
    duty = by_file(moon(cast))
    actions.remind_due(local("2030-04-30T10:00"), cast.programme)
    act = cast.qin.act()
    late = cast.qin.act(
        on_behalf_of=cast.lu.seat, happened=local("2030-04-29T10:00"), evidence=stored(cast, act)
    )
    actions.hand_in_file(late, obligation=duty, file=stored(cast, act), lines=["成果"])
    lines = cast.lu.client.get(page(duty)).context["history"]
    assert [(line["at"], line["recorded_at"]) for line in lines] == [
        (local("2030-04-29T10:00"), local("2030-05-02T09:00")),
        (local("2030-04-30T10:00"), None),
    ]


def test_why_the_date_is_what_it_is_reads_as_a_sentence(cast: Cast) -> None:
    text = cast.lu.client.get(page(moon(cast))).content.decode()
    assert "FREQ=" not in text
    assert "每月 30 日" in text
    assert "roll:" not in text


def test_the_announcement_says_month_group_and_what_is_awaited(cast: Cast) -> None:
    cast.at("2030-05-02T09:00")
    due = local("2030-05-06T00:00")
    title = Text("答复监控意见：机密", "Answer the finding: secret")
    red, blue = cast.group("cell.red"), cast.group("cell.blue")
    debt = actions.Debt("f", "finding", "finding", title, red, cast.lu.seat, due)
    actions.owe(cast.programme, debt)
    text = actions.group_text(cast.programme, local("2030-05-02T09:00"), "zh-hans")
    assert "· 4 月月度报告（2 个组：红组、蓝组）　原定 2030-04-30 周二 24:00 前" in text
    assert "· 2030-05-05 周日 24:00 前　答复监控意见（红组）" in text
    assert "机密" not in text
    waited, coming = text.split("近期到期的事项：")
    assert "尚未收到，烦请抽空办理" in waited
    assert "4 月月度报告" not in coming
    english = actions.group_text(cast.programme, local("2030-05-02T09:00"), "en")
    both = f"2 groups: {red.title.in_('en')}; {blue.title.in_('en')}"
    title = moon(cast).titled.in_("en")
    assert f"· {title} ({both}), agreed for Tue 2030-04-30" in english


def test_past_announcements_can_be_read(cast: Cast) -> None:
    form = {"key": "a", "text": "各位老师：请于周五前提交。"}
    cast.qin.client.post("/p/cast/duties/announce/", form)
    assert Announcement.objects.count() == 1
    shown = cast.qin.client.get("/p/cast/duties/announce/").content.decode()
    assert "各位老师：请于周五前提交。" in shown.split("以前的公告")[1]


def test_a_group_duty_owed_by_each_says_so(cast: Cast) -> None:
    duty = cast.duty("take_on", "cell.red")
    actions.each_owes_own(duty, local("2030-04-01T10:00"))
    text = cast.qin.client.get(page(duty)).content.decode()
    assert "各自办理" in text
    assert "尚无人担任" not in text
    duty.refresh_from_db()
    assert (duty.seat, duty.state) == (None, DutyState.OPEN)


def test_the_grid_tells_what_came_late(cast: Cast) -> None:
    duty = by_file(moon(cast))
    act = cast.lu.act("2030-05-02T08:00")
    actions.hand_in_file(act, obligation=duty, file=stored(cast, act), lines=["成果"])
    cast.at("2030-05-02T09:00")
    grid = cast.qin.client.get("/p/cast/duties/?kind=moon")
    red = grid.context["rows"][1]
    assert (red.rate, red.share) == ("0%", "0/1")
    assert 'tone-late"' in red.months
    assert "4 月月度报告：迟交（2 天）" in red.months
    outside = cast.he.client.get("/p/cast/duties/?kind=moon").context["rows"][1]
    assert outside.rate == ""
    assert 'tone-done"' in outside.months
    assert "迟交" not in outside.months


def test_done_late_says_so_wherever_done_is_said(cast: Cast) -> None:
    duty = by_file(moon(cast))
    act = cast.lu.act("2030-05-02T08:00")
    actions.hand_in_file(act, obligation=duty, file=stored(cast, act), lines=["成果"])
    cast.at("2030-05-02T09:00")
    base = "/p/cast/duties"
    for address in (page(duty), f"{base}/list/?kind=moon", f"{base}/?kind=moon",
                    f"{base}/export.csv?kind=moon"):  # fmt: skip
        answer = cast.qin.client.get(address)
        told = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert "迟交（2 天）" in told.decode(), address
    neighbour = cast.he.client.get(f"{base}/list/?kind=moon").content.decode()
    assert "迟交" not in neighbour.split("<main")[1]
    english = cast.qin.client.get(page(duty), headers={"Accept-Language": "en"}).content.decode()
    assert "Late (2 days)" in english


def test_late_on_the_very_day_is_late(cast: Cast) -> None:
    duty = by_file(moon(cast))
    act = cast.lu.act("2030-05-01T00:00")
    actions.hand_in_file(act, obligation=duty, file=stored(cast, act), lines=["成果"])
    cast.at("2030-05-01T09:00")
    assert "迟交（1 天）" in cast.qin.client.get(page(duty)).content.decode()
