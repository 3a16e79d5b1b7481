"""A comment round on the outline: opened, commented, answered, closed."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keti.consultation import permissions, queries
from keti.consultation.actions import Remark, close_round, comment, dispose, open_round
from keti.consultation.models import Comment, Round
from keti.documents.rules.sheet import read_xlsx
from keti.duties.queries import number_of
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from keti.reports.actions import Content, save_draft, start_report, submit_report
from keti.reports.models import Version
from tests.cast import Cast


def refusal(call: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)  # type: ignore[operator]
    assert caught.value.sentence("zh-hans")
    assert caught.value.sentence("en")
    return caught.value.code


def outline(cast: Cast, text: str = "第一章写现状。第二章写建议。") -> Version:
    report = start_report(cast.tao.act(), obligation=cast.duty("skeleton"))
    save_draft(
        cast.tao.act(), report=report, content=Content({"bones": text}, []), base=report.revision
    )
    return submit_report(cast.tao.act(), report=report)


@pytest.fixture
def round_(cast: Cast) -> Round:
    cast.at("2030-06-03T09:00")
    outline(cast)
    return open_round(cast.qin.act(), obligation=cast.duty("remarks"))


def test_nothing_to_discuss_before_a_version(cast: Cast) -> None:
    cast.at("2030-06-03T09:00")
    duty = cast.duty("remarks")
    assert refusal(open_round, cast.qin.act(), obligation=duty) == "consultation.nothing-to-discuss"
    assert refusal(close_round, cast.qin.act(), obligation=duty) == "consultation.not-opened"
    assert (
        refusal(open_round, cast.qin.act(), obligation=cast.duty("skeleton"))
        == "consultation.not-a-round"
    )


def test_opening_pins_the_version_and_invites_everybody(cast: Cast, round_: Round) -> None:
    version = Version.objects.get()
    assert (round_.version_id, round_.sha256) == (version.pk, version.sha256)
    told = set(
        Message.objects.filter(kind="consultation.opened").values_list("recipient_id", flat=True)
    )
    assert cast.mao.person.public_id in told
    assert cast.ren.person.public_id not in told
    again = open_round(cast.qin.act(), obligation=cast.duty("remarks"))
    assert again.pk == round_.pk


def test_only_the_accountable_seat_opens(cast: Cast) -> None:
    cast.at("2030-06-03T09:00")
    outline(cast)
    for player in (cast.lu, cast.mao, cast.ji, cast.fang):
        assert (
            refusal(open_round, player.act(), obligation=cast.duty("remarks")) == "duties.not-yours"
        )
    assert refusal(open_round, cast.wu.act(), obligation=cast.duty("remarks")) == "groups.no-seat"


def test_members_of_all_groups_comment_and_reviewers_do_not(cast: Cast, round_: Round) -> None:
    for player in (cast.mao, cast.hua, cast.ji):
        comment(player.act(), round=round_, remark=Remark("第二章应先写。", "结构"))
    assert list(Comment.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert (
        refusal(comment, cast.ren.act(), round=round_, remark=Remark("意见"))
        == "consultation.not-a-participant"
    )
    assert refusal(comment, cast.wu.act(), round=round_, remark=Remark("意见")) == "groups.no-seat"
    assert (
        refusal(comment, cast.mao.act(), round=round_, remark=Remark("  "))
        == "consultation.say-something"
    )


def test_a_comment_sent_twice_is_one(cast: Cast, round_: Round) -> None:
    for _ in range(2):
        comment(cast.mao.act(key="c"), round=round_, remark=Remark("意见"))
    assert Comment.objects.count() == 1


def test_at_the_due_instant_it_is_over(cast: Cast, round_: Round) -> None:
    comment(cast.mao.act("2030-06-14T23:59"), round=round_, remark=Remark("赶上了"))
    assert (
        refusal(comment, cast.mao.act("2030-06-15T00:00"), round=round_, remark=Remark("晚了"))
        == "consultation.window-is-over"
    )


def test_answers_need_reasons_and_reach_the_commenter(cast: Cast, round_: Round) -> None:
    made = comment(cast.mao.act(), round=round_, remark=Remark("第二章应先写。", "结构"))
    assert (
        refusal(dispose, cast.tao.act(), comment=made, disposition="declined")
        == "consultation.give-a-reason"
    )
    assert (
        refusal(dispose, cast.tao.act(), comment=made, disposition="maybe", reason="x")
        == "consultation.choose-an-answer"
    )
    for player in (cast.mao, cast.lu, cast.ji, cast.fang):
        assert (
            refusal(dispose, player.act(), comment=made, disposition="adopted")
            == "consultation.answerers-decide"
        )
    dispose(cast.tao.act(), comment=made, disposition="partly", reason="先写要点。")
    told = Message.objects.get(kind="consultation.answered")
    assert told.recipient_id == cast.mao.person.public_id
    assert "部分采纳" in told.body
    assert "先写要点。" in told.body


def test_closing_waits_for_every_answer(cast: Cast, round_: Round) -> None:
    made = comment(cast.mao.act(), round=round_, remark=Remark("意见"))
    duty = cast.duty("remarks")
    assert refusal(close_round, cast.qin.act(), obligation=duty) == "consultation.comments-waiting"
    dispose(cast.qin.act(), comment=made, disposition="adopted")
    close_round(cast.qin.act(), obligation=duty)
    duty.refresh_from_db()
    assert (duty.state, duty.with_kind) == ("met", "consultation.round")
    line = Entry.objects.get(kind="consultation.round.closed")
    assert line.content["facts"]["answers"] == {"adopted": 1, "partly": 0, "declined": 0, "": 0}
    assert (
        refusal(comment, cast.mao.act(), round=round_, remark=Remark("再说"))
        == "consultation.round-is-closed"
    )
    assert (
        refusal(dispose, cast.qin.act(), comment=made, disposition="declined", reason="x")
        == "consultation.round-is-closed"
    )


def test_what_was_said_stays(cast: Cast, round_: Round) -> None:
    made = comment(cast.mao.act(), round=round_, remark=Remark("意见"))
    for change in (
        lambda: Comment.objects.filter(pk=made.pk).update(text="别的"),
        lambda: Comment.objects.filter(pk=made.pk).delete(),
        lambda: Comment.objects.filter(pk=made.pk).update(disposition="adopted"),
        lambda: Round.objects.filter(pk=round_.pk).update(sha256="x"),
        lambda: Round.objects.filter(pk=round_.pk).update(state="closed"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_summary_has_the_customary_columns(cast: Cast, round_: Round) -> None:
    made = comment(
        cast.mao.act(),
        round=round_,
        remark=Remark("顺序应调换。", "结构", "第一章写现状。", "第一章写建议。"),
    )
    dispose(cast.tao.act(), comment=made, disposition="declined", reason="先有现状。")
    answer = cast.hua.client.get(f"{round_.path}summary.xlsx")
    rows = [row for row in read_xlsx(answer.content) if any(row)]
    at = next(place for place, row in enumerate(rows) if row[0] == "序号")
    assert rows[at] == ["序号", "章节", "原文", "意见", "提出者", "处理", "理由"]
    assert rows[at + 1] == [
        "1",
        "结构",
        "第一章写现状。",
        "顺序应调换。\n建议改为：第一章写建议。",
        "红组 毛研究员（演示）（组员）",
        "不采纳",
        "先有现状。",
    ]


def test_no_button_while_there_is_no_text_yet(cast: Cast) -> None:
    cast.at("2030-06-03T09:00")
    where = f"/p/cast/consultations/for/{cast.duty('remarks').public_id}/"
    page = cast.qin.client.get(where).content.decode()
    assert "开始征求意见</button>" not in page
    assert "还没有提交的版本，不能开始征求意见。" in page
    refused = cast.qin.client.post(where, {"key": "o"})
    assert refused.status_code == 422
    assert "还没有提交的版本" in refused.content.decode()
    outline(cast)
    assert "开始征求意见</button>" in cast.qin.client.get(where).content.decode()


def test_a_round_in_the_browser(cast: Cast) -> None:
    cast.at("2030-06-03T09:00")
    outline(cast, "<script>alert(1)</script>第一章写现状。")
    duty = cast.duty("remarks")
    where = f"/p/cast/consultations/for/{duty.public_id}/"
    assert "开始征求意见" in cast.qin.client.get(where).content.decode()
    assert cast.lu.client.post(where, {"key": "o"}).status_code == 422
    assert cast.qin.client.post(where, {"key": "o"}).status_code == 302
    round_ = Round.objects.get()
    page = cast.mao.client.get(round_.path).content.decode()
    assert "第一章写现状。" in page
    assert "<script>alert" not in page
    empty = cast.mao.client.post(f"{round_.path}comment/", {"key": "c", "proposed": "保留我"})
    assert (empty.status_code, "保留我" in empty.content.decode()) == (422, True)
    cast.mao.client.post(f"{round_.path}comment/", {"key": "c", "text": "<b>顺序</b>"})
    assert "&lt;b&gt;顺序" in cast.hua.client.get(round_.path).content.decode()
    refused = cast.qin.client.post(f"{round_.path}close/", {"key": "x"})
    assert (refused.status_code, "还有1条意见没有处理" in refused.content.decode()) == (422, True)
    cast.qin.client.post(f"{round_.path}comments/1/", {"key": "d", "disposition": "adopted"})
    cast.qin.client.post(f"{round_.path}close/", {"key": "x"})
    round_.refresh_from_db()
    assert round_.state == "closed"
    assert cast.hua.client.get(f"{round_.path}docx/").content[:2] == b"PK"


def test_reviewers_strangers_and_anonymous_find_nothing(cast: Cast, round_: Round) -> None:
    duty = cast.duty("remarks").public_id
    tails = ["", f"for/{duty}/"]
    tails += [f"{round_.public_id}/{one}" for one in ("", "summary.xlsx", "docx/", "pdf/")]
    for tail in tails:
        path = f"/p/cast/consultations/{tail}"
        for player in (cast.ren, cast.wu):
            assert player.client.get(path).status_code == 404
        assert Client().get(path).status_code == 302
    assert cast.ren.client.post(f"{round_.path}comment/", {"key": "c"}).status_code == 404


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_pages_in_both_languages(cast: Cast, round_: Round, lang: str) -> None:
    for path in ("/p/cast/consultations/", round_.path):
        page = cast.qin.client.get(path, headers={"Accept-Language": lang})
        assert page.status_code == 200
        assert f'lang="{lang}"' in page.content.decode()


def test_a_round_costs_the_same_at_one_and_three_comments(cast: Cast, round_: Round) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            cast.hua.client.get(round_.path)
        return len(caught)

    comment(cast.mao.act(), round=round_, remark=Remark("一"))
    cost()
    first = cost()
    for text in ("二", "三"):
        comment(cast.mao.act(), round=round_, remark=Remark(text))
    assert cost() == first


@pytest.fixture
def public(round_: Round, monkeypatch: pytest.MonkeyPatch) -> Round:
    monkeypatch.setattr(permissions, "is_public", lambda round: True)
    return round_


def test_outside_comments_need_a_charter_that_invites_the_public(cast: Cast, round_: Round) -> None:
    letter = Remark("请放宽。", sender="街坊（演示）")
    assert (
        refusal(comment, cast.qin.act(), round=round_, remark=letter) == "consultation.not-public"
    )


def test_what_the_public_sends_is_recorded_under_its_name_and_answered(
    cast: Cast, public: Round
) -> None:
    letter = Remark("请放宽。", sender="  街坊 （演示） ")
    made = comment(cast.qin.act(), round=public, remark=letter)
    assert (made.sender, made.voice, made.seat) == ("街坊 （演示）", "街坊 （演示）", cast.qin.seat)
    assert Entry.objects.last().content["facts"]["public"] is True
    dispose(cast.qin.act(), comment=made, disposition="adopted")
    close_round(cast.qin.act(), obligation=cast.duty("remarks"))
    page = cast.mao.client.get(public.path).content.decode()
    assert '街坊 （演示） <span class="tag">公众</span>' in page
    book = cast.mao.client.get(f"{public.path}summary.xlsx").content
    assert read_xlsx(book, max_rows=9)[1][4] == "公众 街坊 （演示）"


def test_only_who_holds_the_round_or_the_secretariat_records_the_public(
    cast: Cast, public: Round
) -> None:
    letter = Remark("请放宽。", sender="街坊（演示）")
    code = refusal(comment, cast.mao.act(), round=public, remark=letter)
    assert code == "consultation.receiver-records"
    assert "公众来稿人" not in cast.mao.client.get(public.path).content.decode()
    assert "公众来稿人" in cast.qin.client.get(public.path).content.decode()


def test_a_round_has_a_number_of_its_series_on_page_and_paper(cast: Cast, round_: Round) -> None:
    assert number_of(round_.obligation) == "测征求意见〔2030〕1号"
    assert "测征求意见〔2030〕1号" in cast.hua.client.get(round_.path).content.decode()
    assert queries.table(round_, "zh-hans", round_.opened_at).number == "测征求意见〔2030〕1号"
