"""What waits in a round is owed: a comment or the word that there is none, and every answer."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from keti.accounts.actions import PersonFacts, enter_person
from keti.consultation import permissions
from keti.consultation.actions import (
    Remark,
    close_round,
    comment,
    dispose,
    no_remarks,
    open_round,
)
from keti.consultation.models import Comment, NoRemarks, Round
from keti.consultation.queries import without_remarks
from keti.consultation.tests.test_consultation import outline, refusal
from keti.documents.rules.sheet import read_xlsx
from keti.duties.actions import extend, tell_followers, waive
from keti.duties.models import Obligation
from keti.groups.actions import Place, recuse
from keti.groups.models import Seat
from keti.intake.actions import appoint_members, end_membership
from keti.kernel.terms import term_ends
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.cast import Cast, local

EVERYBODY = {"qin", "lu", "mao", "mi", "he", "hua", "ji", "gao", "tao", "fang"}
NONE = "无意见"


@pytest.fixture
def round_(cast: Cast) -> Round:
    cast.at("2030-06-03T09:00")
    outline(cast)
    return open_round(cast.qin.act(), obligation=cast.duty("remarks"))


def asked(cast: Cast, kind: str = "comment") -> dict[str, str]:
    """Who is or was asked -> what became of it."""
    names = {one.seat.pk: name for name, one in cast.players.items() if one.seat}
    found = Obligation.objects.filter(programme=cast.programme, kind=f"consultation.{kind}")
    return {names.get(one.seat_id, "somebody new"): one.state for one in found}


def standing(cast: Cast, state: str) -> set[str]:
    return {name for name, one in asked(cast).items() if one == state}


def answers(cast: Cast) -> list[tuple[str, str, Seat]]:
    """(number of the comment, state, who owes it) of every answer ever owed."""
    found = Obligation.objects.filter(kind="consultation.answer").select_related("seat")
    return [(one.key.rpartition("/")[2], one.state, one.seat) for one in found.order_by("pk")]


def test_before_a_round_is_open_nobody_is_asked(cast: Cast) -> None:
    cast.at("2030-06-03T09:00")
    outline(cast)
    assert asked(cast) == {}


def test_every_seat_that_takes_part_is_asked_until_the_round_is_due(
    cast: Cast, round_: Round
) -> None:
    assert standing(cast, "open") == EVERYBODY
    for one in Obligation.objects.filter(kind="consultation.comment"):
        assert (one.due_at, one.title_zh) == (local("2030-06-15T00:00"), "对提纲提出意见")
        assert (one.subject_id, one.about_path) == (round_.public_id, round_.path)


def test_a_comment_answers_ones_own(cast: Cast, round_: Round) -> None:
    comment(cast.mao.act(), round=round_, remark=Remark("意见"))
    assert standing(cast, "met") == {"mao"}
    comment(cast.qin.act(on_behalf_of=cast.mi.seat), round=round_, remark=Remark("意见"))
    assert standing(cast, "met") == {"mao", "mi"}
    comment(cast.mao.act(), round=round_, remark=Remark("又一条"))
    assert standing(cast, "met") == {"mao", "mi"}


def test_what_the_public_sends_is_no_seats_comment(
    cast: Cast, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(permissions, "is_public", lambda round: True)
    comment(cast.qin.act(), round=round_, remark=Remark("请放宽。", sender="街坊（演示）"))
    assert standing(cast, "open") == EVERYBODY


def test_closing_ends_what_was_not_said(cast: Cast, round_: Round) -> None:
    no_remarks(cast.lu.act(), round=round_)
    close_round(cast.qin.act(), obligation=cast.duty("remarks"))
    assert standing(cast, "met") == {"lu"}
    assert standing(cast, "cancelled") == EVERYBODY - {"lu"}


def test_a_waived_round_asks_nobody(cast: Cast, round_: Round) -> None:
    waive(cast.qin.act(), obligation=cast.duty("remarks"), reason="不再征求。")
    assert standing(cast, "cancelled") == EVERYBODY


def test_a_longer_round_gives_everybody_as_long(cast: Cast, round_: Round) -> None:
    later = local("2030-06-21T00:00")
    extend(cast.qin.act(), obligation=cast.duty("remarks"), to=later, reason="节日。")
    found = Obligation.objects.filter(kind="consultation.comment").values_list("due_at", "due")
    assert set(found) == {(local("2030-06-15T00:00"), later)}


def test_who_is_asked_follows_the_seats(cast: Cast, round_: Round) -> None:
    end_membership(cast.qin.act(), seat=cast.hua.seat, reason="调离。")
    person = enter_person(PersonFacts("闻新人（演示）", mail="wen@example.org", is_demo=True))
    place = Place(cast.group("cell.blue"), cast.role("hand"), person=person)
    appoint_members(cast.qin.act(), places=[place])
    assert asked(cast)["hua"] == "cancelled"
    assert standing(cast, "open") == EVERYBODY - {"hua"} | {"somebody new"}


def test_who_stands_aside_from_the_text_is_not_asked(cast: Cast, round_: Round) -> None:
    report = round_.version.report
    recuse([cast.mao.seat], {report.public_id}, cast.mao.moment)
    tell_followers(cast.programme, cast.mao.moment)
    assert standing(cast, "open") == EVERYBODY - {"mao"}
    assert asked(cast)["mao"] == "cancelled"


def test_the_first_comment_is_to_be_answered_then_the_next(cast: Cast, round_: Round) -> None:
    one = comment(cast.mao.act(), round=round_, remark=Remark("一"))
    cast.at("2030-06-05T10:00")
    two = comment(cast.lu.act(), round=round_, remark=Remark("二"))
    assert answers(cast) == [("1", "open", cast.qin.seat)]
    duty = Obligation.objects.get(kind="consultation.answer")
    assert duty.title_zh == "处理征求意见的意见"
    term = duty.due_at
    dispose(cast.qin.act(), comment=two, disposition="adopted")
    assert answers(cast) == [("1", "open", cast.qin.seat)]
    dispose(cast.qin.act(), comment=one, disposition="adopted")
    assert answers(cast) == [("1", "met", cast.qin.seat)]
    three = comment(cast.mao.act(), round=round_, remark=Remark("三"))
    assert answers(cast)[1:] == [("3", "open", cast.qin.seat)]
    assert Obligation.objects.get(kind="consultation.answer", state="open").due_at > term
    assert dispose(cast.qin.act(), comment=three, disposition="adopted").pk == three.pk
    assert [state for _, state, _ in answers(cast)] == ["met", "met"]


def test_the_next_one_runs_from_when_it_was_said(cast: Cast, round_: Round) -> None:
    one = comment(cast.mao.act(), round=round_, remark=Remark("一"))
    comment(cast.lu.act("2030-06-05T10:00"), round=round_, remark=Remark("二"))
    dispose(cast.qin.act("2030-06-09T10:00"), comment=one, disposition="adopted")
    due = Obligation.objects.get(kind="consultation.answer", state="open").due_at
    assert due == term_ends(local("2030-06-05T10:00"), timedelta(days=7), cast.programme.tz)


def test_the_drafter_answers_for_the_holder(cast: Cast, round_: Round) -> None:
    made = comment(cast.mao.act(), round=round_, remark=Remark("一"))
    dispose(cast.tao.act(), comment=made, disposition="adopted")
    assert answers(cast) == [("1", "met", cast.qin.seat)]


def test_where_nobody_holds_the_round_the_drafter_owes_the_answer(
    cast: Cast, round_: Round
) -> None:
    Obligation.objects.filter(pk=round_.obligation_id).update(seat=None)
    comment(cast.mao.act(), round=round_, remark=Remark("一"))
    assert answers(cast) == [("1", "open", cast.tao.seat)]


def test_no_remarks_is_said_once_and_kept(cast: Cast, round_: Round) -> None:
    for key in ("n", "n", "m"):
        no_remarks(cast.lu.act(key=key), round=round_)
    made = NoRemarks.objects.get()
    assert (made.seat, made.at, made.on_behalf) == (cast.lu.seat, cast.lu.moment, False)
    line = Entry.objects.get(kind="consultation.remarks.none")
    assert line.content["facts"] == {"key": "remarks@core", "seat": cast.lu.seat.label}
    assert standing(cast, "met") == {"lu"}
    for change in (
        lambda: NoRemarks.objects.update(by_label="别人"),
        lambda: NoRemarks.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_no_remarks_is_recorded_for_others(cast: Cast, round_: Round) -> None:
    no_remarks(cast.qin.act(on_behalf_of=cast.gao.seat), round=round_)
    assert (NoRemarks.objects.get().seat, NoRemarks.objects.get().on_behalf) == (
        cast.gao.seat,
        True,
    )
    assert standing(cast, "met") == {"gao"}
    told = Message.objects.get(kind="groups.on-behalf")
    assert told.recipient_id == cast.gao.person.public_id


def test_a_comment_takes_it_back(cast: Cast, round_: Round) -> None:
    no_remarks(cast.lu.act(), round=round_)
    comment(cast.lu.act(), round=round_, remark=Remark("还是有一条。"))
    assert without_remarks(round_) == []
    assert standing(cast, "met") == {"lu"}
    assert refusal(no_remarks, cast.lu.act(), round=round_) == "consultation.has-commented"


def test_who_may_not_comment_has_nothing_to_say_either(cast: Cast, round_: Round) -> None:
    code = refusal(no_remarks, cast.ren.act(), round=round_)
    assert code == "consultation.not-a-participant"
    assert refusal(no_remarks, cast.wu.act(), round=round_) == "groups.no-seat"
    late = no_remarks(cast.lu.act("2030-06-15T08:00"), round=round_)
    assert late.at == local("2030-06-15T08:00")
    close_round(cast.qin.act("2030-06-15T09:00"), obligation=cast.duty("remarks"))
    act = cast.mao.act("2030-06-15T10:00")
    assert refusal(no_remarks, act, round=round_) == "consultation.round-is-closed"


def test_the_button_the_count_and_the_table(cast: Cast, round_: Round) -> None:
    where = f"{round_.path}no-remarks/"
    page = cast.mao.client.get(round_.path).content.decode()
    assert f"{NONE}</button>" in page
    assert 'name="on_behalf_of" id="none_' not in page
    assert cast.mao.client.post(where, {"key": "n"}).status_code == 302
    comment(cast.lu.act(), round=round_, remark=Remark("一条"))
    page = cast.mao.client.get(round_.path).content.decode()
    assert f"{NONE}</button>" not in page
    assert "您已表示无意见" in page
    assert f'{NONE} <span class="num">1</span></h2>' in page
    assert f"{NONE}</button>" not in cast.lu.client.get(round_.path).content.decode()
    rows = read_xlsx(cast.he.client.get(f"{round_.path}summary.xlsx").content)
    rows = [row for row in rows if any(row)]
    assert [row[3] for row in rows[-3:]] == ["一条", NONE, "共 1 条意见，1 个席位无意见"]
    assert rows[-2][4] == "红组 毛研究员（演示）（组员）"
    said = cast.he.client.get(f"{round_.path}summary.xlsx", HTTP_ACCEPT_LANGUAGE="en").content
    assert [row for row in read_xlsx(said) if any(row)][-1][3] == (
        "Comments: 1; seats with no remarks: 1"
    )
    close_round_after(cast)
    page = cast.he.client.get(round_.path).content.decode()
    assert (f"{NONE}</button>" in page, "毛研究员（演示）" in page) == (False, True)


def close_round_after(cast: Cast) -> None:
    """Every comment adopted, the round closed; its line says how many had none."""
    for one in Comment.objects.all():
        dispose(cast.qin.act(), comment=one, disposition="adopted")
    close_round(cast.qin.act(), obligation=cast.duty("remarks"))
    line = Entry.objects.get(kind="consultation.round.closed")
    assert line.content["facts"]["without_remarks"] == 1


def test_the_secretariat_records_it_for_others_on_the_page(cast: Cast, round_: Round) -> None:
    where = f"{round_.path}no-remarks/"
    comment(cast.qin.act(), round=round_, remark=Remark("一条"))
    assert f"{NONE}</button>" in cast.qin.client.get(round_.path).content.decode()
    refused = cast.qin.client.post(where, {"key": "a"})
    assert (refused.status_code, "已提出意见" in refused.content.decode()) == (422, True)
    given = {"key": "b", "on_behalf_of": cast.gao.seat.public_id}
    assert cast.qin.client.post(where, given).status_code == 302
    assert NoRemarks.objects.get().seat == cast.gao.seat
    assert cast.ren.client.post(where, {"key": "c"}).status_code == 404


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_words_of_both_languages(cast: Cast, round_: Round, lang: str) -> None:
    cast.mao.client.post(f"{round_.path}no-remarks/", {"key": "n"})
    page = cast.mao.client.get(round_.path, HTTP_ACCEPT_LANGUAGE=lang).content.decode()
    words = {"zh-hans": "您已表示无意见", "en": "You said that you have no remarks."}
    assert words[lang] in page


def test_a_comment_costs_the_same_in_statements_however_many_are_asked(
    cast: Cast, round_: Round
) -> None:
    def cost(text: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            comment(cast.mao.act(), round=round_, remark=Remark(text))
        return len(caught)

    cost("一")
    before = cost("二")
    people = [enter_person(PersonFacts(f"新人{n}（演示）", is_demo=True)) for n in range(6)]
    hand, cell = cast.role("hand"), cast.group("cell.blue")
    places = [Place(cell, hand, person=one) for one in people]
    appoint_members(cast.qin.act(), places=places)
    assert Obligation.objects.filter(kind="consultation.comment").count() == len(EVERYBODY) + 6
    assert cost("三") == before
