"""Deeds done to several rows of a list at once, and the sheet of a list that is printed."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from keti.duties.models import Obligation
from keti.intake.tests.scene import submitted
from keti.ledger.models import Entry
from keti.lists.doors import LISTS, Listing
from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Delivery, Message
from keti.work.actions import TaskSpec, assign_task
from tests.cast import Cast, local

pytestmark = pytest.mark.django_db
REMIND = "/p/cast/lists/duties/several/remind/"
RESEND = "/p/cast/lists/sent/several/resend/"


def reminders() -> list[Entry]:
    return list(Entry.objects.filter(kind="site.reminder.sent"))


def key_of(answer) -> str:
    """The key of the form of a preview."""
    return str(answer.context["form"]["key"].value())


def test_the_preview_counts_what_it_will_be_done_to_and_says_what_is_refused(cast: Cast):
    cast.at("2030-05-02T09:00")
    red, blue = (cast.duty("moon", f"cell.{one}", "2030-04") for one in ("red", "blue"))
    cast.qin.client.post(
        reverse("site:remind", args=["cast", blue.public_id]), {"key": "one-by-hand"}
    )
    told = len(reminders())
    page = cast.qin.client.get(REMIND, {"row": [red.public_id, blue.public_id]})
    assert [len(page.context[part]) for part in ("going", "refused")] == [1, 1]
    assert page.context["refused"][0][1].endswith("今天已经提醒过。")
    assert len(reminders()) == told
    sent = {"key": key_of(page), "rows": page.context["form"]["rows"].value()}
    for _twice in range(2):
        assert cast.qin.client.post(REMIND, sent).status_code == 302
    assert [one.subject_id for one in reminders()[told:]] == [red.public_id]


def test_all_that_were_found_are_reminded_and_the_list_comes_back_as_it_was(cast: Cast):
    cast.at("2030-05-02T09:00")
    wish = {"kind": "moon", "missing": "1", "all": "1"}
    page = cast.qin.client.get(REMIND, wish)
    assert len(page.context["going"]) == 2
    sent = {"key": key_of(page), "rows": page.context["form"]["rows"].value()}
    answer = cast.qin.client.post(f"{REMIND}?kind=moon&missing=1", sent, follow=True)
    assert answer.redirect_chain[0][0] == "/p/cast/duties/list/?kind=moon&missing=1"
    assert "已办 2 条" in answer.content.decode()
    assert len(reminders()) == 2


def test_nothing_ticked_is_said_and_others_are_not_offered_it(cast: Cast):
    answer = cast.qin.client.get(REMIND, follow=True)
    assert "请先勾选" in answer.content.decode()
    assert cast.mao.client.get(REMIND).status_code == 404
    assert cast.wu.client.get(REMIND).status_code == 404
    assert "checkbox" not in cast.mao.client.get("/p/cast/duties/list/").content.decode()
    assert cast.qin.client.get("/p/cast/lists/no-such/several/remind/").status_code == 404
    assert cast.qin.client.get("/p/cast/lists/duties/several/no-such/").status_code == 404


def test_what_a_seat_may_not_see_is_not_reminded_by_its_id(cast: Cast):
    """A lead ticks the neighbours' duty: the preview says no, and so does the act."""
    cast.at("2030-05-02T09:00")
    blue = cast.duty("moon", "cell.blue", "2030-04")
    page = cast.lu.client.get(REMIND, {"row": [blue.public_id]})
    assert (page.context["going"], len(page.context["refused"])) == ([], 1)
    sent = {"key": "forged", "rows": blue.public_id}
    assert cast.lu.client.post(REMIND, sent).status_code == 302
    inner = Obligation.objects.filter(pk=blue.pk)
    inner.update(nature="promise")
    assert cast.he.client.get(REMIND, {"row": [cast.duty("moon", "cell.red").public_id]})
    assert reminders() == []


def test_letters_that_failed_go_again_together(cast: Cast):
    cast.at("2030-05-02T09:00")
    cast.qin.client.get(REMIND)
    page = cast.qin.client.get(REMIND, {"kind": "moon", "missing": "1", "all": "1"})
    sent = {"key": key_of(page), "rows": page.context["form"]["rows"].value()}
    cast.qin.client.post(REMIND, sent)
    mail = Delivery.objects.filter(way=Way.MAIL)
    failed = list(mail.order_by("pk").values_list("pk", flat=True)[:2])
    mail.filter(pk__in=failed).update(state=DeliveryState.FAILED)
    mail.exclude(pk__in=failed).update(state=DeliveryState.SENT, sent_at=cast.moment)
    page = cast.qin.client.get(f"{RESEND}?box=out&all=1")
    assert len(page.context["going"]) == 2
    assert len(page.context["refused"]) == Message.objects.count() - 2
    sent = {"key": key_of(page), "rows": page.context["form"]["rows"].value()}
    assert cast.qin.client.post(f"{RESEND}?box=out", sent).status_code == 302
    states = set(mail.filter(pk__in=failed).values_list("state", flat=True))
    assert states == {DeliveryState.WAITING}


