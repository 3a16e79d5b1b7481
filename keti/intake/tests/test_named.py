"""Numbers by the charter's series: the call and its corrections; who was appointed and admitted."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from keti.duties.models import NumberedPaper
from keti.duties.queries import numbered_of
from keti.intake import actions
from keti.intake.models import Application
from keti.intake.tests.scene import checked, published, submitted
from keti.kernel.acts import Text
from keti.ledger.models import Entry
from tests.cast import Cast, local

pytestmark = pytest.mark.django_db


def test_a_call_and_what_corrects_it_are_of_one_series(cast: Cast) -> None:
    call = published(cast)
    slip = actions.publish_erratum(
        cast.qin.act(), call=call, text=Text("“测法”应为“测试方法”。", ""), reason="笔误。"
    )
    later = actions.postpone_close(
        cast.qin.act(), call=call, closes_at=local("2030-03-25T00:00"), reason="多给几天。"
    )
    numbers = [call.number, slip.number, later.number]
    assert numbers == [f"测通知〔2030〕{n}号" for n in (1, 2, 3)]


def closed(cast: Cast) -> NumberedPaper:
    sent = checked(cast, submitted(cast))
    actions.decide_application(cast.qin.act(), application=sent, admit=True)
    cast.at("2030-03-22T10:00")
    act = cast.qin.act(key="once")
    for _twice in range(2):
        actions.close_admission(act, obligation=cast.duty("admit"))
    return NumberedPaper.objects.get()


def test_who_was_admitted_is_named_once_under_a_number_that_stays(cast: Cast) -> None:
    held = closed(cast)
    assert held.number == "测入选〔2030〕1号"
    assert [(one["who"]["zh"], one["group"]["zh"]) for one in held.says] == [
        ("吴路人（演示）", "红组")
    ]
    line = Entry.objects.filter(kind="intake.admission.closed").get()
    assert line.content["facts"]["number"] == held.number
    page = reverse("intake:named", args=["cast", held.obligation.public_id, "pdf"])
    assert page in cast.qin.client.get("/p/cast/applications/").content.decode()
    assert cast.mao.client.get(page).status_code == 404, "the secretariat alone"
    application = Application.objects.get()
    actions.take_back_decision(cast.qin.act(), application=application, reason="点错了人。")
    held.refresh_from_db()
    assert len(held.says) == 1, "the paper stays as it was given out"
    for change in ({"number": "测〔2030〕9号"}, {"says": []}):
        with pytest.raises(DatabaseError), transaction.atomic():
            NumberedPaper.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        held.delete()


def test_appointments_are_numbered_group_by_group_as_they_stood(cast: Cast) -> None:
    cast.at("2030-04-01T10:00")
    papers = []
    for group in ("cell.red", "cell.blue"):
        duty = cast.duty("seat.cell", group)
        actions.confirm_appointments(cast.qin.act(), obligation=duty)
        papers.append(numbered_of(duty))
        page = cast.qin.client.get(reverse("intake:of_duty", args=["cast", duty.public_id]))
        assert papers[-1] and papers[-1].number in page.content.decode()
    assert [one.number for one in papers if one] == ["测任命〔2030〕1号", "测任命〔2030〕2号"]
    assert papers[0] and papers[0].says[0]["role"] == {"zh": "组长", "en": "Captain"}
    actions.end_membership(cast.qin.act(), seat=cast.lu.seat, reason="离任。")
    papers[0].refresh_from_db()
    assert papers[0].says[0]["who"]["zh"] == "卢组长（演示）"


def test_without_a_series_nothing_is_numbered_and_no_paper_is_offered(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keti.duties.actions.numbering._series", lambda *_: ("", ""))
    cast.at("2030-04-01T10:00")
    duty = cast.duty("seat.cell", "cell.red")
    actions.confirm_appointments(cast.qin.act(), obligation=duty)
    assert numbered_of(duty) is None
    page = reverse("intake:named", args=["cast", duty.public_id, "pdf"])
    assert cast.qin.client.get(page).status_code == 404
    assert actions.publish_call(cast.qin.act(), obligation=cast.duty("invite")).number == (
        "测〔2030〕1号"
    )
