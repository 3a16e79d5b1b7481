"""Recordings and subtitles by their acts: consent, approval, versions, review."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from keti.accounts.models import Person
from keti.consents.actions import withdraw_consent
from keti.consents.enums import Purpose
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.media import permissions, queries
from keti.media.actions import (
    approve_recording,
    enter_recording,
    mend_recording,
    name_speaker,
    remove_speaker,
    review_track,
    shift_track,
    withdraw_recording,
)
from keti.media.models import Recording, Speaker, SubtitleVersion
from keti.media.rules.cues import Cue
from keti.media.tests.scene import CUES, agree, entered, footage, shown, subtitled
from keti.notify.models import Message
from tests.cast import seen_by


def code(do):
    with pytest.raises(Refused) as found:
        do()
    return found.value.code


def seen(player):
    """Titles of what somebody sees."""
    rows = permissions.visible(seen_by(player.seat), Recording.objects.all(), player.person)
    return {one.title for one in rows}


def test_nobody_sees_a_recording_before_it_is_approved_and_everybody_in_it_agrees(cast):
    one = entered(cast)
    title = {one.title}
    name_speaker(cast.qin.act(), recording=one, person=cast.mao.person)
    assert seen(cast.qin) == title
    assert seen(cast.mao) == title, "who is in it sees it"
    assert seen(cast.lu) == set()
    approve_recording(cast.qin.act(), recording=one)
    assert seen(cast.lu) == set(), "nobody in it agreed yet"
    agree(cast.mao, Purpose.BROADCAST)
    assert seen(cast.lu) == set(), "another purpose is not this one"
    agree(cast.mao, Purpose.RECORDING)
    assert seen(cast.lu) == title
    withdraw_consent(
        cast.mao.act(), programme=cast.programme, person=cast.mao.person,
        purpose=Purpose.RECORDING,
    )  # fmt: skip
    assert seen(cast.lu) == set()
    withdraw_recording(cast.qin.act(), recording=one, reason="录错了会场。")
    assert seen(cast.qin) == title and seen(cast.mao) == set()


def test_a_guest_is_asked_too_and_counts_as_everybody_in_it(cast):
    one = shown(cast, cast.mao)
    made = name_speaker(cast.qin.act(), recording=one, name="来宾甲（演示）")
    assert made.person.name == "来宾甲（演示）"
    assert seen(cast.lu) == set()
    assert [row.person for row in queries.lacking(one, Purpose.RECORDING)] == [made.person]
    remove_speaker(cast.qin.act(), speaker=made, reason="没有发言。")
    assert seen(cast.lu) == {one.title}
    assert queries.is_asked(cast.programme, cast.mao.person)
    assert not queries.is_asked(cast.programme, made.person)


def test_who_speaks_is_asked_once_by_letter_and_no_line_names_them(cast):
    one = entered(cast)
    name_speaker(cast.qin.act(key="k"), recording=one, person=cast.mao.person)
    again = name_speaker(cast.qin.act(key="k"), recording=one, person=cast.mao.person)
    assert Speaker.objects.get() == again
    assert (
        code(lambda: name_speaker(cast.qin.act(), recording=one, person=cast.mao.person))
        == "media.named-already"
    )
    assert code(lambda: name_speaker(cast.qin.act(), recording=one)) == "media.who-speaks"
    assert Message.objects.filter(kind="media.asked").count() == 1
    line = Entry.objects.get(kind="media.speaker.named")
    told = str(line.content)
    assert cast.mao.person.name not in told and cast.mao.person.public_id not in told


def test_what_is_entered_can_be_found_and_has_come(cast):
    act = cast.qin.act
    programme = cast.programme

    def enter(**more):
        return code(lambda: enter_recording(act(), programme=programme, footage=footage(**more)))

    assert enter(link="") == "media.nowhere"
    assert enter(title=" ") == "media.title-needed"
    assert enter(day=date(2099, 1, 1)) == "media.day-ahead"
    assert (
        code(lambda: enter_recording(cast.lu.act(), programme=programme, footage=footage()))
        == "media.only-the-secretariat"
    )
    assert not Recording.objects.exists()


def test_mending_asks_for_approval_again(cast):
    one = shown(cast)
    assert code(lambda: approve_recording(cast.qin.act(), recording=one)) == (
        "media.approved-already"
    )
    mend_recording(cast.qin.act(), recording=one, footage=footage(title="改了标题"))
    assert seen(cast.lu) == set()
    one.refresh_from_db()
    assert (one.title, one.state, one.decided_at) == ("改了标题", "draft", None)
    line = Entry.objects.get(kind="media.recording.mended")
    assert line.content["facts"]["before"]["title"] == "开题会议录像（演示）"
    assert code(lambda: withdraw_recording(cast.qin.act(), recording=one, reason=" ")) == (
        "media.why"
    )
    withdraw_recording(cast.qin.act(), recording=one, reason="不再需要。")
    for do in (
        lambda: mend_recording(cast.qin.act(), recording=one, footage=footage()),
        lambda: name_speaker(cast.qin.act(), recording=one, name="甲"),
        lambda: subtitled(cast, one),
    ):
        assert code(do) == "media.withdrawn-already"


def test_every_version_is_kept_and_nobody_overwrites_another(cast):
    one = entered(cast)
    first = subtitled(cast, one)
    assert code(lambda: subtitled(cast, one, cues=[CUES[0]])) == "media.saved-meanwhile"
    assert code(lambda: subtitled(cast, one, base=1)) == "media.nothing-changed"
    second = shift_track(cast.qin.act(), version=first, milliseconds=500, first=2)
    assert second.read() == [CUES[0], Cue(4500, 6500, "下午好")]
    assert second.note == "+0.500 s · 2"
    assert code(lambda: shift_track(cast.qin.act(), version=first, milliseconds=5)) == (
        "media.saved-meanwhile"
    )
    assert code(lambda: shift_track(cast.qin.act(), version=second, milliseconds=-1001)) == (
        "media.shifted-away"
    )
    third = subtitled(cast, one, cues=first.read(), base=2)
    assert (third.number, third.sha256) == (3, first.sha256)
    assert [row.number for row in queries.versions(one, "zh")] == [3, 2, 1]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE media_subtitleversion SET count = 1")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM media_subtitlereview WHERE 1 = 1")
        cursor.execute("DELETE FROM media_subtitleversion")


def test_somebody_else_reviews_and_the_review_is_of_one_version(cast):
    one = shown(cast, cast.mao)
    first = subtitled(cast, one, "en")
    assert code(lambda: review_track(cast.qin.act(), version=first)) == "media.not-ones-own"
    review_track(cast.mao.act(), version=first, note="人名已核对。")
    assert queries.reviewed(one, "en") == first
    assert code(lambda: review_track(cast.mao.act(), version=first)) == "media.reviewed-already"
    second = shift_track(cast.qin.act(), version=first, milliseconds=100)
    assert queries.reviewed(one, "en") == first, "others get what was reviewed"
    assert queries.review_of(second) is None
    told = Message.objects.filter(kind="media.reviewed")
    assert [row.recipient_id for row in told] == [cast.qin.person.public_id]


def test_the_names_are_those_of_the_programme(cast):
    person = Person.objects.get(pk=cast.mao.person.pk)
    person.name_en = "Mao Demo"
    person.save()
    found = queries.names_in_english(cast.programme)
    assert found[person.name] == "Mao Demo"
    assert cast.programme.title.zh in found or cast.programme.title.en == cast.programme.title.zh
    one = entered(cast)
    zh = subtitled(cast, one, cues=[Cue(0, 3000, f"请{person.name}讲话")])
    en = subtitled(cast, one, "en", cues=[Cue(0, 3000, "Mr Mao has the floor")])
    faults = queries.faults_of(cast.programme, en.read(), "en", zh.read())
    assert [row.facts["called"] for row in faults] == ["Mao Demo"]
    assert SubtitleVersion.objects.count() == 2
