"""Marked copies of opinions, and opinions that are changed or withdrawn before the decision."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keti.documents.rules.word.reader import read_word
from keti.documents.tests.corpus import p, packed, t
from keti.documents.tests.corpus_files import WHO
from keti.duties.models import Obligation
from keti.ledger.rules import verify
from keti.review.actions import change_opinion, decide, give_opinion, withdraw_opinion
from keti.review.models import Opinion, OpinionChange
from keti.review.queries import given
from keti.review.tests.bench import opened, refused, vote
from keti.review.tests.test_pages import page

pytestmark = pytest.mark.django_db
NAME = "任专家批注稿.docx"
REMARK, AUTHOR = "请注明出处。", "审稿人（演示）"


def marked_word():
    """A Word file with one comment and one insertion."""
    said = (
        "<w:commentRangeStart w:id='0'/>" + t("数据") + "<w:commentRangeEnd w:id='0'/>"
        "<w:r><w:commentReference w:id='0'/></w:r>"
    )
    added = f"<w:ins w:id='7' {WHO}>{t('更加')}</w:ins>"
    remarks = f"<w:comment w:id='0' {WHO}>{p(REMARK)}</w:comment>"
    return packed(p("这些", said, added, "可靠。"), comments=remarks)


def sent(key, name=NAME, data=None, **more):
    copy = SimpleUploadedFile(name, marked_word() if data is None else data)
    return {"o-key": key, "o-outcome": "revise", "o-comment": "请修改。", "o-copy": copy} | more


def with_copy(cast, **more):
    """Ren speaks on the page, with a marked copy."""
    on = opened(cast)
    cast.at("2030-05-17T08:00")
    assert (
        cast.ren.client.post(f"{on.path}declare/", {"c-key": "c", "c-has": "no"}).status_code == 302
    )
    assert cast.ren.client.post(f"{on.path}opinion/", sent("o", **more)).status_code == 302
    return on


def decided(cast, on):
    vote(cast, "rong", "revise", on)
    decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="revise", reasons="补充案例。")
    cast.at("2030-05-18T10:00")


def test_what_the_frozen_version_bears_itself_is_no_mark_of_the_reviewer(cast, monkeypatch):
    own = f"<w:ins w:id='8' {WHO}>{t('（初步统计）')}</w:ins>"
    frozen = read_word(io.BytesIO(packed(p("四十二家", own, "。"))), "稿.docx").doc
    monkeypatch.setattr("keti.review.doors.texts_of", lambda _version: [frozen])
    added = f"<w:ins w:id='9' {WHO}>{t('请列明来源')}</w:ins>"
    with_copy(cast, data=packed(p("四十二家", own, "。", added)))
    marks = Opinion.objects.get().marks
    assert [one["words"] for one in marks["changes"]] == ["请列明来源"]
    assert marks["count"] == [0, 1]


def test_comments_and_changes_of_a_marked_copy_are_read_and_shown_to_its_writer(cast):
    on = with_copy(cast)
    found = Opinion.objects.get()
    assert found.marks["count"] == [1, 1]
    assert found.marks["comments"] == [{"by": AUTHOR, "words": REMARK, "about": "数据"}]
    assert found.marks["changes"] == [{"kind": "ins", "by": AUTHOR, "words": "更加"}]
    text = page(cast.ren, on.path)
    assert [word for word in (NAME, REMARK, "批注 1 条", "修订 1 处") if word not in text] == []
    assert cast.ren.client.get(copy_of(on, cast.ren)).status_code == 200
    for who in ("rong", "qin", "gao", "lu", "ji", "mao"):
        assert REMARK not in page(cast.players[who], on.path), who
        assert cast.players[who].client.get(copy_of(on, cast.ren)).status_code == 404, who


def copy_of(on, player):
    return f"{on.path}opinion/1/{player.seat.public_id}/copy/"


def test_where_opinions_bear_no_names_neither_does_the_marked_copy(cast):
    on = with_copy(cast)
    decided(cast, on)
    named = page(cast.rong, on.path)
    assert [
        word for word in (NAME, AUTHOR, REMARK, copy_of(on, cast.ren)) if word not in named
    ] == []
    for who in ("lu", "mao"):
        text = page(cast.players[who], on.path)
        assert [word for word in (REMARK, "更加", "原件带有署名") if word not in text] == [], who
        assert [word for word in (NAME, AUTHOR, cast.ren.seat.public_id) if word in text] == [], who
        assert cast.players[who].client.get(copy_of(on, cast.ren)).status_code == 404
    for who in ("rong", "qin", "gao"):
        assert cast.players[who].client.get(copy_of(on, cast.ren)).status_code == 200, who
    assert cast.he.client.get(copy_of(on, cast.ren)).status_code == 404


def test_what_is_no_word_file_is_kept_and_said_not_to_be_read(cast):
    on = with_copy(cast, name="批注.txt", data="随手记下的。".encode())
    assert Opinion.objects.get().marks == {"unread": True}
    assert "其中的批注和修订没有读出" in page(cast.ren, on.path)


def test_an_opinion_is_changed_before_the_decision_and_what_was_said_stays(cast):
    on = with_copy(cast)
    more = {"x-key": "x", "x-outcome": "approve", "x-comment": "看过附件，同意。"}
    for _ in range(2):
        assert cast.ren.client.post(f"{on.path}opinion/change/", more).status_code == 302
    assert (Opinion.objects.get().outcome, OpinionChange.objects.count()) == ("revise", 1)
    stands = given(on)
    assert [(one.outcome, one.comment) for one in stands] == [("approve", "看过附件，同意。")]
    assert stands[0].marks["count"] == [1, 1]
    text = page(cast.ren, on.path)
    assert "看过附件，同意。" in text and "更正意见" in text
    for who in ("rong", "qin", "lu"):
        seen = page(cast.players[who], on.path)
        assert "更正意见" not in seen and "看过附件" not in seen, who
    sealed = cast.ji.client.get("/p/cast/ledger/ledger.jsonl").getvalue().decode().splitlines()
    assert "任专家" not in sealed[-2] and verify(sealed) == []
    vote(cast, "rong", "approve", on)
    made = decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="approve", reasons="好。")
    assert made.record["count"]["votes"] == {"approve": 2}
    late = refused(
        lambda: change_opinion(cast.ren.act(), gate=on, verdict="revise", comment="改。")
    )
    assert late.code == "review.not-open"


def test_a_withdrawn_opinion_counts_no_longer_is_owed_again_and_may_be_given_anew(cast):
    on = opened(cast)
    for who in ("ren", "rong"):
        vote(cast, who, "approve", on)
    owed = Obligation.objects.filter(kind="review.judge", seat=cast.rong.seat)
    assert [one.state for one in owed] == ["met"]
    cast.at("2030-05-17T10:00")
    bare = cast.rong.client.post(f"{on.path}opinion/withdraw/", {"w-key": "w", "w-reason": ""})
    assert bare.status_code == 422
    more = {"w-key": "w", "w-reason": "另有材料要看。"}
    assert cast.rong.client.post(f"{on.path}opinion/withdraw/", more).status_code == 302
    assert [one.state for one in owed.all()] == ["open"]
    assert len(given(on)) == 1
    act = cast.qin.act("2030-05-17T11:00")
    assert refused(lambda: decide(act, gate=on, outcome="approve")).code == "review.quorum-missing"
    again = refused(lambda: withdraw_opinion(cast.rong.act(), gate=on, reason="又。"))
    assert again.code == "review.no-opinion-yet"
    give_opinion(cast.rong.act("2030-05-17T12:00"), gate=on, verdict="revise", comment="请改。")
    assert sorted(one.outcome for one in given(on)) == ["approve", "revise"]
    assert [one.state for one in owed.all()] == ["met"]


def test_what_was_changed_is_read_with_what_was_said_first(cast, django_assert_num_queries):
    on = with_copy(cast)
    vote(cast, "rong", "approve", on)
    for comment in ("看过附件。", "看过附件，同意。"):
        act = cast.ren.act("2030-05-17T10:00")
        change_opinion(act, gate=on, verdict="approve", comment=comment)
    with django_assert_num_queries(1):
        heard = [(one.comment, one.file and (one.file.name, one.file.sha256)) for one in given(on)]
    copy = Opinion.objects.get(seat=cast.ren.seat).file
    assert heard[0] == ("看过附件，同意。", (NAME, copy.sha256))
    assert len(heard) == 2 and heard[1][1] is None


def test_nobody_changes_the_opinion_of_another_or_one_not_given(cast):
    on = opened(cast)
    vote(cast, "ren", "approve", on)
    for who in ("lu", "mao", "ji"):
        act = cast.players[who].act("2030-05-17T10:00")
        assert refused(lambda act=act: change_opinion(act, gate=on, verdict="approve"))
        assert refused(lambda act=act: withdraw_opinion(act, gate=on, reason="不。"))
    rong = cast.rong.act("2030-05-17T10:00")
    why = refused(lambda: change_opinion(rong, gate=on, verdict="approve"))
    assert why.code == "review.declare-first"
    assert OpinionChange.objects.count() == 0


def test_one_name_for_one_outcome(cast):
    on = opened(cast)
    vote(cast, "ren", "revise", on)
    title = next(one.title.in_("zh") for one in on.spec.outcomes if one.key == "revise")
    cast.at("2030-05-17T10:00")
    assert f"<dd>{title}" in page(cast.ren, on.path)