def test_every_list_prints_all_its_rows_without_a_menu(cast: Cast):
    assert cast.qin.client.get("/p/cast/").status_code == 200
    assert len(LISTS) > 10
    for called, listing in LISTS.items():
        prints_as_a_sheet(cast, called, listing)


def prints_as_a_sheet(cast: Cast, called: str, listing: Listing) -> None:
    page = cast.qin.client.get(reverse(listing.page, args=["cast"]), dict(listing.fixed))
    count = page.context["list"].page.paginator.count
    sheet = cast.qin.client.get(reverse("lists:print", args=["cast", called]))
    text = sheet.content.decode()
    assert len(sheet.context["lines"]) == count
    assert f"共 {count} 条" in text
    assert str(listing.title) in text
    assert not re.search(r"<nav|class=.rail", text)


def test_a_printed_sheet_says_how_it_was_narrowed(cast: Cast):
    red = cast.group("cell.red")
    wish = {"group": red.public_id, "q": "月度", "sort": "-due"}
    text = cast.qin.client.get("/p/cast/lists/duties/print/", wish).content.decode()
    for words in ("查找 月度", "组别 红组", "次序 期限 ↓"):
        assert words in text
    assert "蓝组" not in text.partition("<tbody>")[2]


def test_a_sheet_is_for_who_may_see_the_list(cast: Cast):
    assert cast.lu.client.get("/p/cast/lists/applications/print/").status_code == 404
    assert cast.wu.client.get("/p/cast/lists/duties/print/").status_code == 404
    mine = cast.mao.client.get("/p/cast/lists/ledger/print/").context["lines"]
    assert len(mine) < Entry.objects.count()


APPLY = "/p/cast/lists/applications/several/"


def done(cast: Cast, deed: str, **more: str) -> None:
    """All that were found, as the preview offers them."""
    page = cast.qin.client.get(f"{APPLY}{deed}/", {"all": "1"})
    sent = {"key": key_of(page), "rows": page.context["form"]["rows"].value(), **more}
    assert cast.qin.client.post(f"{APPLY}{deed}/", sent).status_code == 302


def test_applications_are_found_eligible_admitted_and_rejected_together(cast: Cast):
    one = submitted(cast)
    two = submitted(cast, "mi", name="米研究员（演示）", choices=("cell.blue",))
    three = submitted(cast, "hua", name="华研究员（演示）", choices=("cell.blue", "cell.red"))
    page = cast.qin.client.get(f"{APPLY}admit/", {"all": "1"})
    assert (page.context["going"], len(page.context["refused"])) == ([], 3)
    assert "不能入选" in page.context["refused"][0][1]
    done(cast, "eligible")
    page = cast.qin.client.get(f"{APPLY}eligible/", {"all": "1"})
    assert page.context["going"] == []
    page = cast.qin.client.get(f"{APPLY}admit/", {"all": "1"})
    assert (len(page.context["going"]), len(page.context["refused"])) == (2, 1)
    done(cast, "admit")
    empty = cast.qin.client.post(f"{APPLY}reject/", {"key": "k", "rows": three.public_id})
    assert empty.status_code == 422
    assert three.public_id in empty.content.decode()
    done(cast, "reject", reason="名额已满")
    for row, state in ((one, "admitted"), (two, "admitted"), (three, "rejected")):
        row.refresh_from_db()
        assert row.state == state
    assert cast.lu.client.get(f"{APPLY}admit/").status_code == 404


def test_tasks_are_reminded_of_together(cast: Cast):
    cast.at("2030-05-02T09:00")
    red, due = cast.group("cell.red"), local("2030-05-20T09:00")
    spec = TaskSpec(cast.programme, red, cast.mao.seat, "整理资料", due)
    assign_task(cast.lu.act(), spec=spec)
    path = "/p/cast/lists/tasks/several/remind/"
    page = cast.lu.client.get(path, {"all": "1"})
    assert len(page.context["going"]) == 1
    sent = {"key": key_of(page), "rows": page.context["form"]["rows"].value()}
    assert cast.lu.client.post(path, sent).status_code == 302
    assert len(reminders()) == 1
    again = cast.lu.client.get(path, {"all": "1"})
    assert "今天已经提醒过" in again.context["refused"][0][1]


@pytest.mark.parametrize(("refused", "opened"), [(9, True), (10, False)])
def test_many_that_are_refused_are_folded_and_few_are_not(refused: int, opened: bool):
    facts = {"going": ["一"], "refused": [("二", "不能")] * refused, "form": [], "title": "提醒"}
    page = render_to_string("lists/several.html", facts)
    assert (f'<details class="fold"{" open" if opened else ""}><summary>不能办' in page) is True
